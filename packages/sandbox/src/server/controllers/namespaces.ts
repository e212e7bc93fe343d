import { isRecord, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Cluster, timestamp } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import type { Definition } from '../definition.ts'
import { servedVersion } from '../definition.ts'
import { markDeleted } from '../verbs/delete.ts'
import { isReleased } from '../verbs/store-write.ts'
import type { Controller } from './controller.ts'

/** Empties namespaces under deletion, says what holds them, and lets them go. Source: controller namespace/deletion. */
export function endNamespaces(cluster: Cluster): Controller {
  return (resource, change) => {
    const { metadata } = change.entry.object
    if (resource === 'namespaces' && change.type !== 'DELETED') end(cluster, metadata.name)
    else if (change.type !== 'ADDED' && metadata.namespace !== undefined) end(cluster, metadata.namespace)
  }
}

function end(cluster: Cluster, name: string): void {
  const namespace = cluster.store.get('namespaces', undefined, name)?.object
  if (namespace?.metadata.deletionTimestamp === undefined) return
  const left = cluster.registry
    .all()
    .filter((each) => each.namespaced)
    .flatMap((each) => emptied(cluster, each, name))
  const current = cluster.store.get('namespaces', undefined, name)?.object
  if (current === undefined) return
  if (left.length > 0) {
    report(cluster, current, left)
    return
  }
  release(cluster, current)
}

type Left = { definition: Definition; object: KubernetesObject }

/** Deletes what may go now; gives what stays. */
function emptied(cluster: Cluster, definition: Definition, namespace: string): Left[] {
  const served =
    servedVersion(definition, definition.storageVersion) ??
    servedVersion(definition, definition.versions[0]?.name ?? '')
  if (served === undefined) return []
  const left: Left[] = []
  for (const { object } of cluster.store.list(definition.key, namespace)) {
    const graceful = definition.key === 'pods' ? {} : { graceSeconds: 0 }
    const fresh = object.metadata.deletionTimestamp === undefined
    const marked = fresh
      ? markDeleted(cluster, served, {
          object,
          options: { graceSeconds: undefined, propagation: 'Background', ...graceful },
        })
      : object
    if (isReleased(marked)) {
      cluster.store.remove(definition.key, object)
      continue
    }
    left.push({ definition, object: fresh ? cluster.store.put(definition.key, marked).object : object })
  }
  return left
}

function release(cluster: Cluster, namespace: KubernetesObject): void {
  const spec = recordAt(namespace, 'spec')
  const others = listAt(spec, 'finalizers').filter((each) => each !== 'kubernetes')
  const held = others.length > 0 || listAt(namespace, 'metadata', 'finalizers').length > 0
  if (!held) {
    cluster.store.remove('namespaces', namespace)
    return
  }
  if (listAt(spec, 'finalizers').length === others.length) return
  const after = cloneObject(namespace)
  after.spec = { ...spec, finalizers: others }
  cluster.store.put('namespaces', after)
}

/** Source: pkg/controller/namespace/deletion/status_condition_utils.go. */
function report(cluster: Cluster, namespace: KubernetesObject, left: Left[]): void {
  const kinds = new Map<string, number>()
  const finalizers = new Map<string, number>()
  for (const { definition, object } of left) {
    const resource = `${definition.plural}.${definition.group}`
    kinds.set(resource, (kinds.get(resource) ?? 0) + 1)
    for (const each of listAt(object, 'metadata', 'finalizers')) {
      if (typeof each === 'string') finalizers.set(each, (finalizers.get(each) ?? 0) + 1)
    }
  }
  const remaining = [...kinds].map(([resource, count]) => `${resource} has ${count} resource instances`).join(', ')
  const waiting = [...finalizers].map(([name, count]) => `${name} in ${count} resource instances`).join(', ')
  const wanted: [string, boolean, string, string][] = [
    ['NamespaceDeletionDiscoveryFailure', false, 'ResourcesDiscovered', 'All resources successfully discovered'],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      false,
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    [
      'NamespaceDeletionContentFailure',
      false,
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ],
    ['NamespaceContentRemaining', true, 'SomeResourcesRemain', `Some resources are remaining: ${remaining}`],
    finalizers.size > 0
      ? [
          'NamespaceFinalizersRemaining',
          true,
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${waiting}`,
        ]
      : ['NamespaceFinalizersRemaining', false, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
  ]
  const before = listAt(namespace, 'status', 'conditions')
  const conditions = wanted.map(([type, on, reason, message]): Json => {
    const status = on ? 'True' : 'False'
    const old = before.find((each) => textAt(each, 'type') === type)
    const same = textAt(old, 'status') === status
    const lastTransitionTime = same ? (textAt(old, 'lastTransitionTime') ?? timestamp(cluster)) : timestamp(cluster)
    return { type, status, lastTransitionTime, reason, message }
  })
  if (JSON.stringify(before) === JSON.stringify(conditions)) return
  const after = cloneObject(namespace)
  after.status = { ...(isRecord(after.status) ? after.status : {}), conditions }
  cluster.store.put('namespaces', after)
}
