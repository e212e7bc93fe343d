import { type Json, type JsonRecord, numberAt, recordAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import type { Call } from './call.ts'
import type { HttpRule, Match } from './http-rule.ts'
import type { Proxy } from './proxy.ts'
import { matchesWhole } from './regular-expression.ts'
import type { Rule } from './rules.ts'
import { fits, spelled, wanted } from './string-match.ts'

/** One route of Envoy's list: a rule's, under one of its matches. */
export type Candidate = { rule: Rule; http: HttpRule; match: Match | undefined }

/** Where routes are made for: a listener's port, and the gateways that it stands for. */
export type Spot = { port: number; gateways: readonly string[]; proxy: Proxy }

export type Unused = Candidate & { why: Message }

/**
 * A rule's routes in the order that Envoy tries them, and those that this proxy does not get
 * (core/route/route.go, BuildHTTPRoutesForVirtualService). Nothing after a route for everything is sent.
 */
export function candidatesOf(rule: Rule, spot: Spot): { routes: Candidate[]; unused: Unused[] } {
  const routes: Candidate[] = []
  const unused: Unused[] = []
  let ended = false
  for (const http of rule.http) {
    for (const match of http.matches.length === 0 ? [undefined] : http.matches) {
      const each = { rule, http, match }
      if (ended) {
        unused.push({ ...each, why: { code: 'after-catch-all', params: {} } })
        continue
      }
      const why = staticMismatch(match?.value, spot)
      if (why !== undefined) {
        unused.push({ ...each, why })
        continue
      }
      routes.push(each)
      if (match !== undefined && isCatchAll(each)) ended = true
    }
    if (http.matches.length === 0) ended = true
  }
  return { routes, unused }
}

/** What is known before any request: port, gateways, and who the client is. Named gateways go before source labels. */
function staticMismatch(match: JsonRecord | undefined, { port, gateways, proxy }: Spot): Message | undefined {
  if (match === undefined) return undefined
  const wantedPort = numberAt(match, 'port') ?? 0
  if (wantedPort !== 0 && wantedPort !== port) return { code: 'mismatch-port', params: { wanted: wantedPort, port } }
  const named = textsAt(match, 'gateways')
  if (named.length > 0) {
    if (named.some((each) => gateways.includes(each))) return undefined
    return { code: 'mismatch-gateway', params: { wanted: named.join(', ') } }
  }
  return sourceMismatch(match, proxy)
}

export function sourceMismatch(match: JsonRecord, proxy: Proxy): Message | undefined {
  const labels = Object.entries(stringsAt(match, 'sourceLabels'))
  const missing = labels.find(([key, value]) => proxy.labels[key] !== value)
  if (missing !== undefined) return { code: 'mismatch-source-label', params: { label: missing.join('=') } }
  const namespace = textAt(match, 'sourceNamespace') ?? ''
  if (namespace === '' || namespace === proxy.namespace) return undefined
  return { code: 'mismatch-source-namespace', params: { wanted: namespace, namespace: proxy.namespace } }
}

/** Whether it takes every request: its path is everything, and it asks for nothing else (route.go, IsCatchAllRoute). */
export function isCatchAll({ match }: Candidate): boolean {
  if (match === undefined) return true
  const { value } = match
  const uri = wantedPath(value.uri)
  const isAll =
    uri === undefined || (uri.how === 'prefix' && uri.text === '/') || (uri.how === 'regex' && uri.text === '.*')
  const asks = ['method', 'authority', 'scheme'].some((field) => value[field] !== undefined && value[field] !== null)
  const maps = ['headers', 'withoutHeaders', 'queryParams'].some(
    (field) => Object.keys(recordAt(value, field)).length > 0,
  )
  return isAll && !asks && !maps
}

type WantedPath = { how: 'exact' | 'prefix' | 'regex'; text: string }

/** A uri that says none of the three is as none. */
function wantedPath(uri: Json | undefined): WantedPath | undefined {
  for (const how of ['exact', 'prefix', 'regex'] satisfies WantedPath['how'][]) {
    const text = textAt(uri, how)
    if (text !== undefined) return { how, text }
  }
  return undefined
}

/** Why a request does not take a route; undefined where it does. */
export function mismatch({ rule, match }: Candidate, call: Call): Message | undefined {
  if (match === undefined) return undefined
  const { value } = match
  return (
    pathMismatch(value, rule, call) ??
    textMismatch('method', value.method, call.method) ??
    textMismatch('authority', value.authority, call.authority) ??
    textMismatch('scheme', value.scheme, call.scheme) ??
    headersMismatch(value, call) ??
    queryMismatch(value, call)
  )
}

/** Prefixes of Istio's own rules are of text, those of the Gateway API of whole segments (route.go, TranslateRouteMatch). */
function pathMismatch(match: JsonRecord, { semantics }: Rule, { path }: Call): Message | undefined {
  const uri = wantedPath(match.uri)
  if (uri === undefined) return undefined
  const fold = (text: string) => (match.ignoreUriCase === true ? text.toLowerCase() : text)
  const [own, text] = [fold(path), fold(uri.text)]
  const bySegments = semantics === 'gateway-api' && uri.text !== '/'
  const segment = text.replace(/\/$/, '')
  const ok =
    uri.how === 'regex'
      ? matchesWhole(uri.text, path)
      : uri.how === 'exact'
        ? own === text
        : bySegments
          ? own === segment || own.startsWith(`${segment}/`)
          : own.startsWith(text)
  return ok ? undefined : { code: 'mismatch-path', params: { wanted: spelled(uri), path } }
}

function textMismatch(
  field: 'method' | 'authority' | 'scheme',
  match: Json | undefined,
  text: string,
): Message | undefined {
  if (match === undefined || match === null) return undefined
  const want = wanted(match)
  return fits(want, text) ? undefined : { code: `mismatch-${field}`, params: { wanted: spelled(want), value: text } }
}

function headersMismatch(match: JsonRecord, call: Call): Message | undefined {
  for (const [name, each] of Object.entries(recordAt(match, 'headers'))) {
    const want = wanted(each)
    const params = { name, wanted: spelled(want) }
    if (isClaim(name)) return { code: 'mismatch-claim', params }
    const value = headerOf(call, name)
    if (value === undefined) return { code: 'mismatch-header-absent', params }
    if (!fits(want, value)) return { code: 'mismatch-header', params: { ...params, value } }
  }
  for (const [name, each] of Object.entries(recordAt(match, 'withoutHeaders'))) {
    if (isClaim(name)) continue
    const want = wanted(each)
    const value = headerOf(call, name)
    const has = want.how === 'present' ? value !== undefined : fits(want, value ?? '')
    if (has) return { code: 'mismatch-without-header', params: { name, wanted: spelled(want), value: value ?? '' } }
  }
  return undefined
}

/** A claim of a token, of which a request says nothing here (pkg/jwt, ToRoutingClaim). */
function isClaim(name: string): boolean {
  return name.toLowerCase().startsWith('@request.auth.claims')
}

function headerOf(call: Call, name: string): string | undefined {
  switch (name.toLowerCase()) {
    case ':authority':
    case 'host':
      return call.authority
    case ':method':
      return call.method
    case ':path':
      return `${call.path}${call.search}`
    case ':scheme':
      return call.scheme
    default:
      return call.headers.get(name.toLowerCase())
  }
}

function queryMismatch(match: JsonRecord, { query }: Call): Message | undefined {
  for (const [name, each] of Object.entries(recordAt(match, 'queryParams'))) {
    const want = wanted(each)
    const value = query.get(name)
    if (value !== undefined && fits(want, value)) continue
    return { code: 'mismatch-query', params: { name, wanted: spelled(want), value: value ?? '' } }
  }
  return undefined
}
