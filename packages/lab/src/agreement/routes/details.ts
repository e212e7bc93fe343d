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
  if (cluster === undefined || !name.startsWith('outbound|')) return []
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
    .map((each) => at(each, 'endpoint', 'address', 'socket_address'))
    .map((each) => `${textAt(each, 'address') ?? ''}:${numberAt(each, 'port_value') ?? 0}`)
    .toSorted()
    .join()
}

/** Undefined where each endpoint says for itself whether it takes mutual TLS. */
function tlsOf(cluster: Json): string | undefined {
  if (at(cluster, 'transport_socket_matches') !== undefined) return undefined
  const socket = at(cluster, 'transport_socket')
  if (socket === undefined) return 'DISABLE'
  const secrets = listAt(socket, 'typed_config', 'common_tls_context', 'tls_certificate_sds_secret_configs')
  return secrets.some((each) => textAt(each, 'name') === 'default') ? 'ISTIO_MUTUAL' : 'SIMPLE'
}

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
    const ready = endpoints.filter((each) => each.ready).map(({ address, port }) => `${address}:${port}`)
    const tls = policies.find((each) => each.name === 'tls' && (each.cluster ?? cluster) === cluster)
    found.set(`endpoints ${cluster}`, ready.toSorted().join()).set(`tls ${cluster}`, textAt(tls?.value, 'mode') ?? '')
  }
  return found
}
