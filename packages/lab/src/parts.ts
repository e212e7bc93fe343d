import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { numberAt, textAt } from '@orbweaver/contracts/json'
import { partEnvironment } from './env.ts'
import { LabError } from './lab-error.ts'
import { linesOf, tail } from './lines.ts'
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts'
import { readText, type RunDir } from './run-dir.ts'
import { until } from './wait.ts'

/** One process of the lab. Its record is written in the same tick as it starts, so `down` always finds it. */
export type Part = { readonly name: string; readonly identity: ProcessIdentity }

export type PartSpec = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

const recordOf = (dir: RunDir, name: string): string => join(dir.pids, `${name}.json`)
const logOf = (dir: RunDir, name: string): string => join(dir.logs, `${name}.log`)

export const startPart = (dir: RunDir, spec: PartSpec): Part => {
  const log = openSync(logOf(dir, spec.name), 'a', 0o600)
  try {
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: partEnvironment(spec.env),
      detached: true,
      stdio: ['ignore', log, log],
    })
    child.on('error', () => undefined) // a command that cannot start has no pid, and is reported just below
    child.unref()
    const identity = child.pid === undefined ? undefined : identify(child.pid)
    if (identity === undefined)
      throw new LabError(spec.name, [`${spec.command} did not start`, ...lastLines(dir, spec.name)])
    writeFileSync(recordOf(dir, spec.name), JSON.stringify(identity))
    return { name: spec.name, identity }
  } finally {
    closeSync(log)
  }
}

export const lastLines = (dir: RunDir, name: string): readonly string[] => tail(linesOf(readText(logOf(dir, name))), 12)

/** Everything that has said something, also what has ended. */
export const loggedParts = (dir: RunDir): readonly string[] =>
  readdirSync(dir.logs)
    .filter((file) => file.endsWith('.log'))
    .map((file) => file.slice(0, -4))

const partFrom = (dir: RunDir, name: string): readonly Part[] => {
  const text = readText(recordOf(dir, name))
  const value: unknown = text === '' ? undefined : JSON.parse(text)
  const pid = numberAt(value, 'pid')
  if (pid === undefined) return []
  return [{ name, identity: { pid, startTime: textAt(value, 'startTime') ?? '', boot: textAt(value, 'boot') ?? '' } }]
}

export const recordedParts = (dir: RunDir): readonly Part[] => {
  try {
    return readdirSync(dir.pids).flatMap((file) => (file.endsWith('.json') ? partFrom(dir, file.slice(0, -5)) : []))
  } catch {
    return [] // no such folder: nothing runs
  }
}

const signal = (part: Part, name: 'SIGTERM' | 'SIGKILL'): void => {
  if (!isAlive(part.identity)) return
  try {
    process.kill(part.identity.pid, name)
  } catch {
    // ended by itself in this very moment
  }
}

/** Ends these and waits until they are gone: kindly first, then not. */
export const stopParts = async (dir: RunDir, parts: readonly Part[], graceMs: number): Promise<void> => {
  const gone = async () => (parts.some(({ identity }) => isAlive(identity)) ? undefined : true)
  for (const part of parts) signal(part, 'SIGTERM')
  if ((await until(gone, { forMs: graceMs, everyMs: 50 })) === undefined) {
    for (const part of parts) signal(part, 'SIGKILL')
    await until(gone, { forMs: 5_000, everyMs: 50 })
  }
  for (const part of parts) {
    if (isAlive(part.identity)) throw new LabError(part.name, [`process ${part.identity.pid} does not end`])
    rmSync(recordOf(dir, part.name), { force: true })
  }
}

/** Waits until a part answers; says which part, and what it said last, when it ends or takes too long. */
export const ready = async (
  dir: RunDir,
  part: Part,
  check: { readonly ask: () => Promise<boolean>; readonly forMs: number },
): Promise<void> => {
  const ended = 'ended' as const
  const outcome = await until(
    async () => {
      if (!isAlive(part.identity)) return ended
      return (await check.ask().catch(() => false)) ? ('ready' as const) : undefined
    },
    { forMs: check.forMs, everyMs: 100 },
  )
  if (outcome === 'ready') return
  const why = outcome === ended ? 'it ended' : `not ready after ${check.forMs / 1000} s`
  throw new LabError(part.name, [why, ...lastLines(dir, part.name)])
}
