import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ready, recordedParts, startPart, stopParts } from './parts.ts'
import { isAlive } from './process-identity.ts'
import { claimRunDir, type RunDir, runDir } from './run-dir.ts'

let dir: RunDir
beforeEach(() => {
  dir = runDir(join(mkdtempSync(join(tmpdir(), 'parts-')), 'run'))
  claimRunDir(dir)
})
afterEach(async () => {
  await stopParts(dir, recordedParts(dir), 1_000)
  rmSync(join(dir.root, '..'), { recursive: true, force: true })
})

const shell = (name: string, script: string) =>
  startPart(dir, { name, command: '/bin/sh', args: ['-c', script], cwd: dir.root })

describe('a part of the lab', () => {
  it('is recorded as soon as it runs, and forgotten when it is ended', async () => {
    const part = shell('sleeper', 'exec sleep 60')
    expect(recordedParts(dir)).toEqual([part])
    await stopParts(dir, [part], 1_000)
    expect(isAlive(part.identity)).toBe(false)
    expect(recordedParts(dir)).toEqual([])
  })

  it('is ended also when it does not want to', async () => {
    const part = shell('deaf', "trap '' TERM; echo deaf; while :; do sleep 1; done")
    await ready(dir, part, { ask: async () => true, forMs: 1_000 })
    await stopParts(dir, [part], 200)
    expect(isAlive(part.identity)).toBe(false)
  })

  it('says what it said last when it ends too early', async () => {
    const part = shell('broken', 'echo the port is taken >&2; exit 3')
    await expect(ready(dir, part, { ask: async () => false, forMs: 5_000 })).rejects.toMatchObject({
      part: 'broken',
      lines: ['it ended', 'the port is taken'],
    })
  })

  it('is not waited for without end', async () => {
    const part = shell('slow', 'echo still loading; exec sleep 60')
    await expect(ready(dir, part, { ask: async () => false, forMs: 300 })).rejects.toMatchObject({
      part: 'slow',
      lines: ['not ready after 0.3 s', 'still loading'],
    })
  })

  it('whose command does not exist is told at once', () => {
    const spec = { name: 'ghost', command: '/no/such/command', args: [], cwd: dir.root }
    expect(() => startPart(dir, spec)).toThrow('/no/such/command did not start')
  })

  it('with the number of another process is left alone', async () => {
    const part = shell('other', 'exec sleep 60')
    await stopParts(dir, [{ ...part, identity: { ...part.identity, startTime: '1' } }], 100)
    expect(isAlive(part.identity)).toBe(true)
    await stopParts(dir, [part], 1_000)
  })
})
