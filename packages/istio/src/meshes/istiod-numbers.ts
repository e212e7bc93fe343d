import type { ConflictKey, IstiodNumbers, Quantile, TroubleKey } from '@orbweaver/contracts/control-plane-numbers'
import { conflictKeys, troubleKeys } from '@orbweaver/contracts/control-plane-numbers'
import { readPrometheusText, type Sample } from '../metrics/prometheus-text.ts'

/** Observations by upper bound (s), smallest first, each with those of the smaller ones; the last bound is infinite. */
type Histogram = ReadonlyMap<number, number>

/** What one istiod said at one time: counters since it started, and what is so now. */
export type IstiodReading = {
  /** Both in seconds since 1970. */
  at: number
  startedAt: number | undefined
  cpuSeconds: number | undefined
  memoryBytes: number | undefined
  goroutines: number | undefined
  services: number | undefined
  proxies: ReadonlyMap<string, number>
  pushes: number
  convergence: Histogram
  troubles: ReadonlyMap<TroubleKey, number>
  conflicts: ReadonlyMap<ConflictKey, number>
}

type Picks = (sample: Sample) => boolean
const named =
  (name: string): Picks =>
  (sample) =>
    sample.name === name

/** `pilot_xds_pushes` counts what was sent, by `cds`, and what could not be, by `cds_senderr`. */
const isSendError: Picks = ({ name, labels }) =>
  name === 'pilot_xds_pushes' && labels.type?.endsWith('_senderr') === true
const isPush: Picks = (sample) => sample.name === 'pilot_xds_pushes' && !isSendError(sample)

/** Source: Istio pilot/pkg/xds/monitoring.go, pilot/pkg/model/gateway.go, pkg/webhooks/validation, pkg/kube/inject, 1.30. */
const troubles: Readonly<Record<TroubleKey, Picks>> = {
  'proxy-rejects': named('pilot_total_xds_rejects'),
  'send-errors': isSendError,
  'internal-errors': named('pilot_total_xds_internal_errors'),
  'write-timeouts': named('pilot_xds_write_timeout'),
  'gateway-rejects': named('pilot_total_rejected_configs'),
  'validation-refusals': named('galley_validation_failed'),
  'injection-failures': named('sidecar_injection_failure_total'),
}

/** Source: Istio pilot/pkg/model/push_context.go metrics, 1.30. */
const conflicts: Readonly<Record<ConflictKey, Picks>> = {
  'inbound-listener': named('pilot_conflict_inbound_listener'),
  'outbound-listener': ({ name }) => name.startsWith('pilot_conflict_outbound_listener_'),
  'duplicate-clusters': named('pilot_duplicate_envoy_clusters'),
  'duplicate-domains': named('pilot_vservice_dup_domain'),
  'duplicate-subsets': named('pilot_destrule_subsets'),
}

const wanted =
  /^(?:pilot_(?:xds|xds_pushes|services|total_.*|xds_write_timeout|proxy_convergence_time_bucket|conflict_.*|duplicate_envoy_clusters|vservice_dup_domain|destrule_subsets)|galley_validation_failed|sidecar_injection_failure_total|process_(?:start_time_seconds|cpu_seconds_total|resident_memory_bytes)|go_goroutines)$/

/** Reads what `/metrics` of an istiod says at a time (s since 1970); undefined where that is something else. */
export function readIstiod(text: string, at: number): IstiodReading | undefined {
  const samples = readPrometheusText(text, (name) => wanted.test(name))
  if (samples === undefined || samples.length === 0) return undefined
  const sum = (picks: Picks) => samples.filter(picks).reduce((total, { value }) => total + value, 0)
  const only = (name: string) => samples.find(named(name))?.value
  const proxies = samples.filter(named('pilot_xds')).map(({ labels, value }) => [labels.version ?? '', value] as const)
  return {
    at,
    startedAt: only('process_start_time_seconds'),
    cpuSeconds: only('process_cpu_seconds_total'),
    memoryBytes: only('process_resident_memory_bytes'),
    goroutines: only('go_goroutines'),
    services: only('pilot_services'),
    proxies: new Map(proxies.filter(([, count]) => count > 0)),
    pushes: sum(isPush),
    convergence: histogramOf(samples.filter(named('pilot_proxy_convergence_time_bucket'))),
    troubles: new Map(troubleKeys.map((key) => [key, sum(troubles[key])])),
    conflicts: new Map(conflictKeys.map((key) => [key, sum(conflicts[key])])),
  }
}

function histogramOf(samples: readonly Sample[]): Histogram {
  const buckets = new Map<number, number>()
  for (const { labels, value } of samples) {
    const bound = labels.le === '+Inf' ? Infinity : Number(labels.le)
    buckets.set(bound, (buckets.get(bound) ?? 0) + value)
  }
  return new Map([...buckets].toSorted(([one], [other]) => one - other))
}

/** What happened between two readings of one istiod; `from` (s since 1970) is when that began. */
export type IstiodSpan = { now: IstiodReading; from: number | undefined; sinceStart: boolean } & Counted
type Counted = Pick<IstiodReading, 'pushes' | 'convergence' | 'troubles' | 'cpuSeconds'>

