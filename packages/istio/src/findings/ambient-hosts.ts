import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { names } from '../world/names.ts'
import type { Host } from './host-registry.ts'
import type { MeshWorld } from './world.ts'

export type AmbientHost = { namespace: string; waypoint: boolean; waypointNamespace: string }

/**
 * A host whose namespace is in ambient mode, and whether a waypoint is asked for it: by the Service's label, else by its
 * namespace's (istio pilot/pkg/serviceregistry/kube/controller/ambient, getWaypoint). Undefined for every other host, and
 * where a Pod of the namespace may have a sidecar: a label of injection wins.
 */
export function ambientHost(world: MeshWorld, host: Host | undefined): AmbientHost | undefined {
  const [first] = host?.services ?? []
  if (host === undefined || first === undefined) return undefined
  const view = world.clusters.find(({ cluster }) => cluster === first.cluster)
  const home = view?.get(kinds.namespace, host.namespace)
  if (home === undefined || !isAmbient(labelsOf(home))) return undefined
  return { namespace: host.namespace, ...waypointOf(labelsOf(first.service), home) }
}

function isAmbient(labels: Labels): boolean {
  return labels[names.dataplaneMode] === 'ambient' && labels[names.injection] !== 'enabled'
}

function waypointOf(own: Labels, home: KubernetesObject): Pick<AmbientHost, 'waypoint' | 'waypointNamespace'> {
  const asked = own[names.useWaypoint] === undefined ? labelsOf(home) : own
  const name = asked[names.useWaypoint] ?? ''
  const waypointNamespace = asked[names.useWaypointNamespace] ?? home.metadata.name
  return { waypoint: name !== '' && name !== 'none', waypointNamespace }
}
