import { at, type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { chainOf, type Connection } from './chains.ts'
import type { ProxyConfiguration } from './configuration.ts'
import { authenticated } from './jwt.ts'
import { type Judgement, judged, type Seen } from './rbac.ts'
import { headersOf, normalized, type Request, type Routed, routeOf } from './routes.ts'

/** What comes to a proxy: a connection, and where HTTP is spoken on it a request. */
export type Call = {
  readonly connection: Connection
  readonly request?: Request
  /** Client's address as X-Forwarded-For tells it. */
  readonly remote?: string
  /** Of a token with a good signature. */
  readonly claims?: JsonRecord
}

/** What Envoy does with a call. */
export type Answer =
  | { readonly kind: 'refused' }
  /** What is spoken is no HTTP, where only HTTP is understood. */
  | { readonly kind: 'not-http' }
  | { readonly kind: 'denied'; readonly layer: 'http' | 'tcp'; readonly matching: readonly string[] }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'asks'; readonly matching: readonly string[] }
  | { readonly kind: 'http'; readonly routed: Routed; readonly allowedBy: readonly string[] }
  | {
      readonly kind: 'tcp'
      readonly clusters: readonly { readonly name: string; readonly weight: number }[]
      readonly allowedBy: readonly string[]
    }

const short = (filter: Json): string =>
  (textAt(filter, 'name') ?? '').replace(/^envoy\.filters\.(?:network|http)\./u, '')

/** The answer of a listener: refused where it has no filter chain for the connection. */
export function answerOf(proxy: ProxyConfiguration, listener: Json | undefined, call: Call): Answer {
  const chain = listener === undefined ? undefined : chainOf(listener, call.connection)
  if (chain === undefined) return { kind: 'refused' }
  const arrived = unopened(chain, call)
  if (arrived === undefined) return { kind: 'refused' }
  const { connection } = arrived
  const filters = listAt(chain, 'filters')
  const passed = filteredBy(filters, {
    connection,
    headers: new Map(),
    remote: connection.source,
    claims: undefined,
    layer: 'tcp',
  })
  if (!('allowedBy' in passed)) return passed
  const end = filters.at(-1) ?? null
  const config = at(end, 'typed_config') ?? null
  if (short(end) === 'http_connection_manager') return answerOfManager(proxy, config, { ...arrived, ...passed })
  if (short(end) === 'tcp_proxy') return { kind: 'tcp', clusters: clustersOf(config), ...passed }
  throw new Error(`a filter chain without an end: ${textAt(chain, 'name') ?? ''}`)
}

/**
 * A call as a filter chain gets it. TLS that the chain does not end stays closed: no request and no certificate is seen;
 * a chain that ends TLS gets none from a client that speaks without.
 */
function unopened(chain: Json, call: Call): Call | undefined {
  const ends = at(chain, 'transport_socket') !== undefined
  const { tls, ...connection } = call.connection
  if (ends) return tls === undefined || !shows(chain, tls.principal) ? undefined : call
  if (tls === undefined) return call
  const { request: _request, claims: _claims, ...rest } = call
  const { principal: _principal, ...outside } = tls
  return { ...rest, connection: { ...connection, speaks: 'other', tls: outside } }
}

/** Who must show a certificate and has none is not let in. */
const shows = (chain: Json, principal: string | undefined): boolean =>
  principal !== undefined || at(chain, 'transport_socket', 'typed_config', 'require_client_certificate') !== true

/** Policies of an external authorizer are rules on trial, whose answer its filter reads. */
function shadowOf(filters: readonly Json[], seen: Seen): Judgement | undefined {
  const trial = filters.find((each) =>
    (textAt(each, 'typed_config', 'shadow_rules_stat_prefix') ?? '').startsWith('istio_ext_authz_'),
  )
  const rules = at(trial, 'typed_config', 'shadow_rules')
  return rules === undefined ? undefined : judged(rules, seen)
}

function clustersOf(config: Json): readonly { name: string; weight: number }[] {
  const one = textAt(config, 'cluster')
  if (one !== undefined) return [{ name: one, weight: 100 }]
  const all = listAt(config, 'weighted_clusters', 'clusters').map((each) => ({
    name: textAt(each, 'name') ?? '',
    weight: Number(at(each, 'weight') ?? 0),
  }))
  const total = all.reduce((sum, each) => sum + each.weight, 0)
  return all.map(({ name, weight }) => ({ name, weight: (weight * 100) / total }))
}

type Arrived = Call & { readonly allowedBy: readonly string[] }

function answerOfManager(proxy: ProxyConfiguration, manager: Json, { request, ...call }: Arrived): Answer {
  if (request === undefined) return { kind: 'not-http' }
  const normal = normalized(manager, request)
  const filtered = filteredBy(listAt(manager, 'http_filters'), {
    connection: call.connection,
    headers: headersOf(normal),
    remote: call.remote ?? call.connection.source,
    claims: call.claims,
    layer: 'http',
  })
  if (!('allowedBy' in filtered)) return filtered
  const name = textAt(manager, 'rds', 'route_config_name')
  const routes =
    name === undefined ? at(manager, 'route_config') : proxy.routes.find((each) => textAt(each, 'name') === name)
  const allowedBy = [...call.allowedBy, ...filtered.allowedBy]
  return { kind: 'http', routed: routes === undefined ? { kind: 'none' } : routeOf(routes, normal), allowedBy }
}

type Passing = Omit<Seen, 'metadata'> & { readonly claims: JsonRecord | undefined; readonly layer: 'http' | 'tcp' }

function filteredBy(
  filters: readonly Json[],
  { claims, layer, ...passing }: Passing,
): Exclude<Answer, { allowedBy: readonly string[] }> | { readonly allowedBy: readonly string[] } {
  const allowedBy: string[] = []
  let metadata: JsonRecord = {}
  for (const filter of filters) {
    const config = at(filter, 'typed_config') ?? null
    const seen = { ...passing, metadata }
    if (short(filter) === 'jwt_authn') {
      const said = authenticated(config, claims)
      if (!said.accepted) return { kind: 'unauthorized' }
      metadata = { ...metadata, ...said.metadata }
    }
    if (short(filter) === 'rbac') {
      const said = judged(at(config, 'rules'), seen)
      if (!said.allowed) return { kind: 'denied', layer, matching: said.matching }
      allowedBy.push(...said.matching)
    }
    if (short(filter) === 'ext_authz') {
      const shadow = shadowOf(filters, seen)
      if (shadow !== undefined && !shadow.allowed) return { kind: 'asks', matching: shadow.matching }
    }
  }
  return { allowedBy }
}
