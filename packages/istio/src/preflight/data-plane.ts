import { at, listAt, numberAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { controlPlaneValues } from '../meshes/values.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, type PreflightCheck, seen } from './check.ts'

/** As the charts name them (istio manifests/charts/istio-cni, ztunnel; 1.30), whoever installed them. */
const cniName = 'istio-cni-node'
const ztunnelName = 'ztunnel'

/** Parts of a mesh that are on nodes: what an earlier installation left reaches every Pod of a node. */
export function dataPlane(mesh: Mesh, view: ClusterView): PreflightCheck[] {
  const { cluster } = view
  if (!view.has(kinds.daemonSet)) return [check('data-plane.unknown', 'unknown', { cluster })]
  const grounds = all(view, kinds.daemonSet)
  const cni = cniOf(view)
  const ztunnels = named(view, ztunnelName)
  const found = [cniCheck(mesh, view, cni), ...ztunnels.map((each) => ztunnelCheck(view, each))]
  const told = found.filter((each) => each !== undefined)
  return told.length > 0 ? told : [check('data-plane.none', 'ok', { cluster, grounds })]
}

/** Istio's CNI plugin of a cluster, whoever put it there. */
export function cniOf(view: ClusterView): KubernetesObject[] {
  return named(view, cniName)
}

/** Whether a mesh leaves it to the CNI plugin to redirect traffic, so that Pods need no rights for it. */
export function wantsCni(mesh: Mesh): boolean {
  const values = controlPlaneValues(mesh)
  return at(values, 'pilot', 'cni', 'enabled') === true || at(values, 'istio_cni', 'enabled') === true
}

function named(view: ClusterView, name: string): KubernetesObject[] {
  return view.list(kinds.daemonSet).filter((each) => each.metadata.name === name || labelsOf(each)['k8s-app'] === name)
}

function cniCheck(mesh: Mesh, view: ClusterView, found: readonly KubernetesObject[]): PreflightCheck | undefined {
  const { cluster } = view
  const grounds = all(view, kinds.daemonSet)
  const [first] = found
  if (first === undefined) {
    if (!wantsCni(mesh)) return undefined
    return check('data-plane.cni-missing', 'blocking', { cluster, grounds, fix: fix('install-cni') })
  }
  const evidence = found.map((each) => seen(cluster, each, readyText(each)))
  const params = { namespace: first.metadata.namespace ?? '' }
  const more = { cluster, params, evidence, grounds }
  if (found.some((each) => !isReady(each))) {
    return check('data-plane.cni-not-ready', 'warning', { ...more, fix: fix('look-at-daemonset') })
  }
  // A node whose CNI plugin redirects Pods that bring their own istio-init is redirected twice, to the same end.
  return check('data-plane.cni', wantsCni(mesh) ? 'ok' : 'info', more)
}

function ztunnelCheck(view: ClusterView, ztunnel: KubernetesObject): PreflightCheck {
  const { cluster } = view
  const { name, namespace = '' } = ztunnel.metadata
  // Sail's own goes with its object; any other by itself.
  const bySail = listAt(ztunnel, 'metadata', 'ownerReferences').length > 0
  const command = bySail
    ? 'kubectl delete ztunnel default'
    : `kubectl delete daemonset ${name} --namespace ${namespace}`
  return check('data-plane.ztunnel', 'warning', {
    cluster,
    params: { namespace },
    evidence: [seen(cluster, ztunnel, readyText(ztunnel))],
    grounds: all(view, kinds.daemonSet),
    fix: fix('remove-ztunnel', command),
  })
}

function isReady(daemonSet: KubernetesObject): boolean {
  return (numberAt(daemonSet, 'status', 'numberReady') ?? 0) >= desired(daemonSet)
}

function desired(daemonSet: KubernetesObject): number {
  return numberAt(daemonSet, 'status', 'desiredNumberScheduled') ?? 0
}

function readyText(daemonSet: KubernetesObject): string {
  return `${numberAt(daemonSet, 'status', 'numberReady') ?? 0}/${desired(daemonSet)}`
}
