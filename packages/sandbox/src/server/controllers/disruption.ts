import { at, type Json, listAt, recordAt, sameJson, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import { labelsMatch, selectorRequirements } from '../selectors/labels.ts'
import type { Controller } from './controller.ts'

const budgets = 'poddisruptionbudgets.policy'

/** Counts what PodDisruptionBudgets allow. Source: kubernetes pkg/controller/disruption v1.36. */
export function countDisruptions(cluster: Cluster): Controller {
  return (resource, { entry }) => {
    if (resource !== budgets && resource !== 'pods') return
    for (const { object: budget } of cluster.store.list(budgets, entry.object.metadata.namespace)) {
      const status = statusOf(cluster, budget)
      if (sameJson({ ...recordAt(budget, 'status'), ...status }, recordAt(budget, 'status'))) continue
      const after = cloneObject(budget)
      after.status = { ...recordAt(budget, 'status'), ...status }
      cluster.store.put(budgets, after)
    }
  }
}

function statusOf(cluster: Cluster, budget: KubernetesObject): Record<string, number> {
  const requirements = selectorRequirements(at(budget, 'spec', 'selector'))
  const pods = cluster.store
    .list('pods', budget.metadata.namespace)
    .map(({ object }) => object)
    .filter((pod) => labelsMatch(requirements, labelsOf(pod)) && pod.metadata.deletionTimestamp === undefined)
  const currentHealthy = pods.filter(isReady).length
  const desiredHealthy = Math.max(0, desired(budget, pods.length))
  return {
    disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
    currentHealthy,
    desiredHealthy,
    expectedPods: pods.length,
    observedGeneration: budget.metadata.generation ?? 1,
  }
}

/** Percentages are rounded up, so that no Pod too many may go. */
function desired(budget: KubernetesObject, expected: number): number {
  const most = at(budget, 'spec', 'maxUnavailable')
  if (most !== undefined) return expected - amount(most, expected)
  return amount(at(budget, 'spec', 'minAvailable') ?? 1, expected)
}

function amount(value: Json, whole: number): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? Math.ceil((Number.parseInt(value, 10) * whole) / 100) : 0
}

function isReady(pod: KubernetesObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  )
}
