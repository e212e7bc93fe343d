import type { RouteDestination } from '@orbweaver/contracts/explain'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../../injection/pod-state.ts'
import { kinds } from '../../world/kinds.ts'
import type { ClusterView } from '../../world/view.ts'
import type { Asking, Result } from './asking.ts'
import { told } from './clusters.ts'
import { type Endpoint, podEndpoint } from './endpoints.ts'
import { podAddresses } from './proxy.ts'
import { retriesOf } from './retries.ts'
import { hboneOf } from './upstream-tls.ts'

type Sent = Pick<RouteDestination, 'host' | 'port' | 'resolution' | 'fails'>

/** What ztunnel sends itself: no rule of a Service is looked at. */
export function sentTo(endpoints: readonly Endpoint[], sent: Sent): Result {
  const cluster = `${sent.host}:${sent.port}`
  const destination = { ...sent, weight: 100, cluster, endpoints: endpoints.map(told) }
  const tls = { name: 'tls' as const, value: hboneOf(endpoints), by: null, cluster }
  return { outcome: { kind: 'routed', destinations: [destination] }, decidedBy: null, policies: [tls] }
}

/** A Pod that somebody dials by its own address. */
export type DialledPod = { view: ClusterView; pod: KubernetesObject }

export function podAt({ world }: Asking, address: string): DialledPod | undefined {
  const all = world.clusters.flatMap((view) => view.list(kinds.pod).map((pod) => ({ view, pod })))
  return all.find(({ pod }) => isLive(pod) && podAddresses(pod).includes(address))
}

export function toPodItself({ world, request }: Asking, { view, pod }: DialledPod): Result {
  const endpoint = podEndpoint(world, { view, pod, port: request.port })
  return sentTo([endpoint], { host: endpoint.address, port: request.port, resolution: 'listed' })
}

/** What a waypoint for workloads does: policies alone are its own, rules are for hosts (listener_waypoint.go, direct-http). */
export function passedOn(asking: Asking, found: DialledPod): Result {
  const { outcome, policies } = toPodItself(asking, found)
  const cluster = 'encap'
  const destinations = outcome.kind === 'routed' ? outcome.destinations.map((each) => ({ ...each, cluster })) : []
  const isHttp = asking.request.protocol === 'http'
  return {
    outcome: { kind: 'routed', destinations },
    decidedBy: null,
    policies: [
      ...(isHttp ? [{ name: 'timeout' as const, value: '0s', by: null }, retriesOf(asking, undefined, undefined)] : []),
      ...policies.map((each) => ({ ...each, cluster })),
    ],
  }
}
