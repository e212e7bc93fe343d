import { type InjectionWorld, injectionWorld } from '@orbweaver/istio/injection/world'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { viewOfMirror } from '../kube/cluster-view.ts'
import type { Fleet } from '../kube/doors.ts'

/** How injection stands in one cluster of a mesh; a member's injector is described in its control-plane cluster. */
export function injectionIn(fleet: Fleet, mesh: Mesh, cluster: string): InjectionWorld | undefined {
  const door = fleet.get(cluster)
  if (door === undefined) return undefined
  const primary = cluster === mesh.controlPlane.cluster ? undefined : fleet.get(mesh.controlPlane.cluster)
  return injectionWorld(viewOfMirror(door), primary === undefined ? undefined : viewOfMirror(primary))
}
