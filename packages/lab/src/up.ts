import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { adminApi } from './api.ts'
import { type Built, build } from './build.ts'
import { settle, startCluster } from './cluster.ts'
import {
  caFileOf,
  clusterNames,
  type ClusterLayout,
  egressSocketOf,
  isHub,
  layOut,
  portsPerCluster,
  serverOf,
  tokenOf,
} from './cluster-layout.ts'
import { ensureConsoleAccount } from './console-account.ts'
import { agentName, endParts } from './down.ts'
import { kubeconfig } from './kubeconfig.ts'
import { LabError } from './lab-error.ts'
import { readState, writeState } from './lab-state.ts'
import { adminUser } from './people.ts'
import { type Part, ready, recordedParts, startPart } from './parts.ts'
import { freePorts } from './ports.ts'
import { isAlive } from './process-identity.ts'
import { claimRunDir, isRunDir, removeRunDir, type RunDir } from './run-dir.ts'
import { tryLock, unlock } from './up-lock.ts'
import { until } from './wait.ts'

export type UpOptions = { readonly clusters: number; readonly say: (line: string) => void }

/** The kubeconfig is written last: with it, and with every recorded process alive, the lab is up. */
export const isUp = (dir: RunDir): boolean =>
  isRunDir(dir) && existsSync(dir.consoleKubeconfig) && recordedParts(dir).every(({ identity }) => isAlive(identity))

const layOutClusters = async (dir: RunDir, count: number): Promise<readonly ClusterLayout[]> => {
  const ports = await freePorts(count * portsPerCluster)
  return clusterNames(count).map((name, index) =>
    layOut(dir.root, name, {
      index,
      meshes: index > 0 || count === 1,
      ports: ports.slice(index * portsPerCluster, (index + 1) * portsPerCluster),
    }),
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

const contextOf = (layout: ClusterLayout, user: string, token: string) => ({
  name: layout.name,
  server: serverOf(layout),
  ca: readFileSync(caFileOf(layout), 'utf8'),
  user,
  token,
})

const consoleContext = async (layout: ClusterLayout) => {
  const api = adminApi(layout)
  try {
    return contextOf(layout, 'console', await ensureConsoleAccount(api, isHub(layout) ? 'hub' : 'member'))
  } finally {
    await api.close()
  }
}

const start = async (dir: RunDir, built: Built, { clusters: count, say }: UpOptions): Promise<void> => {
  const clusters = await layOutClusters(dir, count)
  say(`starting ${clusters.map(({ name }) => name).join(', ')} …`)
  // All come to an end before one failure is told: none may start another process after the others were ended.
  const starts = await Promise.allSettled(clusters.map((layout) => startCluster(dir, built, layout)))
  for (const outcome of starts) if (outcome.status === 'rejected') throw outcome.reason
  writeState(dir, { built, clusters })
  await startAgent(dir, clusters)
  await Promise.all(clusters.map((layout) => settle(dir, layout)))
  const admins = clusters.map((layout) => contextOf(layout, adminUser, tokenOf(layout, adminUser)))
  writeFileSync(dir.adminKubeconfig, kubeconfig(admins), { mode: 0o600 })
  const contexts = await Promise.all(clusters.map(consoleContext))
  writeFileSync(dir.consoleKubeconfig, kubeconfig(contexts), { mode: 0o600 })
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

const sameSize = (dir: RunDir, clusters: number): boolean => readState(dir)?.clusters.length === clusters

/** Brings the lab up, or finds it up. */
export const up = async (dir: RunDir, options: UpOptions): Promise<void> => {
  claimRunDir(dir)
  const locked = await until(async () => (tryLock(dir) ? true : undefined), { forMs: 120_000, everyMs: 500 })
  if (locked === undefined) throw new LabError('up', ['another `pnpm lab up` is still at work'])
  try {
    if (isUp(dir) && sameSize(dir, options.clusters)) return
    if (isUp(dir)) throw new LabError('up', ['a lab of another size runs: `pnpm lab down` first'])
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