/** Since the earlier reading, or since the process started where there is none of the same process. */
export function spanOf(earlier: IstiodReading | undefined, now: IstiodReading): IstiodSpan {
  const { pushes, convergence, troubles, cpuSeconds } = now
  if (earlier === undefined || !isSameProcess(earlier, now)) {
    return { now, from: now.startedAt, sinceStart: true, pushes, convergence, troubles, cpuSeconds }
  }
  const used =
    cpuSeconds === undefined || earlier.cpuSeconds === undefined ? undefined : cpuSeconds - earlier.cpuSeconds
  return {
    now,
    from: earlier.at,
    sinceStart: false,
    pushes: pushes - earlier.pushes,
    convergence: since(convergence, earlier.convergence),
    troubles: since(troubles, earlier.troubles),
    cpuSeconds: used,
  }
}

/** Counters of a process never go back. */
function isSameProcess(earlier: IstiodReading, now: IstiodReading): boolean {
  if (earlier.startedAt !== now.startedAt || earlier.pushes > now.pushes) return false
  return [...earlier.convergence].every(([bound, count]) => count <= (now.convergence.get(bound) ?? 0))
}

function since<Key>(now: ReadonlyMap<Key, number>, earlier: ReadonlyMap<Key, number>): Map<Key, number> {
  return new Map([...now].map(([key, count]) => [key, count - (earlier.get(key) ?? 0)]))
}

/** Cores, on average. */
export function coresOf({ now, from, cpuSeconds }: IstiodSpan): number | undefined {
  if (from === undefined || cpuSeconds === undefined || now.at <= from) return undefined
  return cpuSeconds / (now.at - from)
}

/**
 * What replicas say together; undefined of none. Each has its own proxies and pushes, and all of them read the same rules:
 * the former are added, of the latter the most that one of them found counts.
 */
export function numbersOf(spans: readonly IstiodSpan[]): IstiodNumbers | undefined {
  if (spans.length === 0) return undefined
  const begun = spans.flatMap(({ from }) => (from === undefined ? [] : [from]))
  const services = spans.flatMap(({ now }) => (now.services === undefined ? [] : [now.services]))
  const proxies = [
    ...merged(
      spans.map(({ now }) => now.proxies),
      plus,
    ),
  ].map(([version, count]) => ({ version, count }))
  const convergence = quantilesOf(
    merged(
      spans.map((each) => each.convergence),
      plus,
    ),
  )
  return {
    since: {
      ...(begun.length > 0 && { at: new Date(Math.min(...begun) * 1_000).toISOString() }),
      start: spans.some(({ sinceStart }) => sinceStart),
    },
    proxies: proxies.toSorted(
      (one, other) => other.count - one.count || one.version.localeCompare(other.version, 'en'),
    ),
    ...(services.length > 0 && { services: Math.max(...services) }),
    pushes: spans.reduce((sum, { pushes }) => sum + pushes, 0),
    ...(convergence !== undefined && { convergence }),
    troubles: troublesOf(spans),
    conflicts: aboveZero(
      merged(
        spans.map(({ now }) => now.conflicts),
        Math.max,
      ),
    ),
  }
}

function troublesOf(spans: readonly IstiodSpan[]): IstiodNumbers['troubles'] {
  const counts = merged(
    spans.map((each) => each.troubles),
    plus,
  )
  const totals = merged(
    spans.map(({ now }) => now.troubles),
    plus,
  )
  return aboveZero(totals).map(({ key, count: total }) => ({ key, count: counts.get(key) ?? 0, total }))
}

const plus = (one: number, other: number): number => one + other

function merged<Key>(maps: readonly ReadonlyMap<Key, number>[], join: typeof plus): Map<Key, number> {
  const all = new Map<Key, number>()
  for (const [key, value] of maps.flatMap((each) => [...each])) {
    const known = all.get(key)
    all.set(key, known === undefined ? value : join(known, value))
  }
  return all
}

function aboveZero<Key>(counts: ReadonlyMap<Key, number>): { key: Key; count: number }[] {
  return [...counts].filter(([, count]) => count > 0).map(([key, count]) => ({ key, count }))
}

function quantilesOf(buckets: Histogram): IstiodNumbers['convergence'] {
  const [p50, p99] = [quantile(buckets, 0.5), quantile(buckets, 0.99)]
  return p50 === undefined || p99 === undefined ? undefined : { p50, p99 }
}

/** As Prometheus's histogram_quantile: evenly spread inside a bucket. Undefined where nothing was observed. */
function quantile(buckets: Histogram, share: number): Quantile | undefined {
  const rank = share * (buckets.get(Infinity) ?? 0)
  let [below, lower] = [0, 0]
  for (const [bound, count] of buckets) {
    if (rank === 0) return undefined
    if (count >= rank) {
      if (bound === Infinity) return { seconds: lower, over: true }
      return { seconds: lower + (bound - lower) * ((rank - below) / (count - below)), over: false }
    }
    ;[below, lower] = [count, bound]
  }
  return undefined
}
