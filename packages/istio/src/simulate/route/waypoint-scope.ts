import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { MeshWorld } from '../../findings/world.ts'
import { isHttpOrSniffed } from './protocols.ts'
import type { Rule } from './rules.ts'
import { portOf, type Service, servicesFor } from './services.ts'
import { servicesOf } from './waypoint-services.ts'

/** What a waypoint has clusters for (istio pilot/pkg/networking/core/cluster_waypoint.go, waypoint.go; 1.31). */
export type WaypointScope = {
  /** Hosts that are bound to it: their endpoints are reached by HBONE. */
  own: ReadonlyMap<string, Service>
  /** Hosts that its namespace sees. */
  seen: ReadonlyMap<string, Service>
  /** Other hosts that rules of its own hosts send to: reached as a sidecar would reach them. */
  others: ReadonlySet<string>
}

type Known = { world: MeshWorld; rules: readonly Rule[] }

export function waypointScope({ world, rules }: Known, waypoint: { namespace: string; name: string }): WaypointScope {
  const own = servicesOf(world, waypoint)
  const seen = new Map<string, Service>()
  for (const each of servicesFor(world, waypoint.namespace)) {
    const known = seen.get(each.host)
    const isBetter = known === undefined || (known.registry !== 'Kubernetes' && each.registry === 'Kubernetes')
    if (isBetter) seen.set(each.host, each)
  }
  const others = rules
    .filter((rule) => rule.gateways.includes('mesh') && rule.hosts.some((host) => own.has(host)))
    .flatMap(destinationHosts)
  return { own, seen, others: new Set(others.filter((each) => own.get(each)?.external ?? true)) }
}

/** Rules count by the very name of a host: what a wildcard says is not looked at (filterWaypointOutboundServices). */
function destinationHosts({ http, tcp, tls }: Rule): string[] {
  const hostIn = (value: unknown) => textAt(value, 'host') ?? []
  const routes = [...http, ...tcp, ...tls].flatMap(({ value }) => listAt(value, 'route'))
  const mirrors = http.flatMap(({ value }) => [
    ...(isRecord(value.mirror) ? [value.mirror] : []),
    ...listAt(value, 'mirrors').map((each) => recordAt(each, 'destination')),
  ])
  return [...routes.map((each) => recordAt(each, 'destination')), ...mirrors].flatMap(hostIn)
}

type Wanted = { host: string; port: number; subset: string; layer?: 'http' | 'tcp' | undefined }

/** How a waypoint names what it sends to (listener_waypoint.go, getWaypointDestinationCluster). */
export function waypointCluster({ own, seen }: WaypointScope, { host, port, subset, layer }: Wanted): string {
  const service = seen.get(host)
  if (service !== undefined && !own.has(host)) return `outbound|${port}|${subset}|${host}`
  const spoken = service === undefined ? undefined : portOf(service, port)
  const isHttp = spoken === undefined || isHttpOrSniffed(spoken.protocol)
  const protocol = layer ?? (isHttp ? 'http' : 'tcp')
  return `inbound-vip|${port}|${subset === '' ? protocol : `${protocol}/${subset}`}|${host}`
}

/** Hosts that a waypoint can send to. */
export function waypointClusters({ own, seen, others }: WaypointScope): Map<string, Service> {
  return new Map([...[...seen].filter(([host]) => others.has(host)), ...own])
}
