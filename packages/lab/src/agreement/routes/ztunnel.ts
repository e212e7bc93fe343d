import type { RouteRequest } from '@orbweaver/contracts/explain'
import { at, type Json, listAt, numberAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { ConfiguredWorld, ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import { addressOf } from './dialled.ts'
import { insideOf, type Said, saidBy } from './reference.ts'

/** What ztunnel does with a request of its node's Pod, by what istiod has sent it (ztunnel src/proxy/outbound.rs, src/state.rs). */
export function byZtunnel(world: ProxyWorld, known: ConfiguredWorld, request: RouteRequest): Said {
  const { namespace = '', name } = request.from.ref
  const address = addressOf(world, { namespace, name, isAmbient: true }, request.host)
  const destination = { address, port: request.port }
  const services = sentOf(known, 'service')
  const found = services.filter((each) =>
    listAt(each, 'addresses').some((one) => ipIn(textAt(one, 'address')) === address),
  )
  if (found.length > 1) return { details: new Map() } // of hosts that share an address it is chance which ztunnel takes
  const [service] = found
  const workloads = sentOf(known, 'workload')
  const workload = workloads.find((each) => textsAt(each, 'addresses').some((one) => ipIn(one) === address))
  const target = service ?? workload
  if (target === undefined) return { outcome: 'passthrough', details: new Map() }
  const waypoints = waypointsOf(target).flatMap((each) => waypointOf(known.proxies, each) ?? [])
  const [first, ...others] = waypoints.map((each) => saidBy(each, insideOf(each, request, destination)))
  if (first !== undefined)
    return others.every((each) => isSame(each, first)) ? first : { outcome: differing, details: new Map() }
  if (service !== undefined) return toService(service, workloads, request)
  return { outcome: `routed ${address}:${request.port} 100`, by: '', details: new Map() }
}

/** As the simulator says it. */
const differing = 'unknown waypoint-canary-differs'

const isSame = (one: Said, other: Said): boolean =>
  JSON.stringify([one.outcome, one.by, [...one.details]]) ===
  JSON.stringify([other.outcome, other.by, [...other.details]])

/** Each connection goes through one of several where there are weights (pkg/workloadapi/workload.proto, weighted_waypoints). */
export function waypointsOf(target: Json): readonly (Json | undefined)[] {
  const weighted = listAt(target, 'weighted_waypoints')
  if (weighted.length === 0) return [at(target, 'waypoint')]
  return weighted.filter((each) => (numberAt(each, 'weight') ?? 0) > 0).map((each) => at(each, 'destination'))
}

const sentOf = ({ addresses }: ConfiguredWorld, kind: 'service' | 'workload'): readonly Json[] =>
  addresses.map((each) => at(each, kind)).filter((each) => each !== undefined)

function toService(service: Json, workloads: readonly Json[], { port }: RouteRequest): Said {
  const host = textAt(service, 'hostname') ?? ''
  if (!listAt(service, 'ports').some((each) => numberAt(each, 'service_port') === port)) {
    return { outcome: 'closed', details: new Map() }
  }
  const key = `${textAt(service, 'namespace') ?? ''}/${host}`
  const endpoints = workloads.flatMap((each) => {
    const own = listAt(recordAt(each, 'services')[key], 'ports').find((one) => numberAt(one, 'service_port') === port)
    if (own === undefined || textAt(each, 'status') === 'UNHEALTHY') return []
    return textsAt(each, 'addresses').map((one) => `${ipIn(one)}:${numberAt(own, 'target_port') ?? 0}`)
  })
  const cluster = `${host}:${port}`
  const isListed = workloads.every((each) => (textAt(each, 'hostname') ?? '') === '')
  const details = isListed ? [[`endpoints ${cluster}`, endpoints.toSorted().join()] as const] : []
  return { outcome: `routed ${cluster} 100`, by: '', details: new Map(details) }
}

/** By the host of its Service, which is named like the Gateway. */
function waypointOf(
  proxies: readonly ProxyConfiguration[],
  waypoint: Json | undefined,
): ProxyConfiguration | undefined {
  const [name = ''] = (textAt(waypoint, 'hostname', 'hostname') ?? '').split('.')
  const namespace = textAt(waypoint, 'hostname', 'namespace')
  return proxies.find((each) => each.type === 'waypoint' && each.namespace === namespace && each.name === `${name}-1`)
}

/** An address of four bytes, as protos write them in JSON. */
const ipIn = (bytes: string | undefined): string => [...Buffer.from(bytes ?? '', 'base64')].join('.')
