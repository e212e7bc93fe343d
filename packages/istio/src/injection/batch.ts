import { conditionOf, type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '../world/grouped.ts'
import { type KindKey, kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import type { ClusterView } from '../world/view.ts'
import { controllerOf } from './owners.ts'
import { isLive } from './pod-state.ts'

/** What runs to an end, with its Pods of now. Nobody restarts them; what it starts later is made anew. */
export type BatchWorkload = { ref: ObjectRef; object: KubernetesObject; pods: KubernetesObject[] }

/**
 * CronJobs, and Jobs that no CronJob made and that are not over: a CronJob's Jobs are its runs (their controlling
 * ownerReference), a Job that is over starts no Pod any more. Source: Kubernetes batch/v1, JobConditionType.
 */
export function batchWorkloads(view: ClusterView, namespace?: string): BatchWorkload[] {
  const jobs = view.list(kinds.job, namespace)
  const runs = groupedBy(jobs, (each) => makerOf(each, kinds.cronJob))
  const pods = groupedBy(view.list(kinds.pod, namespace).filter(isLive), (each) => makerOf(each, kinds.job))
  const told = (object: KubernetesObject, made: readonly KubernetesObject[]) => ({
    ref: refOf(view.cluster, object),
    object,
    pods: made.flatMap((each) => pods.get(keyOf(each)) ?? []),
  })
  return [
    ...view.list(kinds.cronJob, namespace).map((each) => told(each, runs.get(keyOf(each)) ?? [])),
    ...(runs.get(nobody) ?? []).filter((each) => !isOver(each)).map((each) => told(each, [each])),
  ]
}

export function isBatch({ group }: Pick<ObjectRef, 'group'>): boolean {
  return group === 'batch'
}

function keyOf(object: KubernetesObject): string {
  return `${namespaceOf(object)}/${object.metadata.name}`
}

const nobody = ''

/** Of that kind, by namespace and name. */
function makerOf(object: KubernetesObject, kind: KindKey): string {
  const owner = controllerOf(object)
  return owner?.key === kind ? `${namespaceOf(object)}/${owner.name}` : nobody
}

function isOver(job: KubernetesObject): boolean {
  return ['Complete', 'Failed'].some((type) => conditionOf(job, type)?.status === 'True')
}
