import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type Check, checkAttachment, has, hasAny, textOf, textsAt } from './shared-fields.ts'
import {
  accountProblem,
  conditionProblems,
  emptyProblem,
  ipProblem,
  pathProblem,
  textPortProblem,
  trustDomainProblem,
} from './conditions.ts'
import { forEach, type Report } from './report.ts'

/** ValidateAuthorizationPolicy of pkg/config/validation/validation.go; errors are prefixed by the caller's report. */
export const checkAuthorizationPolicy: Check = ({ spec }, report) => {
  const action = textAt(spec, 'action') ?? 'ALLOW'
  checkAttachment(spec, report)
  if (action === 'CUSTOM') checkCustom(spec, report)
  if (has(spec, 'provider') && action !== 'CUSTOM') {
    report.at('provider').error(`\`provider\` must not be with non CUSTOM action, found ${action}`)
  }
  if (action === 'DENY' && listAt(spec, 'rules').length === 0) report.error(meaningless('DENY'))
  listAt(spec, 'rules').forEach((rule, index) =>
    checkRule(rule, { index, deny: action === 'DENY' }, report.at('rules', index)),
  )
}

function meaningless(action: string): string {
  return (
    `${action} action without \`rules\` is meaningless as it will never be triggered, ` +
    'add an empty rule `{}` if you want it be triggered for every request'
  )
}

const CUSTOM_SOURCES: [string, string][] = [
  ['namespaces', 'From.Namespaces'],
  ['notNamespaces', 'From.NotNamespaces'],
  ['serviceAccounts', 'From.ServiceAccounts'],
  ['notServiceAccounts', 'From.NotServiceAccounts'],
  ['trustDomains', 'From.TrustDomains'],
  ['notTrustDomains', 'From.NotTrustDomains'],
  ['principals', 'From.Principals'],
  ['notPrincipals', 'From.NotPrincipals'],
  ['requestPrincipals', 'From.RequestPrincipals'],
  ['notRequestPrincipals', 'From.NotRequestPrincipals'],
]
const CUSTOM_KEYS = new Set(['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal'])

function checkCustom(spec: Json | undefined, report: Report): void {
  if (listAt(spec, 'rules').length === 0) report.error(meaningless('CUSTOM'))
  else if (textOf(spec, 'provider', 'name') === '') report.at('provider').error('`provider.name` must not be empty')
  const unsupported = (name: string): string => `${name} is currently not supported with CUSTOM action`
  forEach(listAt(spec, 'rules'), report.at('rules'), (rule, place) => {
    forEach(listAt(rule, 'from'), place.at('from'), (from, below) => {
      const used = CUSTOM_SOURCES.filter(([field]) => listAt(from, 'source', field).length > 0)
      for (const [field, name] of used) below.at('source', field).error(unsupported(name))
    })
    forEach(listAt(rule, 'when'), place.at('when'), (when, below) => {
      const key = textOf(when, 'key')
      if (CUSTOM_KEYS.has(key) || key.startsWith('request.auth.')) below.at('key').error(unsupported(key))
    })
  })
}

type Place = { index: number; deny: boolean }

function checkRule(rule: Json, { index, deny }: Place, report: Report): void {
  forEach(listAt(rule, 'from'), report.at('from'), (from, place) =>
    checkSource(at(from, 'source'), index, place.at('source')),
  )
  forEach(listAt(rule, 'to'), report.at('to'), (to, place) =>
    checkOperation(at(to, 'operation'), index, place.at('operation')),
  )
  forEach(listAt(rule, 'when'), report.at('when'), (when, place) => place.error(...conditionProblems(when)))
  if (deny && onlyHttpAttributes(rule)) {
    report.warn(
      'configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP ' +
        'attributes in a DENY rule; it is recommended to explicitly specify the port',
    )
  }
}

const TCP_SOURCES = ['principals', 'notPrincipals', 'ipBlocks', 'notIpBlocks', 'namespaces', 'notNamespaces']
const MORE_TCP_SOURCES = ['remoteIpBlocks', 'notRemoteIpBlocks', 'serviceAccounts', 'notServiceAccounts']

