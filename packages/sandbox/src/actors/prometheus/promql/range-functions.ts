import type { Reading } from './storage.ts'
import type { Window } from './value.ts'

/** What a function over a range makes of one series; undefined where it says nothing of it. */
type OverRange = (window: Window) => number | undefined

/** As promql/functions.go of Prometheus 2.42 has them. */
export const rangeFunctions: Readonly<Record<string, OverRange>> = {
  rate: (window) => extrapolated(window, { counter: true, perSecond: true }),
  increase: (window) => extrapolated(window, { counter: true, perSecond: false }),
  delta: (window) => extrapolated(window, { counter: false, perSecond: false }),
  irate: ({ readings }) => lastTwo(readings(), true),
  idelta: ({ readings }) => lastTwo(readings(), false),
  changes: ofReadings((readings) => pairs(readings).filter(([one, other]) => !isSame(one, other)).length),
  resets: ofReadings((readings) => pairs(readings).filter(([one, other]) => other < one).length),
  avg_over_time: ofReadings((readings) => sum(readings) / readings.length),
  sum_over_time: ofReadings(sum),
  count_over_time: ofReadings((readings) => readings.length),
  last_over_time: ({ growth }) => growth()?.last.v,
  present_over_time: ofReadings(() => 1),
  max_over_time: ofReadings((readings) => extreme(readings, (one, other) => one > other)),
  min_over_time: ofReadings((readings) => extreme(readings, (one, other) => one < other)),
}

/** Functions whose series keep their name: they give a value that was scraped. */
export const keepsName = (name: string): boolean => name === 'last_over_time'

function ofReadings(of: (readings: readonly Reading[]) => number): OverRange {
  return ({ readings }) => {
    const found = readings()
    return found.length === 0 ? undefined : of(found)
  }
}

function sum(readings: readonly Reading[]): number {
  return readings.reduce((total, { v }) => total + v, 0)
}

const isSame = (one: number, other: number): boolean => one === other || (Number.isNaN(one) && Number.isNaN(other))

function pairs(readings: readonly Reading[]): [number, number][] {
  return readings.slice(1).map(({ v }, index) => [readings[index]?.v ?? v, v])
}

/** NaN only where there is nothing else. */
function extreme(readings: readonly Reading[], beats: (one: number, other: number) => boolean): number {
  return readings.reduce((best, { v }) => (Number.isNaN(best) || beats(v, best) ? v : best), Number.NaN)
}

function lastTwo(readings: readonly Reading[], counter: boolean): number | undefined {
  const [before, last] = readings.slice(-2)
  if (before === undefined || last === undefined || last.t === before.t) return undefined
  const grown = counter && last.v < before.v ? last.v : last.v - before.v
  return counter ? (grown * 1_000) / (last.t - before.t) : grown
}

/** How far the ends of the range may be from a reading, in mean distances of readings, to be reached from it. */
const reach = 1.1

type Extrapolation = { counter: boolean; perSecond: boolean }

/** What the series would have grown over the whole range, as far as its ends are near enough to be told. */
function extrapolated({ growth, from, to }: Window, { counter, perSecond }: Extrapolation): number | undefined {
  const grown = growth()
  if (grown === undefined || grown.count < 2) return undefined
  const { first, last, count, lost } = grown
  const by = last.v - first.v + (counter ? lost : 0)
  const sampled = (last.t - first.t) / 1_000
  const mean = sampled / (count - 1)
  const untilFirst = (first.t - from) / 1_000
  // A counter did not begin below zero.
  const sinceZero = counter && by > 0 && first.v >= 0 ? sampled * (first.v / by) : Infinity
  const reached = (distance: number): number => (distance < mean * reach ? distance : mean / 2)
  const whole = sampled + reached(Math.min(untilFirst, sinceZero)) + reached((to - last.t) / 1_000)
  return (by * (whole / sampled)) / (perSecond ? (to - from) / 1_000 : 1)
}
