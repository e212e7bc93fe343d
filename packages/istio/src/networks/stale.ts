import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refKey } from '@orbweaver/contracts/kubernetes'
import type { NetworkCluster } from '@orbweaver/contracts/networks'
import { ownerOf } from '../injection/owners.ts'
import { isInjected, isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'

/** As many workloads as one plan restarts. */
const mostWorkloads = 200

type Stale = NonNullable<NetworkCluster['stale']>

/** Of these Pods those whose proxy was injected on another network than this, by the workload that renews them. */
export function stalePods(view: ClusterView, pods: readonly KubernetesObject[], network: string | undefined): Stale {
  const workloads = new Map<string, Stale['workloads'][number]>()
  let count = 0
  for (const pod of pods) {
    if (network === undefined || !keepsNetwork(pod) || labelsOf(pod)[names.network] === network) continue
    const { ref, refusal, object } = ownerOf(view, pod)
    if (namesNetwork(object)) continue
    count += 1
    const known = workloads.get(refKey(ref))
    workloads.set(refKey(ref), { ref, pods: (known?.pods ?? 0) + 1, restartable: refusal === undefined })
  }
  return { pods: count, workloads: [...workloads.values()].slice(0, mostWorkloads) }
}

/** A workload whose template names a network itself means it, and no restart changes it. */
function namesNetwork(workload: KubernetesObject | undefined): boolean {
  return textAt(workload, 'spec', 'template', 'metadata', 'labels', names.network) !== undefined
}

/** Pods and workloads that keep their network through a move until they are restarted; gateways between networks do not. */
export function keepingNetwork(
  view: ClusterView,
  pods: readonly KubernetesObject[],
): { pods: number; workloads: number } {
  const kept = pods.filter((each) => keepsNetwork(each) && labelsOf(each).istio !== 'eastwestgateway')
  return { pods: kept.length, workloads: new Set(kept.map((each) => refKey(ownerOf(view, each).ref))).size }
}

function keepsNetwork(pod: KubernetesObject): boolean {
  return isLive(pod) && isInjected(readProxy(pod))
}
