import { isIP } from 'node:net'

/** Checks of names, addresses and durations (Istio pkg/config/labels, pkg/config/validation/agent). */

const LABEL = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?'
const DNS_LABEL = new RegExp(`^${LABEL}$`)
const WILDCARD_LABEL = new RegExp(`^(\\*|(\\*|\\*-)?${LABEL})$`)
const LABEL_KEY = /^(([a-z0-9A-Z]([-a-z0-9A-Z.]*[a-z0-9A-Z])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)$/
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/

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

export function isAddress(text: string): boolean {
  return isIP(text) !== 0
}

export function addressProblem(address: string): string | undefined {
  return isAddress(address) ? undefined : `${address} is not a valid IP`
}

export function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/')
  const family = isIP(address)
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

export function subnetProblem(subnet: string): string | undefined {
  if (subnet.split('/').length !== 2) return addressProblem(subnet)
  return isCidr(subnet) ? undefined : `${subnet} is not a valid CIDR block`
}

export function portProblem(port: number): string | undefined {
  return port >= 1 && port <= 65535 ? undefined : `port number ${port} must be in the range 1..65535`
}

const UNIT_MS: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** Milliseconds of a Go duration such as `1m30s`; undefined when it is none. */
export function durationMs(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/.exec(text)
  if (match === null) return undefined
  let sum = 0
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    sum += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0)
  }
  return match[1] === '-' ? -sum : sum
}

/** Rule of agent.ValidateDuration; a text that is no duration at all is left to the CRD schema. */
export function durationProblem(text: string | undefined): string | undefined {
  const ms = text === undefined ? undefined : durationMs(text)
  if (ms === undefined) return undefined
  if (ms < 1) return 'duration must be greater than 1ms'
  return Number.isInteger(ms) ? undefined : 'only durations to ms precision are supported'
}

export function labelProblems(labels: Record<string, string>): string[] {
  const out: string[] = []
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL_KEY.test(key)) out.push(`invalid tag key: ${quoted(key)}`)
    if (value.length > 63 || !LABEL_VALUE.test(value)) out.push(`invalid tag value: ${quoted(value)}`)
  }
  return out
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
