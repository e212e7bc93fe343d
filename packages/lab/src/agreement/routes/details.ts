import type { RouteExplanation } from '@orbweaver/contracts/explain'
import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Answer } from '../../envoy/answer.ts'
import type { ProxyConfiguration } from '../../envoy/configuration.ts'

/** What holds on the way of a request that goes somewhere: endpoints and TLS of each cluster, and what its route does. */
export type Details = ReadonlyMap<string, string>

const seconds = (duration: string): string => String(Number.parseFloat(duration === '' ? '0' : duration))

/** As generated configuration has it; what it leaves to the endpoint is left out. */
export function theirDetails(proxy: ProxyConfiguration, answer: Answer): Details {
  const routed = answer.kind === 'http' && answer.routed.kind === 'clusters' ? answer.routed : undefined
  const clusters = answer.kind === 'tcp' ? answer.clusters : (routed?.clusters ?? [])
  const found = clusters.flatMap(({ name, weight }) => (weight === 0 ? [] : ofCluster(proxy, name)))
  return new Map(routed === undefined || found.length === 0 ? found : [...found, ...ofRoute(routed.route)])
}

type Entry = readonly [string, string]

function ofCluster(proxy: ProxyConfiguration, name: string): readonly Entry[] {
  const cluster = proxy.clusters.find((each) => textAt(each, 'name') === name)
  if (cluster === undefined || !/^(?:outbound|inbound-vip)\|/u.test(name)) return []
  const tls = tlsOf(cluster)
  return [
    ...(textAt(cluster, 'type') === 'EDS' ? [[`endpoints ${name}`, endpointsOf(proxy, name)] satisfies Entry] : []),
    ...(tls === undefined ? [] : [[`tls ${name}`, tls] satisfies Entry]),
  ]
}

function ofRoute(route: Json): readonly Entry[] {
  const action = at(route, 'route')
  const rewrites = ['prefix_rewrite', 'regex_rewrite', 'host_rewrite_literal', 'path_rewrite_policy']
  const fault = at(route, 'typed_per_filter_config', 'envoy.filters.http.fault')
  return [
    ['timeout', seconds(textAt(action, 'timeout') ?? '')],
    ['rewrites', String(rewrites.some((each) => at(action, each) !== undefined))],
    ['mirrors', String(listAt(action, 'request_mirror_policies').length > 0)],
    ['faults', String(fault !== undefined)],
  ]
}

function endpointsOf({ endpoints }: ProxyConfiguration, cluster: string): string {
  const own = endpoints.find((each) => textAt(each, 'cluster_name') === cluster)
  return listAt(own, 'endpoints')
    .flatMap((each) => listAt(each, 'lb_endpoints'))
    .filter((each) => (textAt(each, 'health_status') ?? 'HEALTHY') === 'HEALTHY')
    .map((each) => addressIn(at(each, 'endpoint', 'address')))
    .toSorted()
    .filter((each, index, all) => all.indexOf(each) === index)
    .join()
}

/** Of what goes through a tunnel the address inside; of a waypoint's the waypoint's own. */
const addressIn = (address: Json | undefined): string =>
  textAt(address, 'envoy_internal_address', 'endpoint_id') ??
  `${textAt(address, 'socket_address', 'address') ?? ''}:${numberAt(address, 'socket_address', 'port_value') ?? 0}`

/** Undefined where each endpoint says for itself whether it takes mutual TLS; who takes HBONE gets that whatever is said. */
function tlsOf(cluster: Json): string | undefined {
  const inner = at(cluster, 'transport_socket', 'typed_config', 'transport_socket')
  if (textAt(cluster, 'name')?.startsWith('inbound-vip|') === true) {
    return isPlain(inner) ? 'HBONE' : simple(inner)
  }
  const matches = at(cluster, 'transport_socket_matches') === undefined ? [] : socketsOf(cluster)
  if (matches.length > 1) return undefined
  const socket = matches[0] ?? at(cluster, 'transport_socket')
  if (socket === undefined || isPlain(socket)) return 'DISABLE'
  const secrets = listAt(socket, 'typed_config', 'common_tls_context', 'tls_certificate_sds_secret_configs')
  return secrets.some((each) => textAt(each, 'name') === 'default') ? 'ISTIO_MUTUAL' : simple(socket)
}

/** TLS of a rule, with the server name that it says. */
const simple = (socket: Json | undefined): string => `SIMPLE ${textAt(socket, 'typed_config', 'sni') ?? ''}`.trim()

const isPlain = (socket: Json | undefined): boolean => /(?:^|[.])raw_buffer$/u.test(textAt(socket, 'name') ?? '')

const socketsOf = (cluster: Json): readonly Json[] =>
  listAt(cluster, 'transport_socket_matches')
    .filter((each) => at(each, 'match', 'tunnel') === undefined)
    .map((each) => at(each, 'transport_socket'))
    .filter((each) => each !== undefined)

/** As the simulator tells it. */
export function ourDetails({ outcome, policies }: RouteExplanation): Details {
  const answer = outcome.kind === 'fault' ? outcome.otherwise : outcome
  const has = (name: string) => String(policies.some((each) => each.name === name))
  const timeout = policies.find(({ name }) => name === 'timeout')?.value
  const found = new Map([
    ['timeout', seconds(typeof timeout === 'string' ? timeout : '')],
    ['rewrites', has('rewrite')],
    ['mirrors', has('mirror')],
    ['faults', String(outcome.kind === 'fault')],
  ])
  for (const { cluster, endpoints } of answer.kind === 'routed' ? answer.destinations : []) {
    const ready = endpoints
      .filter((each) => each.ready)
      .flatMap(({ address, port, gateways }) => gateways?.map((each) => each.address) ?? [`${address}:${port}`])
    const tls = policies.find((each) => each.name === 'tls' && (each.cluster ?? cluster) === cluster)
    found
      .set(`endpoints ${cluster}`, [...new Set(ready)].toSorted().join())
      .set(`tls ${cluster}`, modeTold(cluster, tls?.value))
  }
  return found
}

/** Of a waypoint's own hosts all that is no TLS of a rule is HBONE, to whoever takes it. */
function modeTold(cluster: string, tls: Json | undefined): string {
  const mode = textAt(tls, 'mode') ?? ''
  if (mode === 'MUTUAL' || mode === 'SIMPLE') return `SIMPLE ${textAt(tls, 'sni') ?? ''}`.trim()
  return cluster.startsWith('inbound-vip|') ? 'HBONE' : mode
}
