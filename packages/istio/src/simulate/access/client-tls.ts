import type { Place } from '@orbweaver/contracts/explain'
import { at, textAt } from '@orbweaver/contracts/json'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Params } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { isWithheld, ruleFor, rulesFor } from '../route/destination-rules.ts'
import { isShown, registry } from '../route/services.ts'
import { type Effective, effective, tlsOfEndpoints } from '../route/traffic-policies.ts'
import type { Caller } from './caller.ts'
import { clientProxy, wayOut } from './client-scope.ts'
import type { Door } from './inbound.ts'
import type { Destination } from './destination.ts'
import { endOf, remembered, type RuleTls, type Session } from './stop.ts'
import type { Workload } from '../workloads/workload.ts'

/** How a client's side opens a connection: `tls` is TLS that is not the mesh's. Why, as a step of the trail. */
export type ClientTls = {
  readonly kind: 'mutual' | 'plain' | 'tls'
  readonly code: string
  readonly params: Params
  readonly place?: Place
  /** The server name that a proxy of the mesh asks for. */
  readonly sni?: string
}

/** `spoken`: HTTP, where nothing is said. */
type Ends = { caller: Caller; to: Destination; spoken?: 'http' | 'tcp' }

/** Istio core/cluster_tls.go and xds/endpoints/mtls_checker.go for Envoys; ztunnel opens HBONE to whoever takes it. */
export function clientTls(session: Session, ends: Ends): ClientTls {
  const { caller, to } = ends
  const { workload } = to
  switch (caller.carrier) {
    case undefined:
      return said(caller.identity.kind === 'known' ? 'mutual' : 'plain', 'client-described')
    case 'none':
      return said('plain', 'client-no-proxy')
    case 'ambient':
    case 'waypoint':
      return takesHbone(workload) ? said('mutual', 'client-hbone') : said('plain', 'client-plain-to-sidecar')
    case 'sidecar':
      return notTold(session, ends) ?? byEnvoy(session, to, caller.workload)
    case 'gateway':
      return byEnvoy(session, to, caller.workload)
  }
}

function said(
  kind: ClientTls['kind'],
  code: string,
  more: { params?: Params; place?: Place | undefined; sni?: string } = {},
): ClientTls {
  const { params = {}, place, sni } = more
  return { kind, code, params, ...(place !== undefined && { place }), ...(sni !== undefined && { sni }) }
}

/** A sidecar says by a label that it takes HBONE; where there is no Pod yet, the injector of an ambient mesh will put it there. */
function takesHbone({ carrier, labels, isExpected }: Workload): boolean {
  if (carrier === 'ambient') return true
  if (carrier === 'none') return false
  return isExpected || (labels['networking.istio.io/tunnel'] ?? '').split(',').includes('http')
}

function byEnvoy(session: Session, to: Destination, client: Workload | undefined): ClientTls {
  const { door, workload } = to
  if (workload.carrier === 'ambient') return said('mutual', 'client-hbone')
  if (door === undefined) return said('plain', 'client-by-address')
  const usual = `outbound_.${door.port}_._.${door.host}`
  const rule = client === undefined ? undefined : knownRule(session, client, to)
  if (rule === undefined)
    return byItself(session, { to, door, client }) ?? said('mutual', 'client-auto-mtls', { sni: usual })
  const { mode } = rule
  const params = { mode, kind: rule.place.ref.kind }
  if (rule.plainFor !== undefined) {
    const code = rule.plainFor === 'port' ? 'client-port-settings' : 'client-credential'
    return said('plain', code, { params, place: rule.place })
  }
  const kind = mode === 'ISTIO_MUTUAL' ? 'mutual' : mode === 'DISABLE' ? 'plain' : 'tls'
  return said(kind, 'client-rule', { params, place: rule.place, sni: rule.sni ?? usual })
}

/** Of a host that its client's proxy does not know it sees bytes, and lets them out as they are. */
function notTold(session: Session, { caller: { workload: client }, to, spoken = 'http' }: Ends): ClientTls | undefined {
  const { door, port } = to
  if (client === undefined || door === undefined) return undefined
  if (!isExportedTo(session.world, door, client.namespace)) return said('plain', 'client-not-shown')
  const { kind, place } = wayOut(session, client, { door, port, spoken })
  return kind === 'as-it-is' ? said('plain', 'client-not-told', { place }) : undefined
}

