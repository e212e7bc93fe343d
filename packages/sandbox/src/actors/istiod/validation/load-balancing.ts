import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { has, numberOf, textOf, textsAt } from './shared-fields.ts'
import { durationProblem } from './names.ts'
import type { Report } from './report.ts'

/** validateLoadBalancer and agent.ValidateLocalityLbSetting; without outlier detection failover only warns. */
export function checkLoadBalancer(settings: Json | undefined, hasOutlierDetection: boolean, report: Report): void {
  if (settings === undefined || settings === null) return
  checkConsistentHash(at(settings, 'consistentHash'), report)
  if (has(settings, 'localityLbSetting') && has(settings, 'zoneAwareLbSetting')) {
    report.error('only one of localityLbSetting and zoneAwareLbSetting can be set')
  }
  checkLocality(at(settings, 'localityLbSetting'), hasOutlierDetection, report)
  if (has(settings, 'warmup')) {
    const duration = textAt(settings, 'warmup', 'duration')
    report.error(duration === undefined ? 'duration is required' : durationProblem(duration))
  }
}

function checkConsistentHash(hash: Json | undefined, report: Report): void {
  if (has(hash, 'httpCookie') && textOf(hash, 'httpCookie', 'name') === '') {
    report.error('name required for HttpCookie')
  }
  const ring = numberOf(hash, 'minimumRingSize') !== 0
  if (ring) {
    report.warn("consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead")
  }
  if (ring && (has(hash, 'maglev') || has(hash, 'ringHash'))) {
    report.error('only one of MinimumRingSize or Maglev/Ringhash can be specified')
  }
  if (has(hash, 'maglev')) checkMaglev(numberOf(hash, 'maglev', 'tableSize'), report)
}

function checkMaglev(size: number, report: Report): void {
  if (size === 0) report.error('tableSize must be set for maglev')
  if (size >= 5_000_011) report.error('tableSize must be less than 5000011 for maglev')
  if (!isPrime(size)) report.error('tableSize must be a prime number for maglev')
}

/** As Envoy counts: 1 passes, 0 does not. */
function isPrime(value: number): boolean {
  if (value !== 0 && value < 4) return true
  if (value % 2 === 0) return false
  for (let factor = 3; factor <= Math.sqrt(value); factor += 2) if (value % factor === 0) return false
  return true
}

function checkLocality(setting: Json | undefined, hasOutlierDetection: boolean, report: Report): void {
  const [distribute, failover] = [listAt(setting, 'distribute'), listAt(setting, 'failover')]
  if (distribute.length > 0 && failover.length > 0) {
    return report.error("can not simultaneously specify 'distribute' and 'failover'")
  }
  const unfair = distribute.map(distributionProblem).find((each) => each !== undefined)
  if (unfair !== undefined) return report.error(unfair)
  const fails = failover.length > 0 || textsAt(setting, 'failoverPriority').length > 0
  if (fails && !hasOutlierDetection) report.warn('outlier detection policy must be provided for failover')
  for (const each of failover) checkFailover(textOf(each, 'from'), textOf(each, 'to'), report)
}

function distributionProblem(distribution: Json): string | undefined {
  const weights = Object.values(recordAt(distribution, 'to')).filter((weight) => typeof weight === 'number')
  if (weights.some((weight) => weight <= 0 || weight > 100)) return 'locality weight must be in range [1, 100]'
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total === 100 ? undefined : `total locality weight ${total} != 100`
}

function checkFailover(from: string, to: string, report: Report): void {
  if (from === to) report.error('locality lb failover settings must specify different regions')
  if (`${from}${to}`.includes('/')) report.error('locality lb failover only specify region')
  if (`${from}${to}`.includes('*')) report.error("locality lb failover region should not contain '*' wildcard")
}
