import type { SharedService } from '@orbweaver/contracts/networks'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { sameServices } from '@orbweaver/istio/meshes/same-services'
import { hostOf, localHosts } from '@orbweaver/istio/networks/local'
import { kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { services } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import type { Asking } from './preflight.ts'

/** Compared among the clusters where the viewer may see the service: one that they see in one cluster only is not here. */
export async function sharedServicesOf({ viewer }: Asking, mesh: Mesh): Promise<SharedService[]> {
  const views = await inFlight(clustersOf(mesh), 4, async (cluster) =>
    clusterView(cluster, await viewer.list(cluster, services), [kinds.service]),
  )
  const localBy = localHosts(mesh)
  return sameServices(views, [mesh.controlPlane.namespace]).map((each) => {
    const host = hostOf(mesh, each)
    const local = localBy(host)
    return { ...each, host, ...(local !== undefined && { local }) }
  })
}
