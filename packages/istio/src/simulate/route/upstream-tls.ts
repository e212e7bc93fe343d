import type { Place, RoutePolicy } from '@orbweaver/contracts/explain'
import { isRecord, type Json, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { Asking } from './asking.ts'
import { isWithheld, type MergedRule } from './destination-rules.ts'
import { type Endpoint, endpointsOf } from './endpoints.ts'
import { isDisabledAt, modeOfNamespace } from './peer-tls.ts'
import type { Service, ServicePort } from './services.ts'

type Told = { value: Json; place: Place }

type Known = {
  service: Service
  port: ServicePort
  cluster: string
  endpoints: readonly Endpoint[]
  said: Told | undefined
  /** What endpoints are told by, where that is all. */
  toEndpoints: Told | undefined
  /** What it is said by. */
  rule: MergedRule | undefined
}

/**
 * TLS to a destination: as a rule says it, else mutual TLS by itself where the other side has a proxy
 * (core/cluster_tls.go, buildUpstreamTLSSettings; model/push_context.go, BestEffortInferServiceMTLSMode).
 */
export function tlsPolicy(asking: Asking, known: Known): RoutePolicy {
  const { service, port, cluster, endpoints, said } = known
  const policy = (value: JsonRecord, by: Place | null): RoutePolicy => ({ name: 'tls', value, by, cluster })
  if (asking.scope?.own.has(service.host) === true) return policy(...ofWaypoint(said, endpoints))
  if (said !== undefined) return policy(toldValue(asking, said, known.rule), said.place)
  if (service.external) return policy({ mode: 'DISABLE', why: 'external' }, null)
  if (!asking.world.mesh.autoMtls) return policy({ mode: 'DISABLE', why: 'auto-mtls-off' }, null)
  const namespace = modeOfNamespace(asking, service.namespace)
  if (service.resolution === 'passthrough' && !allMeshed(asking, service, port)) {
    return policy({ mode: 'DISABLE', why: 'not-all-meshed' }, null)
  }
  if (namespace.mode === 'DISABLE') return policy({ mode: 'DISABLE', why: 'server' }, namespace.place ?? null)
  const { value, by } = ofEndpoints(asking, known)
  return policy(value, by)
}

function toldValue({ proxy }: Asking, said: Told, rule: MergedRule | undefined): JsonRecord {
  return isWithheld(said.value, rule, proxy) ? { mode: 'DISABLE', why: 'credential' } : valueOf(said)
}

/**
 * Waypoints reach their own hosts by HBONE, and in the clear who does not speak it; TLS of a rule is spoken inside, that of
 * the mesh is not (core/cluster_waypoint.go, buildWaypointTLSContext).
 */
function ofWaypoint(said: Known['said'], endpoints: readonly Endpoint[]): [JsonRecord, Place | null] {
  const value = valueOf(said)
  const speaks = value.mode === 'SIMPLE' || value.mode === 'MUTUAL'
  return said !== undefined && speaks ? [value, said.place] : [hboneOf(endpoints), null]
}

function valueOf(said: Known['said']): JsonRecord {
  const value = isRecord(said?.value) ? said.value : {}
  return { ...value, mode: textAt(value, 'mode') ?? 'DISABLE' }
}

/** How ztunnel and waypoints open connections: mutual TLS inside of HBONE, to whoever speaks it. */
export function hboneOf(endpoints: readonly Endpoint[]): JsonRecord {
  const hbone = endpoints.filter((each) => each.hbone).length
  const plaintext = endpoints.length - hbone
  if (hbone === 0 && plaintext > 0) return { mode: 'DISABLE', auto: true, why: 'no-hbone' }
  return { mode: 'ISTIO_MUTUAL', auto: true, hbone, ...(plaintext > 0 && { plaintext }) }
}

/** A proxy that passes on to where the client dialled cannot tell one endpoint from the other: all or none. */
function allMeshed({ world }: Asking, service: Service, port: ServicePort): boolean {
  const all = endpointsOf(world, { service, port, labels: {} })
  return all.length > 0 && all.every(({ meshed }) => meshed)
}

/** Endpoint by endpoint: with those that cannot take it the proxy speaks in the clear. */
function ofEndpoints(
  asking: Asking,
  { endpoints, service, toEndpoints }: Known,
): { value: JsonRecord; by: Place | null } {
  const loose = service.resolution === 'passthrough' ? undefined : toEndpoints
  if (loose !== undefined && valueOf(loose).mode !== 'ISTIO_MUTUAL') {
    return { value: { mode: 'DISABLE', why: 'port-settings' }, by: loose.place }
  }
  const meshed = endpoints.filter((each) => each.meshed)
  const refused = meshed.map((each) => isDisabledAt(asking, each))
  const hbone = endpoints.filter((each) => each.hbone && !each.meshed).length
  const able = refused.filter((each) => each === undefined).length + hbone
  const plaintext = endpoints.length - able
  if (plaintext === 0 || able > 0) {
    const some = { ...(hbone > 0 && { hbone }), ...(plaintext > 0 && { plaintext }) }
    return { value: { mode: 'ISTIO_MUTUAL', auto: true, ...some }, by: null }
  }
  const first = refused.find((each) => each !== undefined)
  const why = first === undefined ? 'no-proxy' : 'server'
  return { value: { mode: 'DISABLE', auto: true, why }, by: first ?? null }
}
