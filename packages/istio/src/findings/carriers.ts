import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { readProxy } from '../injection/proxy.ts'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { templatePath } from '../world/pod-of.ts'
import type { ClusterView } from '../world/view.ts'

/** Kinds that make Pods from a template. */
export const templated = [kinds.deployment, kinds.statefulSet, kinds.daemonSet]

/** What carries a Service in one cluster: its live Pods, or where none runs the workloads that would make them; in any namespace without one. */
export function carriersOf(view: ClusterView, namespace: string | undefined, selector: Labels): KubernetesObject[] {
  const pods = view.list(kinds.pod, namespace).filter((pod) => isLive(pod) && covers(labelsOf(pod), selector))
  return pods.length > 0 ? pods : workloadsOf(view, namespace, selector)
}

export function workloadsOf(view: ClusterView, namespace: string | undefined, selector: Labels): KubernetesObject[] {
  return templated
    .flatMap((kind) => view.list(kind, namespace))
    .filter((each) => covers(templateLabels(each), selector))
}

/**
 * Whether a workload is to make Pods with these labels where none runs yet: files say what will run, not what runs, and a
 * Pod in one has no status. Where Pods of the namespace run, those count.
 */
export function areToCome(view: ClusterView, namespace: string | undefined, labels: Labels): boolean {
  if (view.list(kinds.pod, namespace).some(({ status }) => status !== undefined)) return false
  return workloadsOf(view, namespace, labels).some((each) => numberAt(each, 'spec', 'replicas') !== 0)
}

export function templateLabels(workload: KubernetesObject): Labels {
  return stringsAt(workload, ...templatePath(workload), 'metadata', 'labels')
}

/** Containers but the proxy, of a Pod or of a template. */
export function applications(object: KubernetesObject) {
  const place = object.kind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec']
  return listAt(object, ...place, 'containers').filter((each) => textAt(each, 'name') !== 'istio-proxy')
}

/** Whether a Pod is an application with a sidecar: a proxy alone is a gateway, whoever deployed it. */
export function isBesideSidecar(pod: KubernetesObject): boolean {
  return readProxy(pod).kind === 'sidecar' && applications(pod).length > 0
}

function covers(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}
