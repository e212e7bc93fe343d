import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindOf, kinds } from './kinds.ts'

/** Kinds without a namespace that files of meshes hold. */
const clusterScoped: ReadonlySet<KindKey> = new Set<KindKey>([
  kinds.namespace,
  kinds.node,
  kinds.mutatingWebhook,
  kinds.validatingWebhook,
  kinds.crd,
  kinds.gatewayClass,
  kinds.istio,
  kinds.istioRevision,
  kinds.istioRevisionTag,
  'PersistentVolume',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
])

/** As kubectl would apply it where nothing else is said: in `default`, or in no namespace at all. */
export function placed(object: KubernetesObject): KubernetesObject {
  const { namespace = 'default', ...metadata } = object.metadata
  return { ...object, metadata: clusterScoped.has(kindOf(object)) ? metadata : { ...metadata, namespace } }
}

/** Kind, namespace and name, whatever the version: two files with the same are of one object. */
export function keyOf(object: KubernetesObject): string {
  return `${kindOf(object)} ${object.metadata.namespace ?? ''}/${object.metadata.name}`
}
