import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { Labels } from '../world/labels.ts'
import { templatePath } from '../world/pod-of.ts'
import { ownerOf, refusalOf, type RestartRefusal } from './owners.ts'
import { isInjected, isLive, type PodState, podState } from './pod-state.ts'
import type { InjectionWorld } from './world.ts'

/** Injection of one workload: what its template says, what its Pods have, and what a restart would change. */
export type WorkloadState = {
  ref: ObjectRef
  policy: 'enabled' | 'disabled' | 'none'
  pods: { total: number; injected: number; pendingRestart: number; ready: number }
  revisions: string[]
  proxyVersions: string[]
  /** Of the first Pod that needs a restart, or of the first at all; undefined without Pods. */
  why: Message | undefined
  refusal: RestartRefusal | undefined
}

const listed = [kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.cronJob] as const

/**
 * Workloads of a namespace, those without Pods too; `labels` asks about namespace labels that are not there yet. The runs
 * of a CronJob stand beside it, as Jobs: what they have is not what it says now.
 */
export function workloadStates(world: InjectionWorld, namespace: string, labels?: Labels): WorkloadState[] {
  const { view } = world
  const found = new Map<string, { state: WorkloadState; pods: PodState[] }>()
  for (const object of listed.flatMap((kind) => view.list(kind, namespace))) {
    const ref = refOf(view.cluster, object)
    found.set(refKey(ref), { state: emptyState(ref, object), pods: [] })
  }
  for (const pod of view.list(kinds.pod, namespace).filter(isLive)) {
    const owner = ownerOf(view, pod)
    const key = refKey(owner.ref)
    const entry = found.get(key) ?? {
      state: { ...emptyState(owner.ref, owner.object), refusal: owner.refusal },
      pods: [],
    }
    entry.state.pods.ready += isReady(pod) ? 1 : 0
    entry.pods.push(podState(world, pod, labels))
    found.set(key, entry)
  }
  return [...found.values()].map(({ state, pods }) => summarise(state, pods))
}

/** The wish in a Pod template: the label decides, the older annotation where there is no label. */
export function templatePolicy(workload: KubernetesObject | undefined): WorkloadState['policy'] {
  const template = workload === undefined ? [] : templatePath(workload)
  const wish =
    textAt(workload, ...template, 'metadata', 'labels', names.inject) ??
    stringsAt(workload, ...template, 'metadata', 'annotations')[names.inject]
  if (wish === 'true') return 'enabled'
  return wish === 'false' ? 'disabled' : 'none'
}

/** Whether a namespace or a workload asks for sidecars by its own labels, whoever may answer. */
export function asksForSidecars(object: KubernetesObject): boolean {
  if (object.kind !== 'Namespace') return templatePolicy(object) === 'enabled'
  const labels = labelsOf(object)
  return labels[names.injection] === 'enabled' || labels[names.revision] !== undefined
}

function emptyState(ref: ObjectRef, object: KubernetesObject | undefined): WorkloadState {
  return {
    ref,
    policy: templatePolicy(object),
    pods: { total: 0, injected: 0, pendingRestart: 0, ready: 0 },
    revisions: [],
    proxyVersions: [],
    why: undefined,
    refusal: object === undefined ? undefined : refusalOf(object),
  }
}

function summarise(state: WorkloadState, pods: PodState[]): WorkloadState {
  const pending = pods.filter((each) => each.pendingRestart)
  const proxies = pods.map((each) => each.proxy).filter(isInjected)
  const text = (values: (string | undefined)[]) => [...new Set(values.filter((each) => each !== undefined))].toSorted()
  return {
    ...state,
    pods: { ...state.pods, total: pods.length, injected: proxies.length, pendingRestart: pending.length },
    revisions: text(proxies.map((each) => ('revision' in each ? each.revision : undefined))),
    proxyVersions: text(proxies.map((each) => ('version' in each ? each.version : undefined))),
    why: (pending[0] ?? pods[0])?.why,
  }
}

function isReady(pod: KubernetesObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  )
}
