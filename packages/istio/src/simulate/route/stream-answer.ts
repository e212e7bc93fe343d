import { type Json, recordAt } from '@orbweaver/contracts/json'
import type { Place } from '@orbweaver/contracts/explain'
import type { Asking, Result } from './asking.ts'
import { type Clusters, destinationOf, saySends, shares, targetOf } from './clusters.ts'
import type { Service, ServicePort } from './services.ts'

type Stream = { route: readonly Json[]; place: Place; port: ServicePort }

/** Destinations of a TCP or TLS rule; their ports are the host's own where none is said. */
export function streamed(asking: Asking, clusters: Clusters, { route, place, port }: Stream): Result {
  const all = shares(route).map(({ value, weight }) => {
    const target = targetOf(recordAt(value, 'destination'), (host) => clusters.get(host), port.number)
    saySends(asking, { target, weight }, place)
    return destinationOf(asking, clusters, { target, weight, status: 503 })
  })
  const destinations = all.map((each) => each.destination)
  const policies = all.flatMap((each) => each.policies)
  return { outcome: { kind: 'routed', destinations }, decidedBy: place, policies }
}

/** A connection that no rule speaks for goes to the host that it is for. */
export function toHost(
  asking: Asking,
  clusters: Clusters,
  { service, port }: { service: Service; port: number },
): Result {
  asking.say('default-stream', { host: service.host, port })
  const target = { host: service.host, port, subset: '', ...(asking.scope !== undefined && { layer: 'tcp' as const }) }
  const { destination, policies } = destinationOf(asking, clusters, { target, weight: 100, status: 503 })
  return { outcome: { kind: 'routed', destinations: [destination] }, decidedBy: null, policies }
}