type Itself = { to: Destination; door: Door; client: Workload | undefined }

/** Why a client to whom no rule speaks of TLS sends plain text; undefined where it does not. */
function byItself(session: Session, { to, door, client }: Itself): ClientTls | undefined {
  const { peer, namespacePeer } = endOf(session, to)
  if (!session.world.mesh.autoMtls) return said('plain', 'client-auto-mtls-off')
  if (!takesMutual(to.workload)) return said('plain', 'client-server-no-proxy')
  if (namespacePeer.mode === 'DISABLE') return said('plain', 'client-server-disabled', { place: namespacePeer.place })
  const isSeen = peer.mode === 'DISABLE' && !dialsItself(client, door)
  return isSeen ? said('plain', 'client-server-disabled', { place: peer.place }) : undefined
}

/**
 * Of a headless Service a sidecar has no list of endpoints that say what each takes: the namespace's mode alone counts
 * (core/cluster_tls.go, buildUpstreamTLSSettings; core/cluster_builder.go, convertResolution).
 */
function dialsItself(client: Workload | undefined, { object }: Door): boolean {
  return client?.carrier === 'sidecar' && textAt(object, 'spec', 'clusterIP') === 'None'
}

/** Of hosts that are not exported to its namespace a proxy knows nothing, and lets calls out as they are (exportTo). */
export function isExportedTo(world: MeshWorld, { host, namespace }: Door, viewer: string): boolean {
  const service = world.known(registry).in(host, namespace)
  return service === undefined || isShown(service, viewer)
}

/** Gateways take mutual TLS of the mesh only where a label says so. */
function takesMutual({ carrier, labels }: Workload): boolean {
  const mode = labels['security.istio.io/tlsMode']
  if (carrier === 'gateway' || carrier === 'waypoint') return mode === 'istio'
  return carrier === 'sidecar' && (mode === undefined || mode === 'istio')
}

/** TLS that a rule asks a gateway for, and that goes through a tunnel as it is (core/cluster_tls.go, applyHBONETransportSocketMatches). */
export function tlsInTunnel(session: Session, { workload, carrier }: Caller, to: Destination): RuleTls | undefined {
  const rule = workload === undefined || carrier !== 'gateway' ? undefined : knownRule(session, workload, to)
  return rule === undefined || ['ISTIO_MUTUAL', 'DISABLE'].includes(rule.mode) ? undefined : rule
}

/** Clients of one namespace have the same rules, unless one of them is for some clients only. */
function knownRule({ world, clients, rules }: Session, client: Workload, to: Destination): RuleTls | undefined {
  const { door } = to
  if (door === undefined) return undefined
  const who = remembered(clients, client, () => {
    const own = world.config.list(kinds.destinationRule, client.namespace)
    const isOne = own.some((each) => at(each, 'spec', 'workloadSelector') !== undefined)
    const { ref, namespace, carrier, revision } = client
    return isOne ? refKey(ref) : `${ref.cluster} ${namespace} ${carrier} ${revision}`
  })
  const known = remembered(rules, to, () => new Map<string, RuleTls | null>())
  return remembered(known, who, () => ruleTls(world, client, door) ?? null) ?? undefined
}

/** What a DestinationRule, or a BackendTLSPolicy, says of TLS to a port of a host; which subset a route chooses is not looked at. */
function ruleTls(world: MeshWorld, client: Workload, door: Door): RuleTls | undefined {
  const service = world.known(registry).in(door.host, door.namespace)
  if (service === undefined) return undefined
  const proxy = clientProxy(world, client)
  const found = ruleFor(rulesFor({ world, proxy }, service), proxy)
  const policies = found?.policies ?? []
  const { tls } = effective(policies, undefined, door.port)
  if (tls !== undefined) {
    return isWithheld(tls.value, found, proxy) ? { ...saidIn(tls), plainFor: 'credential' } : saidIn(tls)
  }
  const loose = tlsOfEndpoints(policies, undefined, door.port)
  if (loose === undefined || dialsItself(client, door)) return undefined
  const said = saidIn(loose)
  return said.mode === 'ISTIO_MUTUAL' ? undefined : { ...said, plainFor: 'port' }
}

function saidIn({ value, place }: Effective[string]): RuleTls {
  return { mode: textAt(value, 'mode') ?? 'DISABLE', sni: textAt(value, 'sni'), place }
}
