import { at, isRecord, type Json, type JsonRecord, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { Identity } from './certificates.ts'

/** What a plain Envoy needs instead of istiod and of Istio's own filters. */
export type Plain = {
  readonly server: Identity
  readonly root: string
  /** Keys of tokens, as a JWKS: those of the world are not known. */
  readonly jwks: string
  /** The port of a plain Envoy for a port of the proxy. */
  readonly portFor: (port: number) => number
}

const types = 'type.googleapis.com/envoy.extensions'
const proxyProtocol = {
  name: 'envoy.filters.listener.proxy_protocol',
  typed_config: { '@type': `${types}.filters.listener.proxy_protocol.v3.ProxyProtocol` },
}

/** The filters that decide; what else there is counts, traces and rewrites, or is Istio's own. */
const kept = new Set(['envoy.filters.http.rbac', 'envoy.filters.http.jwt_authn', 'envoy.filters.http.router'])
const inspectors = new Set(['envoy.filters.listener.tls_inspector', 'envoy.filters.listener.http_inspector'])

type Placed = { readonly name: string; readonly address: string; readonly port: number; readonly bound: boolean }

/** A listener that decides as the generated one, answers by itself, and is told by the PROXY protocol who calls whom. */
export function plainListener(listener: Json, routes: readonly Json[], how: Plain & Placed): JsonRecord {
  const { traffic_direction: direction, use_original_dst: redirects } = isRecord(listener) ? listener : {}
  const otherwise = at(listener, 'default_filter_chain')
  return {
    name: how.name,
    address: { socket_address: { address: how.address, port_value: how.port } },
    bind_to_port: how.bound,
    ...(direction !== undefined && { traffic_direction: direction }),
    ...(redirects !== undefined && { use_original_dst: redirects }),
    listener_filters: [
      ...(how.bound ? [proxyProtocol] : []),
      ...listAt(listener, 'listener_filters')
        .filter((each) => inspectors.has(textAt(each, 'name') ?? ''))
        .map((each) => ported(each, how)),
    ],
    listener_filters_timeout: '0s',
    filter_chains: listAt(listener, 'filter_chains').map((each) => plainChain(each, routes, how)),
    ...(otherwise !== undefined && { default_filter_chain: plainChain(otherwise, routes, how) }),
  }
}

/** Ports in conditions as the plain Envoy sees them. */
function ported(value: Json, how: Plain): Json {
  const record = isRecord(value) ? value : {}
  const range = at(record, 'destination_port_range')
  if (range !== undefined) {
    const start = how.portFor(Number(at(range, 'start')))
    return { destination_port_range: { start, end: start + 1 } }
  }
  return Object.fromEntries(
    Object.entries(record).map(([name, each]) => {
      if (name === 'destination_port') return [name, how.portFor(Number(each))]
      if (Array.isArray(each)) return [name, each.map((one) => (isRecord(one) ? ported(one, how) : one))]
      return [name, isRecord(each) ? ported(each, how) : each]
    }),
  )
}

function plainChain(chain: Json, routes: readonly Json[], how: Plain): JsonRecord {
  const filters = listAt(chain, 'filters')
  const match = at(chain, 'filter_chain_match')
  const socket = at(chain, 'transport_socket')
  const judges = filters.filter((each) => textAt(each, 'name') === 'envoy.filters.network.rbac')
  const end = filters.at(-1) ?? null
  return {
    name: textAt(chain, 'name') ?? '',
    ...(match !== undefined && { filter_chain_match: ported(match, how) }),
    filters: [...judges, plainEnd(end, routes, { how, isLate: judges.length > 0 || socket !== undefined })],
    ...(socket !== undefined && { transport_socket: plainSocket(socket, how) }),
  }
}

type Ending = { readonly how: Plain; readonly isLate: boolean }

function plainEnd(filter: Json, routes: readonly Json[], { how, isLate }: Ending): JsonRecord {
  const config = at(filter, 'typed_config') ?? null
  if (textAt(filter, 'name') === 'envoy.filters.network.http_connection_manager') {
    return { name: 'http', typed_config: plainManager(config, routes, how) }
  }
  // A judge of connections waits for the first byte, and TLS for its handshake; what answers before is not judged, or not heard.
  if (isLate) return { name: 'echo', typed_config: { '@type': `${types}.filters.network.echo.v3.Echo` } }
  const clusters = at(config, 'weighted_clusters', 'clusters') ?? [
    { name: textAt(config, 'cluster') ?? '', weight: 100 },
  ]
  return {
    name: 'direct',
    typed_config: {
      '@type': `${types}.filters.network.direct_response.v3.Config`,
      response: { inline_string: `tcp ${JSON.stringify(named(clusters))}\n` },
    },
  }
}

const named = (clusters: Json): Json =>
  (Array.isArray(clusters) ? clusters : []).map((each) => [textAt(each, 'name') ?? '', at(each, 'weight') ?? 0])

function plainManager(manager: Json, routes: readonly Json[], how: Plain): JsonRecord {
  const wanted = textAt(manager, 'rds', 'route_config_name')
  const configuration =
    wanted === undefined ? at(manager, 'route_config') : routes.find((each) => textAt(each, 'name') === wanted)
  const told = [
    'normalize_path',
    'merge_slashes',
    'path_with_escaped_slashes_action',
    'use_remote_address',
    'xff_num_trusted_hops',
  ]
  return {
    '@type': `${types}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'plain',
    delayed_close_timeout: '0s',
    ...Object.fromEntries(Object.entries(recordAt(manager)).filter(([name]) => told.includes(name))),
    route_config: plainRoutes(configuration ?? { name: wanted ?? '' }),
    http_filters: listAt(manager, 'http_filters')
      .filter((each) => kept.has(textAt(each, 'name') ?? ''))
      .map((each) => keyed(each, how)),
  }
}

/** A JWT filter takes our tokens. */
function keyed(filter: Json, { jwks }: Plain): Json {
  const config = recordAt(filter, 'typed_config')
  if (textAt(filter, 'name') !== 'envoy.filters.http.jwt_authn') return filter
  const providers: [string, Json][] = Object.entries(recordAt(config, 'providers')).map(([name, each]) => {
    const { remote_jwks: _remote, ...rest } = isRecord(each) ? each : {}
    return [name, { ...rest, local_jwks: { inline_string: jwks } }]
  })
  return { ...recordAt(filter), typed_config: { ...config, providers: Object.fromEntries<Json>(providers) } }
}

/** Routes that answer with the clusters that they would go to. */
function plainRoutes(configuration: Json): JsonRecord {
  const ignoring = at(configuration, 'ignore_port_in_host_matching')
  return {
    name: textAt(configuration, 'name') ?? '',
    validate_clusters: false,
    ...(ignoring !== undefined && { ignore_port_in_host_matching: ignoring }),
    virtual_hosts: listAt(configuration, 'virtual_hosts').map((each) => ({
      name: textAt(each, 'name') ?? '',
      domains: textsAt(each, 'domains'),
      ...(at(each, 'require_tls') !== undefined && { require_tls: at(each, 'require_tls') }),
      routes: listAt(each, 'routes').map(plainRoute),
    })),
  }
}

function plainRoute(route: Json): JsonRecord {
  const { match, redirect, direct_response: direct } = recordAt(route)
  if (redirect !== undefined) return { match, redirect }
  if (direct !== undefined) return { match, direct_response: direct }
  const action = at(route, 'route')
  const clusters = at(action, 'weighted_clusters', 'clusters') ?? [
    { name: textAt(action, 'cluster') ?? '', weight: 100 },
  ]
  return { match, direct_response: { status: 200, body: { inline_string: JSON.stringify(named(clusters)) } } }
}

/** The end of TLS: our certificates in the place of those that the agent would have brought. */
function plainSocket(socket: Json, { server, root }: Plain): JsonRecord {
  const config = recordAt(socket, 'typed_config')
  const isMutual = at(config, 'require_client_certificate') === true
  const validated = at(config, 'common_tls_context', 'combined_validation_context')
  const context = recordAt(validated, 'default_validation_context')
  const wanted = listAt(context, 'match_subject_alt_names').map((matcher) => ({ san_type: 'URI', matcher }))
  const names = wanted.length === 0 ? {} : { match_typed_subject_alt_names: wanted }
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': `${types}.transport_sockets.tls.v3.DownstreamTlsContext`,
      require_client_certificate: isMutual,
      common_tls_context: {
        alpn_protocols: textsAt(config, 'common_tls_context', 'alpn_protocols'),
        tls_certificates: [
          { certificate_chain: { inline_string: server.chain }, private_key: { inline_string: server.key } },
        ],
        ...(validated !== undefined && { validation_context: { trusted_ca: { inline_string: root }, ...names } }),
      },
    },
  }
}
