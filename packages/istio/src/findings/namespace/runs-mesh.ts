import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { isSailOperator } from '../../meshes/installer.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { podOf } from '../../world/pod-of.ts'
import type { ClusterView } from '../../world/view.ts'

/**
 * Whether a namespace is there to run the mesh, not to be in it: a control plane, an agent of nodes or an operator is all
 * that runs there, beside what says for itself whether it takes a sidecar. The console's own often runs nothing.
 */
export function runsMesh(view: ClusterView, namespace: KubernetesObject): boolean {
  if (labelsOf(namespace)['app.kubernetes.io/part-of'] === 'orbweaver') return true
  const made = makers.flatMap((kind) => view.list(kind, namespace.metadata.name)).map(podOf)
  const pods = [...made, ...view.list(kinds.pod, namespace.metadata.name)]
  return pods.some(isMachinery) && pods.every((each) => isMachinery(each) || decides(each))
}

const makers = [kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.cronJob] as const

/**
 * Labels of Pods that the charts make: istiod (manifests/charts/istio-control/istio-discovery), ztunnel and istio-cni
 * (beside it), and the operator that was Istio's own until 1.23.
 */
const marks = [
  ['app', 'istiod'],
  ['app', 'ztunnel'],
  ['k8s-app', 'istio-cni-node'],
  ['name', 'istio-operator'],
] as const

function isMachinery(pod: KubernetesObject): boolean {
  return isSailOperator(pod) || marks.some(([key, value]) => labelsOf(pod)[key] === value)
}

function decides(pod: KubernetesObject): boolean {
  return labelsOf(pod)[names.inject] !== undefined || annotationsOf(pod)[names.inject] !== undefined
}
