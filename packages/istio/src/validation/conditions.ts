import { type Json } from '@orbweaver/contracts/json'
import { isAddress, prefixFault } from './addresses.ts'
import { quoted } from './names.ts'
import { listText } from './report.ts'
import { textOf, textsAt } from './shared-fields.ts'

/** Values of AuthorizationPolicies (pkg/config/security/security.go). */

export function ipProblem(text: string): string | undefined {
  if (!text.includes('/')) return isAddress(text) ? undefined : `bad IP address (${text})`
  const fault = prefixFault(text)
  return fault === undefined ? undefined : `bad CIDR range (${text}): netip.ParsePrefix(${quoted(text)}): ${fault}`
}

export function textPortProblem(port: string): string | undefined {
  const because = (why: string): string => `bad port (${port}): strconv.ParseUint: parsing ${quoted(port)}: ${why}`
  if (!/^\d+$/.test(port)) return because('invalid syntax')
  if (Number(port) > 4_294_967_295) return because('value out of range')
  return Number(port) > 65535 ? `bad port (${port}): <nil>` : undefined
}

export function emptyProblem(name: string, values: string[]): string | undefined {
  return values.includes('') ? `empty value not allowed, found in ${name}` : undefined
}

/** CheckServiceAccount: the first thing that is wrong. */
export function accountProblem(name: string, values: string[]): string | undefined {
  if (values.length > 16) return 'may not have more than 16 values'
  return first(values, (value) => oneAccountProblem(name, value))
}

function oneAccountProblem(name: string, value: string): string | undefined {
  if (value === '') return emptyProblem(name, [value])
  if (value.includes('*')) return `wildcard not allowed, found in ${name}`
  const [namespace, account, ...rest] = value.split('/')
  const format = "expected format 'serviceAccount' or 'namespace/serviceAccount', found"
  if (rest.length > 0) return `${format} ${quoted(value)} in ${name}`
  if (value.length > 320) return `value cannot exceed 320 characters, found ${quoted(value)} in ${name}`
  if (account !== undefined && namespace === '') return `${format} empty namespace ${quoted(value)} in ${name}`
  return account === '' ? `${format} empty serviceAccount ${quoted(value)} in ${name}` : undefined
}

function first(values: string[], problem: (value: string) => string | undefined): string | undefined {
  return values.map(problem).find((each) => each !== undefined)
}

/** CheckWildcardValues. */
function wildcardProblem(name: string, values: string[]): string | undefined {
  const found = (value: string): string | undefined => {
    const stars = value.split('*').length - 1
    if (stars > 1) return `at most one wildcard is allowed, found in ${name}: ${quoted(value)}`
    const inside = stars === 1 && !value.startsWith('*') && !value.endsWith('*')
    return inside ? `wildcard is only allowed at the start or end, found in ${name}: ${quoted(value)}` : undefined
  }
  return emptyProblem(name, values) ?? first(values, found)
}

/** CheckTrustDomainValues. */
export function trustDomainProblem(name: string, values: string[]): string | undefined {
  const divided = values.find((value) => value.includes('/'))
  const slash =
    divided === undefined ? undefined : `trust domain must not contain '/', found in ${name}: ${quoted(divided)}`
  return wildcardProblem(name, values) ?? slash
}

const ONE = '{*}'
const ANY = '{**}'

/** CheckValidPathTemplate: the first path, without the slashes around it, that is none. */
export function pathProblem(name: string, paths: string[]): string | undefined {
  return first(paths, (given) => {
    const path = given.replaceAll(/^\/+|\/+$/g, '')
    const globs = path.split('/')
    const template = given.includes(ONE) || given.includes(ANY)
    const open = globs.indexOf(ANY)
    const why = first(globs, (glob) => globProblem(glob, template))
    const goesOn = open >= 0 && globs.slice(open + 1).some((glob) => glob === ONE || glob === ANY)
    const problem = why ?? (goesOn ? '{**} is not the last operator' : undefined)
    return problem === undefined ? undefined : `invalid or unsupported path ${path}, found in ${name}. ${problem}`
  })
}

function globProblem(glob: string, template: boolean): string | undefined {
  if (glob === ONE || glob === ANY) return undefined
  if (/[{}]/.test(glob)) return "Contains '{' or '}' beyond a supported path template"
  const literal = !template || /^[a-zA-Z0-9-._~%!$&'()+,;:@=]+$/.test(glob)
  return literal ? undefined : `Contains segment ${glob} with invalid string literal`
}

export function conditionProblems(when: Json): string[] {
  const key = textOf(when, 'key')
  if (key === '') return ['`key` must not be empty']
  const [values, notValues] = [textsAt(when, 'values'), textsAt(when, 'notValues')]
  if (values.length + notValues.length === 0) {
    return [`at least one of \`values\` or \`notValues\` must be set for key ${key}`]
  }
  const [one, other] = [attributeProblem(key, values), attributeProblem(key, notValues)]
  return [
    ...(one === undefined ? [] : [`invalid \`value\` for \`key\` ${key}: ${one}`]),
    ...(other === undefined ? [] : [`invalid \`notValue\` for \`key\` ${key}: ${other}`]),
  ]
}

type ValuesProblem = (key: string, values: string[]) => string | undefined

const anything: ValuesProblem = () => undefined
const each =
  (problem: (value: string) => string | undefined): ValuesProblem =>
  (_, values) => {
    const wrong = values.map(problem).filter((found) => found !== undefined)
    return wrong.length === 0 ? undefined : listText(wrong)
  }
const gone =
  (why: string): ValuesProblem =>
  (key) =>
    why.replace('?', key)

const ATTRIBUTES: Record<string, ValuesProblem> = {
  'source.ip': each(ipProblem),
  'remote.ip': each(ipProblem),
  'source.namespace': anything,
  'source.serviceAccount': accountProblem,
  'source.principal': anything,
  'source.trustDomain': wildcardProblem,
  'request.auth.principal': anything,
  'request.auth.audiences': anything,
  'request.auth.presenter': anything,
  'destination.ip': each(ipProblem),
  'destination.port': each(textPortProblem),
  'connection.sni': anything,
  'destination.namespace': gone('attribute ? is replaced by the metadata.namespace'),
  'destination.name': gone('deprecated attribute ?: only supported in v1alpha1'),
  'destination.user': gone('deprecated attribute ?: only supported in v1alpha1'),
}
const MAPS = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.']

/** ValidateAttribute. */
function attributeProblem(key: string, values: string[]): string | undefined {
  const empty = emptyProblem(key, values)
  if (empty !== undefined) return empty
  if (MAPS.some((prefix) => key.startsWith(prefix))) {
    return /^[^[]+\[.+\]$/.test(key) ? undefined : `bad key (${key}): should have format a[b]`
  }
  if (key.startsWith('destination.labels')) return `attribute ${key} is replaced by the workload selector`
  const known = Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined
  return known === undefined ? `unknown attribute: ${key}` : known(key, values)
}
