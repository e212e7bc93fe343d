import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Attempt } from '../admission/admission.ts'
import { type Cluster, timestamp } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import type { Served } from '../definition.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { conflict, forbidden } from '../status.ts'
import type { Entry } from '../store/collection.ts'
import { itemText } from '../store/encode.ts'
import { type DeleteOptions, deleteOptions } from './delete-options.ts'
import { entryFor, objectReply } from './get.ts'
import { selectionOf } from './list-options.ts'
import { isReleased } from './store-write.ts'

export async function remove(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const options = await deleteOptions(call)
  const entry = entryFor(cluster, call, served)
  const outcome = await removeObject(cluster, { call, served, options }, entry)
  if (outcome.object !== undefined) return objectReply({ cluster, call, served }, outcome.object, 200)
  const { group, plural } = served.definition
  const details = {
    name: entry.object.metadata.name,
    ...(group === '' ? {} : { group }),
    kind: plural,
    uid: entry.object.metadata.uid ?? '',
  }
  return jsonReply(200, JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }))
}

/** Deletes what a selector selects; answers with the list as it was. */
export async function removeAll(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const options = await deleteOptions(call)
  const selection = selectionOf(call.query, served.definition)
  const entries = cluster.store
    .list(served.definition.key, call.info.namespace)
    .filter((each) => selection.matches(each.object))
  for (const entry of entries) await removeObject(cluster, { call, served, options }, entry)
  const items = entries.map((each) => itemText(served, each)).join(',')
  const { listKind, group } = served.definition
  const apiVersion = group === '' ? served.version.name : `${group}/${served.version.name}`
  const metadata = JSON.stringify({ resourceVersion: String(cluster.store.revision()) })
  return jsonReply(200, `{"kind":"${listKind}","apiVersion":"${apiVersion}","metadata":${metadata},"items":[${items}]}`)
}

type Removing = { call: Call; served: Served; options: DeleteOptions }

/** The object while it waits for finalizers or its grace period; undefined when it went at once. */
async function removeObject(
  cluster: Cluster,
  removing: Removing,
  entry: Entry,
): Promise<{ object: KubernetesObject | undefined }> {
  const { call, served, options } = removing
  const before = entry.object
  checkPreconditions(served, before, options)
  const attempt: Attempt = {
    operation: 'DELETE',
    served,
    subresource: '',
    namespace: before.metadata.namespace ?? '',
    name: before.metadata.name,
    user: call.user,
    dryRun: options.dryRun,
    options: options.sent,
    object: undefined,
    before,
    warnings: call.warnings,
  }
  await cluster.admission.validate(attempt)
  const current = cluster.store.get(served.definition.key, before.metadata.namespace, before.metadata.name) ?? entry
  const marked = markDeleted(cluster, served, { object: current.object, options })
  if (isReleased(marked)) {
    const last = served.definition.key === 'pods' ? marked : current.object
    if (!options.dryRun) cluster.store.remove(served.definition.key, last)
    return { object: answersObject(served) ? last : undefined }
  }
  if (options.dryRun) return { object: marked }
  return { object: cluster.store.put(served.definition.key, marked).object }
}

/** Kinds whose delete answers with the object even when it is gone. Source: ReturnDeletedObject in pkg/registry. */
function answersObject(served: Served): boolean {
  return ['pods', 'services', 'serviceaccounts', 'resourcequotas'].includes(served.definition.key)
}

function checkPreconditions(served: Served, object: KubernetesObject, options: DeleteOptions): void {
  const { kind } = served.definition
  const { name, uid, resourceVersion } = object.metadata
  const subject = { group: served.definition.group, plural: kind }
  if (options.uid !== undefined && options.uid !== uid) {
    const why = `the UID in the precondition (${options.uid}) does not match the UID in record (${uid ?? ''}). The object might have been deleted and then recreated`
    throw conflict(subject, name, why)
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    const why = `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion ?? ''}). The object might have been modified`
    throw conflict(subject, name, why)
  }
}

const crds = 'customresourcedefinitions.apiextensions.k8s.io'
/** Holds a CRD under deletion until its objects are gone. */
export const crdCleanup = 'customresourcecleanup.apiextensions.k8s.io'

const protectedNamespaces: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public'])

/** Sets deletionTimestamp, the grace period and the finalizers that the propagation policy asks for. */
export function markDeleted(
  cluster: Cluster,
  served: Served,
  wish: { object: KubernetesObject; options: Pick<DeleteOptions, 'graceSeconds' | 'propagation'> },
): KubernetesObject {
  const object = cloneObject(wish.object)
  const { metadata } = object
  const { key } = served.definition
  if (key === 'namespaces' && protectedNamespaces.has(metadata.name)) {
    throw forbidden(served.definition, metadata.name, 'this namespace may not be deleted')
  }
  const grace = key === 'pods' ? podGrace(object, wish.options.graceSeconds) : 0
  setDeletion(cluster, metadata, grace)
  if (key === 'namespaces') {
    object.status = {
      ...(typeof object.status === 'object' && !Array.isArray(object.status) ? object.status : {}),
      phase: 'Terminating',
    }
    delete metadata.deletionGracePeriodSeconds
  }
  propagate(object, wish.options.propagation)
  if (key === crds) object.metadata.finalizers = [...new Set([...listAt(object, 'metadata', 'finalizers'), crdCleanup])]
  return object
}

/** Once set, the time of deletion only comes nearer. */
function setDeletion(cluster: Cluster, metadata: KubernetesObject['metadata'], grace: number): void {
  const already = numberAt(metadata, 'deletionGracePeriodSeconds')
  if (metadata.deletionTimestamp !== undefined && (already === undefined || grace >= already)) return
  const at = cluster.clock().getTime() + grace * 1000
  metadata.deletionTimestamp = timestamp({ clock: () => new Date(at) })
  metadata.deletionGracePeriodSeconds = grace
  if (metadata.generation !== undefined && already === undefined) metadata.generation += 1
}

/** A Pod that no node runs goes at once. Source: pkg/registry/core/pod/strategy.go CheckGracefulDelete. */
function podGrace(pod: KubernetesObject, asked: number | undefined): number {
  const phase = textAt(pod, 'status', 'phase')
  if ((textAt(pod, 'spec', 'nodeName') ?? '') === '' || phase === 'Failed' || phase === 'Succeeded') return 0
  return asked ?? numberAt(pod, 'spec', 'terminationGracePeriodSeconds') ?? 30
}

const propagationFinalizers = ['foregroundDeletion', 'orphan']

function propagate(object: KubernetesObject, policy: DeleteOptions['propagation']): void {
  if (policy === undefined) return
  const kept = listAt(object, 'metadata', 'finalizers').filter(
    (each) => typeof each !== 'string' || !propagationFinalizers.includes(each),
  )
  if (policy === 'Foreground') kept.push('foregroundDeletion')
  if (policy === 'Orphan') kept.push('orphan')
  if (kept.length > 0) object.metadata.finalizers = kept
  else delete object.metadata.finalizers
}
