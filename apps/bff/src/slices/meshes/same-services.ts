import type { Message } from '@orbweaver/contracts/message'
import type { SharedService } from '@orbweaver/contracts/networks'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { sameServices } from '@orbweaver/istio/meshes/same-services'
import { hostOf, localHosts } from '@orbweaver/istio/networks/local'
import { kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { services } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import type { Asking } from './asking.ts'

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

/** As many as one reads in a plan; the page of services of one name tells of all. */
const mostNamed = 10

/** Which services become one with those of the same name when these clusters are in the mesh, those that differ one by one. */
export async function mergingNotes(asking: Asking, after: Mesh, joining: ReadonlySet<string>): Promise<Message[]> {
  const merging = (await sharedServicesOf(asking, after)).filter(({ refs }) =>
    refs.some((each) => joining.has(each.cluster)),
  )
  if (merging.length === 0) return []
  const differing = merging.filter((each) => each.inconsistent)
  const named = merging.slice(0, mostNamed).map(({ namespace, name }) => `${namespace}/${name}`)
  const more = merging.length > named.length ? ' …' : ''
  return [
    { code: 'meshes.services_merge', params: { count: merging.length, services: `${named.join(', ')}${more}` } },
    ...differing.slice(0, mostNamed).flatMap(({ namespace, name, differences }) =>
      differences
        .filter(({ aspect }) => aspect !== 'selector')
        .map(({ aspect, says }) => ({
          code: `meshes.service_differs.${aspect}`,
          params: {
            service: `${namespace}/${name}`,
            says: says.map((each) => `${each.cluster} ${each.value || '–'}`).join('; '),
          },
        })),
    ),
    ...(differing.length > mostNamed
      ? [{ code: 'meshes.services_differ_more', params: { count: differing.length - mostNamed } }]
      : []),
  ]
}
