import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Names of objects, as a sentence lists them. */
export function namesOf(objects: readonly KubernetesObject[]): string {
  return objects.map(({ metadata }) => metadata.name).join(', ')
}

/** Numbers of ports, as a sentence lists them; `none` has words of its own there. */
export function portsNamed(numbers: readonly number[]): string {
  return numbers.length === 0 ? 'none' : numbers.join(', ')
}
