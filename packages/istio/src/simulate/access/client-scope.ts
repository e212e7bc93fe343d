import type { Place } from '@orbweaver/contracts/explain'
import type { MeshWorld } from '../../findings/world.ts'
import { networkOf } from '../route/places.ts'
import { allRules } from '../route/all-rules.ts'
import { isHttp } from '../route/protocols.ts'
import type { Proxy } from '../route/proxy.ts'
import { reads } from '../route/revisions.ts'
import { portOf } from '../route/services.ts'
import { scopeOf, sidecarOf } from '../route/sidecar-scope.ts'
import type { Door } from './inbound.ts'
import { type Limits, remembered, type Session } from './stop.ts'
import type { Workload } from '../workloads/workload.ts'

/**
 * How a sidecar lets a call of its own workload out: to a host that it knows, as it is, by the proxy that its Sidecar names
 * for that, or not at all; `shared` where other hosts have the port of an address. Why, where a Sidecar says so.
 */
export type WayOut = {
  readonly kind: 'known' | 'as-it-is' | 'by-proxy' | 'stopped' | 'shared'
  readonly place: Place | undefined
}

const known: WayOut = { kind: 'known', place: undefined }

/**
 * What becomes of a call to a host, or to a port that no host has (istio pilot/pkg/model/sidecar.go, and
 * networking/core/httproute.go, buildCatchAllVirtualHost; 1.31).
 */
export function wayOut(session: Session, client: Workload, { door, port, spoken }: Asked): WayOut {
  const limits = limitsOf(session, client)
  if (limits === undefined || (door !== undefined && knows(limits, door, spoken))) return known
  const { mode, proxy, place } = limits.outbound
  const by = place ?? limits.sidecar?.place
  const isShared = door === undefined && limits.listeners.some(({ ports }) => ports.has(port))
  if (mode === 'REGISTRY_ONLY') return { kind: isShared ? 'shared' : 'stopped', place: by }
  return { kind: proxy === undefined ? 'as-it-is' : 'by-proxy', place: by }
}

type Asked = { readonly door: Door | undefined; readonly port: number; readonly spoken: 'http' | 'tcp' }

/** Undefined where neither a Sidecar nor the mesh limits anything. */
function limitsOf({ world, limits }: Session, client: Workload): Limits | undefined {
  return remembered(limits, client, () => limited(world, client) ?? null) ?? undefined
}

function limited(world: MeshWorld, client: Workload): Limits | undefined {
  const isRead = reads(world, client.revision)
  const proxy = clientProxy(world, client)
  if (world.mesh.outbound === 'ALLOW_ANY' && sidecarOf({ world, isRead }, proxy) === undefined) return undefined
  const { sidecar, outbound, listeners } = scopeOf({ world, isRead, rules: allRules(world, isRead) }, proxy)
  const told = listeners.map(({ port, services }) => ({
    port: port?.number,
    isHttp: port !== undefined && isHttp(port.protocol),
    hosts: new Map(services.map((each) => [each.host, each])),
    ports: new Set(services.flatMap(({ ports }) => ports.map((each) => each.number))),
  }))
  return { sidecar, outbound, listeners: told }
}

/**
 * Routes of HTTP are those of the port's first listener (GetEgressListenerForRDS); whatever else is sent finds any that is
 * not of HTTP itself.
 */
function knows({ listeners }: Limits, { host, port, protocol }: Door, spoken: 'http' | 'tcp'): boolean {
  const own = listeners.filter((each) => each.port === undefined || each.port === port)
  const byRoutes = isHttp(protocol) || (protocol === 'Unsupported' && spoken === 'http')
  return (byRoutes ? own.slice(0, 1) : own.filter((each) => !each.isHttp)).some(({ hosts }) => {
    const service = hosts.get(host)
    return service !== undefined && portOf(service, port) !== undefined
  })
}

/** The Sidecar that a client follows, in a form that can be compared. */
export function sidecarGround(world: MeshWorld, client: Workload) {
  const found = sidecarOf({ world, isRead: reads(world, client.revision) }, clientProxy(world, client))
  return found === undefined ? undefined : [found.metadata.namespace ?? '', found.metadata.name, found.spec ?? null]
}

/** The proxy beside a workload, as istiod knows it. */
export function clientProxy(world: MeshWorld, { ref, view, carrier, ...client }: Workload): Proxy {
  const { namespace, labels, addresses, revision } = client
  const kind = carrier === 'gateway' ? 'router' : 'sidecar'
  const network = networkOf(world, view, labels)
  return { kind, ref, cluster: view.cluster, namespace, labels, addresses, revision, network, seen: 'shown' }
}
