import type { MetricsSource } from '@orbweaver/contracts/metrics'
import { isSlow } from './use-load.ts'

/** Why there is nothing to show, as a key of this folder's text: what somebody can do about it goes first. */
export function whyEmpty(
  sources: readonly MetricsSource[],
): 'series' | 'partly' | 'asked' | 'silent' | 'none' | 'hidden' {
  const has = (...states: MetricsSource['state'][]) => sources.some(({ state }) => states.includes(state))
  if (has('answered', 'partial')) return has('partial', 'silent') ? 'partly' : 'series'
  if (sources.some(isSlow)) return 'asked'
  if (has('silent')) return 'silent'
  return has('none') || sources.length === 0 ? 'none' : 'hidden'
}
