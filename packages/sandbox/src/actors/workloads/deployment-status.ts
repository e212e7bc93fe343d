import { type JsonRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type Sets = { current: KubernetesObject; old: KubernetesObject[] }

const count = (set: KubernetesObject, field: string): number => numberAt(set, 'status', field) ?? 0

/** Status of a Deployment as kube-controller-manager computes it from its ReplicaSets. */
export function deploymentStatus(
  deployment: KubernetesObject,
  sets: Sets,
  limits: { maxUnavailable: number; now: string },
): JsonRecord {
  const all = [sets.current, ...sets.old]
  const total = (field: string): number => all.reduce((sum, set) => sum + count(set, field), 0)
  const wanted = numberAt(deployment, 'spec', 'replicas') ?? 1
  const numbers = {
    replicas: total('replicas'),
    updatedReplicas: count(sets.current, 'replicas'),
    readyReplicas: total('readyReplicas'),
    availableReplicas: total('availableReplicas'),
  }
  const complete =
    numbers.updatedReplicas === wanted && numbers.replicas === wanted && numbers.availableReplicas >= wanted
  const next = [
    availability(numbers.availableReplicas >= wanted - limits.maxUnavailable),
    progress(sets.current.metadata.name, complete),
    ...failureOf(all),
  ]
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...numbers,
    unavailableReplicas: Math.max(0, wanted - numbers.availableReplicas) || null,
    conditions: next.map((each) => dated(deployment, each, limits.now)),
  }
}

type Condition = { type: string; status: string; reason: string; message: string }

function availability(holds: boolean): Condition {
  return holds
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      }
}

function progress(set: string, complete: boolean): Condition {
  return complete
    ? {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `ReplicaSet "${set}" has successfully progressed.`,
      }
    : {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `ReplicaSet "${set}" is progressing.`,
      }
}

/** A ReplicaSet that cannot create Pods makes its Deployment say so, in the API server's words. */
function failureOf(sets: KubernetesObject[]): Condition[] {
  for (const set of sets) {
    const found = conditionOf(set, 'ReplicaFailure')
    if (found?.status === 'True') {
      return [{ type: 'ReplicaFailure', status: 'True', reason: found.reason, message: found.message }]
    }
  }
  return []
}

function dated(deployment: KubernetesObject, condition: Condition, now: string): JsonRecord {
  const before = recordAt(
    listAt(deployment, 'status', 'conditions').find((each) => textAt(each, 'type') === condition.type),
  )
  const same = before.status === condition.status
  const untouched = same && before.reason === condition.reason && before.message === condition.message
  return {
    ...condition,
    lastUpdateTime: untouched ? before.lastUpdateTime : now,
    lastTransitionTime: same ? before.lastTransitionTime : now,
  }
}
