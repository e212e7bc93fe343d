import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { has } from '../../findings/upgrade/step.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import {
  asksIngress,
  canaryOf,
  type CanaryWaypoint,
  type NoWaypoint,
  type UsedWaypoint,
  waypointOf,
} from '../workloads/waypoints.ts'
import { anyAddress } from './addresses.ts'
import { registry, type Service } from './services.ts'

/**
 * What ambient's index knows of a host: what the cluster says that istiod reads its configuration from
 * (istio pilot/pkg/serviceregistry/ambient/services.go; 1.31).
 */
function ownObject(world: MeshWorld, { sources }: Service): KubernetesObject | undefined {
  return sources.find(({ cluster }) => cluster === world.config.cluster)?.object
}

/** The waypoint of a host, if one is named; or why it is not used. */
export function serviceWaypoint(world: MeshWorld, service: Service): UsedWaypoint | NoWaypoint | undefined {
  const object = ownObject(world, service)
  if (object === undefined) return undefined
  return waypointOf(world.config, { labels: labelsOf(object), namespace: namespaceOf(object), traffic: 'service' })
}

/** The canary beside the waypoint that a host uses, where the control plane knows of canaries. */
export function serviceCanary(world: MeshWorld, service: Service, used: UsedWaypoint): CanaryWaypoint | undefined {
  const object = ownObject(world, service)
  if (object === undefined || !knowsCanaries(world)) return undefined
  return canaryOf(world.config, object, used)
}

/** Since 1.31; a version that is not known is a new one. */
export const knowsCanaries = ({ version }: MeshWorld): boolean => has(version ?? '', '1.31') !== false

/**
 * Whether ztunnel finds the host by the address that is dialled. A ServiceEntry that names none is given one by istiod,
 * unless what is dialled decides where to (pilot/pkg/networking/serviceentry, ShouldV2AutoAllocateIP).
 */
export function isAddressed({ address, addresses, registry: kind, resolution, sources, host }: Service): boolean {
  if (address !== anyAddress || [...addresses.values()].some((each) => each !== anyAddress)) return true
  if (kind === 'Kubernetes' || host.startsWith('*')) return false
  if (sources.some(({ object }) => listAt(object, 'status', 'addresses').length > 0)) return true
  return resolution !== 'passthrough' && sources.every(({ object }) => object.status === undefined)
}

/**
 * The waypoint that ingress gateways send a host's requests to, which they do only where a label asks for it. Services
 * without an address count as well: istiod takes 0.0.0.0 for one (model/service.go, HasAddressOrAssigned).
 */
export function ingressWaypoint(world: MeshWorld, service: Service): UsedWaypoint | undefined {
  const object = ownObject(world, service)
  if (object === undefined || (object.kind !== 'Service' && !isAddressed(service))) return undefined
  const found = serviceWaypoint(world, service)
  if (found === undefined || 'code' in found) return undefined
  return asksIngress(world.config, { object, namespace: service.namespace }) ? found : undefined
}

/** Hosts of each waypoint, by `namespace/name` of its Gateway. */
const byWaypoint = fact<ReadonlyMap<string, ReadonlyMap<string, Service>>>('route: hosts of waypoints', (world) => {
  const found = new Map<string, Map<string, Service>>()
  for (const each of world.known(registry).all) {
    const used = serviceWaypoint(world, each)
    if (used === undefined || 'code' in used) continue
    if (each.resolution === 'dynamic-dns' && !each.external) continue
    const canary = serviceCanary(world, each, used)
    for (const gateway of [used.gateway, ...(canary === undefined ? [] : [canary.gateway])]) {
      const known = found.get(keyOf(gateway)) ?? new Map<string, Service>()
      found.set(keyOf(gateway), known)
      known.set(each.host, world.known(registry).in(each.host, each.namespace) ?? each)
    }
  }
  return found
})

export function servicesOf(
  world: MeshWorld,
  gateway: { namespace: string; name: string },
): ReadonlyMap<string, Service> {
  return world.known(byWaypoint).get(`${gateway.namespace}/${gateway.name}`) ?? new Map<string, Service>()
}

function keyOf(gateway: KubernetesObject): string {
  return `${namespaceOf(gateway)}/${gateway.metadata.name}`
}

/** Of the Service that istiod makes for a waypoint, its name: the host that its Gateway's status tells. */
export function hostOfWaypoint(world: MeshWorld, gateway: KubernetesObject): string {
  const told = listAt(gateway, 'status', 'addresses').find((each) => textAt(each, 'type') === 'Hostname')
  return textAt(told, 'value') ?? `${gateway.metadata.name}.${namespaceOf(gateway)}.svc.${world.mesh.domain}`
}
