import { at, canonicalJson, isRecord, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { quoted } from './names.ts'
import type { Report } from './report.ts'
import { numberOf, textOf } from './shared-fields.ts'

/**
 * Rules of a VirtualService that can never be reached: warnings, which the API server passes on
 * (analyzeUnreachable…Rules of pkg/config/validation/validation.go).
 */
export function warnUnreachable(routes: Json[], report: Report): void {
  const seen = new Map<string, string>()
  const isAlone = matchesIn(routes) < 2
  let emptyBefore = false
  routes.forEach((route, index) => {
    const place = report.at(index)
    const name = nameOf(route, index)
    const matches = listAt(route, 'match')
    if (matches.length === 0) {
      if (emptyBefore) unused(place, name, 'only the last rule can have no matches')
      emptyBefore = true
      return
    }
    let duplicates = 0
    matches.forEach((match, number) => {
      if (emptyBefore) return unused(place, name, 'route without matches defined before')
      if (isAlone) return
      const key = keyOf(match)
      const earlier = seen.get(key)
      if (earlier === undefined) return void seen.set(key, name)
      duplicates += 1
      ineffective(place.at('match', number), name, { match: nameOf(match, number), by: earlier })
    })
    if (duplicates === matches.length) unused(place, name, 'all matches used by prior rules')
  })
}

/** How many there are to be compared. */
function matchesIn(routes: Json[]): number {
  return routes.reduce((count: number, route) => count + listAt(route, 'match').length, 0)
}

/** Fields that say nothing, as an empty list, are not in istiod's form of a match. */
function keyOf(match: Json): string {
  const said = Object.entries(recordAt(match)).filter(([key, value]) => key !== 'name' && !isNothing(key, value))
  return canonicalJson(Object.fromEntries(said))
}

const MAPS = new Set(['headers', 'withoutHeaders', 'queryParams', 'sourceLabels'])

function isNothing(key: string, value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isRecord(value)) return MAPS.has(key) && Object.keys(value).length === 0
  return value === undefined || value === null || value === '' || value === 0 || value === false
}

function unused(report: Report, rule: string, why: string): void {
  report.shadowed('unreachable-rule', `virtualService rule ${rule} not used (${why})`)
}

function ineffective(report: Report, rule: string, { match, by }: { match: string; by: string }): void {
  const words = `virtualService rule ${rule} match ${match} is not used (duplicate/overlapping match in rule ${by})`
  report.shadowed('ineffective-match', words)
}

/** How istiod speaks of a rule or a match: by its name in quotes, or by its place. */
export function nameOf(item: Json, index: number): string {
  const name = textOf(item, 'name')
  return name === '' ? `#${index}` : quoted(name)
}

/** A match by a prefix of the path, with all that is compared beside it. */
type PrefixMatch = {
  place: Report
  rule: string
  match: string
  prefix: string
  port: number
  method: string
  authority: string
  maps: Map<string, string>[]
}

/** Warns of matches whose prefix begins with that of an earlier one, where the rest does not tell them apart. */
export function warnOverlapping(routes: Json[], report: Report): void {
  if (matchesIn(routes) < 2) return
  const found = prefixMatches(routes, report)
  found.forEach((earlier, index) => {
    for (const later of found.slice(index + 1)) {
      if (later.prefix === earlier.prefix || !covers(earlier, later)) continue
      ineffective(later.place, later.rule, {
        match: `${later.match} of prefix ${later.prefix}`,
        by: `${earlier.match} of prefix ${earlier.prefix} on ${earlier.rule}`,
      })
    }
  })
}

/** Those that are compared: what follows a rule without matches and what was there before is left out. */
function prefixMatches(routes: Json[], report: Report): PrefixMatch[] {
  const open = routes.findIndex((route) => listAt(route, 'match').length === 0)
  const seen = new Set<string>()
  return routes.slice(0, open < 0 ? undefined : open).flatMap((route, index) =>
    listAt(route, 'match').flatMap((match, number) => {
      const key = keyOf(match)
      const prefix = textOf(match, 'uri', 'prefix')
      if (seen.has(key) || prefix === '') return []
      seen.add(key)
      const method = textMatch(at(match, 'method'))
      return {
        place: report.at(index, 'match', number),
        rule: nameOf(route, index),
        match: nameOf(match, number),
        prefix,
        port: numberOf(match, 'port'),
        method: method === '' ? 'exact:GET' : method,
        authority: textMatch(at(match, 'authority')),
        maps: ['headers', 'queryParams', 'withoutHeaders'].map(
          (field) =>
            new Map(Object.entries(recordAt(match, field)).map(([header, value]) => [header, textMatch(value)])),
        ),
      }
    }),
  )
}

function textMatch(match: Json | undefined): string {
  const [exact, prefix] = [textAt(match, 'exact') ?? '', textAt(match, 'prefix') ?? '']
  if (exact !== '') return `exact:${exact}`
  return prefix === '' ? '' : `prefix:${prefix}`
}

/** coveredValidation: what the later match asks for must begin what the earlier one asks for. */
function covers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
    later.prefix.startsWith(earlier.prefix) &&
    later.port === earlier.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    earlier.maps.every((map, index) => coversMap(map, later.maps[index]))
  )
}

function coversMap(earlier: Map<string, string>, later: Map<string, string> | undefined): boolean {
  if (later === undefined || earlier.size !== later.size) return false
  return [...earlier].every(([key, value]) => {
    const other = later.get(key)
    return other !== undefined && value.startsWith(other)
  })
}
