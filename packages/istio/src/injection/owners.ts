import { flagAt, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import {
  type KubernetesObject,
  labelsOf,
  type ObjectRef,
  refOf,
  splitApiVersion,
} from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindKey, kindOf, kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Why renewing a workload's Pods is not a matter of patching its template. */
export type RestartRefusal =
  | 'bare-pod'
  | 'job'
  | 'cron-job'
  | 'orphan-replica-set'
  | 'on-delete'
  | 'paused'
  | 'unknown-owner'

export type Owner = {
  ref: ObjectRef
  /** The workload object itself, where it was read. */
  object: KubernetesObject | undefined
  refusal: RestartRefusal | undefined
}

const restartable: readonly KindKey[] = [kinds.deployment, kinds.statefulSet, kinds.daemonSet]

/** The workload that a person would restart to renew this Pod, by its controlling ownerReferences. */
export function ownerOf(view: ClusterView, pod: KubernetesObject): Owner {
  const owner = controllerOf(pod)
  if (owner === undefined) return { ref: refOf(view.cluster, pod), object: pod, refusal: 'bare-pod' }
  const namespace = namespaceOf(pod)
  if (owner.key === kinds.replicaSet) return ownerOfReplicaSet(view, { pod, namespace, name: owner.name })
  return named(view, { ...owner, namespace })
}

/** Whether a restart of this workload would do anything, and if not, why (kubectl rollout restart refuses the same). */
export function refusalOf(workload: KubernetesObject): RestartRefusal | undefined {
  const kind = kindOf(workload)
  if (kind === kinds.pod) return 'bare-pod'
  if (kind === kinds.job) return 'job'
  if (kind === kinds.cronJob) return 'cron-job'
  if (kind === kinds.replicaSet) return 'orphan-replica-set'
  if (!restartable.includes(kind)) return 'unknown-owner'
  if (kind === kinds.deployment) return flagAt(workload, 'spec', 'paused') === true ? 'paused' : undefined
  return textAt(workload, 'spec', 'updateStrategy', 'type') === 'OnDelete' ? 'on-delete' : undefined
}

type Controller = { key: KindKey; apiVersion: string; kind: string; name: string }

/** What made an object and answers for it: its controlling ownerReference. */
export function controllerOf(object: KubernetesObject): Controller | undefined {
  const owner = listAt(object, 'metadata', 'ownerReferences').find((each) => flagAt(each, 'controller') === true)
  return readController(owner)
}

function readController(owner: Json | undefined): Controller | undefined {
  if (!isRecord(owner)) return undefined
  const { apiVersion, kind, name } = owner
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined
  return { key: kindKey({ group: splitApiVersion(apiVersion).group, kind }), apiVersion, kind, name }
}

/**
 * ReplicaSets may not have been read: a Deployment names them `<deployment>-<pod-template-hash>`
 * (kubernetes pkg/controller/deployment/sync.go, getNewReplicaSet), and that hash is a label of the Pod.
 */
function ownerOfReplicaSet(view: ClusterView, at: { pod: KubernetesObject; namespace: string; name: string }): Owner {
  const { pod, namespace, name } = at
  const replicaSet = view.get(kinds.replicaSet, name, namespace)
  const above = replicaSet === undefined ? byHash(view, { pod, namespace, name }) : controllerOf(replicaSet)
  if (above !== undefined) return named(view, { ...above, namespace })
  const ref = { cluster: view.cluster, group: 'apps', version: 'v1', kind: 'ReplicaSet', namespace, name }
  return { ref, object: replicaSet, refusal: 'orphan-replica-set' }
}

function byHash(
  view: ClusterView,
  at: { pod: KubernetesObject; namespace: string; name: string },
): Controller | undefined {
  const suffix = `-${labelsOf(at.pod)['pod-template-hash'] ?? ''}`
  if (suffix === '-' || !at.name.endsWith(suffix)) return undefined
  const name = at.name.slice(0, -suffix.length)
  if (view.get(kinds.deployment, name, at.namespace) === undefined) return undefined
  return { key: kinds.deployment, apiVersion: 'apps/v1', kind: 'Deployment', name }
}

function named(view: ClusterView, owner: Controller & { namespace: string }): Owner {
  const object = view.get(owner.key, owner.name, owner.namespace)
  const { group, version } = splitApiVersion(owner.apiVersion)
  const ref = { cluster: view.cluster, group, version, kind: owner.kind, namespace: owner.namespace, name: owner.name }
  if (object !== undefined) return { ref, object, refusal: refusalOf(object) }
  return { ref, object, refusal: refusalOfUnread(owner.key) }
}

function refusalOfUnread(key: KindKey): RestartRefusal | undefined {
  if (key === kinds.job) return 'job'
  return restartable.includes(key) ? undefined : 'unknown-owner'
}
