import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { claimRunDir, isRunDir, removeRunDir, runDir } from './run-dir.ts'
import { lockHolder, tryLock, unlock } from './up-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-dir-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the run directory', () => {
  it('is made, found again and removed', () => {
    const dir = runDir(join(folder, 'new'))
    expect(isRunDir(dir)).toBe(false)
    claimRunDir(dir)
    claimRunDir(dir)
    expect(isRunDir(dir)).toBe(true)
    removeRunDir(dir)
    expect(existsSync(dir.root)).toBe(false)
  })

  it('is never a folder with the files of others', () => {
    const dir = runDir(join(folder, 'home'))
    mkdirSync(dir.root)
    writeFileSync(join(dir.root, 'letter'), 'dear')
    expect(() => claimRunDir(dir)).toThrow('holds other files')
    removeRunDir(dir)
    expect(existsSync(join(dir.root, 'letter'))).toBe(true)
  })

  it('has a path that leaves room for sockets', () => {
    expect(() => claimRunDir(runDir(join(folder, 'x'.repeat(80))))).toThrow('shorter --dir')
  })

  it('is locked by one living process at a time', () => {
    const dir = runDir(join(folder, 'locked'))
    claimRunDir(dir)
    expect([tryLock(dir), tryLock(dir)]).toEqual([true, false])
    expect(lockHolder(dir)?.pid).toBe(process.pid)
    writeFileSync(join(dir.root, 'up.lock'), JSON.stringify({ pid: process.pid, startTime: '1', boot: 'x' }))
    expect([lockHolder(dir), tryLock(dir)]).toEqual([undefined, true])
    unlock(dir)
    expect(lockHolder(dir)).toBeUndefined()
  })
})
