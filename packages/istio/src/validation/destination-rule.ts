import { at, flagAt, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { isAddress } from './addresses.ts'
import { checkClientTls } from './client-tls.ts'
import { checkConnectionPool } from './connection-pool.ts'
import { durationProblem } from './durations.ts'
import { checkLoadBalancer } from './load-balancing.ts'
import { fqdnProblem, isDnsLabel, labelProblems, portProblem, wildcardDomainProblem } from './names.ts'
import { forEach, type Report } from './report.ts'
import { type Check, checkExportTo, checkSelector, has, hasAny, numberOf, textOf, stringsAt } from './shared-fields.ts'

/** ValidateDestinationRule of pkg/config/validation/validation.go. */
export const checkDestinationRule: Check = (reviewed, report) => {
  const { spec, namespace } = reviewed
  report.at('host').error(wildcardDomainProblem(textOf(spec, 'host')))
  checkTrafficPolicy(at(spec, 'trafficPolicy'), namespace, report.at('trafficPolicy'))
  const names = new Set<string>()
  forEach(listAt(spec, 'subsets'), report.at('subsets'), (subset, place) => {
    const name = textOf(subset, 'name')
    if (names.has(name)) place.at('name').error(`duplicate subset names: ${name}`)
    names.add(name)
    place.at('name').error(subsetNameProblem(name))
    place.at('labels').listed(...labelProblems(stringsAt(subset, 'labels')))
    checkTrafficPolicy(at(subset, 'trafficPolicy'), namespace, place.at('trafficPolicy').withoutWarnings())
  })
  checkExportTo(reviewed, report, has(spec, 'workloadSelector') ? 'selected' : 'plain')
  checkSelector(at(spec, 'workloadSelector'), report.at('workloadSelector'))
}

export function subsetNameProblem(name: string): string | undefined {
  if (name === '') return 'subset name cannot be empty'
  return isDnsLabel(name) ? undefined : `subset name is invalid: ${name}`
}

const POLICY_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls']
const TOP_FIELDS = [...POLICY_FIELDS, 'tunnel', 'proxyProtocol', 'retryBudget']

function checkTrafficPolicy(policy: Json | undefined, namespace: string, report: Report): void {
  if (policy === undefined || policy === null) return
  if (!TOP_FIELDS.some((field) => has(policy, field)) && !hasAny(policy, 'portLevelSettings')) {
    return report.error('traffic policy must have at least one field')
  }
  if (has(policy, 'tunnel') && has(policy, 'proxyProtocol')) {
    return report.error('tunnel and proxyProtocol must not be set together')
  }
  checkFields(policy, namespace, report)
  forEach(listAt(policy, 'portLevelSettings'), report.at('portLevelSettings'), (each, place) => {
    if (!has(each, 'port')) place.error('portTrafficPolicy must have valid port')
    if (POLICY_FIELDS.some((field) => has(each, field))) checkFields(each, namespace, place.withoutWarnings())
    else place.error('port traffic policy must have at least one field')
  })
  if (has(policy, 'tunnel')) checkTunnel(at(policy, 'tunnel'), report.at('tunnel'))
}

function checkTunnel(tunnel: Json | undefined, report: Report): void {
  if (!['', 'CONNECT', 'POST'].includes(textOf(tunnel, 'protocol'))) {
    report.at('protocol').error('tunnel protocol must be "CONNECT" or "POST"')
  }
  const host = textOf(tunnel, 'targetHost')
  const wrong = isAddress(host) ? undefined : fqdnProblem(host)
  if (wrong !== undefined) {
    report
      .at('targetHost')
      .error(`tunnel target host must be valid FQDN or IP address: ${wrong}; ${host} is not a valid IP`)
  }
  const port = portProblem(numberOf(tunnel, 'targetPort'))
  if (port !== undefined) report.at('targetPort').error(`tunnel target port is invalid: ${port}`)
}

function checkFields(policy: Json, namespace: string, report: Report): void {
  checkOutlierDetection(at(policy, 'outlierDetection'), report.at('outlierDetection'))
  checkConnectionPool(at(policy, 'connectionPool'), report.at('connectionPool'))
  checkLoadBalancer(at(policy, 'loadBalancer'), has(policy, 'outlierDetection'), report.at('loadBalancer'))
  checkClientTls(at(policy, 'tls'), namespace, report.at('tls'))
}

function checkOutlierDetection(outlier: Json | undefined, report: Report): void {
  report.at('baseEjectionTime').error(durationProblem(textAt(outlier, 'baseEjectionTime')))
  if (numberOf(outlier, 'consecutiveErrors') !== 0) {
    report
      .at('consecutiveErrors')
      .warn(
        'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
      )
  }
  const local = numberOf(outlier, 'consecutiveLocalOriginFailures') > 0
  if (local && flagAt(outlier, 'splitExternalLocalOriginErrors') !== true) {
    report
      .at('consecutiveLocalOriginFailures')
      .error(
        'outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false',
      )
  }
  report.at('interval').error(durationProblem(textAt(outlier, 'interval')))
  for (const field of ['maxEjectionPercent', 'minHealthPercent']) {
    const value = numberOf(outlier, field)
    if (value < 0 || value > 100) report.at(field).error(`percentage ${value} is not in range 0..100`)
  }
}
