import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { quoted } from './names.ts'
import { patchValueProblem, untypedNames } from './envoy-patch.ts'
import { compileProblem } from './re2.ts'
import { createReport, forEach, type Report } from './report.ts'
import { type Check, has, passesAlphaSelector, textOf } from './shared-fields.ts'

const INTERNALS =
  'EnvoyFilter exposes internal implementation details that may change at any time. ' +
  'Prefer other APIs if possible, and exercise extreme caution, especially around upgrades.'

/** ValidateEnvoyFilter of pkg/config/validation/envoyfilter/envoyfilter.go. */
export const checkEnvoyFilter: Check = ({ spec }, report) => {
  const selector = at(spec, 'workloadSelector')
  const isSelecting = passesAlphaSelector(selector, 'Envoy filter', createReport())
  // With a selector that is refused nothing else is said.
  if (isSelecting) report.warn(INTERNALS)
  passesAlphaSelector(selector, 'Envoy filter', report.at('workloadSelector'))
  if (!isSelecting) return
  forEach(listAt(spec, 'configPatches'), report.at('configPatches'), (patch, place) => {
    if (textOf(patch, 'match', 'context') !== 'WAYPOINT') checkPatch(patch, place)
  })
}

function checkPatch(patch: Json, report: Report): void {
  const missing = missingPart(patch)
  if (missing !== undefined) return report.error(`Envoy filter: missing ${missing}`)
  const versions = report.at('match', 'proxy', 'proxyVersion')
  const version = versionProblem(textOf(patch, 'match', 'proxy', 'proxyVersion'), versions)
  if (version !== undefined) return versions.error(version)
  const applyTo = textOf(patch, 'applyTo')
  const class_ = CLASSES.find(({ kinds }) => kinds.includes(applyTo))
  const unlike = class_ !== undefined && isOfOtherClass(at(patch, 'match'), class_.match)
  if (unlike) {
    const words = `applyTo for ${class_.name} class objects cannot have non ${class_.words} match`
    report.at('match').error(`Envoy filter: ${words}`)
  }
  // Listener matches end the look at a patch when they are wrong; the others do not.
  if (
    class_?.match === 'listener' &&
    (unlike || !passesFilterMatch(patch, applyTo, report.at('match', 'listener', 'filterChain', 'filter')))
  )
    return
  checkValue(applyTo, at(patch, 'patch', 'value'), report.at('patch', 'value'))
}

function missingPart(patch: Json): string | undefined {
  if (['', 'INVALID'].includes(textOf(patch, 'applyTo'))) return 'applyTo'
  if (!has(patch, 'patch')) return 'patch'
  const operation = textAt(patch, 'patch', 'operation') ?? 'INVALID'
  if (operation === 'INVALID') return 'patch operation'
  return operation !== 'REMOVE' && !has(patch, 'patch', 'value') ? 'patch value for non-remove operation' : undefined
}

function versionProblem(version: string, report: Report): string | undefined {
  if (version.length > 1024) {
    report.warn('Envoy filter: proxyVersion match exceeds 1024 characters and will be ignored')
    return undefined
  }
  const problem = compileProblem(version)
  return problem === undefined ? undefined : `Envoy filter: invalid regex for proxy version, [${problem}]`
}

const CLASSES = [
  {
    kinds: ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER'],
    match: 'listener',
    name: 'listener',
    words: 'listener',
  },
  {
    kinds: ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'],
    match: 'routeConfiguration',
    name: 'http route',
    words: 'route configuration',
  },
  { kinds: ['CLUSTER'], match: 'cluster', name: 'cluster', words: 'cluster' },
]

const MATCHES = ['listener', 'routeConfiguration', 'cluster', 'waypoint']

function isOfOtherClass(match: Json | undefined, own: string): boolean {
  return MATCHES.some((each) => has(match, each)) && !has(match, own)
}

const MANAGER = 'envoy.filters.network.http_connection_manager'

/** Says whether the check of the patch goes on. */
function passesFilterMatch(patch: Json, applyTo: string, report: Report): boolean {
  const filter = at(patch, 'match', 'listener', 'filterChain', 'filter')
  if (filter === undefined || filter === null) return true
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN') {
    report.warn(`Envoy filter: filter match has no effect when used with ${applyTo}`)
  }
  const problem = filterMatchProblem(filter, applyTo)
  if (problem !== undefined) {
    report.error(`Envoy filter: ${problem}`)
    return false
  }
  for (const name of [textOf(filter, 'name'), textOf(filter, 'subFilter', 'name')]) {
    const now = Object.hasOwn(renamedFilters, name) ? renamedFilters[name] : undefined
    if (now !== undefined) report.warn(`using deprecated filter name ${quoted(name)}; use ${quoted(now)} instead`)
  }
  return true
}

function filterMatchProblem(filter: Json, applyTo: string): string | undefined {
  const name = textOf(filter, 'name')
  if (name === '') return 'filter match has no name to match on'
  if (!has(filter, 'subFilter')) return undefined
  if (applyTo !== 'HTTP_FILTER') return 'subfilter match can be used with applyTo HTTP_FILTER only'
  if (name !== MANAGER && name !== 'envoy.http_connection_manager') {
    return `subfilter match requires filter match with ${MANAGER}`
  }
  return textOf(filter, 'subFilter', 'name') === '' ? 'subfilter match has no name to match on' : undefined
}

/** ReverseDeprecatedFilterNames of pkg/config/xds/deprecated.go. */
export const renamedFilters: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['buffer', 'cors', 'csrf', 'fault', 'grpc_http1_bridge', 'grpc_json_transcoder', 'grpc_web'].map(http),
  ),
  ...Object.fromEntries(['gzip', 'health_check', 'ip_tagging', 'lua', 'router', 'squash'].map(http)),
  'envoy.http_dynamo_filter': 'envoy.filters.http.dynamo',
  'envoy.ext_authz': 'envoy.filters.http.ext_authz',
  'envoy.rate_limit': 'envoy.filters.http.ratelimit',
  ...Object.fromEntries(
    ['http_inspector', 'original_dst', 'original_src', 'proxy_protocol', 'tls_inspector'].map((name) => [
      `envoy.listener.${name}`,
      `envoy.filters.listener.${name}`,
    ]),
  ),
  ...Object.fromEntries(
    ['client_ssl_auth', 'http_connection_manager', 'mongo_proxy', 'ratelimit', 'redis_proxy', 'tcp_proxy'].map(
      (name) => [`envoy.${name}`, `envoy.filters.network.${name}`],
    ),
  ),
}

function http(name: string): [string, string] {
  return [`envoy.${name}`, `envoy.filters.http.${name}`]
}

function checkValue(applyTo: string, value: Json | undefined, report: Report): void {
  if (value === undefined || value === null) return
  const problem = patchValueProblem(value)
  if (problem !== undefined) return report.error(problem)
  const untyped = untypedNames(applyTo, value)
  if (untyped.length > 0) {
    report.warn(`using deprecated types by name without typed_config; ${untyped.join(', ')}`)
  }
}
