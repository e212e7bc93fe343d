import type { MeshNumbers } from '@orbweaver/contracts/mesh-numbers'
import { isSystemNamespace } from '@orbweaver/istio/injection/policy'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { gatewaysOf, servicesOf } from '@orbweaver/istio/meshes/numbers'
import { namespaceOf } from '@orbweaver/istio/world/namespace-of'
import { clusterView, type ClusterView } from '@orbweaver/istio/world/view'
import type { Resource } from '@orbweaver/kube/client'
import {
  daemonSets,
  deployments,
  endpointSlices,
  services as serviceResource,
  statefulSets,
  workloadEntries,
} from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import type { Asking } from './asking.ts'

/** As many as one reads on a first page; the findings name them all. */
const mostNamed = 5

/** Services and gateways of a mesh as far as the viewer may see them; none are told only to who may see all there are. */
export async function numbersOf(asking: Asking, mesh: Mesh): Promise<MeshNumbers> {
  const [services, workloads, everyService, everyGateway] = await Promise.all([
    inFlight(clustersOf(mesh), 4, (cluster) => withEndpoints(asking, mesh, cluster)),
    inFlight(clustersOf(mesh), 4, (cluster) => withWorkloads(asking, cluster)),
    seesAll(asking, mesh, [serviceResource, endpointSlices]),
    seesAll(asking, mesh, [deployments]),
  ])
  const served = servicesOf(services)
  const gateways = gatewaysOf(workloads)
  return {
    ...((served.total > 0 || everyService) && {
      services: { ...served, failing: served.failing.slice(0, mostNamed) },
    }),
    ...((gateways.ingress.total + gateways.egress.total > 0 || everyGateway) && { gateways }),
  }
}

/** Services of applications whose endpoints the viewer may list too: of another one nobody could tell how it is. */
async function withEndpoints({ viewer }: Asking, mesh: Mesh, cluster: string): Promise<ClusterView> {
  const found = await viewer.list(cluster, serviceResource)
  const apps = found.filter((each) => !isSystemNamespace(namespaceOf(each), [mesh.controlPlane.namespace]))
  const namespaces = [...new Set(apps.map(namespaceOf))]
  const listed = await inFlight(namespaces, 10, (namespace) => viewer.lists(cluster, endpointSlices, namespace))
  const told = new Set(namespaces.filter((_, index) => listed[index]))
  return clusterView(cluster, [
    ...apps.filter((each) => told.has(namespaceOf(each))),
    ...(await viewer.list(cluster, endpointSlices)),
    ...(await viewer.list(cluster, workloadEntries)),
  ])
}

async function withWorkloads({ viewer }: Asking, cluster: string): Promise<ClusterView> {
  const lists = await inFlight([deployments, daemonSets, statefulSets], 3, (kind) => viewer.list(cluster, kind))
  return clusterView(cluster, lists.flat())
}

/** A cluster whose mirror has not read a kind may have some. */
async function seesAll({ fleet, viewer }: Asking, mesh: Mesh, kinds: readonly Resource[]): Promise<boolean> {
  const asked = clustersOf(mesh).flatMap((cluster) => kinds.map((kind) => ({ cluster, kind })))
  const seen = await inFlight(asked, 4, async ({ cluster, kind }) => {
    return fleet.get(cluster)?.mirror.known(kind) === true && viewer.lists(cluster, kind)
  })
  return seen.every(Boolean)
}
