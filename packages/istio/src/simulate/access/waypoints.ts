import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import type { MeshWorld } from '../../findings/world.ts'
import { namespaceLabels } from '../../injection/world.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'
import type { Door } from './inbound.ts'
import { type Workload, workloadAt } from './workload.ts'

/** Why a waypoint that is named is not used: as a step of the trail. */
export type NoWaypoint = {
  code: 'waypoint-not-there' | 'waypoint-not-ready' | 'waypoint-closed' | 'waypoint-other-traffic'
  name: string
}

/**
 * The waypoint that calls go through: of the Service where they are addressed to one, else of the workload (istio
 * pilot/pkg/serviceregistry/ambient/waypoints.go). A Gateway without a status is one of a file, and is taken to be ready.
 */
export function waypointFor(
  world: MeshWorld,
  workload: Workload,
  door: Door | undefined,
): Workload | NoWaypoint | undefined {
  const { view } = workload
  const addressed = door?.object
  const labels = addressed === undefined ? workload.labels : labelsOf(addressed)
  const namespace = addressed === undefined ? workload.namespace : namespaceOf(addressed)
  const wanted = wantedBy(labels, namespace) ?? wantedBy(namespaceLabels(view, namespace), namespace)
  if (wanted === undefined || wanted === 'none') return undefined
  const gateway = view.get(kinds.kubernetesGateway, wanted.name, wanted.namespace)
  const code = faultOf(view, gateway, { namespace, traffic: addressed === undefined ? 'workload' : 'service' })
  if (gateway === undefined || code !== undefined) {
    return { code: code ?? 'waypoint-not-there', name: `${wanted.namespace}/${wanted.name}` }
  }
  return workloadAt(world, view, gateway)
}

type Asked = { namespace: string; traffic: 'workload' | 'service' }

/** Why a Gateway cannot be the waypoint of what is in a namespace; undefined where it can. */
export function faultOf(
  view: ClusterView,
  gateway: KubernetesObject | undefined,
  asked: Asked,
): NoWaypoint['code'] | undefined {
  if (gateway === undefined) return 'waypoint-not-there'
  if (!isReady(gateway)) return 'waypoint-not-ready'
  if (!lets(view, gateway, asked.namespace)) return 'waypoint-closed'
  return ['all', asked.traffic].includes(carriedBy(view, gateway)) ? undefined : 'waypoint-other-traffic'
}

export function isWaypoint(found: Workload | NoWaypoint | undefined): found is Workload {
  return found !== undefined && 'carrier' in found
}

/** Ingress gateways pass waypoints by unless a Service, or its namespace, says otherwise. */
export function asksIngress({ view }: Workload, { object, namespace }: Door): boolean {
  const said =
    labelsOf(object)[names.ingressUseWaypoint] ?? namespaceLabels(view, namespace)[names.ingressUseWaypoint] ?? ''
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(said)
}

/** What labels ask for: a waypoint, none at all, or nothing. */
export function wantedBy(labels: Labels, home: string): { name: string; namespace: string } | 'none' | undefined {
  const name = labels['istio.io/use-waypoint']
  if (name === undefined || name === 'none') return name
  return { name, namespace: labels['istio.io/use-waypoint-namespace'] ?? home }
}

function isReady(gateway: KubernetesObject): boolean {
  return gateway.status === undefined || listAt(gateway, 'status', 'addresses').length > 0
}

/** What the HBONE listener says of namespaces; its own where it says nothing. */
function lets(view: ClusterView, gateway: KubernetesObject, namespace: string): boolean {
  const listener = listAt(gateway, 'spec', 'listeners').find(
    (each) => textAt(each, 'protocol') === 'HBONE' && numberAt(each, 'port') === 15_008,
  )
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same'
  if (from === 'All') return true
  if (from !== 'Selector') return namespaceOf(gateway) === namespace
  const conditions = labelSelectorOf(at(listener, 'allowedRoutes', 'namespaces', 'selector'))
  return conditions !== undefined && matchesLabels(conditions, namespaceLabels(view, namespace))
}

function carriedBy(view: ClusterView, gateway: KubernetesObject): string {
  const gatewayClass = view.get(kinds.gatewayClass, textAt(gateway, 'spec', 'gatewayClassName') ?? '')
  const label = 'istio.io/waypoint-for'
  return labelsOf(gateway)[label] ?? (gatewayClass && labelsOf(gatewayClass)[label]) ?? 'service'
}
