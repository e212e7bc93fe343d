import type { Labels } from './labels.ts'
import type { Matcher } from './matcher.ts'

/** At a time in milliseconds; no value is the mark that the series has ended, which hides what was before. */
export type Sample = { t: number; v: number | undefined }

/** A sample that has a value. */
export type Reading = { t: number; v: number }

/** What a rate needs to know of the readings of a time. */
export type Growth = {
  first: Reading
  last: Reading
  count: number
  /** What the counter had when it began again at zero, each time added up. */
  lost: number
}

/** A series. All times are in milliseconds, and both ends belong to a time. */
export type Series = {
  labels: Labels
  /** Oldest first. */
  readings: (from: number, to: number) => readonly Reading[]
  /** The newest of them. */
  last: (from: number, to: number) => Sample | undefined
  /** The same as growthOf its readings. */
  growth: (from: number, to: number) => Growth | undefined
}

/** Where series are. */
export type Storage = {
  /** Those that fit all matchers and have readings between these times, or may have. */
  select: (matchers: readonly Matcher[], from: number, to: number) => Series[]
}

/** Undefined where there is nothing. */
export function growthOf(readings: readonly Reading[]): Growth | undefined {
  const [first, last] = [readings[0], readings.at(-1)]
  if (first === undefined || last === undefined) return undefined
  let lost = 0
  let before = first.v
  for (const { v } of readings) {
    if (v < before) lost += before
    before = v
  }
  return { first, last, count: readings.length, lost }
}
