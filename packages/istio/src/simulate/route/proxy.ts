import type { RouteSource } from '@orbweaver/contracts/explain'
import { at, isRecord, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { allPodsWith } from '../../findings/pods.ts'
import type { MeshWorld } from '../../findings/world.ts'
import { readProxy } from '../../injection/proxy.ts'
import { isLive } from '../../injection/pod-state.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'
import { workloadAt } from '../workloads/workload.ts'
import { networkOf } from './places.ts'
import { revisionOf } from './revisions.ts'

/** Whose Envoy decides: what istiod knows of it when it makes its configuration. */
export type Proxy = {
  kind: 'sidecar' | 'router' | 'ztunnel' | 'waypoint'
  ref: ObjectRef
  cluster: string
  namespace: string
  labels: Labels
  addresses: readonly string[]
  revision: string
  /** Of the Pod's own label, or of its cluster; empty where nothing says one. */
  network: string
  /** Whether the Pod shows a proxy: nothing of what follows happens to one without. */
  seen: 'shown' | 'none' | 'template'
}

/**
 * The proxy that a request goes through first: of ambient workloads the ztunnel of their node; waypoints can be asked like
 * gateways. Or why there is none to be told. */
export function proxyOf(world: MeshWorld, from: RouteSource): Proxy | Message {
  const view = world.clusters.find((each) => each.cluster === from.ref.cluster)
  if (view === undefined) return { code: 'cluster-unknown', params: { cluster: from.ref.cluster } }
  const object = view.get(kindKey(from.ref), from.ref.name, from.ref.namespace)
  if (object === undefined) return { code: 'source-not-found', params: { kind: from.ref.kind, name: from.ref.name } }
  const key = kindKey(from.ref)
  if (from.kind === 'gateway' && key === kinds.gateway) return ofIstioGateway(world, view, object)
  if (from.kind === 'gateway' && key === kinds.kubernetesGateway) return ofKubernetesGateway(world, view, object)
  return ofWorkload(world, { view, object, kind: from.kind === 'gateway' ? 'router' : 'sidecar' })
}

type Workload = { view: ClusterView; object: KubernetesObject; kind: Proxy['kind'] }

function ofWorkload(world: MeshWorld, { view, object, kind }: Workload): Proxy {
  const namespace = namespaceOf(object)
  const labels = workloadLabels(object)
  const isPod = object.kind === 'Pod'
  const { carrier } = workloadAt(world, view, object)
  const seen = !isPod ? 'template' : readProxy(object).kind === 'none' && carrier !== 'ambient' ? 'none' : 'shown'
  const own = isPod ? podAddresses(object) : [textAt(object, 'spec', 'address') ?? ''].filter((each) => each !== '')
  return {
    kind: carrier === 'waypoint' ? 'waypoint' : carrier === 'ambient' && kind === 'sidecar' ? 'ztunnel' : kind,
    ref: refOf(view.cluster, object),
    cluster: view.cluster,
    namespace,
    labels,
    addresses: own,
    revision: revisionOf(world, view, object),
    network: networkOf(world, view, labels),
    seen,
  }
}

/** Of a Pod itself; of what makes Pods, those of its template. */
function workloadLabels(object: KubernetesObject): Labels {
  if (object.kind === 'Pod') return labelsOf(object)
  for (const path of [
    ['spec', 'template'],
    ['spec', 'jobTemplate', 'spec', 'template'],
  ]) {
    if (isRecord(at(object, ...path))) {
      const inner = stringsAt(object, ...path, 'metadata', 'labels')
      return object.kind === 'WorkloadGroup' ? stringsAt(object, 'spec', 'metadata', 'labels') : inner
    }
  }
  return { ...stringsAt(object, 'spec', 'labels'), ...labelsOf(object) }
}

export function podAddresses(pod: KubernetesObject): string[] {
  const listed = listAt(pod, 'status', 'podIPs').flatMap((each) => textAt(each, 'ip') ?? [])
  const first = textAt(pod, 'status', 'podIP')
  return [...new Set([...(first === undefined ? [] : [first]), ...listed])]
}

/** Pods with the Gateway's selector, in its own namespace before others; a Deployment that makes such; else what they would be. */
function ofIstioGateway(world: MeshWorld, view: ClusterView, gateway: KubernetesObject): Proxy {
  const selector = stringsAt(gateway, 'spec', 'selector')
  const own = namespaceOf(gateway)
  const near = (object: KubernetesObject) => (namespaceOf(object) === own ? 0 : 1)
  const pods = allPodsWith(world, selector).filter(({ pod }) => isLive(pod))
  const [pod] = pods.toSorted((a, b) => near(a.pod) - near(b.pod))
  if (pod !== undefined) return routerOf(world, pod.cluster, pod.pod)
  const makers = world.clusters.flatMap((each) =>
    [kinds.deployment, kinds.daemonSet, kinds.statefulSet].flatMap((kind) =>
      each.list(kind).map((object) => ({ cluster: each.cluster, object })),
    ),
  )
  const made = makers.filter(({ object }) => {
    const labels = workloadLabels(object)
    return Object.entries(selector).every(([key, value]) => labels[key] === value)
  })
  const [maker] = made.toSorted((a, b) => near(a.object) - near(b.object))
  if (maker !== undefined) return routerOf(world, maker.cluster, maker.object)
  return { ...routerOf(world, view.cluster, gateway), labels: selector, seen: 'template' }
}

function routerOf(world: MeshWorld, cluster: string, object: KubernetesObject): Proxy {
  const view = world.clusters.find((each) => each.cluster === cluster) ?? world.config
  return ofWorkload(world, { view, object, kind: 'router' })
}

/** Pods that istiod made for it, else what they would be. */
export function ofKubernetesGateway(world: MeshWorld, view: ClusterView, gateway: KubernetesObject): Proxy {
  const labels = { [names.gatewayName]: gateway.metadata.name }
  const namespace = namespaceOf(gateway)
  const pod = allPodsWith(world, labels).find((each) => isLive(each.pod) && namespaceOf(each.pod) === namespace)
  if (pod !== undefined) return routerOf(world, pod.cluster, pod.pod)
  return { ...routerOf(world, view.cluster, gateway), labels, seen: 'template' }
}
