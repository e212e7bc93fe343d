import { textsAt } from '@orbweaver/contracts/json'
import { type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Ranked } from '@orbweaver/contracts/metrics'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import type { Served, topServices } from '@orbweaver/istio/metrics/top'
import { serviceEntries, services } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../../kube/doors.ts'

type Looking = { viewer: ViewerDoor; mesh: Mesh }

/** Services that stand out, with where each of them is as far as the viewer sees it there. */
export async function ranked(looking: Looking, top: ReturnType<typeof topServices>) {
  const [requests, errors, latency] = await Promise.all(
    [top.requests, top.errors, top.latency].map((all) => Promise.all(all.map((each) => rankedOne(looking, each)))),
  )
  return { requests: requests ?? [], errors: errors ?? [], latency: latency ?? [] }
}

async function rankedOne({ viewer, mesh }: Looking, served: Served): Promise<Ranked> {
  const found = await Promise.all(clustersOf(mesh).map((cluster) => placesIn(viewer, cluster, served)))
  return { ...served, refs: found.flat() }
}

/** The Service of that name; a host of another sort is a ServiceEntry's. */
async function placesIn(viewer: ViewerDoor, cluster: string, { host, namespace, name }: Served): Promise<ObjectRef[]> {
  const service = await viewer.get(cluster, services, { namespace, name })
  if (service !== undefined) return [refOf(cluster, service)]
  const entries = await viewer.list(cluster, serviceEntries, namespace)
  const entry = entries.find((each) => textsAt(each, 'spec', 'hosts').includes(host))
  return entry === undefined ? [] : [refOf(cluster, entry)]
}
