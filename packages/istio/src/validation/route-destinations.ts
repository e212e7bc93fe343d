import { at, isRecord, type Json, listAt } from '@orbweaver/contracts/json'
import { subsetNameProblem } from './destination-rule.ts'
import { headerValueProblem } from './header-values.ts'
import { portProblem, quoted, wildcardDomainProblem } from './names.ts'
import { forEach, type Report } from './report.ts'
import { checkTexts, has, numberOf, textOf, stringsAt } from './shared-fields.ts'

/** Routes that istiod makes of the Gateway API's name their destinations in other ways, which are not checked. */
export type Semantics = { gatewayApi: boolean }

/** Weighted destinations of any route (validateHTTPRouteDestinations, validateRouteDestinations). The report is for the list. */
export function checkDestinations(routes: Json[], { gatewayApi }: Semantics, report: Report): void {
  let total = 0
  forEach(routes, report, (route, place) => {
    if (!has(route, 'destination')) place.listed('destination is required')
    checkHeaders(at(route, 'headers'), place.at('headers'))
    if (!gatewayApi) checkDestination(at(route, 'destination'), place.at('destination'))
    const weight = numberOf(route, 'weight')
    if (weight < 0) place.at('weight').error(`weight ${weight} < 0`)
    total += weight
  })
  if (routes.length > 1 && total === 0) report.error('total destination weight = 0')
}

/** validateDestination. */
export function checkDestination(destination: Json | undefined, report: Report): void {
  if (destination === undefined || destination === null) return
  const host = textOf(destination, 'host')
  report.at('host').error(host === '*' ? `invalid destination host ${host}` : wildcardDomainProblem(host))
  const subset = textOf(destination, 'subset')
  if (subset !== '') report.at('subset').error(subsetNameProblem(subset))
  if (has(destination, 'port')) report.at('port', 'number').error(portProblem(numberOf(destination, 'port', 'number')))
}

function isAuthority(name: string): boolean {
  return [':authority', 'host'].includes(name.toLowerCase())
}

function requestHeaderProblem(name: string): string | undefined {
  if (name === '') return 'header name cannot be empty'
  const internal = name.startsWith(':') && !isAuthority(name)
  return internal ? `invalid header ${quoted(name)}: header cannot have ":" prefix` : undefined
}

function headerProblem(name: string): string | undefined {
  if (name === '') return 'header name cannot be empty'
  if (name.toLowerCase() === 'host') return `invalid header ${quoted(name)}: cannot set Host header`
  return name.startsWith(':') ? `invalid header ${quoted(name)}: header cannot have ":" prefix` : undefined
}

const SIDES = [
  { side: 'request', nameProblem: requestHeaderProblem },
  { side: 'response', nameProblem: headerProblem },
]

/** Header manipulation of a route or of one destination. */
export function checkHeaders(headers: Json | undefined, report: Report): void {
  if (!isRecord(headers)) return
  for (const { side, nameProblem } of SIDES) {
    for (const verb of ['add', 'set']) {
      for (const [name, value] of Object.entries(stringsAt(headers, side, verb))) {
        report.at(side, verb, name).error(nameProblem(name), headerValueProblem(value))
      }
    }
    checkTexts(listAt(headers, side, 'remove'), report.at(side, 'remove'), headerProblem)
  }
}

/** The authority may be changed at one place only: by a rewrite, or by one header. */
export function authorityProblem(route: Json): string | undefined {
  let current = textOf(route, 'rewrite', 'authority')
  for (const verb of ['set', 'add']) {
    for (const [name, value] of Object.entries(stringsAt(route, 'headers', 'request', verb))) {
      if (!isAuthority(name)) continue
      if (current !== '') {
        const attempt = `have ${quoted(current)}, attempting to set ${quoted(value)}`
        return `authority header cannot be set multiple times: ${attempt}`
      }
      current = value
    }
  }
  return undefined
}

function shareProblem(kind: string, share: number): string | undefined {
  if (share >= 0 && share <= 100) return undefined
  const bound = share > 100 ? 'max value of 100' : 'min value of 0'
  return `${kind} must have a ${bound} (it has ${share.toFixed(6)})`
}

/** Mirrors: one, with either of two percentages, or several. */
export function checkMirrors(route: Json, report: Report): void {
  // Both spellings are in the CRD.
  const field = ['mirrorPercent', 'mirror_percent'].find((each) => has(route, each))
  if (field !== undefined) {
    const percent = numberOf(route, field)
    const place = report.at(field)
    if (percent > 100) place.error(`mirror_percent must have a max value of 100 (it has ${percent})`)
    place.warn('using deprecated setting "mirrorPercent", use "mirrorPercentage" instead')
  }
  report
    .at('mirrorPercentage', 'value')
    .error(shareProblem('mirror_percentage', numberOf(route, 'mirrorPercentage', 'value')))
  checkDestination(at(route, 'mirror'), report.at('mirror'))
  forEach(listAt(route, 'mirrors'), report.at('mirrors'), (mirror, place) => {
    if (!has(mirror, 'destination')) return place.error('destination is required for mirrors')
    checkDestination(at(mirror, 'destination'), place.at('destination'))
    const share = numberOf(mirror, 'percentage', 'value')
    place.at('percentage', 'value').error(shareProblem('mirror percentage', share))
  })
}
