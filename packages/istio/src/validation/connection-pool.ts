import { at, flagAt, type Json, textAt } from '@orbweaver/contracts/json'
import { durationProblem, isUnderOneMs } from './durations.ts'
import type { Report } from './report.ts'
import { has, numberOf } from './shared-fields.ts'

const HTTP_NUMBERS: [string, string][] = [
  ['http1MaxPendingRequests', 'http1 max pending requests'],
  ['http2MaxRequests', 'http2 max requests'],
  ['maxRequestsPerConnection', 'max requests per connection'],
  ['maxRetries', 'max retries'],
]

/** validateConnectionPool of pkg/config/validation/validation.go. */
export function checkConnectionPool(pool: Json | undefined, report: Report): void {
  if (pool === undefined || pool === null) return
  if (!has(pool, 'http') && !has(pool, 'tcp')) return report.error('connection pool must have at least one field')
  if (has(pool, 'http')) checkHttp(at(pool, 'http'), report.at('http'))
  if (has(pool, 'tcp')) checkTcp(at(pool, 'tcp'), report.at('tcp'))
}

function checkHttp(http: Json | undefined, report: Report): void {
  for (const [field, words] of HTTP_NUMBERS) {
    if (numberOf(http, field) < 0) report.at(field).error(`${words} must be non-negative`)
  }
  report.at('idleTimeout').error(durationProblem(textAt(http, 'idleTimeout')))
  if (textAt(http, 'h2UpgradePolicy') === 'UPGRADE' && flagAt(http, 'useClientProtocol') === true) {
    report.at('useClientProtocol').error('use client protocol must not be true when H2UpgradePolicy is UPGRADE')
  }
  if (numberOf(http, 'maxConcurrentStreams') < 0) {
    report.at('maxConcurrentStreams').error('max concurrent streams must be non-negative')
  }
  if (!has(http, 'http2KeepAlive')) return
  for (const field of ['interval', 'timeout']) {
    const given = textAt(http, 'http2KeepAlive', field)
    const problem = given === undefined ? `http2 keepalive ${field} is required` : durationProblem(given)
    report.at('http2KeepAlive', field).error(problem)
  }
}

function checkTcp(tcp: Json | undefined, report: Report): void {
  if (numberOf(tcp, 'maxConnections') < 0) report.at('maxConnections').error('max connections must be non-negative')
  for (const field of ['connectTimeout', 'maxConnectionDuration']) {
    report.at(field).error(durationProblem(textAt(tcp, field)))
  }
  // 0s switches the timeout off.
  const idle = textAt(tcp, 'idleTimeout')
  if (idle !== undefined && !isUnderOneMs(idle)) report.at('idleTimeout').error(durationProblem(idle))
  for (const field of ['time', 'interval']) {
    report.at('tcpKeepalive', field).error(durationProblem(textAt(tcp, 'tcpKeepalive', field)))
  }
}
