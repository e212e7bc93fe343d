import type { metricsRanges } from '@orbweaver/contracts/metrics'
import type { RawSearch } from '../../app/location.ts'

/** As the contract has them, whose schemas would weigh on the shell (search.test.ts holds both against each other). */
export const ranges = [15, 60, 360, 1_440, 10_080] as const satisfies typeof metricsRanges

export type MetricsMinutes = (typeof ranges)[number]
export type MetricsSearch = { minutes: MetricsMinutes }

/** What is looked at when the address says nothing, as the contract has it. */
export const usualMinutes = 60

export function readMetrics(raw: RawSearch): MetricsSearch {
  return { minutes: ranges.find((each) => String(each) === raw.minutes) ?? usualMinutes }
}
