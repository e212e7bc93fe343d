import { isUsed } from '@orbweaver/istio/blueprints/still-used'
import type { Observed } from '@orbweaver/istio/blueprints/stage'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { kinds } from '@orbweaver/istio/world/kinds'
import { type ClusterView, viewWhere } from '@orbweaver/istio/world/view'
import { KubeError } from '@orbweaver/kube/error'
import { inFlight } from '../changes/in-flight.ts'
import { resourceOf } from '../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

/** What asks for sidecars. */
const asking = [kinds.namespace, kinds.deployment, kinds.statefulSet, kinds.daemonSet, kinds.cronJob]

/**
 * Whether something asks for a mesh that has nothing left to take away, asked of the cluster itself: what was written a
 * moment before the mesh went is in no mirror yet, and would ask for ever. Many objects, for the one look after which the
 * mesh is let go. A cluster that does not say so is asked again at the next look.
 */
export async function isUsedNow(
  fleet: Fleet,
  mesh: Mesh,
  of: { cluster: string; observed: Observed },
): Promise<boolean> {
  const { cluster, observed } = of
  const here = observed.get(cluster)
  const door = fleet.get(cluster)
  if (here?.view === undefined || door === undefined) return false
  try {
    const view = await viewNow(door, here.view)
    return isUsed(mesh, cluster, new Map([...observed, [cluster, { ...here, view }]]))
  } catch (error) {
    // Who may not even list them has no mirror of them either.
    if (error instanceof KubeError) return error.code !== 'forbidden'
    throw error
  }
}

async function viewNow(door: ClusterDoor, view: ClusterView): Promise<ClusterView> {
  const lists = await inFlight(asking, 2, async (kind) => {
    const resource = resourceOf(kind)
    return resource === undefined ? [] : (await door.own.list(resource)).items
  })
  return viewWhere(view, asking, lists.flat())
}
