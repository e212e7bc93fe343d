import { recordAt, textAt } from '@orbweaver/contracts/json'
import type { HttpRule } from '../http-rule.ts'

/** What the Gateway API wants first: exact paths, then prefixes, the longer first, then methods, headers, parameters. */
type Rank = readonly [path: number, length: number, method: number, headers: number, parameters: number]

const forms = ['exact', 'prefix', 'regex']

function rankOf(rule: HttpRule): Rank {
  const [match] = rule.matches
  if (match === undefined) return [-2, 0, 0, 0, 0]
  const { value } = match
  const form = forms.findIndex((each) => textAt(value.uri, each) !== undefined)
  const text = textAt(value.uri, forms[form] ?? '') ?? ''
  const count = (field: string) => Object.keys(recordAt(value, field)).length
  return [
    form < 0 ? -1 : 3 - form,
    text.length,
    value.method === undefined ? 0 : 1,
    count('headers'),
    count('queryParams'),
  ]
}

/** Rules of all routes of a host in the order that decides; equals stay as they were (sortHTTPRoutes). */
export function ordered(rules: readonly HttpRule[]): HttpRule[] {
  const ranked = rules.map((rule) => ({ rule, rank: rankOf(rule) }))
  return ranked.toSorted((a, b) => compared(a.rank, b.rank)).map(({ rule }) => rule)
}

function compared(a: Rank, b: Rank): number {
  const index = a.findIndex((each, at) => each !== b[at])
  return index < 0 ? 0 : (b[index] ?? 0) - (a[index] ?? 0)
}
