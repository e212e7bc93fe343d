import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { has, numberOf, textOf, textsAt, stringsAt } from './shared-fields.ts'
import {
  checkCors,
  checkDirectResponse,
  checkFault,
  checkRedirect,
  checkRetries,
  checkRewrite,
  headerNameProblem,
} from './http-actions.ts'
import { durationProblem } from './durations.ts'
import { isDnsLabel, isJwtClaim, labelProblems, portProblem, quoted } from './names.ts'
import { regexProblem } from './regex.ts'
import { forEach, type Report } from './report.ts'
import {
  authorityProblem,
  checkDestinations,
  checkHeaders,
  checkMirrors,
  type Semantics,
} from './route-destinations.ts'
import { checkGatewayNames } from './gateway-names.ts'

/** validateHTTPRoute of pkg/config/validation/virtualservice.go. */
export function checkHttpRoute(route: Json, of: Semantics & { delegate: boolean }, report: Report): void {
  checkConflicts(route, of.delegate, report)
  forEach(listAt(route, 'match'), report.at('match'), checkMatchStrings)
  forEach(listAt(route, 'match'), report.at('match'), checkMatchPlaces)
  checkHeaders(at(route, 'headers'), report.at('headers'))
  checkCors(at(route, 'corsPolicy'), report.at('corsPolicy'))
  checkFault(at(route, 'fault'), report.at('fault'))
  checkMirrors(route, report)
  checkRedirect(route, report)
  checkDirectResponse(at(route, 'directResponse'), report.at('directResponse'))
  checkRetries(at(route, 'retries'), report.at('retries'))
  checkRewrite(at(route, 'rewrite'), report.at('rewrite'))
  report.error(authorityProblem(route))
  checkDestinations(listAt(route, 'route'), of, report.at('route'))
  report.at('timeout').error(durationProblem(textAt(route, 'timeout')))
}

/** Pairs of actions that exclude each other, with Istio's (uneven) wording. */
const EXCLUSIVE: { action: string; other: string; words: string }[] = [
  { action: 'redirect', other: 'route', words: 'HTTP route cannot contain both route and redirect' },
  { action: 'redirect', other: 'fault', words: 'HTTP route cannot contain both fault and redirect' },
  { action: 'redirect', other: 'rewrite', words: 'HTTP route rule cannot contain both rewrite and redirect' },
  {
    action: 'redirect',
    other: 'directResponse',
    words: 'HTTP route rule cannot contain both direct_response and redirect',
  },
  { action: 'directResponse', other: 'route', words: 'HTTP route cannot contain both route and direct_response' },
  { action: 'directResponse', other: 'fault', words: 'HTTP route cannot contain both fault and direct_response' },
  {
    action: 'directResponse',
    other: 'rewrite',
    words: 'HTTP route rule cannot contain both rewrite and direct_response',
  },
]

function checkConflicts(route: Json, delegate: boolean, report: Report): void {
  const hasRoute = listAt(route, 'route').length > 0
  if (has(route, 'delegate') && !delegate) {
    const name = textOf(route, 'name')
    if (has(route, 'redirect')) report.at('redirect').error(`root HTTP route ${name} must not specify redirect`)
    if (hasRoute) report.at('route').error(`root HTTP route ${name} must not specify route`)
    return
  }
  if (has(route, 'delegate')) report.at('delegate').error('delegate HTTP route cannot contain delegate')
  const action = ['redirect', 'directResponse'].find((field) => has(route, field))
  if (action === undefined && !hasRoute) report.error('HTTP route, redirect or direct_response is required')
  const present = (field: string): boolean => (field === 'route' ? hasRoute : has(route, field))
  const wrong = EXCLUSIVE.filter((each) => each.action === action && present(each.other))
  for (const { other, words } of wrong) report.at(other).error(words)
  if (has(route, 'mirror') && listAt(route, 'mirrors').length > 0) {
    report.at('mirror').error('HTTP route cannot contain both mirror and mirrors')
  }
}

function stringMatchProblem(match: Json | undefined, where: string): string | undefined {
  if (textAt(match, 'prefix') === '') return `${quoted(where)}: prefix string match should not be empty`
  const regex = textAt(match, 'regex')
  return regex === undefined ? undefined : regexProblem(regex, where)
}

const PSEUDO = new Set([':method', ':scheme', ':authority', ':path', ':status'])

function matchNameProblem(name: string): string | undefined {
  return isJwtClaim(name) || PSEUDO.has(name) ? undefined : headerNameProblem(name)
}

function checkMatchStrings(match: Json, report: Report): void {
  for (const [name, value] of Object.entries(recordAt(match, 'headers'))) {
    const place = report.at('headers', name)
    if (value === null) place.error(`header match ${name} cannot be null`)
    place.error(matchNameProblem(name), stringMatchProblem(value, 'headers'))
  }
  for (const [name, value] of Object.entries(recordAt(match, 'withoutHeaders'))) {
    const present = textAt(value, 'regex') === '*'
    const place = report.at('withoutHeaders', name)
    place.error(matchNameProblem(name), present ? undefined : stringMatchProblem(value, 'withoutHeaders'))
  }
  const uri = textAt(match, 'uri', 'regex')
  if (uri !== undefined) report.at('uri', 'regex').error(regexProblem(uri, 'uri'))
  for (const field of ['scheme', 'method', 'authority']) {
    report.at(field).error(stringMatchProblem(at(match, field), field))
  }
  for (const [name, value] of Object.entries(recordAt(match, 'queryParams'))) {
    report.at('queryParams', name).error(stringMatchProblem(value, 'queryParams'))
  }
}

function checkMatchPlaces(match: Json, report: Report): void {
  const port = numberOf(match, 'port')
  if (port !== 0) report.at('port').error(portProblem(port))
  report.at('sourceLabels').listed(...labelProblems(stringsAt(match, 'sourceLabels')))
  checkGatewayNames(textsAt(match, 'gateways'), { gatewayApi: false }, report.at('gateways').withoutWarnings())
  const namespace = textOf(match, 'sourceNamespace')
  if (namespace !== '' && !isDnsLabel(namespace)) {
    report.at('sourceNamespace').error(`sourceNamespace match ${namespace} is invalid`)
  }
}
