import { isRecord, plainRecord, sameJson } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { authored } from '../diff/touched.ts'
import { names } from '../world/names.ts'

/** Of metadata that holds in the cluster an object was read from, beside what its server writes. */
const localFields = ['ownerReferences', 'finalizers', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generateName']

/**
 * Labels and annotations by which tools know what is theirs, or that servers write. A copy that carried them would be
 * pruned by an Argo CD, Flux or Helm that never made it.
 */
const tracking = [
  /^kubectl\.kubernetes\.io\/last-applied-configuration$/,
  /^kubernetes\.io\/metadata\.name$/,
  /^argocd\.argoproj\.io\//,
  /^(kustomize|helm)\.toolkit\.fluxcd\.io\//,
  /^meta\.helm\.sh\//,
  /^helm\.sh\/chart$/,
]

/** An object as it can be applied in another cluster: what its authors wrote, without what this cluster added. */
export function portable(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = authored(object)
  const plain = { ...metadata }
  for (const field of localFields) delete plain[field]
  delete plain.labels
  delete plain.annotations
  const helm = ([key, value]: [string, string]) => key === names.managedBy && value === 'Helm'
  const labels = kept(labelsOf(object), (entry) => isOwn(entry) && !helm(entry))
  const annotations = kept(annotationsOf(object), isOwn)
  return {
    apiVersion,
    kind,
    metadata: { ...plain, ...(labels && { labels }), ...(annotations && { annotations }) },
    ...rest,
  }
}

/**
 * A namespace as far as the mesh is concerned with it: its name, and the labels and annotations that Istio reads or the
 * console wrote. The rest belongs to whoever runs the other cluster.
 */
export function portableNamespace(object: KubernetesObject): KubernetesObject {
  const { name } = object.metadata
  const labels = kept(labelsOf(object), isOfMesh)
  const annotations = kept(annotationsOf(object), isOfMesh)
  const metadata = { name, ...(labels && { labels }), ...(annotations && { annotations }) }
  return { apiVersion: 'v1', kind: 'Namespace', metadata }
}

/** Whether two objects say the same, whatever their servers added and in whichever clusters they are. */
export function isSameRule(one: KubernetesObject, other: KubernetesObject): boolean {
  return sameJson(plainRecord(portable(one)), plainRecord(portable(other)))
}

/** Whether Istio treats a namespace in a way of its own. */
export function isMarkedNamespace(object: KubernetesObject): boolean {
  return Object.entries(labelsOf(object)).some(isOfMesh)
}

/** Whether somebody wrote an object, rather than a controller from another one. */
export function isWritten({ metadata }: KubernetesObject): boolean {
  const owners = metadata.ownerReferences
  const registered = isRecord(metadata.annotations) && autoRegistered in metadata.annotations
  return !(Array.isArray(owners) && owners.length > 0) && !registered
}

/** On a WorkloadEntry that istiod made when a proxy connected (istio pkg/model, AutoRegistrationGroupAnnotation). */
const autoRegistered = 'istio.io/autoRegistrationGroup'

function isOwn([key]: [string, string]): boolean {
  return !tracking.some((each) => each.test(key))
}

function isOfMesh([key, value]: [string, string]): boolean {
  if (key === names.managedBy) return value === 'orbweaver'
  return key === names.injection || key === names.mesh || /(^|\.)istio\.io\//.test(key)
}

function kept(
  all: Record<string, string>,
  which: (entry: [string, string]) => boolean,
): Record<string, string> | undefined {
  const entries = Object.entries(all).filter(which)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
