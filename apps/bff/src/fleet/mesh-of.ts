import { clustersOf, isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { meshes } from '@orbweaver/kube/resources'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'

/** A Mesh the viewer may see; one that cannot be read is as good as absent here (the reconciler says why in its log). */
export async function meshFor(viewer: ViewerDoor, fleet: Fleet, name: string): Promise<Mesh | undefined> {
  const object = await viewer.get(fleet.hub.name, meshes, { name })
  const mesh = object === undefined ? undefined : readMesh(object)
  return mesh !== undefined && isMesh(mesh) ? mesh : undefined
}

/** Every readable Mesh of the hub, whoever may see it: for questions about the fleet as a whole. */
export function allMeshes(fleet: Fleet): Mesh[] {
  return fleet.hub.mirror
    .list(meshes)
    .map((object) => readMesh(object))
    .filter(isMesh)
}

/** The mesh a cluster belongs to; a cluster is in at most one. */
export function meshOfCluster(fleet: Fleet, cluster: string): Mesh | undefined {
  return allMeshes(fleet).find((mesh) => clustersOf(mesh).includes(cluster))
}
