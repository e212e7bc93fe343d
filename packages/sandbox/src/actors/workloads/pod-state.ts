import { listAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isDeleting } from '../controller.ts'

export function isReady(pod: KubernetesObject): boolean {
  return conditionOf(pod, 'Ready')?.status === 'True'
}

/** Still counts for its controller: neither finished nor on its way out. */
export function isActive(pod: KubernetesObject): boolean {
  const phase = textAt(pod, 'status', 'phase')
  return phase !== 'Succeeded' && phase !== 'Failed' && !isDeleting(pod)
}

/** Native sidecar: an init container that keeps running. */
export function isNativeSidecar(container: unknown): boolean {
  return textAt(container, 'restartPolicy') === 'Always'
}

/** Names of containers whose image cannot be pulled, by a marker in the image's registry. */
export function unpullable(pod: KubernetesObject, marker: string): string[] {
  const all = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')]
  const broken = all.filter((each) => (textAt(each, 'image') ?? '').includes(marker))
  return broken.map((each) => textAt(each, 'name') ?? '')
}
