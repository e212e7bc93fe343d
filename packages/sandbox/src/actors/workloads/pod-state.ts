import { at, listAt, textAt } from '@orbweaver/contracts/json'
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

/** How a Pod is as its kubelet last said. */
export type Health = 'running' | 'unready' | 'crashing' | 'unpullable'

const WAITING: Record<string, Health> = { CrashLoopBackOff: 'crashing', ImagePullBackOff: 'unpullable' }

/** Undefined before its kubelet has said anything. */
export function healthOf(pod: KubernetesObject): Health | undefined {
  const statuses = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')]
  if (statuses.length === 0) return undefined
  for (const each of statuses) {
    const health = WAITING[textAt(each, 'state', 'waiting', 'reason') ?? '']
    if (health !== undefined) return health
  }
  return statuses.every((each) => at(each, 'ready') === true) ? 'running' : 'unready'
}
