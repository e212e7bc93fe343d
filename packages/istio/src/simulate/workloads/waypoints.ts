import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { namespaceLabels } from '../../injection/world.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'

/** Why a waypoint that is named is not used: as a step of the trail. */
export type NoWaypoint = {
  code: 'waypoint-not-there' | 'waypoint-not-ready' | 'waypoint-closed' | 'waypoint-other-traffic'
  name: string
}

/** A waypoint that is used, and who names it: the Service or workload itself, or its namespace. */
export type UsedWaypoint = { gateway: KubernetesObject; namedBy: 'object' | 'namespace' }

/** What may name a waypoint: a Service, or a workload by the labels of its Pod. */
export type Bound = { labels: Labels; namespace: string; traffic: 'workload' | 'service' }

/** Proxies that are waypoints or entrances of a network themselves have none before them. */
const managed = ['istio.io-mesh-controller', 'istio.io-eastwest-controller']

/**
 * The waypoint that calls go through (istio pilot/pkg/serviceregistry/ambient/waypoints.go; 1.31). A Gateway without a
 * status is one of a file, and is taken to be ready.
 */
export function waypointOf(view: ClusterView, bound: Bound): UsedWaypoint | NoWaypoint | undefined {
  if (managed.includes(bound.labels[names.gatewayManaged] ?? '')) return undefined
  const own = wantedBy(bound.labels, bound.namespace)
  if (own !== undefined) return own === 'none' ? undefined : usedOf(view, own, bound)
  const inherited = wantedBy(namespaceLabels(view, bound.namespace), bound.namespace)
  if (inherited === undefined || inherited === 'none') return undefined
  const used = usedOf(view, inherited, bound)
  if (!('code' in used)) return { ...used, namedBy: 'namespace' }
  // A namespace's waypoint for Services is nothing that its workloads lack.
  return used.code === 'waypoint-other-traffic' && bound.traffic === 'workload' ? undefined : used
}

function usedOf(view: ClusterView, wanted: Wanted, asked: Asked): UsedWaypoint | NoWaypoint {
  const gateway = view.get(kinds.kubernetesGateway, wanted.name, wanted.namespace)
  const name = `${wanted.namespace}/${wanted.name}`
  if (gateway === undefined) return { code: 'waypoint-not-there', name }
  const code = faultOf(view, gateway, asked)
  return code === undefined ? { gateway, namedBy: 'object' } : { code, name }
}

type Asked = Pick<Bound, 'namespace' | 'traffic'>

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

/** Ingress gateways pass waypoints by unless a Service, or its namespace, says otherwise. */
export function asksIngress(view: ClusterView, { object, namespace }: Asking): boolean {
  const said =
    labelsOf(object)[names.ingressUseWaypoint] ?? namespaceLabels(view, namespace)[names.ingressUseWaypoint] ?? ''
  return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(said)
}

type Asking = { object: KubernetesObject; namespace: string }

export type Wanted = { name: string; namespace: string }

/** What labels ask for: a waypoint, none at all, or nothing. */
export function wantedBy(labels: Labels, home: string): Wanted | 'none' | undefined {
  const name = labels[names.useWaypoint]
  if (name === undefined || name === 'none') return name
  return { name, namespace: labels[names.useWaypointNamespace] ?? home }
}

/** A waypoint to which a share of new connections is sent; `weight`: how many of a hundred. */
export type CanaryWaypoint = { gateway: KubernetesObject; weight: number }

/**
 * The canary beside the waypoint that a Service or a ServiceEntry uses (buildWeightedWaypoints, 1.31). What a namespace says
 * of canaries counts where it names the waypoint too. Undefined where there is none that can be used: then all goes through
 * the one.
 */
export function canaryOf(view: ClusterView, object: KubernetesObject, used: UsedWaypoint): CanaryWaypoint | undefined {
  const home = namespaceOf(object)
  const levels = canaryLevels(view, object)
  const naming = levels.find((each) => labelsOf(each)[names.canaryWaypoint] !== undefined)
  const wanted = naming === undefined ? undefined : canaryBy(labelsOf(naming), home)
  const weight = shareIn(levels.flatMap((each) => annotationsOf(each)[names.canaryWaypointWeight] ?? [])[0] ?? '0')
  if (wanted === undefined || weight === undefined) return undefined
  const gateway = view.get(kinds.kubernetesGateway, wanted.name, wanted.namespace)
  const isOther = gateway !== undefined && !isSame(gateway, used.gateway)
  return isOther && faultOf(view, gateway, { namespace: home, traffic: 'service' }) === undefined
    ? { gateway, weight }
    : undefined
}

const isSame = (one: KubernetesObject, other: KubernetesObject): boolean =>
  one.metadata.name === other.metadata.name && namespaceOf(one) === namespaceOf(other)

/** What says something of canaries: an object, then its namespace where it inherits its waypoint from it. */
export function canaryLevels(view: ClusterView, object: KubernetesObject): KubernetesObject[] {
  const own = labelsOf(object)[names.useWaypoint] ?? 'none'
  const namespace = own === 'none' ? view.get(kinds.namespace, namespaceOf(object)) : undefined
  return namespace === undefined ? [object] : [object, namespace]
}

/** A share of a hundred as strconv.Atoi reads it; undefined for what is none. */
export function shareIn(text: string): number | undefined {
  const weight = /^[+-]?\d+$/.test(text) ? Number(text) : undefined
  return weight === undefined || weight < 0 || weight > 100 ? undefined : weight
}

/** The canary waypoint beside the one that is asked for: a share of connections is sent there. */
export function canaryBy(labels: Labels, home: string): Wanted | undefined {
  const name = labels[names.canaryWaypoint] ?? ''
  if (name === '' || name === 'none') return undefined
  return { name, namespace: labels[names.canaryWaypointNamespace] ?? home }
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
