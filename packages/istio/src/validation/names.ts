/** Checks of names, labels, hosts and ports (Istio pkg/config/labels, pkg/config/host, pkg/config/validation/agent). */

const LABEL = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
const DNS_LABEL = new RegExp(`^${LABEL}$`)
const WILDCARD_LABEL = new RegExp(`^(\\*|(\\*|\\*-)?${LABEL})$`)
const NAME = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_KEY = new RegExp(`^(${LABEL}(?:\\.${LABEL})*/)?(${NAME})$`)
const LABEL_VALUE = new RegExp(`^(${NAME})?$`)

/** Go's %q for the plain texts that occur here. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text)
}

function domainPreconditions(name: string): string | undefined {
  if (name.length > 255) return `domain name ${quoted(name)} too long (max 255)`
  return name === '' ? 'empty domain name not allowed' : undefined
}

function domainLabels(domain: string): string | undefined {
  const parts = domain.split('.')
  const top = parts.at(-1) ?? ''
  if (/^[+-]?\d+$/.test(top)) {
    return `domain name ${quoted(domain)} invalid (top level domain ${quoted(top)} cannot be all-numeric)`
  }
  const checked = top === '' ? parts.slice(0, -1) : parts
  const wrong = checked.find((part) => !isDnsLabel(part))
  return wrong === undefined ? undefined : `domain name ${quoted(domain)} invalid (label ${quoted(wrong)} invalid)`
}

export function fqdnProblem(name: string): string | undefined {
  return domainPreconditions(name) ?? domainLabels(name)
}

/** A domain whose first label may be or begin with a wildcard. */
export function wildcardDomainProblem(domain: string): string | undefined {
  const early = domainPreconditions(domain)
  if (early !== undefined) return early
  const dot = domain.indexOf('.')
  const first = dot < 0 ? domain : domain.slice(0, dot)
  if (first.length > 63 || !WILDCARD_LABEL.test(first)) {
    return `domain name ${quoted(domain)} invalid (label ${quoted(first)} invalid)`
  }
  return dot < 0 ? undefined : domainLabels(domain.slice(dot + 1))
}

export function partialWildcardProblem(host: string): string | undefined {
  const partial = host.includes('*') && host.length !== 1 && !host.startsWith('*.')
  return partial ? `partial wildcard ${quoted(host)} not allowed` : undefined
}

export function portProblem(port: number): string | undefined {
  return port >= 1 && port <= 65535 ? undefined : `port number ${port} must be in the range 1..65535`
}

/** Every label that pkg/config/labels refuses; Istio shows them as a list even when there is one. */
export function labelProblems(labels: Record<string, string>): string[] {
  return Object.entries(labels)
    .flatMap(([key, value]) => [
      tagKeyProblem(key),
      LABEL_VALUE.test(value) ? undefined : `invalid tag value: ${quoted(value)}`,
    ])
    .filter((each) => each !== undefined)
}

function tagKeyProblem(key: string): string | undefined {
  const [, prefix = '', name = ''] = LABEL_KEY.exec(key) ?? []
  if (name === '') return `invalid tag key: ${quoted(key)}`
  if (prefix.length > 254) return `invalid tag key: ${quoted(key)} (DNS prefix is too long)`
  return name.length > 63 ? `invalid tag key: ${quoted(key)} (name is too long)` : undefined
}

/** Whether two host names can mean the same host, wildcards included (pkg/config/host Name.Matches). */
export function hostsOverlap(a: string, b: string): boolean {
  if (!a.startsWith('*') && !b.startsWith('*')) return a === b
  if (a.startsWith('*') && b.startsWith('*')) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a]
    return long.slice(1).endsWith(short.slice(1))
  }
  return a.startsWith('*') ? b.endsWith(a.slice(1)) : a.endsWith(b.slice(1))
}

/** Whether every host that `inner` means is meant by `outer` too (Name.SubsetOf). */
export function hostWithin(inner: string, outer: string): boolean {
  if (inner.startsWith('*')) {
    return outer.startsWith('*') && inner.length >= outer.length && inner.slice(1).endsWith(outer.slice(1))
  }
  return outer.startsWith('*') ? inner.endsWith(outer.slice(1)) : inner === outer
}

/** ValidatePortName. */
export function portNameProblem(name: string): string | undefined {
  return isDnsLabel(name) ? undefined : `invalid port name: ${name}`
}

/** Whether a header's name is a claim of a token: `@request.auth.claims.name` or `@request.auth.claims[name]`. */
export function isJwtClaim(name: string): boolean {
  return /^@request\.auth\.claims(\..+|\[.+\])$/i.test(name)
}
