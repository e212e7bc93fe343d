import type { RouteRequest } from '@orbweaver/contracts/explain'
import { type Json, recordAt, textAt } from '@orbweaver/contracts/json'
import { type Answer, answerOf, type Call } from '../../envoy/answer.ts'
import { isTwofold, listenerInside, listenerOf, listenerOfPort } from '../../envoy/chains.ts'
import type { ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import { type Details, theirDetails } from './details.ts'
import { addressOf, targetPort } from './dialled.ts'

/** What becomes of a request, in words that can be compared. */
export type Said = {
  /** `routed outbound|80||web… 90, …`, `redirect 301 https://…`, `direct 503`, `passthrough`, `blackhole`, `no-route`, `closed`; absent where it depends. */
  readonly outcome?: string
  /** `virtual-service shop/web`, of the rule that wins; empty where Istio's own default does; absent where it is not told. */
  readonly by?: string
  readonly details: Details
}

/** The call that a request is to its proxy, and the listener that takes it. */
export function callOf(world: ProxyWorld, proxy: ProxyConfiguration, request: RouteRequest): Arriving {
  if (proxy.type === 'router') {
    const port = targetPort(world, proxy, request.port)
    const call = {
      connection: { ...spoken(request), destination: { address: '10.244.0.250', port }, source: '203.0.113.7' },
    }
    return { call: { ...call, ...asked(request) }, listener: listenerOfPort(proxy.listeners, port) }
  }
  const isAmbient = proxy.type === 'waypoint'
  const destination = { address: addressOf(world, { ...proxy, isAmbient }, request.host), port: request.port }
  if (isAmbient) return insideOf(proxy, request, destination)
  const call = { connection: { ...spoken(request), destination, source: '10.244.0.200' } }
  return { call: { ...call, ...asked(request) }, listener: listenerOf(proxy.listeners, 'outbound', destination) }
}

/** A call as it comes out of the tunnel in a waypoint. */
export function insideOf(
  proxy: ProxyConfiguration,
  request: RouteRequest,
  destination: Call['connection']['destination'],
): Arriving {
  const call = { connection: { ...spoken(request), destination, source: '10.244.0.200' } }
  return { call: { ...call, ...asked(request) }, listener: listenerInside(proxy.listeners) }
}

function spoken({ protocol, host, sni }: RouteRequest): Pick<Call['connection'], 'speaks' | 'tls'> {
  if (protocol === 'http') return { speaks: 'http' }
  if (protocol === 'tcp') return { speaks: 'other' }
  return { speaks: 'other', tls: { alpn: protocol === 'https' ? ['http/1.1'] : [], sni: sni ?? host } }
}

function asked({ protocol, method, path, host, headers }: RouteRequest): Pick<Call, 'request'> {
  if (protocol !== 'http' && protocol !== 'https') return {}
  return { request: { method, path, authority: host, scheme: protocol, headers } }
}

export type Arriving = { readonly call: Call; readonly listener: Json | undefined }

export const proxyFor = (
  proxies: readonly ProxyConfiguration[],
  { from: { ref } }: RouteRequest,
): ProxyConfiguration | undefined =>
  proxies.find(({ namespace, name }) => namespace === ref.namespace && name === ref.name)

/** What the generated configuration does with a request. */
export function reference(world: ProxyWorld, proxy: ProxyConfiguration, request: RouteRequest): Said {
  const { call, listener } = callOf(world, proxy, request)
  return isTwofold(listener) ? { details: new Map() } : saidBy(proxy, { call, listener })
}

export function saidBy(proxy: ProxyConfiguration, { call, listener }: Arriving): Said {
  const answer = answerOf(proxy, listener, call)
  return { ...saidOf(answer), details: theirDetails(proxy, answer) }
}

function saidOf(answer: Answer): Omit<Said, 'details'> {
  if (answer.kind === 'tcp') return { outcome: outcomeOf(answer.clusters) }
  if (answer.kind === 'not-http') return {} // what is inside of such a client's TLS is not told
  if (answer.kind !== 'http') return { outcome: answer.kind === 'refused' ? 'closed' : answer.kind }
  const { routed } = answer
  if (routed.kind === 'none') return { outcome: 'no-route' }
  const by = routed.route === null ? {} : { by: ruleOf(routed.route) }
  if (routed.kind === 'redirect') return { outcome: `redirect ${routed.status} ${routed.location}`, ...by }
  if (routed.kind === 'clusters') return { outcome: outcomeOf(routed.clusters), ...by }
  // Of hosts that the mesh does not know, where it lets only known ones out.
  const isBlock = textAt(routed.route, 'name') === 'block_all'
  return { outcome: isBlock ? 'blackhole' : `direct ${routed.status}`, ...by }
}

export function outcomeOf(clusters: readonly { readonly name: string; readonly weight: number }[]): string {
  const shares = new Map<string, number>()
  for (const { name, weight } of clusters) if (weight > 0) shares.set(name, (shares.get(name) ?? 0) + weight)
  const [only] = [...shares.keys()]
  if (shares.size === 1 && only === 'PassthroughCluster') return 'passthrough'
  if (shares.size === 1 && only === 'BlackHoleCluster') return 'blackhole'
  const told = [...shares].map(([name, weight]) => `${name} ${Math.round(weight * 100) / 100}`)
  return `routed ${told.toSorted().join(', ')}`
}

/**
 * `/apis/networking.istio.io/v1/namespaces/shop/virtual-service/web` in the metadata of a route; where that is a rule
 * that a route of the Gateway API became, the route's name tells: `shop.front.0`.
 */
function ruleOf(route: Json): string {
  const config = textAt(recordAt(route, 'metadata', 'filter_metadata', 'istio'), 'config') ?? ''
  const [, namespace = '', kind = '', name = ''] = /\/namespaces\/([^/]+)\/([^/]+)\/(.+)$/u.exec(config) ?? []
  if (config === '') return ''
  if (!name.includes('~')) return `${kind} ${namespace}/${name}`
  const [own = '', rule = ''] = (textAt(route, 'name') ?? '').split('.')
  return `http-route ${own}/${rule}`
}
