import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Names of objects, as a sentence lists them. */
export function namesOf(objects: readonly KubernetesObject[]): string {
  return objects.map(({ metadata }) => metadata.name).join(', ')
}
