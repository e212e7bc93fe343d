import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import type { ClusterView } from '../../world/view.ts'

/** Where a Pod runs, by its node's labels; its own label `istio-locality` goes before (model/service.go, GetLocalityLabel). */
export function localityOf(view: ClusterView, pod: KubernetesObject): string | undefined {
  const own = labelsOf(pod)['istio-locality']
  if (own !== undefined && own !== '') return own.replaceAll('.', '/')
  const labels = nodeLabels(view, pod)
  const parts = [names.region, names.zone, names.subzone].map((each) => labels[each] ?? '')
  return parts.every((each) => each === '') ? undefined : parts.join('/').replace(/\/+$/, '')
}

function nodeLabels(view: ClusterView, pod: KubernetesObject): Labels {
  const name = textAt(pod, 'spec', 'nodeName')
  const node = name === undefined ? undefined : view.get(kinds.node, name)
  return node === undefined ? {} : labelsOf(node)
}

/** Labels that istiod gives to endpoints by where they are (serviceregistry/util/label, AugmentLabels). */
export function placeLabels(view: ClusterView, pod: KubernetesObject): Labels {
  const labels = nodeLabels(view, pod)
  const host = textAt(pod, 'spec', 'nodeName')
  const placed = [names.region, names.zone, names.subzone].flatMap((each): [string, string][] => {
    const value = labels[each]
    return value === undefined ? [] : [[each, value]]
  })
  return {
    ...Object.fromEntries(placed),
    ...(host !== undefined && { 'kubernetes.io/hostname': host }),
    'topology.istio.io/cluster': view.cluster,
  }
}

/** What a workload's own label says, else the label of the control plane's namespace in its cluster. */
export function networkOf(world: MeshWorld, view: ClusterView, labels: Labels): string {
  const own = labels[names.network]
  if (own !== undefined && own !== '') return own
  const namespace = view.get(kinds.namespace, world.mesh.rootNamespace)
  return (namespace === undefined ? undefined : labelsOf(namespace)[names.network]) ?? ''
}
