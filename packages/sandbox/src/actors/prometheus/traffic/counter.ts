import type { Labels } from '../promql/labels.ts'
import { type Growth, growthOf, type Reading, type Sample, type Series } from '../promql/storage.ts'

/** Milliseconds between two scrapes. */
export const scrapeMs = 15_000

/** When something is scraped: each `scrapeMs`, the same part of it late each time, while it runs. */
export type Scraped = { began: number; ended: number | undefined; lateMs: number }

/** The number of the first scrape that is not before a time. */
const scrapeFrom = (at: number, lateMs: number): number => Math.ceil((at - lateMs) / scrapeMs)
const scrapeUntil = (at: number, lateMs: number): number => Math.floor((at - lateMs) / scrapeMs)

/** A series that is scraped of something whose value is a function of time. One that rises is never below what it was. */
export function scrapedSeries(labels: Labels, { began, ended, lateMs }: Scraped, value: Value): Series {
  const first = scrapeFrom(began, lateMs)
  const last = ended === undefined ? Infinity : scrapeUntil(ended, lateMs)
  const reading = (index: number): Reading => {
    const t = index * scrapeMs + lateMs
    return { t, v: value.at(t) }
  }
  const between = (from: number, to: number): [number, number] => [
    Math.max(first, scrapeFrom(from, lateMs)),
    Math.min(last, scrapeUntil(to, lateMs)),
  ]
  const readings = (from: number, to: number): Reading[] => {
    const [low, high] = between(from, to)
    return Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => reading(low + index))
  }
  const lastOf = (from: number, to: number): Sample | undefined => {
    const [low, high] = between(from, to)
    // The scrape after its end finds nothing, and says so.
    if (scrapeUntil(to, lateMs) > last) return { t: (last + 1) * scrapeMs + lateMs, v: undefined }
    return high < low ? undefined : reading(high)
  }
  const growth = (from: number, to: number): Growth | undefined => {
    const [low, high] = between(from, to)
    return high < low ? undefined : { first: reading(low), last: reading(high), count: high - low + 1, lost: 0 }
  }
  return { labels, readings, last: lastOf, growth: value.rises ? growth : (from, to) => growthOf(readings(from, to)) }
}

export type Value = { at: (t: number) => number; rises: boolean }
