/** A stretch of time that is looked at, in seconds since 1970; its points are `step` apart and lie on whole steps. */
export type Range = { start: number; end: number; step: number }

/**
 * How often Prometheus reads its targets at the least often, in seconds: its own default (prometheus docs, configuration:
 * scrape_interval 1m). Nobody who is not its administrator can ask it.
 */
const scrapeInterval = 60

/** Steps that divide hours and days, in seconds: a range has some 60 to 90 points. */
const steps = [15, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200]
const mostPoints = 90

export function stepOf(seconds: number): number {
  return steps.find((step) => seconds / step <= mostPoints) ?? seconds / mostPoints
}

/** The range that ends now, moved back to whole steps: who asks in the same step asks the same. */
export function rangeUntil(now: number, { seconds, step }: { seconds: number; step: number }): Range {
  const end = Math.floor(now / step) * step
  return { start: end - seconds, end, step }
}

/**
 * Seconds over which a rate of a range is taken: four scrapes, so that one that failed leaves no gap, and no less than a
 * step and a scrape, so that nothing between two points is lost (Grafana, $__rate_interval).
 */
export function rateWindow(step: number): number {
  return Math.max(4 * scrapeInterval, step + scrapeInterval)
}

export function pointsOf({ start, end, step }: Range): number {
  return Math.round((end - start) / step) + 1
}
