import type { Series } from './prometheus-answer.ts'
import { reportingCluster, said, type Scope } from './scope.ts'

/** Requests from a workload to a service, per second; names that nobody knows are left out. */
export type Edge = {
  reporter: Reporter
  from: { cluster?: string | undefined; namespace?: string | undefined; workload?: string | undefined }
  to: { cluster?: string | undefined; namespace: string; name: string; host: string }
  requests: number
  errors: number
  /** Milliseconds spent on those that were timed. */
  spent: number
  timed: number
}

/** In the order in which they are believed of the same requests. */
const reporters = ['source', 'waypoint', 'destination'] as const
type Reporter = (typeof reporters)[number]

const measures = ['requests', 'errors', 'spent', 'timed'] as const
export type EdgeSeries = Partial<Record<(typeof measures)[number], readonly Series[]>>

/** What one Prometheus says of the requests of its clusters, each edge once for each who reports it. */
export function readEdges(told: EdgeSeries, scope: Scope): Edge[] {
  const edges = new Map<string, Edge>()
  for (const measure of measures) {
    for (const { labels, points } of told[measure] ?? []) {
      const value = points.at(-1)?.[1] ?? Number.NaN
      const read = Number.isFinite(value) ? edgeOf(labels, scope) : undefined
      if (read === undefined) continue
      const key = `${read.reporter} ${keyOf(read)}`
      const edge = edges.get(key) ?? read
      edge[measure] += value
      edges.set(key, edge)
    }
  }
  return [...edges.values()]
}

/** What Envoy calls where a request goes that no service of the mesh stands for (istio pilot/pkg/util/constants.go). */
const noService = /^(?:(?:Inbound)?Passthrough|BlackHole)Cluster|^(?:allow_any|block_all)$/

function edgeOf(labels: Series['labels'], scope: Scope): Edge | undefined {
  const reporter = reporters.find((each) => each === labels.reporter)
  const by = reportingCluster(labels, scope)
  const service = serviceOf(labels)
  if (reporter === undefined || by === undefined || service === undefined) return undefined
  const [source, destination] = [said(labels, 'source_cluster'), said(labels, 'destination_cluster')]
  const [from, to] = [nameOf(source, scope), nameOf(destination, scope)]
  // It went to a cluster that is none of this mesh.
  if (destination !== undefined && to === undefined) return undefined
  return {
    reporter,
    from: {
      cluster: reporter === 'source' ? by : from,
      namespace: said(labels, 'source_workload_namespace'),
      workload: said(labels, 'source_workload'),
    },
    to: { ...service, cluster: reporter === 'source' ? to : by },
    requests: 0,
    errors: 0,
    spent: 0,
    timed: 0,
  }
}

function nameOf(id: string | undefined, { mesh }: Scope): string | undefined {
  return id === undefined ? undefined : mesh.get(id)
}

/** A host of Kubernetes says its name and namespace itself, where their labels were taken away. */
function serviceOf(labels: Series['labels']): Omit<Edge['to'], 'cluster'> | undefined {
  const host = said(labels, 'destination_service')
  const [, hostName, hostNamespace] = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host ?? '') ?? []
  const name = said(labels, 'destination_service_name') ?? hostName
  const namespace = said(labels, 'destination_service_namespace') ?? hostNamespace
  if (name === undefined || namespace === undefined || noService.test(name)) return undefined
  return { host: host ?? `${name}.${namespace}`, name, namespace }
}

/**
 * Each request once, whoever tells of it: caller, waypoint and callee report the same one. Callers are believed first, for they
 * know of those that never arrived; a callee is where its caller says nothing at all: it has no proxy, or its Prometheus is
 * silent. Of several who tell of an edge, the one who saw most is taken whole, so that shares stay below one.
 */
export function countedOnce(edges: readonly Edge[]): Edge[] {
  const speaking = new Set(edges.filter(({ reporter }) => reporter === 'source').map(callerOf))
  const best = new Map<string, Edge>()
  for (const edge of edges) {
    if (edge.reporter === 'destination' && speaking.has(callerOf(edge))) continue
    const key = keyOf(edge)
    const other = best.get(key)
    if (other === undefined || isBetter(edge, other)) best.set(key, edge)
  }
  return [...best.values()]
}

function isBetter(one: Edge, other: Edge): boolean {
  if (one.requests !== other.requests) return one.requests > other.requests
  return reporters.indexOf(one.reporter) < reporters.indexOf(other.reporter)
}

function callerOf({ from: { cluster, namespace, workload } }: Edge): string {
  return JSON.stringify([cluster, namespace, workload])
}

function keyOf(edge: Edge): string {
  return `${callerOf(edge)} ${JSON.stringify([edge.to.cluster, edge.to.namespace, edge.to.name, edge.to.host])}`
}
