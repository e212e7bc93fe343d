import { expect, test } from 'vitest'
import { callerTraces, containerTraces, linesOf } from './lines.ts'
import type { Scope } from './scope.ts'

const range = { start: 0, end: 120, step: 60 }
const scope = (more: Partial<Scope> = {}): Scope => ({
  mesh: new Map([
    ['east', 'east'],
    ['west-id', 'west'],
  ]),
  scraped: new Set(['east', 'west']),
  sole: undefined,
  label: undefined,
  ...more,
})
const of = (labels: Record<string, string>, ...values: number[]) => ({
  labels,
  points: values.map((value, index) => [index * 60, value] as const),
})

test('a line is the sum of its namespaces, with a gap where none was measured', () => {
  const series = [of({ namespace: 'a' }, 1, 2, Number.NaN), of({ namespace: 'b' }, 10, Infinity)]
  const traces = containerTraces(series, scope({ sole: 'east' }))
  expect(linesOf(traces, range)).toEqual([{ cluster: 'east', points: [11, 2, null] }])
})

test('points beside the range are left out', () => {
  const early = {
    labels: { namespace: 'a' },
    points: [
      [-60, 5],
      [60, 1],
      [180, 7],
    ] as const,
  }
  expect(linesOf(containerTraces([early], scope({ sole: 'east' })), range)[0]?.points).toEqual([null, 1, null])
})

test('containers of one Prometheus for several are told apart by its label, by either name of a cluster', () => {
  const series = [
    of({ namespace: 'a', cluster: 'east' }, 1),
    of({ namespace: 'a', cluster: 'west-id' }, 2),
    of({ namespace: 'a', cluster: 'west' }, 3),
    of({ namespace: 'a', cluster: 'other' }, 4),
    of({ namespace: 'a' }, 5),
    of({ cluster: 'east' }, 6),
  ]
  const traces = containerTraces(series, scope({ label: 'cluster' }))
  expect(traces.map(({ cluster, points }) => [cluster, points[0]?.[1]])).toEqual([
    ['east', 1],
    ['west', 2],
    ['west', 3],
  ])
  expect(containerTraces(series, scope())).toEqual([])
})

test('what callers passed on is of the cluster of the caller', () => {
  const labels = { reporter: 'source', source_workload_namespace: 'a' }
  const series = [of({ ...labels, source_cluster: 'west-id' }, 1), of({ ...labels, source_cluster: 'other' }, 2)]
  expect(callerTraces(series, scope())).toMatchObject([{ cluster: 'west', namespace: 'a' }])
})
