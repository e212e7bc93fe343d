import { callsOf, isCalledFromOutside, loadOf } from './call-graph.ts'
import { chance } from './hash.ts'
import { leadsTo, type PodFacts, type ServiceFacts } from './pod-facts.ts'

/** What runs in one cluster. */
export type ClusterFacts = { pods: readonly PodFacts[]; services: readonly ServiceFacts[] }

/** Pods of one workload that answer for a Service in one cluster; none where nobody does. */
type Behind = { cluster: string; pods: readonly PodFacts[] }

/** Requests of one Pod to the Pods of one workload behind a Service, per second on average. */
export type Edge = {
  from: { cluster: string; pod: PodFacts }
  service: ServiceFacts
  to: Behind
  rate: number
}

/** Who calls whom now, in all clusters that there are. Only who has a proxy is seen to call. */
export function edgesOf(clusters: ReadonlyMap<string, ClusterFacts>): Edge[] {
  const resolve = resolver(clusters)
  return [...clusters].flatMap(([cluster, { pods, services }]) =>
    pods.flatMap((pod) => {
      if (pod.proxy === undefined || !pod.isReady) return []
      const asked = pod.proxy.kind === 'gateway' ? entranceCalls(pod, services) : workloadCalls(pod)
      return asked.flatMap(({ host, rate }) => resolve({ cluster, pod, host, rate }))
    }),
  )
}

type Asked = { host: { name: string; namespace?: string }; rate: number }

const appOf = ({ labels, workload }: PodFacts): string => labels.app ?? labels['app.kubernetes.io/name'] ?? workload

/** No two callers call the same service equally often. */
const uneven = (text: string): number => 0.8 + 0.4 * chance(text)

function workloadCalls(pod: PodFacts): Asked[] {
  const app = appOf(pod)
  return callsOf(app, pod.labels.version ?? '').map(({ to, times }) => ({
    host: { name: to },
    rate: loadOf(app) * times * uneven(`${pod.uid} ${to}`),
  }))
}

/** An entrance of the mesh leads to every service of its cluster that is called from outside, and is not its own. */
function entranceCalls(pod: PodFacts, services: readonly ServiceFacts[]): Asked[] {
  if (!isEntrance(pod)) return []
  return services
    .filter((each) => each.protocol !== 'tcp' && each.namespace !== pod.namespace && isCalledFromOutside(each.name))
    .map(({ name, namespace }) => ({ host: { name, namespace }, rate: loadOf(name) * uneven(`${pod.uid} ${name}`) }))
}

const isEntrance = ({ labels }: PodFacts): boolean => labels.istio !== 'eastwestgateway'

type Wanted = { cluster: string; pod: PodFacts } & Asked

/** Hosts as a caller means them: of its own namespace first, then of any other, in any cluster of its mesh. */
function resolver(clusters: ReadonlyMap<string, ClusterFacts>): (wanted: Wanted) => Edge[] {
  const meshes = meshesOf(clusters)
  const behind = remembered(clusters)
  return ({ cluster, pod, host, rate }) => {
    const members = meshes.get(pod.proxy?.mesh ?? '') ?? new Set([cluster])
    const near = [cluster, ...[...members].filter((each) => each !== cluster)]
    const service = serviceFor({
      host,
      namespace: pod.namespace,
      clusters,
      near,
      needsProxy: pod.proxy?.kind === 'gateway',
      behind,
    })
    if (service === undefined) return []
    const own = behind(cluster, service)
    const found = own.length > 0 ? own : near.flatMap((each) => behind(each, service))
    const all = found.reduce((sum, { pods }) => sum + pods.length, 0)
    const from = { cluster, pod }
    if (all === 0) return [{ from, service, to: { cluster, pods: [] }, rate }]
    return found.map((to) => ({ from, service, to, rate: (rate * to.pods.length) / all }))
  }
}

/** Clusters by the mesh of the proxies that are in them. */
function meshesOf(clusters: ReadonlyMap<string, ClusterFacts>): Map<string, Set<string>> {
  const meshes = new Map<string, Set<string>>()
  for (const [cluster, { pods }] of clusters) {
    for (const { proxy } of pods) {
      if (proxy === undefined) continue
      const members = meshes.get(proxy.mesh) ?? new Set()
      meshes.set(proxy.mesh, members.add(cluster))
    }
  }
  return meshes
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const each of items) {
    const group = groups.get(keyOf(each))
    if (group === undefined) groups.set(keyOf(each), [each])
    else group.push(each)
  }
  return groups
}

type BehindOf = (cluster: string, service: ServiceFacts) => readonly Behind[]

type Search = {
  host: Asked['host']
  namespace: string
  clusters: ReadonlyMap<string, ClusterFacts>
  near: readonly string[]
  needsProxy: boolean
  behind: BehindOf
}

function serviceFor({ host, namespace, clusters, near, needsProxy, behind }: Search): ServiceFacts | undefined {
  const named = near.flatMap((cluster) =>
    (clusters.get(cluster)?.services ?? [])
      .filter(({ name, namespace: place }) => name === host.name && (host.namespace ?? place) === place)
      .map((service) => ({ cluster, service })),
  )
  const inMesh = named.filter(
    ({ cluster, service }) =>
      !needsProxy || behind(cluster, service).some(({ pods }) => pods.some(({ proxy }) => proxy !== undefined)),
  )
  return (inMesh.find(({ service }) => service.namespace === namespace) ?? inMesh[0])?.service
}

/** Many callers ask for the same. */
function remembered(clusters: ReadonlyMap<string, ClusterFacts>): BehindOf {
  const known = new Map<string, readonly Behind[]>()
  const byNamespace = new Map(
    [...clusters].map(([cluster, { pods }]) => [cluster, grouped(pods, ({ namespace }) => namespace)]),
  )
  return (cluster, service) => {
    const key = `${cluster} ${service.namespace} ${service.name}`
    const found = known.get(key)
    if (found !== undefined) return found
    const ready = (byNamespace.get(cluster)?.get(service.namespace) ?? []).filter(
      (pod) => pod.isReady && leadsTo(service, pod),
    )
    const workloads = grouped(ready, ({ workload }) => workload)
    const answer = [...workloads.values()].map((pods): Behind => ({ cluster, pods }))
    known.set(key, answer)
    return answer
  }
}
