import { at, flagAt, type Json, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type Check, checkExportTo, checkSelector, has, numberOf, textOf } from './shared-fields.ts'
import { checkLoadBalancer } from './load-balancing.ts'
import { durationMs, durationProblem, isDnsLabel, labelProblems, wildcardDomainProblem } from './names.ts'
import { type Report, withoutWarnings } from './report.ts'

/** ValidateDestinationRule of pkg/config/validation/validation.go. */
export const checkDestinationRule: Check = (reviewed, report) => {
  const { spec } = reviewed
  report.error(wildcardDomainProblem(textOf(spec, 'host')))
  checkTrafficPolicy(at(spec, 'trafficPolicy'), report)
  const names = new Set<string>()
  for (const subset of listAt(spec, 'subsets')) {
    const name = textOf(subset, 'name')
    if (names.has(name)) report.error(`duplicate subset names: ${name}`)
    names.add(name)
    report.error(subsetNameProblem(name), ...labelProblems(stringsAt(subset, 'labels')))
    checkTrafficPolicy(at(subset, 'trafficPolicy'), withoutWarnings(report))
  }
  checkExportTo(reviewed, report, has(spec, 'workloadSelector') ? 'selected' : 'plain')
  checkSelector(at(spec, 'workloadSelector'), report)
}

export function subsetNameProblem(name: string): string | undefined {
  if (name === '') return 'subset name cannot be empty'
  return isDnsLabel(name) ? undefined : `subset name is invalid: ${name}`
}

const POLICY_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls']
const TOP_FIELDS = [...POLICY_FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget']

function checkTrafficPolicy(policy: Json | undefined, report: Report): void {
  if (policy === undefined || policy === null) return
  if (!TOP_FIELDS.some((field) => has(policy, field)))
    return report.error('traffic policy must have at least one field')
  if (has(policy, 'tunnel') && has(policy, 'proxyProtocol')) {
    return report.error('tunnel and proxyProtocol must not be set together')
  }
  checkFields(policy, report)
  for (const each of listAt(policy, 'portLevelSettings')) {
    if (!has(each, 'port')) report.error('portTrafficPolicy must have valid port')
    if (POLICY_FIELDS.some((field) => has(each, field))) checkFields(each, withoutWarnings(report))
    else report.error('port traffic policy must have at least one field')
  }
  const tunnel = textOf(policy, 'tunnel', 'protocol')
  if (!['', 'CONNECT', 'POST'].includes(tunnel)) report.error('tunnel protocol must be "CONNECT" or "POST"')
}

function checkFields(policy: Json, report: Report): void {
  checkOutlierDetection(at(policy, 'outlierDetection'), report)
  if (has(policy, 'connectionPool')) checkConnectionPool(at(policy, 'connectionPool'), report)
  checkLoadBalancer(at(policy, 'loadBalancer'), has(policy, 'outlierDetection'), report)
  checkClientTls(at(policy, 'tls'), report)
}

function checkOutlierDetection(outlier: Json | undefined, report: Report): void {
  report.error(durationProblem(textAt(outlier, 'baseEjectionTime')), durationProblem(textAt(outlier, 'interval')))
  if (numberOf(outlier, 'consecutiveErrors') !== 0) {
    report.warn(
      'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
    )
  }
  const local = numberOf(outlier, 'consecutiveLocalOriginFailures') > 0
  if (local && flagAt(outlier, 'splitExternalLocalOriginErrors') !== true) {
    report.error(
      'outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false',
    )
  }
  for (const field of ['maxEjectionPercent', 'minHealthPercent']) {
    const value = numberOf(outlier, field)
    if (value < 0 || value > 100) report.error(`percentage ${value} is not in range 0..100`)
  }
}

const HTTP_NUMBERS: [string, string][] = [
  ['http1MaxPendingRequests', 'http1 max pending requests'],
  ['http2MaxRequests', 'http2 max requests'],
  ['maxRequestsPerConnection', 'max requests per connection'],
  ['maxRetries', 'max retries'],
  ['maxConcurrentStreams', 'max concurrent streams'],
]

function checkConnectionPool(pool: Json | undefined, report: Report): void {
  if (!has(pool, 'http') && !has(pool, 'tcp')) return report.error('connection pool must have at least one field')
  for (const [field, words] of HTTP_NUMBERS) {
    if (numberOf(pool, 'http', field) < 0) report.error(`${words} must be non-negative`)
  }
  checkPoolTimes(pool, report)
  if (textAt(pool, 'http', 'h2UpgradePolicy') === 'UPGRADE' && flagAt(pool, 'http', 'useClientProtocol') === true) {
    report.error('use client protocol must not be true when H2UpgradePolicy is UPGRADE')
  }
  if (numberOf(pool, 'tcp', 'maxConnections') < 0) report.error('max connections must be non-negative')
}

function checkPoolTimes(pool: Json | undefined, report: Report): void {
  report.error(durationProblem(textAt(pool, 'http', 'idleTimeout')))
  for (const path of [
    ['connectTimeout'],
    ['maxConnectionDuration'],
    ['tcpKeepalive', 'time'],
    ['tcpKeepalive', 'interval'],
  ]) {
    report.error(durationProblem(textAt(pool, 'tcp', ...path)))
  }
  const idle = textAt(pool, 'tcp', 'idleTimeout')
  if (idle !== undefined && durationMs(idle) !== 0) report.error(durationProblem(idle))
}

const CLIENT_FILES = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl']

/** agent.ValidateTLS. */
function checkClientTls(tls: Json | undefined, report: Report): void {
  const mode = textAt(tls, 'mode') ?? 'DISABLE'
  const filled = (field: string): boolean => textOf(tls, field) !== ''
  if ((mode === 'SIMPLE' || mode === 'MUTUAL') && filled('credentialName')) {
    if (CLIENT_FILES.some(filled)) {
      report.error('cannot specify client certificates or CA certificate or CA CRL If credentialName is set')
    }
    return
  }
  if (mode !== 'MUTUAL') return
  if (!filled('clientCertificate')) report.error('client certificate required for mutual tls')
  if (!filled('privateKey')) report.error('private key required for mutual tls')
}
