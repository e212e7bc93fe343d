import type { Selector } from './expression.ts'
import type { Storage } from './storage.ts'
import type { Matrix, Valued, Vector, Window } from './value.ts'

/** A value is taken for five minutes (`--query.lookback-delta`). */
const lookbackMs = 300_000

/** What a query is asked of: its series, from the first time it looks at to the last. */
export type Scope = { storage: Storage; start: number; end: number }

/** The newest sample of each series that is not too old. */
export function instantVector({ storage, start, end }: Scope, { matchers, offsetMs }: Selector): Vector {
  const series = storage.select(matchers, start - offsetMs - lookbackMs, end - offsetMs)
  return (at) =>
    series.flatMap(({ labels, last }): Valued[] => {
      const found = last(at - offsetMs - lookbackMs, at - offsetMs)
      return found?.v === undefined ? [] : [{ labels, v: found.v, t: found.t }]
    })
}

/** All series, also those with nothing in the range. */
export function rangeVector({ storage, start, end }: Scope, { matchers, offsetMs, rangeMs = 0 }: Selector): Matrix {
  const series = storage.select(matchers, start - offsetMs - rangeMs, end - offsetMs)
  return (at) => {
    const [from, to] = [at - offsetMs - rangeMs, at - offsetMs]
    return series.map(({ labels, readings, growth }): Window => {
      return { labels, from, to, readings: () => readings(from, to), growth: () => growth(from, to) }
    })
  }
}
