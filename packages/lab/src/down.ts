import { LabError } from './lab-error.ts'
import { type Part, recordedParts, stopParts } from './parts.ts'
import { isAlive, type ProcessIdentity } from './process-identity.ts'
import { isRunDir, removeRunDir, type RunDir } from './run-dir.ts'
import { lockHolder } from './up-lock.ts'

export const agentName = 'agent'

/** The agent ends its istiods itself; the data of all others is thrown away, so nobody needs long to save it. */
const agentGraceMs = 15_000
const graceMs = 1_000

const steps: readonly ((part: Part) => boolean)[] = [
  ({ name }) => name === agentName,
  ({ name }) => !name.endsWith('-apiserver') && !name.endsWith('-etcd'),
  ({ name }) => name.endsWith('-apiserver'),
  ({ name }) => name.endsWith('-etcd'),
]

/** Ends exactly the processes that this run directory records. */
export const endParts = async (dir: RunDir): Promise<number> => {
  const running = runningParts(dir)
  await endOnce(dir)
  // A start that was interrupted may have begun another process meanwhile, but without its API server no third.
  if (runningParts(dir) > 0) await endOnce(dir)
  return running
}

const runningParts = (dir: RunDir): number => recordedParts(dir).filter(({ identity }) => isAlive(identity)).length

const endOnce = async (dir: RunDir): Promise<void> => {
  for (const step of steps) {
    const parts = recordedParts(dir).filter(step)
    await stopParts(dir, parts, parts.some(({ name }) => name === agentName) ? agentGraceMs : graceMs)
  }
}

const busy = (holder: ProcessIdentity): LabError =>
  new LabError('down', [`\`pnpm lab up\` is still at work (pid ${holder.pid}): end it first, or wait`])

/** Ends the lab and removes every file of it; answers how many processes were ended. */
export const down = async (dir: RunDir): Promise<number> => {
  if (!isRunDir(dir)) return 0
  const holder = lockHolder(dir)
  if (holder !== undefined) throw busy(holder)
  const ended = await endParts(dir)
  removeRunDir(dir)
  return ended
}
