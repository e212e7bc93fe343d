import { fitsAll } from '../promql/matcher.ts'
import type { Labels } from '../promql/labels.ts'
import { growthOf, type Reading, type Series, type Storage } from '../promql/storage.ts'

/** Series whose readings are written down. */
export function stored(...all: readonly { labels: Labels; readings: readonly Reading[] }[]): Storage {
  const series = all.map(({ labels, readings }): Series => {
    const between = (from: number, to: number) => readings.filter(({ t }) => t >= from && t <= to)
    return {
      labels,
      readings: between,
      last: (from, to) => between(from, to).at(-1),
      growth: (from, to) => growthOf(between(from, to)),
    }
  })
  return { select: (matchers) => series.filter(({ labels }) => fitsAll(matchers, labels)) }
}

/** Values that are 15 s apart from time zero on; null is a scrape that found nothing. */
export function scraped(labels: Labels, values: readonly (number | null)[]): { labels: Labels; readings: Reading[] } {
  const readings = values.flatMap((v, index) => (v === null ? [] : [{ t: index * 15_000, v }]))
  return { labels, readings }
}
