import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { allowedKinds, isServed, waypointController } from '../../simulate/route/gateway-api/listeners.ts'
import { hostnamesOf } from '../../simulate/route/gateway-api/parents.ts'
import { kindIn } from '../../simulate/route/gateway-api/references.ts'
import { wantedBy } from '../../simulate/workloads/waypoints.ts'
import { matches } from '../../world/hosts.ts'
import { type KindKey, kindOf, kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { MeshWorld } from '../world.ts'

export const routeKinds: readonly KindKey[] = [kinds.httpRoute, kinds.grpcRoute, kinds.tcpRoute, kinds.tlsRoute]

const gateways: readonly KindKey[] = [kinds.kubernetesGateway, kinds.listenerSet]
const meshParents: readonly KindKey[] = [kinds.service, kinds.serviceEntry]

/** Classes that istiod makes where they are not there (istio pilot/pkg/config/kube/gatewaycommon/classinfo.go; 1.31). */
export const ownClasses: ReadonlyMap<string, string> = new Map([
  ['istio', 'istio.io/gateway-controller'],
  ['istio-remote', 'istio.io/unmanaged-gateway'],
  ['istio-waypoint', waypointController],
  ['istio-east-west', 'istio.io/eastwest-controller'],
])

/** What a route is attached to, as it says. */
export type Parent = { reference: Json; pointer: string; kind: KindKey; name: string; namespace: string }

/** Of the kinds that Istio knows; others are somebody else's matter. */
export function parentsOf(route: KubernetesObject): Parent[] {
  return listAt(route, 'spec', 'parentRefs')
    .map((reference, index) => ({
      reference,
      pointer: `/spec/parentRefs/${index}`,
      kind: kindIn(reference, { group: 'gateway.networking.k8s.io', kind: 'Gateway' }),
      name: textAt(reference, 'name') ?? '',
      namespace: textAt(reference, 'namespace') ?? namespaceOf(route),
    }))
    .filter(({ kind, name }) => name !== '' && (gateways.includes(kind) || meshParents.includes(kind)))
}

export function isGateway({ kind }: Pick<Parent, 'kind'>): boolean {
  return gateways.includes(kind)
}

export function parentObject({ config }: MeshWorld, { kind, name, namespace }: Parent): KubernetesObject | undefined {
  return config.get(kind, name, namespace)
}

/** A Gateway of another controller, or a Service behind its waypoint: what it takes is not for Istio to say. */
export function isOfOthers(world: MeshWorld, parent: Parent): boolean {
  const owner = parentObject(world, parent)
  if (!isGateway(parent)) return owner !== undefined && hasWaypointOfOthers(world, owner)
  const gateway = gatewayOf(world, owner)
  return gateway !== undefined && !isServed(world, gateway)
}

/**
 * By its own labels, else by those of its namespace (istio pilot/pkg/config/kube/gateway/conversion.go,
 * waypointManagedByAnotherController; 1.31).
 */
function hasWaypointOfOthers({ config }: MeshWorld, service: KubernetesObject): boolean {
  const namespace = namespaceOf(service)
  const own = wantedBy(labelsOf(service), namespace)
  const home = config.get(kinds.namespace, namespace)
  const wanted = own ?? (home === undefined ? undefined : wantedBy(labelsOf(home), namespace))
  if (wanted === undefined || wanted === 'none') return false
  const waypoint = config.get(kinds.kubernetesGateway, wanted.name, wanted.namespace)
  const used = config.get(kinds.gatewayClass, textAt(waypoint, 'spec', 'gatewayClassName') ?? '')
  const controller = textAt(used, 'spec', 'controllerName')
  return controller !== undefined && controller !== waypointController && controller !== 'istio.io/gateway-controller'
}

/** The Gateway itself, or that of a ListenerSet. */
export function gatewayOf({ config }: MeshWorld, object: KubernetesObject | undefined): KubernetesObject | undefined {
  if (object === undefined || kindOf(object) !== kinds.listenerSet) return object
  const { name, namespace } = parentOfSet(object) ?? {}
  return name === undefined ? undefined : config.get(kinds.kubernetesGateway, name, namespace)
}

/** The Gateway that a ListenerSet names; one of another kind is somebody else's matter. */
export function parentOfSet(set: KubernetesObject): { name: string; namespace: string } | undefined {
  const parent = at(set, 'spec', 'parentRef')
  const kind = kindIn(parent, { group: 'gateway.networking.k8s.io', kind: 'Gateway' })
  const name = textAt(parent, 'name') ?? ''
  if (kind !== kinds.kubernetesGateway || name === '') return undefined
  return { name, namespace: textAt(parent, 'namespace') ?? namespaceOf(set) }
}

/** The controller of a Gateway's class; a class that is not there is Istio's own of that name, if it is one. */
export function controllerOf({ config }: MeshWorld, gateway: KubernetesObject): string | undefined {
  const name = textAt(gateway, 'spec', 'gatewayClassName') ?? ''
  const written = config.get(kinds.gatewayClass, name)
  return written === undefined ? ownClasses.get(name) : textAt(written, 'spec', 'controllerName')
}

/** What listeners of gateways speak (istio pilot/pkg/config/kube/gateway/conversion.go, listenerProtocolToIstio; 1.31). */
export const servedProtocols: readonly string[] = ['HTTP', 'HTTPS', 'TLS', 'TCP']

export type Listener = { owner: KubernetesObject; value: Json; pointer: string; name: string }

export function listenersOf(parent: KubernetesObject): Listener[] {
  return listAt(parent, 'spec', 'listeners').map((value, index) => ({
    owner: parent,
    value,
    pointer: `/spec/listeners/${index}`,
    name: textAt(value, 'name') ?? '',
  }))
}

/** Whether a listener is one of those that a reference means. */
export function isMeant({ reference }: Parent, { value, name }: Listener): boolean {
  const port = numberAt(reference, 'port') ?? 0
  const section = textAt(reference, 'sectionName') ?? ''
  return (port === 0 || port === numberAt(value, 'port')) && (section === '' || section === name)
}

/** Either covers the other; a hostname that is not said is every host. */
export function takesHosts({ value }: Listener, route: KubernetesObject): boolean {
  const own = textAt(value, 'hostname') ?? '*'
  return hostnamesOf(route).some((host) => matches(own, host))
}

export function takesNamespace({ config }: MeshWorld, { owner, value }: Listener, namespace: string): boolean {
  const said = at(value, 'allowedRoutes', 'namespaces')
  const from = textAt(said, 'from') ?? 'Same'
  if (from === 'Same') return namespace === namespaceOf(owner)
  const selector = at(said, 'selector')
  if (from === 'All' || selector === undefined) return true
  const conditions = labelSelectorOf(selector)
  const home = config.get(kinds.namespace, namespace)
  // Its labels are not known.
  if (home === undefined) return true
  if (conditions === undefined) return false
  return matchesLabels(conditions, { ...labelsOf(home), 'kubernetes.io/metadata.name': namespace })
}

export function takesKind({ value }: Listener, route: KubernetesObject): boolean {
  return allowedKinds(value, textAt(value, 'protocol') ?? '').includes(kindOf(route))
}

/** Whether a listener takes a route that names it (istio pilot/pkg/config/kube/gateway/conversion.go, referenceAllowed; 1.31). */
export function takes(world: MeshWorld, listener: Listener, route: KubernetesObject): boolean {
  return (
    takesHosts(listener, route) && takesNamespace(world, listener, namespaceOf(route)) && takesKind(listener, route)
  )
}
