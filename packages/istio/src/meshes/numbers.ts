import { at, flagAt, listAt, numberAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { asksForGateway } from '../injection/proxy.ts'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { names } from '../world/names.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import type { ClusterView } from '../world/view.ts'

/** How many have something that answers, and of those that have not, where each stands first. */
type Answering = { healthy: number; total: number; failing: ObjectRef[] }

/**
 * Services of a mesh: one of a namespace and name is one wherever it stands (namespace sameness), and is healthy when an
 * endpoint in any of the clusters, or a machine that it selects, can be called. An ExternalName has no endpoints and is
 * not counted, nor is the API server's own. Endpoints that say nothing are ready (Kubernetes docs, "EndpointSlices").
 */
export function servicesOf(views: readonly ClusterView[]): Answering {
  const found = new Map<string, { ref: ObjectRef; answers: boolean }>()
  for (const view of views) {
    const ready = readyServices(view)
    for (const service of view.list(kinds.service)) {
      if (!isCounted(service)) continue
      const key = keyOf(service.metadata.namespace, service.metadata.name)
      const before = found.get(key)
      const answers = before?.answers === true || ready.has(key) || isOfMachine(views, service)
      found.set(key, { ref: before?.ref ?? refOf(view.cluster, service), answers })
    }
  }
  const all = [...found.values()]
  const failing = all.filter(({ answers }) => !answers).map(({ ref }) => ref)
  return { healthy: all.length - failing.length, total: all.length, failing }
}

function isCounted(service: KubernetesObject): boolean {
  const { name, namespace } = service.metadata
  return textAt(service, 'spec', 'type') !== 'ExternalName' && !(namespace === 'default' && name === 'kubernetes')
}

function readyServices(view: ClusterView): Set<string> {
  const ready = new Set<string>()
  for (const slice of view.list(kinds.endpointSlice)) {
    const service = labelsOf(slice)['kubernetes.io/service-name']
    const isReady = listAt(slice, 'endpoints').some((each) => flagAt(each, 'conditions', 'ready') !== false)
    if (service !== undefined && isReady) ready.add(keyOf(slice.metadata.namespace, service))
  }
  return ready
}

function isOfMachine(views: readonly ClusterView[], service: KubernetesObject): boolean {
  const selector = recordAt(service, 'spec', 'selector')
  const wanted = labelSelectorOf({ matchLabels: selector }) ?? []
  if (wanted.length === 0) return false
  return views.some((view) =>
    view
      .list(kinds.workloadEntry, namespaceOf(service))
      .some((each) => matchesLabels(wanted, { ...labelsOf(each), ...stringsAt(each, 'spec', 'labels') })),
  )
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`
}

/** Workloads that are gateways, and how many of them have a Pod that is ready. */
export type GatewayNumbers = { ingress: Gateways; egress: Gateways }
type Gateways = { ready: number; total: number }

/**
 * Gateways of a mesh's edge: workloads whose Pods get the template `gateway`, that istiod makes for a Gateway of the
 * Gateway API, or that have the labels Istio's older charts gave. What way they face is nowhere said but in names:
 * charts label theirs `istio: egressgateway` or by the name of the release (istio manifests/charts/gateway
 * templates/_helpers.tpl, gateways/istio-egress values.yaml; 1.31). Waypoints and east-west gateways are no edge.
 */
export function gatewaysOf(views: readonly ClusterView[]): GatewayNumbers {
  const numbers: GatewayNumbers = { ingress: { ready: 0, total: 0 }, egress: { ready: 0, total: 0 } }
  for (const view of views) {
    for (const workload of [kinds.deployment, kinds.daemonSet, kinds.statefulSet].flatMap((kind) => view.list(kind))) {
      const way = wayOf(workload)
      if (way === undefined) continue
      numbers[way].total += 1
      if (readyPods(workload) > 0) numbers[way].ready += 1
    }
  }
  return numbers
}

const edgeLabels = ['ingressgateway', 'egressgateway']
const edgeController = 'istio.io-gateway-controller'

function wayOf(workload: KubernetesObject): keyof GatewayNumbers | undefined {
  const template = recordAt(workload, 'spec', 'template', 'metadata')
  const labels: Labels = stringsAt(template, 'labels')
  const managed = labels[names.gatewayManaged]
  const isGateway =
    managed === undefined
      ? asksForGateway(stringsAt(template, 'annotations')) || edgeLabels.includes(labels.istio ?? '')
      : managed === edgeController
  if (!isGateway || labels.istio === 'eastwestgateway') return undefined
  const named = [labels.istio, labels.app, workload.metadata.name]
  return named.some((each) => each?.includes('egress') === true) ? 'egress' : 'ingress'
}

/** A DaemonSet counts its Pods under another name. */
function readyPods(workload: KubernetesObject): number {
  const status = at(workload, 'status')
  return numberAt(status, 'readyReplicas') ?? numberAt(status, 'numberReady') ?? 0
}
