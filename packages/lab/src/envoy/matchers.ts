import { at, flagAt, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'

/** Envoy's matchers of values (envoy type/matcher/v3, config/route/v3), as the versions of the lab write them. */

/** RE2 as far as JavaScript has it; the whole text must match. */
export function fullMatch(regex: string, text: string): boolean {
  const [, flags = '', rest = regex] = /^\(\?([is]+)\)(.*)$/su.exec(regex) ?? []
  return new RegExp(`^(?:${rest})$`, `u${flags}`).test(text)
}

export function matchesText(matcher: Json | undefined, text: string): boolean {
  const ignoring = flagAt(matcher, 'ignore_case') === true
  const cased = (each: string) => (ignoring ? each.toLowerCase() : each)
  const own = cased(text)
  const [exact, prefix, suffix, contains] = ['exact', 'prefix', 'suffix', 'contains'].map((each) =>
    textAt(matcher, each),
  )
  if (exact !== undefined) return own === cased(exact)
  if (prefix !== undefined) return own.startsWith(cased(prefix))
  if (suffix !== undefined) return own.endsWith(cased(suffix))
  if (contains !== undefined) return own.includes(cased(contains))
  const regex = textAt(matcher, 'safe_regex', 'regex')
  if (regex !== undefined) return fullMatch(regex, text)
  throw new Error(`no such string matcher: ${JSON.stringify(matcher)}`)
}

/** Names in lower case; `:method`, `:path`, `:authority` and `:scheme` are among them. */
export type Headers = ReadonlyMap<string, string>

export function matchesHeader(matcher: Json, headers: Headers): boolean {
  const inverted = flagAt(matcher, 'invert_match') === true
  const present = flagAt(matcher, 'present_match')
  const own = headers.get((textAt(matcher, 'name') ?? '').toLowerCase())
  if (present !== undefined || isBare(matcher)) return ((own !== undefined) === (present ?? true)) !== inverted
  // What is not there matches nothing, inverted or not, unless it counts as empty.
  const value = own ?? (flagAt(matcher, 'treat_missing_header_as_empty') === true ? '' : undefined)
  return value !== undefined && matchesValue(matcher, value) !== inverted
}

const isBare = (matcher: Json): boolean => at(matcher, 'string_match') === undefined && range(matcher) === undefined

const range = (matcher: Json): Json | undefined => at(matcher, 'range_match')

function matchesValue(matcher: Json, value: string): boolean {
  const within = range(matcher)
  if (within === undefined) return matchesText(at(matcher, 'string_match'), value)
  const whole = /^[+-]?\d+$/u.test(value) ? Number(value) : Number.NaN
  return whole >= Number(at(within, 'start') ?? 0) && whole < Number(at(within, 'end') ?? 0)
}

/** Values of the query, as they are written; of one name the first. */
export function queryOf(path: string): ReadonlyMap<string, string> {
  const [, query = ''] = /^[^?#]*\?([^#]*)/u.exec(path) ?? []
  const found = new Map<string, string>()
  for (const each of query.split('&').filter((part) => part !== '')) {
    const equal = each.indexOf('=')
    const name = equal < 0 ? each : each.slice(0, equal)
    if (!found.has(name)) found.set(name, equal < 0 ? '' : each.slice(equal + 1))
  }
  return found
}

export function matchesParameter(matcher: Json, query: ReadonlyMap<string, string>): boolean {
  const own = query.get(textAt(matcher, 'name') ?? '')
  const wanted = at(matcher, 'string_match')
  if (wanted === undefined) return (own !== undefined) === (flagAt(matcher, 'present_match') ?? true)
  return own !== undefined && matchesText(wanted, own)
}

/** A struct's value, as metadata and claims are matched. */
export function matchesMetadata(matcher: Json | undefined, value: Json | undefined): boolean {
  const alternatives = at(matcher, 'or_match')
  if (alternatives !== undefined) {
    return listAt(alternatives, 'value_matchers').some((each) => matchesMetadata(each, value))
  }
  const one = at(matcher, 'list_match', 'one_of')
  if (one !== undefined) return Array.isArray(value) && value.some((each) => matchesMetadata(one, each))
  const text = at(matcher, 'string_match')
  if (text !== undefined) return typeof value === 'string' && matchesText(text, value)
  if (at(matcher, 'present_match') !== undefined) return (value !== undefined) === flagAt(matcher, 'present_match')
  if (at(matcher, 'bool_match') !== undefined) return value === flagAt(matcher, 'bool_match')
  const exact = at(matcher, 'double_match', 'exact')
  if (exact !== undefined) return value === exact
  if (at(matcher, 'null_match') !== undefined) return value === null
  throw new Error(`no such value matcher: ${JSON.stringify(matcher)}`)
}

/** Bits of the prefix where an address lies in a range ({address_prefix, prefix_len}); undefined outside of it. */
export function bitsIn(cidr: Json | undefined, address: string): number | undefined {
  const base = textAt(cidr, 'address_prefix') ?? ''
  const length = numberAt(cidr, 'prefix_len') ?? 0
  const [one, other] = [bitsOf(base), bitsOf(address)]
  if (one === undefined || other === undefined || one.length !== other.length) return undefined
  return one.slice(0, length) === other.slice(0, length) ? length : undefined
}

/** An address in binary digits. */
function bitsOf(address: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/u.test(address)) {
    return address
      .split('.')
      .map((each) => Number(each).toString(2).padStart(8, '0'))
      .join('')
  }
  if (!address.includes(':')) return undefined
  const [head = '', tail] = address.split('::')
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'))
  const [before, after] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].map((each) => Number.parseInt(each, 16).toString(2).padStart(16, '0')).join('')
}
