import { textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { knowsCanaries } from '../route/waypoint-services.ts'
import { canaryOf, type NoWaypoint, waypointOf } from '../workloads/waypoints.ts'
import { type Carrier, type Workload, workloadAt } from '../workloads/workload.ts'
import type { Destination } from './destination.ts'
import type { Door } from './inbound.ts'
import type { Canary } from './stop.ts'

/**
 * Who calls a headless Service dials one of its Pods: of such a call nobody knows the Service. A gateway that is told to
 * use its waypoint asks there for 0.0.0.0, which istiod takes for the Service's address (istio
 * pilot/pkg/xds/endpoints/endpoint_builder.go, findServiceWaypoint).
 */
export function addressedTo(to: Destination, carrier?: Carrier): Destination {
  if (carrier === 'gateway') return to
  const isHeadless = to.door?.kind === 'Service' && textAt(to.door.object, 'spec', 'clusterIP') === 'None'
  return isHeadless ? { ...to, door: undefined } : to
}

/** The waypoint that calls go through: of the Service where they are addressed to one, else of the workload. */
export function waypointFor(
  world: MeshWorld,
  workload: Workload,
  door: Door | undefined,
): Workload | NoWaypoint | undefined {
  const { view } = workload
  const addressed = door?.object
  const found = waypointOf(
    view,
    addressed === undefined
      ? { labels: workload.labels, namespace: workload.namespace, traffic: 'workload' }
      : { labels: labelsOf(addressed), namespace: namespaceOf(addressed), traffic: 'service' },
  )
  return found === undefined || 'code' in found ? found : workloadAt(world, view, found.gateway)
}

/** The canary beside the waypoint of a Service. */
export function canaryFor(world: MeshWorld, { view }: Workload, door: Door | undefined): Canary | undefined {
  if (door === undefined || !knowsCanaries(world)) return undefined
  const { object } = door
  const used = waypointOf(view, { labels: labelsOf(object), namespace: namespaceOf(object), traffic: 'service' })
  const found = used === undefined || 'code' in used ? undefined : canaryOf(view, object, used)
  return found && { workload: workloadAt(world, view, found.gateway), weight: found.weight }
}

export function isWaypoint(found: Workload | NoWaypoint | undefined): found is Workload {
  return found !== undefined && 'carrier' in found
}
