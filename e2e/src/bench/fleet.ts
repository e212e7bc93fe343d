import { setTimeout as sleep } from 'node:timers/promises'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { type Fleet, startFleet } from '@orbweaver/sandbox/fleet'
import type { AuditEvent } from '@orbweaver/sandbox/server/audit'
import { request, type RunningConsole, startConsole } from '../harness/console.ts'
import { consoleFiles } from '../harness/console-files.ts'
import { type Person, signIn } from '../harness/person.ts'
import type { Measure } from './budgets.ts'
import { breakSome, clusterName, fleetWorld } from './fleet-world.ts'
import { weighable, type Weight, weigh } from './weigh.ts'

const CLUSTERS = 50
/** Those of a managed mesh, and those with a mesh of their own. */
const MANAGED = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const DEDICATED = [11, 12, 13]
/** Half of the failing ones are in a mesh. */
const FAILING = [3, 5, 7, 9, 12, 13, 20, 25, 30, 35, 40, 45]

/** What the console is in every cluster. */
const account = 'system:serviceaccount:orbweaver-system:orbweaver'

/** A fleet of 50 clusters, 12 of which fail, and a console before it: how soon pages are answered, and what events cost. */
export async function measureFleet(events: number, say: (text: string) => void): Promise<Measure[]> {
  const listings = { count: 0 }
  const lively = new Set(LIVELY.map(clusterName))
  const audit = (cluster: string, { verb, resource, user }: AuditEvent) => {
    if (verb === 'list' && resource === 'pods' && user === account && lively.has(cluster)) listings.count += 1
  }
  const fleet = await startFleet(fleetWorld(CLUSTERS), { podStartMs: 50, audit })
  say(`${CLUSTERS} clusters run`)
  const files = await consoleFiles(fleet, 'bench')
  const running = await startConsole({ ...files, instance: 'bench', node: weighable })
  try {
    const ada = await signIn(running.url, 'ada')
    await makeMeshes(ada)
    const broken = breakSome(fleet, FAILING)
    say(`${MANAGED.length + DEDICATED.length} of them in meshes, ${broken} fail`)
    // Until it is told that they fail.
    await sleep(10_000)
    const pages = await slowestPages(ada, say)
    return [...pages, ...(await overEvents({ fleet, events, listings, say }, running))]
  } finally {
    await running.stop()
    await fleet.stop()
    await files.remove()
  }
}

async function makeMeshes(ada: Person): Promise<void> {
  const version = 'v1.30.3'
  const members = MANAGED.slice(1).map((number) => ({ cluster: clusterName(number) }))
  const specs = [
    { kind: 'Managed', version, controlPlane: { cluster: clusterName(1) }, members },
    ...DEDICATED.map((number) => ({ kind: 'Dedicated', version, controlPlane: { cluster: clusterName(number) } })),
  ]
  for (const [index, spec] of specs.entries()) await insist(ada, { type: 'meshes.create', name: `mesh-${index}`, spec })
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const meshes = listAt((await ada.get('/meshes')).body, 'items')
    if (meshes.length === specs.length && meshes.every((each) => textAt(each, 'phase') === 'ready')) return
    await sleep(200)
  }
  throw new Error('the meshes of the bench did not become ready')
}

const patienceMs = 300_000

/** A console that has just been started reads 50 clusters first. */
async function insist(ada: Person, intent: object): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      await (await ada.plan(intent))()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(500)
    }
  }
}

/** Within which every page is to be answered (ms). */
const budgetMs = 1_000

/** The slowest answer to each page, the first included, when nothing is known yet of what its reader may see. */
async function slowestPages(ada: Person, say: (text: string) => void): Promise<Measure[]> {
  const every = Array.from({ length: CLUSTERS }, (_, index) => clusterName(index + 1))
  const meshes = listAt((await ada.get('/meshes')).body, 'items').map((each) => textAt(each, 'name') ?? '')
  const pages: [string, string[]][] = [
    ['list of clusters', ['/clusters?size=100']],
    ['page of a cluster', every.map((name) => `/clusters/${name}`)],
    ['list of meshes', ['/meshes']],
    ['page of a mesh', meshes.map((name) => `/meshes/${name}`)],
    ['namespaces of a mesh', meshes.map((name) => `/meshes/${name}/sidecars/namespaces`)],
  ]
  const measures: Measure[] = []
  for (const [name, paths] of pages) {
    const took: [number, string][] = []
    for (const path of [...paths, ...paths, ...paths]) {
      const startedAt = performance.now()
      const { status } = await ada.get(path)
      if (status !== 200) throw new Error(`${path} answered ${status}`)
      took.push([performance.now() - startedAt, path])
    }
    const [slowest = [0, '']] = took.toSorted(([a], [b]) => b - a)
    const late = took.filter(([ms]) => ms > budgetMs).map(([ms, path]) => `${path} ${Math.round(ms)} ms`)
    if (late.length > 0) say(`late: ${late.join(', ')}`)
    measures.push({
      name: `50 clusters, 12 failing: ${name}`,
      value: slowest[0],
      unit: 'ms',
      budget: budgetMs,
      timed: true,
    })
  }
  return measures
}

