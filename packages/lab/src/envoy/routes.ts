import { at, flagAt, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { fullMatch, type Headers, matchesHeader, matchesParameter, queryOf } from './matchers.ts'

/** An HTTP request on the wire. */
export type Request = {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly authority: string
  readonly scheme: 'http' | 'https'
  readonly headers: Readonly<Record<string, string>>
}

/** What a route configuration does with a request. */
export type Routed =
  | {
      readonly kind: 'clusters'
      readonly clusters: readonly { readonly name: string; readonly weight: number }[]
      readonly route: Json
    }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string; readonly route: Json }
  | { readonly kind: 'direct'; readonly status: number; readonly route: Json }
  | { readonly kind: 'none' }

export function headersOf(request: Request): Headers {
  return new Map([
    ...Object.entries(request.headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]),
    [':method', request.method],
    [':path', request.path],
    [':authority', request.authority],
    [':scheme', request.scheme],
  ])
}

/** A request as the connection manager leaves it (normalize_path, merge_slashes, path_with_escaped_slashes_action). */
export function normalized(manager: Json, request: Request): Request {
  const mark = request.path.search(/[?#]/u)
  const rest = mark < 0 ? '' : request.path.slice(mark).replace(/#.*$/u, '')
  let path = mark < 0 ? request.path : request.path.slice(0, mark)
  if (textAt(manager, 'path_with_escaped_slashes_action') === 'UNESCAPE_AND_FORWARD') {
    path = path.replaceAll(/%2f/giu, '/').replaceAll(/%5c/giu, '\\')
  }
  if (flagAt(manager, 'normalize_path') === true) path = plain(path)
  if (flagAt(manager, 'merge_slashes') === true) path = path.replaceAll(/\/{2,}/gu, '/')
  return { ...request, path: path + rest }
}

/** RFC 3986, 6.2.2: unreserved characters stand for themselves, segments of dots are gone. */
function plain(path: string): string {
  const decoded = path.replaceAll('\\', '/').replaceAll(/%[0-9a-f]{2}/giu, (escaped) => {
    const char = String.fromCodePoint(Number.parseInt(escaped.slice(1), 16))
    return /[\w.~-]/u.test(char) ? char : escaped
  })
  const kept: string[] = []
  const segments = decoded.split('/').slice(1)
  for (const [index, each] of segments.entries()) {
    if (each === '..') kept.pop()
    const isDots = each === '.' || each === '..'
    if (!isDots) kept.push(each)
    else if (index === segments.length - 1) kept.push('')
  }
  return `/${kept.join('/')}`
}

export function routeOf(configuration: Json, request: Request): Routed {
  const host = virtualHostOf(configuration, request.authority)
  if (host !== undefined && textAt(host, 'require_tls') === 'ALL' && request.scheme === 'http') {
    return { kind: 'redirect', status: 301, location: `https://${request.authority}${request.path}`, route: null }
  }
  const route = listAt(host, 'routes').find((each) => matches(at(each, 'match'), request))
  if (route === undefined) return { kind: 'none' }
  const redirect = at(route, 'redirect')
  if (redirect !== undefined) {
    return { kind: 'redirect', ...redirected(redirect, at(route, 'match'), request), route }
  }
  const status = numberAt(route, 'direct_response', 'status')
  if (status !== undefined) return { kind: 'direct', status, route }
  const action = at(route, 'route')
  const one = textAt(action, 'cluster')
  if (one !== undefined) return { kind: 'clusters', clusters: [{ name: one, weight: 100 }], route }
  const weighted = listAt(action, 'weighted_clusters', 'clusters')
  const weightOf = (each: Json) => numberAt(each, 'weight') ?? 0
  const total = weighted.reduce<number>((sum, each) => sum + weightOf(each), 0)
  const clusters = weighted.map((each) => ({
    name: textAt(each, 'name') ?? '',
    weight: (weightOf(each) * 100) / total,
  }))
  return { kind: 'clusters', clusters, route }
}

/** The domain itself, else the longest wildcard before, else the longest behind, else `*` (config_impl.cc). */
function virtualHostOf(configuration: Json, authority: string): Json | undefined {
  const ignoring = flagAt(configuration, 'ignore_port_in_host_matching') === true
  const host = (ignoring ? authority.replace(/:\d+$/u, '') : authority).toLowerCase()
  const hosts = listAt(configuration, 'virtual_hosts')
  const domains = hosts.flatMap((each) =>
    textsAt(each, 'domains').map((domain) => ({ host: each, domain: domain.toLowerCase() })),
  )
  const longest = (found: typeof domains) => found.toSorted((a, b) => b.domain.length - a.domain.length)[0]
  const exact = domains.find(({ domain }) => domain === host)
  const before = domains.filter(
    ({ domain }) =>
      domain.length > 1 && domain.startsWith('*') && host.length >= domain.length && host.endsWith(domain.slice(1)),
  )
  const behind = domains.filter(
    ({ domain }) =>
      domain.length > 1 && domain.endsWith('*') && host.length >= domain.length && host.startsWith(domain.slice(0, -1)),
  )
  return (exact ?? longest(before) ?? longest(behind) ?? domains.find(({ domain }) => domain === '*'))?.host
}

function matches(match: Json | undefined, request: Request): boolean {
  const headers = headersOf(request)
  const query = queryOf(request.path)
  return (
    matchesPath(match, request.path.replace(/[?#].*$/su, '')) &&
    listAt(match, 'headers').every((each) => matchesHeader(each, headers)) &&
    listAt(match, 'query_parameters').every((each) => matchesParameter(each, query)) &&
    (at(match, 'grpc') === undefined || /^application\/grpc(?:$|[+;])/u.test(headers.get('content-type') ?? ''))
  )
}

function matchesPath(match: Json | undefined, path: string): boolean {
  const cased = (text: string) => (flagAt(match, 'case_sensitive') === false ? text.toLowerCase() : text)
  const [exact, prefix, separated, regex] = [
    textAt(match, 'path'),
    textAt(match, 'prefix'),
    textAt(match, 'path_separated_prefix'),
    textAt(match, 'safe_regex', 'regex'),
  ]
  if (exact !== undefined) return cased(path) === cased(exact)
  if (prefix !== undefined) return cased(path).startsWith(cased(prefix))
  if (separated !== undefined) {
    return cased(path) === cased(separated) || cased(path).startsWith(`${cased(separated)}/`)
  }
  if (regex !== undefined) return fullMatch(regex, path)
  if (at(match, 'connect_matcher') !== undefined) return false
  throw new Error(`no such path matcher: ${JSON.stringify(match)}`)
}

const statuses: Readonly<Record<string, number>> = {
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
}

function redirected(redirect: Json, match: Json | undefined, request: Request): { status: number; location: string } {
  const scheme =
    flagAt(redirect, 'https_redirect') === true ? 'https' : (textAt(redirect, 'scheme_redirect') ?? request.scheme)
  const port = numberAt(redirect, 'port_redirect')
  const host = textAt(redirect, 'host_redirect') ?? hostKept(request, scheme, port)
  const suffix = port === undefined ? '' : `:${port}`
  return {
    status: statuses[textAt(redirect, 'response_code') ?? ''] ?? 301,
    location: `${scheme}://${host}${suffix}${pathAfter(redirect, match, request.path)}`,
  }
}

/** The request's host; its port goes when it was its scheme's own and the scheme changes, or when another is given. */
function hostKept({ authority, scheme: before }: Request, scheme: string, port: number | undefined): string {
  const found = /:(\d+)$/u.exec(authority)
  if (found === null) return authority
  const isOwn = found[1] === (before === 'https' ? '443' : '80')
  return port !== undefined || (isOwn && scheme !== before) ? authority.slice(0, found.index) : authority
}

function pathAfter(redirect: Json, match: Json | undefined, path: string): string {
  const mark = path.indexOf('?')
  const query = mark < 0 || flagAt(redirect, 'strip_query') === true ? '' : path.slice(mark)
  const own = mark < 0 ? path : path.slice(0, mark)
  const whole = textAt(redirect, 'path_redirect')
  if (whole !== undefined && whole !== '') return whole.includes('?') ? whole : whole + query
  return rewritten(redirect, match, own) + query
}

function rewritten(redirect: Json, match: Json | undefined, path: string): string {
  const prefix = textAt(redirect, 'prefix_rewrite')
  if (prefix !== undefined) {
    if (at(match, 'safe_regex') !== undefined) return prefix // the whole path was matched
    const matched = ['prefix', 'path_separated_prefix', 'path'].map((each) => textAt(match, each) ?? '').join('')
    return prefix + path.slice(matched.length)
  }
  const regex = textAt(redirect, 'regex_rewrite', 'pattern', 'regex')
  if (regex === undefined) return path
  const by = (textAt(redirect, 'regex_rewrite', 'substitution') ?? '').replaceAll(/\\(\d)/gu, '$$$1')
  return path.replaceAll(new RegExp(regex, 'gu'), by)
}
