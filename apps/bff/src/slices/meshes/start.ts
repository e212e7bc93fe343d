import { flagAt } from '@orbweaver/contracts/json'
import { namespaceState } from '@orbweaver/istio/injection/namespace-state'
import { isSystemNamespace } from '@orbweaver/istio/injection/policy'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import type { FleetSummary } from '@orbweaver/istio/start/learning-path'
import * as kinds from '@orbweaver/kube/resources'
import type { Resource } from '@orbweaver/kube/client'
import { inFlight } from '../../changes/in-flight.ts'
import { injectionIn } from '../../fleet/injection.ts'
import { sourcesOf } from '../../prometheus/source.ts'
import type { Asking } from './asking.ts'

const traffic = [kinds.virtualServices, kinds.destinationRules, kinds.serviceEntries]
const security = [kinds.peerAuthentications, kinds.requestAuthentications, kinds.authorizationPolicies]

/** What there is in the meshes the viewer may see, for the states of the learning path. */
export async function fleetSummary(asking: Asking, meshes: readonly Mesh[]): Promise<FleetSummary> {
  const of = (kind: Mesh['kind']) => meshes.filter((mesh) => mesh.kind === kind).length
  const injected = await inFlight(meshes, 4, (mesh) => injectionOf(asking, mesh))
  return {
    managed: of('Managed'),
    dedicated: of('Dedicated'),
    external: of('External'),
    members: meshes.reduce((sum, mesh) => sum + mesh.members.length, 0),
    injectingByDefault: meshes.filter((mesh) => flagAt(mesh.settings, 'sidecar', 'injectByDefault') === true).length,
    injectedNamespaces: injected.reduce((sum, each) => sum + each.namespaces, 0),
    injectedWorkloads: injected.reduce((sum, each) => sum + each.workloads, 0),
    gateways: await rulesOf(asking, meshes, [kinds.istioGateways]),
    trafficRules: await rulesOf(asking, meshes, traffic),
    securityRules: await rulesOf(asking, meshes, security),
    measured: measuredIn(asking, meshes),
  }
}

function measuredIn({ fleet }: Asking, meshes: readonly Mesh[]): number {
  const known = new Set(sourcesOf(fleet).flatMap(({ clusters }) => clusters))
  return new Set(meshes.flatMap(clustersOf).filter((cluster) => known.has(cluster))).size
}

async function rulesOf({ viewer }: Asking, meshes: readonly Mesh[], resources: Resource[]): Promise<number> {
  const clusters = [...new Set(meshes.map((mesh) => mesh.controlPlane.cluster))]
  const lists = await inFlight(clusters, 4, (cluster) =>
    inFlight(resources, 3, (resource) => viewer.list(cluster, resource)),
  )
  return lists.flat().reduce((sum, list) => sum + list.length, 0)
}

async function injectionOf(asking: Asking, mesh: Mesh): Promise<{ namespaces: number; workloads: number }> {
  const counts = await inFlight(clustersOf(mesh), 4, async (cluster) => {
    const world = injectionIn(asking.fleet, mesh, cluster)
    if (world === undefined) return { namespaces: 0, workloads: 0 }
    const listed = await asking.viewer.list(cluster, kinds.namespaces)
    const states = listed
      .map((each) => each.metadata.name)
      .filter((name) => !isSystemNamespace(name, [mesh.controlPlane.namespace]))
      .map((name) => namespaceState(world, name))
    return {
      namespaces: states.filter((each) => each.servedBy !== undefined && each.pods.injected > 0).length,
      workloads: states.flatMap((each) => each.workloads).filter((each) => each.policy === 'enabled').length,
    }
  })
  return counts.reduce((sum, each) => ({
    namespaces: sum.namespaces + each.namespaces,
    workloads: sum.workloads + each.workloads,
  }))
}
