import type { Message } from '@orbweaver/contracts/message'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import type { Injector } from './hooks.ts'
import { type NamespacePolicy, policyOf } from './policy.ts'
import { simulate } from './simulate.ts'
import { type WorkloadState, workloadStates } from './workload-state.ts'
import { type InjectionWorld, namespaceLabels } from './world.ts'

/** Injection of one namespace: what is asked for, who answers, and how far its Pods are from that. */
export type NamespaceState = NamespacePolicy & {
  namespace: string
  ambient: boolean
  /** Who would inject a Pod without wishes of its own; undefined when nobody would. */
  servedBy: Injector | undefined
  why: readonly Message[]
  pods: { total: number; injected: number; pendingRestart: number }
  workloads: WorkloadState[]
}

export function namespaceState(world: InjectionWorld, namespace: string, labels?: Labels): NamespaceState {
  const ofNamespace: Labels = {
    ...(labels ?? namespaceLabels(world.view, namespace)),
    'kubernetes.io/metadata.name': namespace,
  }
  const workloads = workloadStates(world, namespace, ofNamespace)
  const plain = simulate(world, plainPod(namespace), ofNamespace)
  const sum = (count: (pods: WorkloadState['pods']) => number) =>
    workloads.reduce((total, each) => total + count(each.pods), 0)
  return {
    ...policyOf(ofNamespace),
    namespace,
    ambient: ofNamespace[names.dataplaneMode] === 'ambient',
    servedBy: plain.by,
    why: plain.trail,
    pods: {
      total: sum((pods) => pods.total),
      injected: sum((pods) => pods.injected),
      pendingRestart: sum((pods) => pods.pendingRestart),
    },
    workloads,
  }
}

/** A Pod without labels, as most templates make them: what the namespace as such does to Pods. */
function plainPod(namespace: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace }, spec: {} }
}
