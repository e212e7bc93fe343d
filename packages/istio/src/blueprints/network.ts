import type { Mesh } from '../meshes/mesh.ts'
import { clustersOf } from '../meshes/mesh.ts'
import type { Observed } from './stage.ts'

/**
 * The Istio network of one cluster of a managed mesh. Clusters that say nothing are taken to reach each other's Pods
 * directly, on one network named after the mesh; preflight says that it was assumed.
 */
export function networkOf(mesh: Mesh, cluster: string, observed: Observed): string {
  return statedNetwork(mesh, cluster, observed) ?? mesh.name
}

/** What a person stated, for the member or for the cluster. */
export function statedNetwork(mesh: Mesh, cluster: string, observed: Observed): string | undefined {
  const member = mesh.members.find((each) => each.cluster === cluster)
  return member?.network ?? observed.get(cluster)?.network
}

/** The network a mesh puts a cluster on that states this one; undefined where it sets none, as on an external mesh. */
export function meshNetwork(mesh: Mesh, cluster: string, stated: string | undefined): string | undefined {
  if (mesh.kind === 'External') return undefined
  const member = mesh.members.find((each) => each.cluster === cluster)
  return member?.network ?? stated ?? (mesh.kind === 'Managed' ? mesh.name : undefined)
}

export function networksDiffer(mesh: Mesh, observed: Observed): boolean {
  return new Set(clustersOf(mesh).map((cluster) => networkOf(mesh, cluster, observed))).size > 1
}