type Events = { fleet: Fleet; events: number; listings: { count: number }; say: (text: string) => void }

/** Clusters that answer, and Pods of each that change. */
const LIVELY = [1, 2, 4, 6, 8, 10, 11, 14]
const PODS = 50
/** Changes of each Pod between two looks. */
const BATCH = 25
const TENTHS = 10

/**
 * Changes Pods in clusters that answer until so many events have gone over their watches, and waits in between until the
 * console has the last: what it weighs after each tenth is compared with what it weighed after the first.
 */
async function overEvents({ fleet, events, listings, say }: Events, running: RunningConsole): Promise<Measure[]> {
  const lively = LIVELY.flatMap((number) => fleet.clusters.get(clusterName(number)) ?? [])
  const batch = lively.length * PODS * BATCH
  const { url } = running
  const pods = await firstPods(url, lively)
  const listedBefore = listings.count
  const weights: Weight[] = []
  const startedAt = performance.now()
  let sent = 0
  while (sent < events) {
    for (let change = 0; change < BATCH; change += 1) {
      for (const { server } of lively) changePods(server.store, sent + change)
      await sleep(0)
    }
    await settledBatch(url, lively, pods)
    sent += batch
    if (sent < ((weights.length + 1) * events) / TENTHS) continue
    const weight = await weigh(running)
    weights.push(weight)
    say(`${sent} events, ${weight.kept.toFixed(1)} MB kept, ${weight.resident.toFixed(0)} MB resident`)
  }
  const perSecond = (sent * 1_000) / (performance.now() - startedAt)
  // Whoever lists has not been told by a watch.
  if (listings.count > listedBefore) throw new Error('Pods of a lively cluster were listed again')
  return weighed(weights, { count: sent, perSecond })
}

function weighed(weights: readonly Weight[], { count, perSecond }: { count: number; perSecond: number }): Measure[] {
  const kept = weights.map((each) => each.kept)
  const [first = 0] = kept
  const most = Math.max(...kept)
  const resident = Math.max(...weights.map((each) => each.resident))
  return [
    { name: `${count} events over watches`, value: perSecond, unit: '/s', timed: true },
    { name: 'kept by the server after the first tenth of them', value: first, unit: 'MB', timed: false },
    {
      name: 'most kept after any later tenth, more than that',
      value: most - first,
      unit: 'MB',
      budget: 8,
      timed: false,
    },
    { name: 'resident memory of the server, most', value: resident, unit: 'MB', budget: 1_024, timed: false },
  ]
}

async function firstPods(url: string, lively: readonly Lively[]): Promise<ReadonlyMap<string, number>> {
  for (const { server } of lively) changePods(server.store, 0)
  await sleep(3_000)
  return podsSeen(url)
}

function changePods(store: Lively['server']['store'], change: number): void {
  for (let pod = 0; pod < PODS; pod += 1) store.put(podOf(pod, change), 'kubelet')
}

function podOf(number: number, change: number) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: `busy-${number}`, labels: { app: 'busy', change: String(change) } },
    spec: { nodeName: 'elsewhere', containers: [{ name: 'app', image: 'app:1' }] },
    status: { phase: 'Running', podIP: `10.0.0.${number}`, conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

type Lively = Fleet['clusters'] extends ReadonlyMap<string, infer Member> ? Member : never

const mark = { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'mark' }

/** The last event of a batch is a Pod more or less than before: when the console has it, it has them all. */
async function settledBatch(url: string, lively: readonly Lively[], pods: ReadonlyMap<string, number>): Promise<void> {
  const isThere = lively[0]?.server.store.get(mark) !== undefined
  for (const { server } of lively) {
    if (isThere) server.store.remove(mark)
    else server.store.put({ ...podOf(0, 0), metadata: { namespace: mark.namespace, name: mark.name } }, 'kubelet')
  }
  const extra = isThere ? 0 : 1
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const seen = await podsSeen(url)
    if (lively.every(({ name }) => seen.get(name) === (pods.get(name) ?? 0) + extra)) return
    await sleep(20)
  }
  throw new Error('events did not arrive')
}

/** How many Pods the console keeps of each cluster. */
async function podsSeen(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await request(`${url}/metrics`)).text()
  const lines = text.matchAll(/^orbweaver_mirror_objects\{cluster="([^"]+)",kind="Pod"\} (\d+)$/gm)
  return new Map([...lines].map(([, name = '', count]) => [name, Number(count)]))
}
