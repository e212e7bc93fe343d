import { at, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { durationProblem } from './durations.ts'
import { localityProblem } from './localities.ts'
import { forEach, type Report } from './report.ts'
import { checkTexts, has, numberOf, textOf, textsAt } from './shared-fields.ts'

/** validateLoadBalancer of pkg/config/validation/validation.go; without outlier detection failover only warns. */
export function checkLoadBalancer(settings: Json | undefined, hasOutlierDetection: boolean, report: Report): void {
  if (settings === undefined || settings === null) return
  checkConsistentHash(at(settings, 'consistentHash'), report.at('consistentHash'))
  if (has(settings, 'localityLbSetting') && has(settings, 'zoneAwareLbSetting')) {
    report.error('only one of localityLbSetting and zoneAwareLbSetting can be set')
  }
  checkLocality(at(settings, 'localityLbSetting'), hasOutlierDetection, report.at('localityLbSetting'))
  checkZoneAware(at(settings, 'zoneAwareLbSetting'), hasOutlierDetection, report.at('zoneAwareLbSetting'))
  if (has(settings, 'warmup')) checkWarmup(at(settings, 'warmup'), report.at('warmup'))
}

function checkWarmup(warmup: Json | undefined, report: Report): void {
  const duration = textAt(warmup, 'duration')
  report.at('duration').error(duration === undefined ? 'duration is required' : durationProblem(duration))
  if (numberOf(warmup, 'minimumPercent') > 100) {
    report.at('minimumPercent').error('minimumPercent value should be less than or equal to 100')
  }
  if (has(warmup, 'aggression') && numberOf(warmup, 'aggression') <= 0) {
    report.at('aggression').error('aggression should be greater than 0')
  }
}

function checkConsistentHash(hash: Json | undefined, report: Report): void {
  if (has(hash, 'httpCookie')) checkCookie(at(hash, 'httpCookie'), report.at('httpCookie'))
  const ring = numberOf(hash, 'minimumRingSize') !== 0
  if (ring) {
    report
      .at('minimumRingSize')
      .warn("consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead")
  }
  if (ring && (has(hash, 'maglev') || has(hash, 'ringHash'))) {
    report.at('minimumRingSize').error('only one of MinimumRingSize or Maglev/Ringhash can be specified')
  }
  if (has(hash, 'maglev')) checkMaglev(numberOf(hash, 'maglev', 'tableSize'), report.at('maglev', 'tableSize'))
}

function checkCookie(cookie: Json | undefined, report: Report): void {
  if (textOf(cookie, 'name') === '') report.error('name required for HttpCookie')
  const seen = new Set<string>()
  forEach(listAt(cookie, 'attributes'), report.at('attributes'), (attribute, place) => {
    const name = textOf(attribute, 'name')
    if (name === '') place.error('cookie attribute name cannot be empty')
    else if (seen.has(name)) place.at('name').error(`duplicate cookie attribute name: ${name}`)
    seen.add(name)
  })
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

const TOPOLOGY = new Set(['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'])

/** ValidateLocalityLbSetting of pkg/config/validation/agent/validation.go. */
function checkLocality(setting: Json | undefined, hasOutlierDetection: boolean, report: Report): void {
  const [distribute, failover] = [listAt(setting, 'distribute'), listAt(setting, 'failover')]
  if (distribute.length > 0 && failover.length > 0) {
    return report.error("can not simultaneously specify 'distribute' and 'failover'")
  }
  const topology = textsAt(setting, 'failoverPriority').find((label) => TOPOLOGY.has(label))
  if (failover.length > 0 && topology !== undefined) {
    return report.error(`can not simultaneously set 'failover' and topology label '${topology}' in 'failover_priority'`)
  }
  for (const [index, each] of distribute.entries()) {
    const place = report.at('distribute', index, 'to')
    const unfair = distributionProblem(each)
    if (unfair !== undefined) return place.error(unfair)
    place.error(localityProblem(Object.keys(recordAt(each, 'to'))))
  }
  report.at('distribute').error(localityProblem(distribute.map((each) => textOf(each, 'from'))))
  checkFailover(setting, { kind: 'locality', hasOutlierDetection }, report)
}

/** ValidateZoneAwareLbSetting of the same file. */
function checkZoneAware(setting: Json | undefined, hasOutlierDetection: boolean, report: Report): void {
  checkTexts(listAt(setting, 'failoverPriority'), report.at('failoverPriority'), (label) =>
    TOPOLOGY.has(label)
      ? `'failover_priority' for zone aware lb must not use topology label '${label}'; region- and zone-level routing are handled automatically`
      : undefined,
  )
  checkFailover(setting, { kind: 'zone aware', hasOutlierDetection }, report)
}

function distributionProblem(distribution: Json): string | undefined {
  const weights = Object.values(recordAt(distribution, 'to')).filter((weight) => typeof weight === 'number')
  if (weights.some((weight) => weight <= 0 || weight > 100)) return 'locality weight must be in range [1, 100]'
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total === 100 ? undefined : `total locality weight ${total} != 100`
}

const REGION_ONLY = {
  locality: 'locality lb failover only specify region',
  'zone aware': 'zone aware lb failover only specifies region; zone and subzone failover are handled automatically',
}

type Failover = { kind: keyof typeof REGION_ONLY; hasOutlierDetection: boolean }

function checkFailover(setting: Json | undefined, { kind, hasOutlierDetection }: Failover, report: Report): void {
  const failover = listAt(setting, 'failover')
  if (failover.length + listAt(setting, 'failoverPriority').length > 0 && !hasOutlierDetection) {
    report.warn('outlier detection policy must be provided for failover')
  }
  forEach(failover, report.at('failover'), (each, place) => {
    const [from, to] = [textOf(each, 'from'), textOf(each, 'to')]
    if (from === to) place.error(`${kind} lb failover settings must specify different regions`)
    if (`${from}${to}`.includes('/')) place.error(REGION_ONLY[kind])
    if (`${from}${to}`.includes('*')) place.error(`${kind} lb failover region should not contain '*' wildcard`)
  })
}
