import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'

/** How many of these Pods have a proxy, by the revision that made it. Pods that are over count no more. */
export function proxiesByRevision(pods: readonly KubernetesObject[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const pod of pods) {
    const proxy = isLive(pod) ? readProxy(pod) : undefined
    const revision = proxy !== undefined && 'revision' in proxy ? proxy.revision : undefined
    if (revision !== undefined) counts.set(revision, (counts.get(revision) ?? 0) + 1)
  }
  return counts
}
