import type { JsonRecord } from '@orbweaver/contracts/json'
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

/** What a person stated, for this mesh or for the cluster. */
export function statedNetwork(mesh: Mesh, cluster: string, observed: Observed): string | undefined {
  return ownNetwork(mesh, cluster) ?? observed.get(cluster)?.network
}

/** What the mesh itself says of one of its clusters. */
export function ownNetwork(mesh: Mesh, cluster: string): string | undefined {
  if (cluster === mesh.controlPlane.cluster) return mesh.networks.controlPlane
  return mesh.members.find((each) => each.cluster === cluster)?.network
}

/** The network a mesh puts a cluster on that states this one; undefined where it sets none, as on an external mesh. */
export function meshNetwork(mesh: Mesh, cluster: string, stated: string | undefined): string | undefined {
  if (mesh.kind === 'External') return undefined
  return ownNetwork(mesh, cluster) ?? stated ?? (mesh.kind === 'Managed' ? mesh.name : undefined)
}

export function networksDiffer(mesh: Mesh, observed: Observed): boolean {
  return new Set(clustersOf(mesh).map((cluster) => networkOf(mesh, cluster, observed))).size > 1
}

/**
 * Gateways at addresses that people gave, for the values of the control plane. istiod learns of load balancers by itself,
 * and of these by its meshNetworks, which it follows without a restart (pilot/pkg/model/network.go reload, 1.30).
 */
export function meshNetworksValues(mesh: Mesh, observed: Observed): JsonRecord {
  if (!networksDiffer(mesh, observed)) return {}
  const clusters = clustersOf(mesh)
  const given = mesh.networks.gateways.filter((each) => each.addresses.length > 0 && clusters.includes(each.cluster))
  const networks = new Set(given.map((each) => networkOf(mesh, each.cluster, observed)))
  if (networks.size === 0) return {}
  const meshNetworks: JsonRecord = {}
  for (const network of networks) {
    const here = clusters.filter((cluster) => networkOf(mesh, cluster, observed) === network)
    const gateways = given
      .filter((each) => here.includes(each.cluster))
      .flatMap(({ addresses, port }) => addresses.map((address) => ({ address, port })))
    meshNetworks[network] = { endpoints: here.map((cluster) => ({ fromRegistry: cluster })), gateways }
  }
  return { global: { meshNetworks } }
}
