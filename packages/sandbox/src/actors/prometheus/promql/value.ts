import { keyOf, type Labels } from './labels.ts'
import { execution } from './query-error.ts'
import type { Growth, Reading } from './storage.ts'

/** One value of an instant vector; `t` is when it was scraped, for a value that was. */
export type Valued = { labels: Labels; v: number; t?: number }

/** A series within a range, which is between two times in milliseconds. */
export type Window = {
  labels: Labels
  from: number
  to: number
  readings: () => readonly Reading[]
  growth: () => Growth | undefined
}

/** What an expression is worth at a time in milliseconds. */
export type Scalar = (at: number) => number
export type Vector = (at: number) => Valued[]
export type Matrix = (at: number) => Window[]

/** The same vector. Throws where two of its values have the same labels. */
export function distinct(values: Valued[]): Valued[] {
  const seen = new Set(values.map(({ labels }) => keyOf(labels)))
  if (seen.size === values.length) return values
  throw sameLabels()
}

/** A change of labels that throws where two series become one, at whatever times they are. */
export function distinctly(change: (labels: Labels) => Labels): (labels: Labels) => Labels {
  const from = new Map<string, string>()
  return (labels) => {
    const changed = change(labels)
    const [before, after] = [keyOf(labels), keyOf(changed)]
    if ((from.get(after) ?? before) !== before) throw sameLabels()
    from.set(after, before)
    return changed
  }
}

const sameLabels = (): Error => execution('vector cannot contain metrics with the same labelset')

/** Rising; what is no number goes first. */
export function inOrder(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(other)) - Number(Number.isNaN(one))
  return one < other ? -1 : Number(one > other)
}
