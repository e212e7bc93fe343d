import type { Line } from '@orbweaver/contracts/metrics'
import type { Series } from './prometheus-answer.ts'
import { type Range, pointsOf } from './range.ts'
import { containerCluster, reportingCluster, said, type Scope } from './scope.ts'

/** What one namespace of a cluster has of something, over time. */
export type Trace = { cluster: string; namespace: string; points: Series['points'] }

/** Of containers, by the labels of cAdvisor. */
export function containerTraces(series: readonly Series[], scope: Scope): Trace[] {
  return traces(series, ({ labels }) => [containerCluster(labels, scope), said(labels, 'namespace')])
}

/** Of what callers' proxies passed on. */
export function callerTraces(series: readonly Series[], scope: Scope): Trace[] {
  return traces(series, ({ labels }) => [reportingCluster(labels, scope), said(labels, 'source_workload_namespace')])
}

function traces(series: readonly Series[], placeOf: (each: Series) => (string | undefined)[]): Trace[] {
  return series.flatMap((each) => {
    const [cluster, namespace] = placeOf(each)
    return cluster === undefined || namespace === undefined ? [] : [{ cluster, namespace, points: each.points }]
  })
}

/** One line a cluster, by name: at each point of the range what its namespaces have together, null where none was measured. */
export function linesOf(all: readonly Trace[], range: Range): Line[] {
  const lines = new Map<string, (number | null)[]>()
  for (const { cluster, points } of all) {
    const line = lines.get(cluster) ?? Array.from({ length: pointsOf(range) }, () => null)
    lines.set(cluster, line)
    for (const [time, value] of points) {
      const index = Math.round((time - range.start) / range.step)
      const before = line[index]
      if (before !== undefined && Number.isFinite(value)) line[index] = (before ?? 0) + value
    }
  }
  return [...lines]
    .map(([cluster, points]) => ({ cluster, points }))
    .toSorted((a, b) => a.cluster.localeCompare(b.cluster, 'en'))
}
