import { keyOf, type Labels, metricName, without } from './labels.ts'
import type { Valued } from './value.ts'

type Bucket = { upper: number; count: number }

/** `histogram_quantile` over classic buckets (promql/quantile.go bucketQuantile). */
export function quantilesOf(): (share: number, values: readonly Valued[]) => Valued[] {
  const others = without(['le', metricName])
  return (share, values) => {
    const groups = new Map<string, { labels: Labels; buckets: Bucket[] }>()
    for (const { labels, v } of values) {
      const upper = upperOf(labels.le)
      if (upper === undefined) continue
      const rest = others(labels)
      const key = keyOf(rest)
      const group = groups.get(key) ?? { labels: rest, buckets: [] }
      group.buckets.push({ upper, count: v })
      groups.set(key, group)
    }
    return [...groups.values()].map(({ labels, buckets }) => ({ labels, v: quantileOf(share, buckets) }))
  }
}

function upperOf(le: string | undefined): number | undefined {
  if (le === undefined || le.trim() === '') return undefined
  if (/^\+?Inf$/i.test(le)) return Infinity
  const value = Number(le)
  return Number.isNaN(value) ? undefined : value
}

function quantileOf(share: number, unsorted: readonly Bucket[]): number {
  if (Number.isNaN(share)) return Number.NaN
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Infinity
  const buckets = rising(unsorted)
  const [last, beforeLast] = [buckets.at(-1), buckets.at(-2)]
  if (last?.upper !== Infinity || beforeLast === undefined || last.count === 0) return Number.NaN
  const rank = share * last.count
  const found = buckets.slice(0, -1).findIndex(({ count }) => count >= rank)
  const bucket = buckets[found]
  if (bucket === undefined) return beforeLast.upper
  const below = buckets[found - 1]
  if (below === undefined) return bucket.upper <= 0 ? bucket.upper : bucket.upper * (rank / bucket.count)
  return below.upper + (bucket.upper - below.upper) * ((rank - below.count) / (bucket.count - below.count))
}

/** By their bounds, those of one bound added up, none with less than the one below it. */
function rising(unsorted: readonly Bucket[]): Bucket[] {
  const sums = new Map<number, number>()
  for (const { upper, count } of unsorted) sums.set(upper, (sums.get(upper) ?? 0) + count)
  let most = Number.NEGATIVE_INFINITY
  return [...sums]
    .toSorted(([one], [other]) => one - other)
    .map(([upper, count]) => {
      if (count > most) most = count
      return { upper, count: most }
    })
}
