import type { RouteAnswer } from '@orbweaver/contracts/explain'
import { type JsonRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Call } from './call.ts'
import type { Candidate } from './http-match.ts'

type At = {
  candidate: Candidate
  call: Call
  spot: { port: number; isTls: boolean }
  /** That the client dialled. */
  port: number
}

const codes = new Set([301, 302, 303, 307, 308])

/** Where a redirect sends to (core/route/route.go, ApplyRedirect; envoy source/common/router/config_impl.cc, newUri). */
export function redirected(redirect: JsonRecord, at: At): RouteAnswer {
  const { call, spot } = at
  const code = numberAt(redirect, 'redirectCode') ?? 0
  const status = code === 0 ? 301 : code
  if (!codes.has(status)) return { kind: 'no-route', status: 404 }
  const wanted = textAt(redirect, 'scheme') ?? ''
  const scheme = wanted === '' ? call.scheme : wanted
  const host = hostIn(redirect, call, scheme)
  const port = portIn(redirect, spot, wanted)
  const bare = port === 0 ? host : `${host.replace(/:\d+$/, '')}:${port}`
  return { kind: 'redirect', status, location: `${scheme}://${bare}${pathIn(redirect, at)}` }
}

/** The request's own, without a port that only fitted the scheme it came by. */
function hostIn(redirect: JsonRecord, call: Call, scheme: string): string {
  const said = textAt(redirect, 'authority') ?? ''
  if (said !== '') return said
  const leaves = (from: string, port: string) =>
    call.scheme === from && scheme !== from && call.authority.endsWith(port)
  return leaves('http', ':80') || leaves('https', ':443') ? call.authority.replace(/:\d+$/, '') : call.authority
}

/** 0 where none is written: the default one of the scheme never is. */
function portIn(redirect: JsonRecord, spot: At['spot'], wanted: string): number {
  const derived = textAt(redirect, 'derivePort') === 'FROM_REQUEST_PORT' ? spot.port : 0
  const port = numberAt(redirect, 'port') ?? derived
  const scheme = wanted === '' ? (spot.isTls ? 'https' : 'http') : wanted
  return (port === 80 && scheme === 'http') || (port === 443 && scheme === 'https') ? 0 : port
}

/** With its query, unless the new path has one of its own. */
function pathIn(redirect: JsonRecord, { candidate, call }: At): string {
  const prefix = textAt(redirect, 'prefixRewrite') ?? ''
  if (prefix !== '') return `${rewritten(candidate, call.path, prefix)}${call.search}`
  const uri = textAt(redirect, 'uri') ?? ''
  if (uri === '') return `${call.path}${call.search}`
  return uri.includes('?') ? uri : `${uri}${call.search}`
}

/** The part of the path that was matched gives way to another: of an exact path or a pattern the whole. */
function rewritten({ rule, match }: Candidate, path: string, prefix: string): string {
  const matched = textAt(match?.value.uri, 'prefix') ?? (match?.value.uri === undefined ? '/' : undefined)
  if (matched === undefined) return prefix
  const whole = rule.semantics === 'gateway-api' && matched !== '/' ? matched.replace(/\/$/, '') : matched
  return `${prefix}${path.slice(whole.length)}`
}
