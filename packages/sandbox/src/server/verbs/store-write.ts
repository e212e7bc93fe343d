import { listAt, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Definition } from '../definition.ts'
import type { Entry } from '../store/collection.ts'

/** True when the last finalizer of an object under deletion went and nothing else holds it. */
export function isReleased(object: KubernetesObject): boolean {
  if (object.metadata.deletionTimestamp === undefined) return false
  if (listAt(object, 'metadata', 'finalizers').length > 0) return false
  if (listAt(object, 'spec', 'finalizers').length > 0 && object.kind === 'Namespace') return false
  const grace = object.metadata.deletionGracePeriodSeconds
  return grace === undefined || grace === 0
}

/** Whether two states differ beyond their version and the times of their managers: if not, nothing is written. */
function isSameState(a: KubernetesObject, b: KubernetesObject): boolean {
  return sameJson(comparable(a), comparable(b))
}

function comparable(object: KubernetesObject): KubernetesObject {
  const { resourceVersion: _r, managedFields, ...metadata } = object.metadata
  const timeless = Array.isArray(managedFields)
    ? managedFields.map((each) =>
        typeof each === 'object' && each !== null && !Array.isArray(each) ? { ...each, time: '' } : each,
      )
    : []
  return { ...object, metadata: { ...metadata, managedFields: timeless } }
}

/** Stores an update; an object that was only waiting for this one goes instead. */
export function storeUpdate(
  cluster: Cluster,
  definition: Definition,
  states: { before: Entry; after: KubernetesObject },
): { object: KubernetesObject; removed: boolean } {
  const { before, after } = states
  if (isReleased(after)) {
    const gone = cluster.store.remove(definition.key, after)
    return { object: gone?.object ?? after, removed: true }
  }
  if (isSameState(before.object, after)) return { object: before.object, removed: false }
  return { object: cluster.store.put(definition.key, after).object, removed: false }
}
