import { createRandom, type Random } from '../../agreement/random.ts'

export type Stored = { labels: Readonly<Record<string, string>>; readings: readonly { t: number; v: number }[] }

/** Milliseconds, within one block of two hours. */
export const firstScrape = 1_700_006_400_000
export const lastScrape = firstScrape + 3_000_000
const scrapeMs = 15_000

/** Counters that begin again, scrapes that are missing, series that begin late and end early, gauges, histograms. */
export function samples(seed: number): Stored[] {
  const random = createRandom(seed)
  const counters = combine({ app: ['web', 'cart', 'db'], code: ['200', '404', '503'], pod: ['a', 'b'] })
  const gauges = combine({ app: ['web', 'cart', 'db'], pod: ['a', 'b'] })
  return [
    ...counters.map((labels) => series(random, { __name__: 'requests_total', ...labels }, counter(random))),
    ...gauges.map((labels) => series(random, { __name__: 'memory_bytes', ...labels }, gauge(random))),
    ...['web', 'cart', 'db'].map((app) => series(random, { __name__: 'limit', app }, () => 50)),
    ...['web', 'cart'].flatMap((app) => histogram(random, app)),
  ]
}

function combine(values: Readonly<Record<string, readonly string[]>>): Record<string, string>[] {
  return Object.entries(values).reduce<Record<string, string>[]>(
    (all, [label, each]) => all.flatMap((labels) => each.map((value) => ({ ...labels, [label]: value }))),
    [{}],
  )
}

function counter(random: Random): () => number {
  let value = random.below(1_000)
  const most = 1 + random.below(60)
  return () => {
    value = random.chance(0.02) ? random.below(3) : value + random.below(most)
    return value
  }
}

function gauge(random: Random): () => number {
  return () => 10 + random.below(1_000_000) / 9_973
}

function series(random: Random, labels: Stored['labels'], next: () => number): Stored {
  const late = random.below(scrapeMs)
  const begins = random.chance(0.2) ? firstScrape + random.below(1_500_000) : firstScrape
  const ends = random.chance(0.2) ? lastScrape - random.below(1_500_000) : lastScrape
  const readings: { t: number; v: number }[] = []
  for (let t = firstScrape + late; t < lastScrape; t += scrapeMs) {
    const v = next()
    if (t >= begins && t <= ends && !random.chance(0.04)) readings.push({ t, v })
  }
  return { labels, readings }
}

const bounds = ['1', '5', '10', '25', '50', '100', '+Inf']

function histogram(random: Random, app: string): Stored[] {
  const shares = bounds.map(() => random.below(40))
  const totals = bounds.map(() => 0)
  const rows: number[][] = []
  for (let t = firstScrape; t < lastScrape; t += scrapeMs) {
    for (const [index, share] of shares.entries()) totals[index] = (totals[index] ?? 0) + random.below(share + 1)
    rows.push([...totals])
  }
  const late = random.below(scrapeMs)
  return bounds.map((le, index) => ({
    labels: { __name__: 'latency_bucket', app, le },
    readings: rows.map((row, scrape) => ({
      t: firstScrape + late + scrape * scrapeMs,
      v: row.slice(0, index + 1).reduce((sum, each) => sum + each, 0),
    })),
  }))
}

/** As `promtool` takes them: a metric's lines stand together. */
export function openMetrics(all: readonly Stored[]): string {
  const lines = all.flatMap(({ labels: { __name__: name = '', ...labels }, readings }) => {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    return readings.map(({ t, v }) => `${name}{${pairs.join(',')}} ${v} ${(t / 1_000).toFixed(3)}`)
  })
  return [...lines, '# EOF', ''].join('\n')
}