function onlyHttpAttributes(rule: Json): boolean {
  const sources = listAt(rule, 'from').filter((from) => has(from, 'source'))
  const operations = listAt(rule, 'to').filter((to) => has(to, 'operation'))
  const uses = (items: Json[], part: string, fields: string[]): boolean =>
    items.some((item) => fields.some((field) => hasAny(item, part, field)))
  if (operations.length > 0) return !uses(operations, 'operation', ['ports', 'notPorts'])
  return sources.length > 0 && !uses(sources, 'source', [...TCP_SOURCES, ...MORE_TCP_SOURCES])
}

const IP_FIELDS = ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks']
const SOURCE_FIELDS: [string, string][] = [
  ['principals', 'Principals'],
  ['requestPrincipals', 'RequestPrincipals'],
  ['namespaces', 'Namespaces'],
  ['serviceAccounts', 'ServiceAccounts'],
  ['trustDomains', 'TrustDomains'],
  ['ipBlocks', 'IpBlocks'],
  ['remoteIpBlocks', 'RemoteIpBlocks'],
  ['notPrincipals', 'NotPrincipals'],
  ['notRequestPrincipals', 'NotRequestPrincipals'],
  ['notNamespaces', 'NotNamespaces'],
  ['notServiceAccounts', 'NotServiceAccounts'],
  ['notTrustDomains', 'NotTrustDomains'],
  ['notIpBlocks', 'NotIpBlocks'],
  ['notRemoteIpBlocks', 'NotRemoteIpBlocks'],
]

function checkSource(source: Json | undefined, index: number, report: Report): void {
  if (source === undefined || source === null) {
    return report.error(`\`from.source\` must not be nil, found at rule ${index}`)
  }
  const used = (...fields: string[]): boolean => fields.some((field) => listAt(source, field).length > 0)
  if (
    used('principals', 'notPrincipals', 'namespaces', 'notNamespaces') &&
    used('serviceAccounts', 'notServiceAccounts')
  ) {
    report.error(`cannot set serviceAccounts with namespaces or principals, found at rule ${index}`)
  }
  const named = SOURCE_FIELDS.filter(([field]) => used(field))
  if (named.length === 0) {
    report.error(`\`from.source\` must not be empty, found at rule ${index}`)
  }
  for (const field of IP_FIELDS) {
    if (used(field)) report.at(field).listed(...textsAt(source, field).map(ipProblem))
  }
  for (const [field, name] of named) {
    report.at(field).error((SOURCE_VALUES[field] ?? emptyProblem)(name, textsAt(source, field)))
  }
}

/** What the values of a field must be; nothing but not empty for the others. */
const SOURCE_VALUES: Record<string, typeof emptyProblem> = {
  serviceAccounts: accountProblem,
  notServiceAccounts: accountProblem,
  trustDomains: trustDomainProblem,
  notTrustDomains: trustDomainProblem,
}

const OPERATION_FIELDS: [string, string][] = [
  ['ports', 'Ports'],
  ['methods', 'Methods'],
  ['paths', 'Paths'],
  ['hosts', 'Hosts'],
  ['notPorts', 'NotPorts'],
  ['notMethods', 'NotMethods'],
  ['notPaths', 'NotPaths'],
  ['notHosts', 'NotHosts'],
]

function checkOperation(operation: Json | undefined, index: number, report: Report): void {
  if (operation === undefined || operation === null) {
    return report.error(`\`to.operation\` must not be nil, found at rule ${index}`)
  }
  const named = OPERATION_FIELDS.filter(([field]) => listAt(operation, field).length > 0)
  if (named.length === 0) {
    report.error(`\`to.operation\` must not be empty, found at rule ${index}`)
  }
  for (const field of ['ports', 'notPorts']) report.at(field).listed(...textsAt(operation, field).map(textPortProblem))
  for (const [field, name] of named) report.at(field).error(emptyProblem(name, textsAt(operation, field)))
  report.at('paths').error(pathProblem('Paths', textsAt(operation, 'paths')))
  report.at('notPaths').error(pathProblem('NotPaths', textsAt(operation, 'notPaths')))
}
