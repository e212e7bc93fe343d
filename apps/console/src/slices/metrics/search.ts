import { metricsRanges } from '@orbweaver/contracts/metrics'
import type { RawSearch } from '../../app/location.ts'

export type MetricsMinutes = (typeof metricsRanges)[number]
export type MetricsSearch = { minutes: MetricsMinutes }

/** What is looked at when the address says nothing, as the contract has it. */
export const usualMinutes = 60

export function readMetrics(raw: RawSearch): MetricsSearch {
  return { minutes: metricsRanges.find((each) => String(each) === raw.minutes) ?? usualMinutes }
}
