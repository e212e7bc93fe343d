import type { ValueType } from './expression.ts'

/** What functions take and give (promql/parser/functions.go). The last `optional` arguments may be left out. */
export type Signature = { takes: readonly ValueType[]; gives: ValueType; optional?: number }

const overTime: Signature = { takes: ['matrix'], gives: 'vector' }
const eachValue: Signature = { takes: ['vector'], gives: 'vector' }
const bounded: Signature = { takes: ['vector', 'scalar'], gives: 'vector' }

export const signatures: Readonly<Record<string, Signature>> = {
  ...named(overTime, [
    'rate',
    'increase',
    'irate',
    'delta',
    'idelta',
    'changes',
    'resets',
    'avg_over_time',
    'min_over_time',
    'max_over_time',
    'sum_over_time',
    'count_over_time',
    'last_over_time',
    'present_over_time',
  ]),
  ...named(eachValue, [
    'abs',
    'ceil',
    'floor',
    'exp',
    'ln',
    'log2',
    'log10',
    'sqrt',
    'sgn',
    'timestamp',
    'absent',
    'sort',
    'sort_desc',
  ]),
  ...named(bounded, ['clamp_min', 'clamp_max']),
  clamp: { takes: ['vector', 'scalar', 'scalar'], gives: 'vector' },
  round: { takes: ['vector', 'scalar'], gives: 'vector', optional: 1 },
  histogram_quantile: { takes: ['scalar', 'vector'], gives: 'vector' },
  label_replace: { takes: ['vector', 'string', 'string', 'string', 'string'], gives: 'vector' },
  scalar: { takes: ['vector'], gives: 'scalar' },
  vector: { takes: ['scalar'], gives: 'vector' },
  time: { takes: [], gives: 'scalar' },
}

function named(signature: Signature, names: readonly string[]): Record<string, Signature> {
  return Object.fromEntries(names.map((name) => [name, signature]))
}

/** Aggregations, and what their parameter is. */
export const aggregations: Readonly<Record<string, ValueType | undefined>> = {
  sum: undefined,
  avg: undefined,
  min: undefined,
  max: undefined,
  count: undefined,
  group: undefined,
  stddev: undefined,
  stdvar: undefined,
  topk: 'scalar',
  bottomk: 'scalar',
  quantile: 'scalar',
}
