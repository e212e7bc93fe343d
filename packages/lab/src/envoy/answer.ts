import { at, type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { chainOf, type Connection } from './chains.ts'
import type { ProxyConfiguration } from './configuration.ts'
import { authenticated } from './jwt.ts'
import { matchesText } from './matchers.ts'
import { judged, type Seen } from './rbac.ts'
import { remoteOf, signed } from './forwarded.ts'
import { headersOf, normalized, type Request, type Routed, routeOf } from './routes.ts'

/** What comes to a proxy: a connection, and where HTTP is spoken on it a request. */
export type Call = {
  readonly connection: Connection
  readonly request?: Request
  /** Of a token with a good signature. */
  readonly claims?: JsonRecord
}

/** A request as it goes on, and the claims of a token that goes with it. */
type Onward = { readonly request: Request; readonly claims: JsonRecord | undefined }

/** What Envoy does with a call. */
export type Answer =
  | { readonly kind: 'refused' }
  /** What is spoken is no HTTP, where only HTTP is understood; sealed: TLS that nobody ends. */
  | { readonly kind: 'not-http'; readonly sealed: boolean }
  | {
      readonly kind: 'denied'
      readonly layer: 'http' | 'tcp'
      readonly matching: readonly string[]
      /** Of TLS that would have gone on as it came. */
      readonly sealed?: boolean
    }
  | { readonly kind: 'unauthorized' }
  | {
      readonly kind: 'asks'
      readonly matching: readonly string[]
      readonly onward?: Onward
      readonly sealed?: boolean
    }
  | {
      readonly kind: 'http'
      readonly routed: Routed
      readonly allowedBy: readonly string[]
      readonly onward: Onward
    }
  | {
      readonly kind: 'tcp'
      /** TLS that goes on as it came. */
      readonly sealed: boolean
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
  const passed = filteredBy(listAt(chain, 'filters'), {
    connection,
    headers: new Map(),
    remote: connection.source,
    claims: undefined,
    layer: 'tcp',
  })
  const sealed = connection.tls !== undefined && at(chain, 'transport_socket') === undefined
  if ('kind' in passed) return passed.kind === 'denied' ? { ...passed, sealed } : passed
  return answerOfEnd(proxy, chain, { ...arrived, ...passed, sealed })
}

type Ending = Call & Passed & { readonly sealed: boolean }

/** The last filter of a chain says where to. */
function answerOfEnd(proxy: ProxyConfiguration, chain: Json, { sealed, ...call }: Ending): Answer {
  const end = listAt(chain, 'filters').at(-1) ?? null
  const config = at(end, 'typed_config') ?? null
  const { request, askedBy, allowedBy } = call
  if (short(end) === 'http_connection_manager') {
    if (request === undefined) return { kind: 'not-http', sealed }
    return answerOfManager(proxy, config, { ...call, request })
  }
  if (short(end) !== 'tcp_proxy') throw new Error(`a filter chain without an end: ${textAt(chain, 'name') ?? ''}`)
  if (askedBy.length > 0) return { kind: 'asks', matching: askedBy, sealed }
  return { kind: 'tcp', sealed, clusters: clustersOf(config), allowedBy }
}

/**
 * A call as a filter chain gets it. TLS that the chain does not end stays closed: no request and no certificate is seen;
 * a chain that ends TLS gets none from a client that speaks without.
 */
function unopened(chain: Json, call: Call): Call | undefined {
  const ends = at(chain, 'transport_socket') !== undefined
  const { tls, ...connection } = call.connection
  if (ends && tls !== undefined) return shows(chain, tls.principal) ? unasked(chain, call) : undefined
  if (ends) return undefined
  if (tls === undefined) return call
  const { request: _request, claims: _claims, ...rest } = call
  const { principal: _principal, ...outside } = tls
  return { ...rest, connection: { ...connection, speaks: 'other', tls: outside } }
}

/** Who must show a certificate is let in by a name that the server takes. */
function shows(chain: Json, principal: string | undefined): boolean {
  const config = at(chain, 'transport_socket', 'typed_config')
  const context = at(config, 'common_tls_context', 'combined_validation_context', 'default_validation_context')
  const names = listAt(context, 'match_subject_alt_names')
  if (principal === undefined) return at(config, 'require_client_certificate') !== true
  return names.length === 0 || names.some((each) => matchesText(each, principal))
}

/** Of a certificate that nobody asks for nothing is seen. */
function unasked(chain: Json, call: Call): Call {
  const config = at(chain, 'transport_socket', 'typed_config', 'common_tls_context')
  const asks = ['combined_validation_context', 'validation_context'].some((name) => at(config, name) !== undefined)
  const { tls, ...connection } = call.connection
  if (asks || tls === undefined) return call
  const { principal: _principal, ...rest } = tls
  return { ...call, connection: { ...connection, tls: rest } }
}

/** Policies of an external authorizer are rules on trial, whose answer its filter reads. */
function askers(filters: readonly Json[], seen: Seen): readonly string[] {
  const trial = filters.find((each) =>
    (textAt(each, 'typed_config', 'shadow_rules_stat_prefix') ?? '').startsWith('istio_ext_authz_'),
  )
  return judged(at(trial, 'typed_config', 'shadow_rules'), seen).matching
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

type Arrived = Call & Passed & { readonly request: Request }

function answerOfManager(proxy: ProxyConfiguration, manager: Json, { request, ...call }: Arrived): Answer {
  const normal = normalized(manager, request)
  const filtered = filteredBy(listAt(manager, 'http_filters'), {
    connection: call.connection,
    headers: headersOf(normal),
    remote: remoteOf(manager, request, call.connection.source),
    claims: call.claims,
    layer: 'http',
  })
  if ('kind' in filtered) return filtered
  const matching = [...call.askedBy, ...filtered.askedBy]
  const onward = { request: signed(manager, normal, call.connection.source), claims: filtered.leaving }
  if (matching.length > 0) return { kind: 'asks', matching, onward }
  const name = textAt(manager, 'rds', 'route_config_name')
  const routes =
    name === undefined ? at(manager, 'route_config') : proxy.routes.find((each) => textAt(each, 'name') === name)
  const allowedBy = [...call.allowedBy, ...filtered.allowedBy]
  const routed: Routed = routes === undefined ? { kind: 'none' } : routeOf(routes, normal)
  return { kind: 'http', routed, allowedBy, onward }
}

type Passing = Omit<Seen, 'metadata'> & { readonly claims: JsonRecord | undefined; readonly layer: 'http' | 'tcp' }

/** What filters come to: a refusal, or who let the call pass and who would still have to be asked. */
type Passed = {
  readonly allowedBy: readonly string[]
  readonly askedBy: readonly string[]
  /** Claims of a token that goes on. */
  readonly leaving: JsonRecord | undefined
}
type Stopped = Extract<Answer, { kind: 'denied' | 'unauthorized' }>

function filteredBy(filters: readonly Json[], { claims, layer, ...passing }: Passing): Stopped | Passed {
  const [allowedBy, askedBy]: [string[], string[]] = [[], []]
  let metadata: JsonRecord = {}
  let leaving = claims
  for (const filter of filters) {
    const config = at(filter, 'typed_config') ?? null
    const seen = { ...passing, metadata }
    if (short(filter) === 'jwt_authn') {
      const said = authenticated(config, claims)
      if (!said.accepted) return { kind: 'unauthorized' }
      metadata = { ...metadata, ...said.metadata }
      if (said.taken === true) leaving = undefined
    }
    if (short(filter) === 'rbac') {
      const said = judged(at(config, 'rules'), seen)
      if (!said.allowed) return { kind: 'denied', layer, matching: said.matching }
      allowedBy.push(...said.matching)
    }
    if (short(filter) === 'ext_authz') askedBy.push(...askers(filters, seen))
  }
  return { allowedBy, askedBy, leaving }
}
