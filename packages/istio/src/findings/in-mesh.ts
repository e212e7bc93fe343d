import { at, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'

/** What says whether a Pod has a sidecar or will have one: a Pod itself, or the template of a workload. */
type PodLike = {
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  /** A Pod spec. */
  spec: unknown
}

export function ofPod(pod: KubernetesObject): PodLike {
  return { labels: labelsOf(pod), annotations: annotationsOf(pod), spec: pod.spec }
}

export function ofTemplate(workload: KubernetesObject): PodLike {
  const template = at(workload, 'spec', 'template')
  return {
    labels: stringsAt(template, 'metadata', 'labels'),
    annotations: stringsAt(template, 'metadata', 'annotations'),
    // Of a template only its containers are looked at.
    spec: { containers: listAt(template, 'spec', 'containers') },
  }
}

/**
 * As istioctl takes it (istio pkg/config/analysis/analyzers/util/in_mesh.go): a proxy that is there, else the label, else
 * the annotation, else `istio-injection` of the namespace. Revisions are not looked at.
 */
export function isInMesh(view: ClusterView, namespace: string, pod: PodLike): boolean {
  if (proxyImageOf(pod.spec) !== '') return true
  const asked = pod.labels[names.inject] ?? pod.annotations[names.inject]
  if (asked !== undefined) return asked === 'true'
  const home = view.get(kinds.namespace, namespace)
  return home !== undefined && labelsOf(home)[names.injection] === 'enabled'
}

/**
 * Whether what is not running yet will be in the mesh, by what istioctl looks at and what it does not: a revision asked
 * for (istio charts/istio-control, mutatingwebhook.yaml), and ambient mode (istio cni/pkg/util/podutil.go).
 */
export function willBeInMesh(view: ClusterView, carrier: KubernetesObject): boolean {
  if (carrier.kind === 'Pod' && carrier.status !== undefined) return false
  const namespace = carrier.metadata.namespace ?? ''
  const made = carrier.kind === 'Pod' ? ofPod(carrier) : ofTemplate(carrier)
  const home = view.get(kinds.namespace, namespace)
  return isInMesh(view, namespace, made) || isTakenIn(made, home === undefined ? {} : labelsOf(home))
}

function isTakenIn(made: PodLike, home: PodLike['labels']): boolean {
  return (made.labels[names.dataplaneMode] ?? home[names.dataplaneMode]) === 'ambient' || isInjectedIn(made, home)
}

/** Whether injection is asked for, by the labels of a namespace too; that a proxy is written down asks for none. */
export function isInjectedIn({ labels, annotations }: Omit<PodLike, 'spec'>, home: PodLike['labels']): boolean {
  const asked = labels[names.inject] ?? annotations[names.inject]
  if (asked === 'true' || asked === 'false') return asked === 'true'
  const revision = home[names.revision] ?? labels[names.revision]
  return home[names.injection] === 'enabled' || (home[names.injection] === undefined && revision !== undefined)
}

/** The image of the first container called `istio-proxy`, of native sidecars too; empty where there is none. */
export function proxyImageOf(spec: unknown): string {
  const containers = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]
  return (
    textAt(
      containers.find((each) => textAt(each, 'name') === 'istio-proxy'),
      'image',
    ) ?? ''
  )
}

/** Whether the Pod's traffic goes through ztunnel (analyzers/util/in_mesh.go, PodInAmbientMode). */
export function isAmbient(pod: KubernetesObject): boolean {
  return annotationsOf(pod)[names.redirection] === 'enabled'
}

/** As istioctl takes it (istio pkg/config/analysis/analyzers/util/config.go, IsIstioControlPlane). */
export function isOfControlPlane(object: KubernetesObject): boolean {
  const { istio, release } = labelsOf(object)
  return istio !== undefined || release === 'istio'
}
