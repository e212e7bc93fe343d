import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Built, build } from './build.ts'
import { settle, startCluster } from './cluster.ts'
import { type ClusterLayout, egressSocketOf, layOut, portsPerCluster } from './cluster-layout.ts'
import { agentName, endParts } from './down.ts'
import { writeKubeconfigFiles } from './kubeconfig-files.ts'
import { LabError } from './lab-error.ts'
import { readState, writeState } from './lab-state.ts'
import { isIstiodPart } from './istiod-process.ts'
import { type Part, ready, recordedParts, startPart } from './parts.ts'
import { freePorts } from './ports.ts'
import { isAlive } from './process-identity.ts'
import { isPrometheusPart } from './prometheus/kubelet.ts'
import { claimRunDir, isRunDir, removeRunDir, type RunDir } from './run-dir.ts'
import { tryLock, unlock } from './up-lock.ts'
import { until } from './wait.ts'
import { type ClusterPlan, isMet, planOf, type Wish } from './wish.ts'
import { seed } from './worlds/seed.ts'

export type UpOptions = { readonly wish: Wish; readonly say: (line: string) => void }

/** The kubeconfig is written last: with it, and with every recorded process alive, the lab is up. An istiod or a Prometheus that has ended is started again. */
export const isUp = (dir: RunDir): boolean =>
  isRunDir(dir) &&
  existsSync(dir.consoleKubeconfig) &&
  recordedParts(dir).every((part) => isIstiodPart(part) || isPrometheusPart(part) || isAlive(part.identity))

const layOutClusters = async (dir: RunDir, plans: readonly ClusterPlan[]): Promise<readonly ClusterLayout[]> => {
  const ports = await freePorts(plans.length * portsPerCluster)
  return plans.map((plan, index) =>
    layOut(dir.root, plan, { index, ports: ports.slice(index * portsPerCluster, (index + 1) * portsPerCluster) }),
  )
}

/** Runs as this process runs: the same loader and conditions. */
const startAgent = async (dir: RunDir, clusters: readonly ClusterLayout[]): Promise<Part> => {
  const file = fileURLToPath(new URL('./main.ts', import.meta.url))
  const args = [...process.execArgv, file, agentName, '--dir', dir.root]
  const agent = startPart(dir, { name: agentName, command: process.execPath, args, cwd: dir.root })
  const sockets = async () => clusters.every((layout) => existsSync(egressSocketOf(layout)))
  await ready(dir, agent, { ask: sockets, forMs: 20_000 })
  return agent
}

/** All come to an end before one failure is told: none may start another process after the others were ended. */
const all = async <T>(work: readonly Promise<T>[]): Promise<readonly T[]> => {
  const outcomes = await Promise.allSettled(work)
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

const start = async (dir: RunDir, built: Built, { wish, say }: UpOptions): Promise<void> => {
  const clusters = await layOutClusters(dir, planOf(wish))
  say(`starting ${clusters.map(({ name }) => name).join(', ')} …`)
  const started = await all(clusters.map((layout) => startCluster(dir, built, layout)))
  writeState(dir, { built, clusters })
  await startAgent(dir, clusters)
  await all(started.map((parts) => settle(dir, parts)))
  await all(clusters.map((layout) => seed(dir, built, layout)))
  await writeKubeconfigFiles(dir, clusters)
}

/** A failed or interrupted start leaves the logs, and no process. */
const startOrEnd = async (dir: RunDir, options: UpOptions): Promise<void> => {
  const built = await build(options.say)
  const interruption = new AbortController()
  const interrupt = (): void => {
    interruption.abort()
    endParts(dir).catch((error: unknown) => options.say(String(error)))
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    await start(dir, built, options)
  } catch (error) {
    await endParts(dir)
    throw interruption.signal.aborted ? new LabError('up', ['interrupted: what was started is ended']) : error
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

/** Brings the lab up, or finds it up. */
export const up = async (dir: RunDir, options: UpOptions): Promise<void> => {
  claimRunDir(dir)
  const locked = await until(async () => (tryLock(dir) ? true : undefined), { forMs: 120_000, everyMs: 500 })
  if (locked === undefined) throw new LabError('up', ['another `pnpm lab up` is still at work'])
  try {
    if (isUp(dir)) {
      if (isMet(options.wish, readState(dir)?.clusters ?? [])) return
      throw new LabError('up', ['another lab runs here: `pnpm lab status` says which, `pnpm lab down` ends it'])
    }
    if (recordedParts(dir).length > 0) options.say('an earlier lab is not whole any more: ending it first')
    await endParts(dir)
    removeRunDir(dir)
    claimRunDir(dir)
    tryLock(dir)
    await startOrEnd(dir, options)
  } finally {
    if (isRunDir(dir)) unlock(dir)
  }
}
