import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A namespaced object's namespace: `default` where a manifest leaves it out, as kubectl reads it. */
export function namespaceOf(object: KubernetesObject): string {
  return object.metadata.namespace ?? 'default'
}
