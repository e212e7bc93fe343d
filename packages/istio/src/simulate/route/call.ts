import type { RouteRequest } from '@orbweaver/contracts/explain'

/** An HTTP request as the proxy's routes see it. */
export type Call = {
  method: string
  /** Normalised, without query. */
  path: string
  query: ReadonlyMap<string, string>
  /** Of the query, with its question mark; empty where there is none. */
  search: string
  authority: string
  scheme: 'http' | 'https'
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>
}

export function callOf(request: RouteRequest, scheme: Call['scheme'], normalization: string): Call {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]))
  const authority = headers.get(':authority') ?? headers.get('host') ?? request.host
  for (const each of [':authority', 'host']) headers.delete(each)
  const [whole = '/'] = request.path.split('#', 1)
  const mark = whole.indexOf('?')
  const path = mark < 0 ? whole : whole.slice(0, mark)
  const search = mark < 0 ? '' : whole.slice(mark)
  return {
    method: headers.get(':method') ?? request.method,
    path: normalized(path === '' ? '/' : path, normalization),
    query: queryOf(search.slice(1)),
    search,
    authority,
    scheme,
    headers,
  }
}

/** The first value of each parameter, as it is written (envoy source/common/http/utility.cc, parseQueryString). */
function queryOf(text: string): Map<string, string> {
  const out = new Map<string, string>()
  for (const each of text.split('&')) {
    if (each === '') continue
    const equal = each.indexOf('=')
    const name = equal < 0 ? each : each.slice(0, equal)
    if (!out.has(name)) out.set(name, equal < 0 ? '' : each.slice(equal + 1))
  }
  return out
}

/** As mesh configuration has proxies normalise paths before they look at routes (MeshConfig.ProxyPathNormalization). */
function normalized(path: string, how: string): string {
  if (how === 'NONE' || !path.startsWith('/')) return path
  const decoded = how === 'DECODE_AND_MERGE_SLASHES' ? path.replaceAll(/%2f/gi, '/').replaceAll(/%5c/gi, '\\') : path
  const plain = withoutDots(decoded.replaceAll('\\', '/').replaceAll(/%[0-9a-f]{2}/gi, unreserved))
  return how === 'MERGE_SLASHES' || how === 'DECODE_AND_MERGE_SLASHES' ? plain.replaceAll(/\/{2,}/g, '/') : plain
}

function unreserved(escaped: string): string {
  const char = String.fromCodePoint(Number.parseInt(escaped.slice(1), 16))
  return /[\w.~-]/.test(char) ? char : escaped
}

/** RFC 3986, 5.2.4. */
function withoutDots(path: string): string {
  const out: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, each] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (each === '..') out.pop()
    if (each !== '..' && each !== '.') out.push(each)
    else if (isLast) out.push('')
  }
  return `/${out.join('/')}`
}

/** Without its port, in lower case: how names of virtual hosts are compared (ignore_port_in_host_matching). */
export function hostOf(authority: string): string {
  const lower = authority.toLowerCase()
  return lower.startsWith('[') ? lower.replace(/^\[|\](?::\d+)?$/g, '') : lower.replace(/:\d*$/, '')
}
