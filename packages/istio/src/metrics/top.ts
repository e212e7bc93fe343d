import { groupedBy } from '../world/grouped.ts'
import type { Edge } from './edges.ts'

/** A service as its callers and itself tell of it. */
export type Served = {
  host: string
  namespace: string
  name: string
  /** Per second. */
  requests: number
  /** Share that failed, 0 to 1. */
  errors: number
  /** Milliseconds, on average. */
  latency?: number
}

const most = 5

/** So many requests in the range before a share or an average of them says anything: one that failed does not lead. */
const fewestRequests = 10

/** Those that stand out over a range of so many seconds. */
export function topServices(
  edges: readonly Edge[],
  seconds: number,
): Record<'requests' | 'errors' | 'latency', Served[]> {
  const served = [...groupedBy(edges, ({ to }) => JSON.stringify([to.host, to.namespace])).values()].flatMap(servedOf)
  const enough = served.filter(({ requests }) => requests * seconds >= fewestRequests)
  return {
    requests: first(served, ({ requests }) => requests),
    errors: first(enough, ({ errors }) => errors),
    latency: first(enough, ({ latency = 0 }) => latency),
  }
}

function first(served: readonly Served[], by: (each: Served) => number): Served[] {
  return served
    .filter((each) => by(each) > 0)
    .toSorted((a, b) => by(b) - by(a) || b.requests - a.requests || a.host.localeCompare(b.host, 'en'))
    .slice(0, most)
}

function servedOf(edges: readonly Edge[]): Served[] {
  const [edge] = edges
  if (edge === undefined) return []
  const { host, namespace, name } = edge.to
  const total = (of: 'requests' | 'errors' | 'spent' | 'timed') => edges.reduce((sum, each) => sum + each[of], 0)
  const [requests, timed] = [total('requests'), total('timed')]
  return [
    {
      host,
      namespace,
      name,
      requests,
      errors: share(total('errors'), requests),
      ...(timed > 0 && { latency: total('spent') / timed }),
    },
  ]
}

/** Two queries of one moment may differ by a scrape. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0
}
