import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { numberAt, textAt } from '@orbweaver/contracts/json'
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts'
import { readText, type RunDir } from './run-dir.ts'

/** Two `up` at the same time would start everything twice. The lock names its holder: a dead one holds nothing. */
const lockFile = (dir: RunDir): string => join(dir.root, 'up.lock')

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // written half by a holder that was ended: nobody holds it
  }
}

export const lockHolder = (dir: RunDir): ProcessIdentity | undefined => {
  const value = parse(readText(lockFile(dir)) || 'null')
  const pid = numberAt(value, 'pid')
  if (pid === undefined) return undefined
  const identity = { pid, startTime: textAt(value, 'startTime') ?? '', boot: textAt(value, 'boot') ?? '' }
  return isAlive(identity) ? identity : undefined
}

/** True when the lock is ours now. */
export const tryLock = (dir: RunDir): boolean => {
  if (lockHolder(dir) !== undefined) return false
  rmSync(lockFile(dir), { force: true })
  try {
    writeFileSync(lockFile(dir), JSON.stringify(identify(process.pid)), { flag: 'wx' })
    return true
  } catch {
    return false // another one was faster
  }
}

export const unlock = (dir: RunDir): void => rmSync(lockFile(dir), { force: true })
