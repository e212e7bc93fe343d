import type { Environment } from '@marcbachmann/cel-js'

/** A URL as Go's net/url ParseRequestURI reads it: any text after a scheme, or a path. Source: net/url, go1.26. */
class CelUrl {
  readonly scheme: string
  readonly host: string
  readonly path: string

  constructor(text: string) {
    const fault = urlFault(text)
    if (fault !== undefined) throw new Error(`URL parse error during conversion from string: parse "${text}": ${fault}`)
    const { scheme, rest } = divided(text)
    const [, host = '', path = ''] = scheme === '' ? ['', '', rest] : (/^\/\/([^/]*)(.*)$/s.exec(rest) ?? [])
    this.scheme = scheme
    this.host = host.slice(host.lastIndexOf('@') + 1)
    this.path = path
  }

  get port(): string {
    return /:(\d*)$/.exec(this.host)?.[1] ?? ''
  }

  get hostname(): string {
    const bare = this.host.replace(/:\d*$/, '')
    return bare.replace(/^\[(.*)\]$/, '$1')
  }
}

type Divided = { scheme: string; rest: string }

/** The scheme, and what is between it and the query. */
function divided(text: string): Divided {
  const [, given, after] = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(text) ?? []
  const [rest = ''] = (after ?? text).split('?')
  return { scheme: given?.toLowerCase() ?? '', rest }
}

function urlFault(text: string): string | undefined {
  if (text === '') return 'empty url'
  if (text.startsWith(':')) return 'missing protocol scheme'
  const { scheme, rest } = divided(text)
  if (!rest.startsWith('/')) return scheme === '' ? 'invalid URI for request' : undefined
  const escape = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(rest)?.[0]
  if (escape !== undefined) return `invalid URL escape "${escape}"`
  return scheme === '' ? undefined : hostFault(/^\/\/([^/]*)/.exec(rest)?.[1] ?? '')
}

function hostFault(authority: string): string | undefined {
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  const port = /^(?:\[[^\]]*\]|[^:]*)(:.*)$/.exec(host)?.[1]
  if (port !== undefined && !/^:\d*$/.test(port)) return `invalid port "${port}" after host`
  const odd = /[ "<>\\^`{|}]/.exec(host)?.[0]
  return odd === undefined ? undefined : `invalid character "${odd}" in host name`
}

export function registerUrls(environment: Environment): void {
  environment
    .registerFunction('isURL(string): bool', (text: string) => urlFault(text) === undefined)
    .registerType('URL', CelUrl)
    .registerFunction('url(string): URL', (text: string) => new CelUrl(text))
    .registerFunction('URL.getScheme(): string', ({ scheme }: CelUrl) => scheme)
    .registerFunction('URL.getHost(): string', ({ host }: CelUrl) => host)
    .registerFunction('URL.getHostname(): string', ({ hostname }: CelUrl) => hostname)
    .registerFunction('URL.getPort(): string', ({ port }: CelUrl) => port)
    .registerFunction('URL.getEscapedPath(): string', ({ path }: CelUrl) => path)
}
