import type { Aggregate } from './expression.ts'
import { keeping, keyOf, type Labels, metricName, without } from './labels.ts'
import { inOrder, type Valued } from './value.ts'

type Group = { labels: Labels; members: Valued[] }
type OfGroup = (values: number[], parameter: number) => number

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length
/** Welford's: of one value it is zero, whatever the value. */
const variance = ([first = 0, ...more]: readonly number[]): number => {
  let [middle, squares] = [first, 0]
  for (const [index, each] of more.entries()) {
    const apart = each - middle
    middle += apart / (index + 2)
    squares += apart * (each - middle)
  }
  return squares / (more.length + 1)
}

/** NaN only where there is nothing else. */
const best = (values: readonly number[], beats: (one: number, other: number) => boolean): number =>
  values.reduce((found, each) => (Number.isNaN(found) || beats(each, found) ? each : found), Number.NaN)

const reductions: Readonly<Record<string, OfGroup>> = {
  sum,
  avg: mean,
  min: (values) => best(values, (one, other) => one < other),
  max: (values) => best(values, (one, other) => one > other),
  count: (values) => values.length,
  group: () => 1,
  stddev: (values) => Math.sqrt(variance(values)),
  stdvar: variance,
  quantile: (values, share) => quantile(share, values),
}

/** An aggregation, as promql/engine.go works it out. */
export function aggregation({
  operator,
  labels,
  without: leaves,
}: Aggregate): (values: Valued[], parameter: number) => Valued[] {
  const groupOf = leaves ? without([...labels, metricName]) : keeping(labels)
  const reduce = reductions[operator]
  return (values, parameter) => {
    const groups = grouped(values, groupOf)
    if (reduce === undefined) return groups.flatMap(({ members }) => ranked(operator, members, parameter))
    return groups.map(({ labels: common, members }) => ({
      labels: common,
      v: reduce(
        members.map(({ v }) => v),
        parameter,
      ),
    }))
  }
}

function grouped(values: readonly Valued[], groupOf: (labels: Labels) => Labels): Group[] {
  const groups = new Map<string, Group>()
  for (const each of values) {
    const labels = groupOf(each.labels)
    const key = keyOf(labels)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { labels, members: [each] })
    else group.members.push(each)
  }
  return [...groups.values()]
}

/** `topk` and `bottomk`: the series as they are; NaN comes last. */
function ranked(operator: string, members: readonly Valued[], count: number): Valued[] {
  const sign = operator === 'topk' ? -1 : 1
  const rank = (v: number): number => (Number.isNaN(v) ? Infinity : sign * v)
  const most = Number.isNaN(count) ? 0 : Math.max(0, Math.trunc(count))
  return members.toSorted((one, other) => inOrder(rank(one.v), rank(other.v))).slice(0, most)
}

function quantile(share: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(share)) return Number.NaN
  if (share < 0) return Number.NEGATIVE_INFINITY
  if (share > 1) return Infinity
  const sorted = values.toSorted(inOrder)
  const rank = share * (sorted.length - 1)
  const [lower, upper] = [Math.floor(rank), Math.min(sorted.length - 1, Math.floor(rank) + 1)]
  const weight = rank - Math.floor(rank)
  return (sorted[lower] ?? 0) * (1 - weight) + (sorted[upper] ?? 0) * weight
}
