import { isAddress } from './addresses.ts'
import { quoted } from './names.ts'

/** URLs as Go's net/url reads them (go1.26): scheme, host and port, or why it is none. */
export type ReadUrl = { scheme: string; host: string; port: string; fault?: undefined } | { fault: string }

/** url.Parse. */
export function parseUrl(text: string): ReadUrl {
  const [before = '', fragment = ''] = text.split(/#(.*)/s)
  const read = parse(before, false)
  if (read.fault !== undefined) return { fault: `parse ${quoted(before)}: ${read.fault}` }
  const fault = escapeFault(fragment)
  return fault === undefined ? read : { fault: `parse ${quoted(text)}: ${fault}` }
}

/** url.ParseRequestURI. */
export function parseRequestUri(text: string): ReadUrl {
  const read = parse(text, true)
  return read.fault === undefined ? read : { fault: `parse ${quoted(text)}: ${read.fault}` }
}

function parse(text: string, viaRequest: boolean): ReadUrl {
  if (text === '*') return { scheme: '', host: '', port: '' }
  const { scheme, rest } = divided(text)
  const early = textFault(text, viaRequest) ?? (scheme === '' ? relativeFault(rest, viaRequest) : undefined)
  if (early !== undefined) return { fault: early }
  if (!rest.startsWith('/') && scheme !== '') return { scheme, host: '', port: '' }
  return parsedHierarchy(rest, { scheme, viaRequest })
}

function parsedHierarchy(rest: string, how: How): ReadUrl {
  const authority = authorityOf(rest, how)
  const path = authority === '' ? rest : rest.slice(2 + authority.length)
  const fault = authorityFault(how.scheme, authority) ?? escapeFault(path)
  const [, port = ''] = /:(\d*)$/.exec(authority) ?? []
  return fault === undefined ? { scheme: how.scheme, host: hostnameOf(authority), port } : { fault }
}

/** URL.Hostname: without user, brackets and port. */
function hostnameOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  const [, literal] = /^\[(.*)\]/.exec(host) ?? []
  return literal?.replace('%25', '%') ?? host.split(':')[0] ?? ''
}

/** The scheme in lower case, and what is before the query. */
function divided(text: string): { scheme: string; rest: string } {
  const [, scheme = '', after = text] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(text) ?? []
  const [rest = ''] = after.split('?')
  return { scheme: scheme.toLowerCase(), rest }
}

type How = { scheme: string; viaRequest: boolean }

/** What is between two slashes and the path; a request without a scheme has none. */
function authorityOf(rest: string, { scheme, viaRequest }: How): string {
  const there = rest.startsWith('//') && (scheme !== '' || (!viaRequest && !rest.startsWith('///')))
  const [authority = ''] = there ? rest.slice(2).split('/') : []
  return authority
}

function textFault(text: string, viaRequest: boolean): string | undefined {
  if (text.split('').some((each) => each < ' ' || each === String.fromCharCode(127))) {
    return 'net/url: invalid control character in URL'
  }
  if (text === '' && viaRequest) return 'empty url'
  return text.startsWith(':') ? 'missing protocol scheme' : undefined
}

/** Without a scheme: a request needs a path, and what has a colon before its first slash is none. */
function relativeFault(rest: string, viaRequest: boolean): string | undefined {
  if (rest.startsWith('/')) return undefined
  if (viaRequest) return 'invalid URI for request'
  return /^[^/]*:/.test(rest) ? 'first path segment in URL cannot contain colon' : undefined
}

function escapeFault(text: string): string | undefined {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0]
  return wrong === undefined ? undefined : `invalid URL escape ${quoted(wrong)}`
}

function authorityFault(scheme: string, authority: string): string | undefined {
  const sign = authority.lastIndexOf('@')
  const host = hostFault(scheme, authority.slice(sign + 1))
  if (host !== undefined || sign < 0) return host
  const user = authority.slice(0, sign)
  return /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) ? escapeFault(user) : 'net/url: invalid userinfo'
}

function hostFault(scheme: string, host: string): string | undefined {
  const open = host.lastIndexOf('[')
  if (open > 0) return 'invalid IP-literal'
  if (open === 0) return literalFault(host)
  const [first, last] = [host.indexOf(':'), host.lastIndexOf(':')]
  const strict = scheme === 'http' || scheme === 'https'
  return portFault(first < 0 ? '' : host.slice(strict ? first : last)) ?? nameFault(host)
}

function portFault(port: string): string | undefined {
  return port === '' || /^:\d*$/.test(port) ? undefined : `invalid port ${quoted(port)} after host`
}

/** An address in brackets. */
function literalFault(host: string): string | undefined {
  const close = host.lastIndexOf(']')
  if (close < 0) return "missing ']' in host"
  const port = portFault(host.slice(close + 1))
  if (port !== undefined) return port
  const [address = '', zone] = host.slice(1, close).split(/%25(.*)/s)
  const fault = nameFault(address)
  if (fault !== undefined) return fault
  const whole = zone === undefined ? address : `${address}%${zone}`
  if (!isAddress(whole)) return `invalid host: ParseAddr(${quoted(whole)}): unable to parse IP`
  return whole.includes(':') ? undefined : 'invalid IP-literal'
}

/** In a host only bytes beyond ASCII, and the percent sign, may be escaped. */
function nameFault(host: string): string | undefined {
  const found = /%(?:[0-7][0-9a-fA-F]|(?![0-9a-fA-F]{2}).{0,2})|[ #/?@\\^`{|}]/s.exec(host.replaceAll('%25', ''))?.[0]
  if (found === undefined) return undefined
  if (found.startsWith('%')) return `invalid URL escape ${quoted(found)}`
  return `invalid character ${quoted(found)} in host name`
}
