import { flagAt } from '@orbweaver/contracts/json'
import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { entranceName, revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import { networksDiffer } from './network.ts'
import type { Observed, Stage } from './stage.ts'
import { stageId } from './stage.ts'
import { crossNetworkWanted, eastWestWanted, removal, scopeWanted } from './uninstall.ts'

/**
 * What the mesh once asked for and no longer does: taken away after everything it asks for now is ready, so that nobody
 * depends on it any more. A stage only where something of this mesh is still there.
 */
export function obsoleteStages(mesh: Mesh, observed: Observed): Stage[] {
  const stages = [...scopeStages(mesh, observed), ...gatewayStages(mesh, observed), ...entranceStages(mesh, observed)]
  return stages.filter((each) => each.removes.length > 0).map((each) => ({ ...each, calm: true }))
}

function scopeStages(mesh: Mesh, observed: Observed): Stage[] {
  if (flagAt(mesh.settings, 'sidecar', 'discoveryIsolation') === true) return []
  const { cluster } = mesh.controlPlane
  const after = [stageId('default-tag', cluster)]
  return [removal(mesh, observed, { name: 'remove-discovery-scope', at: cluster, wanted: scopeWanted(mesh), after })]
}

/**
 * Gateways between networks that are one now. Proxies that were injected on the other network keep it until they
 * restart; without a gateway istiod sends them to Pods directly (pilot/pkg/xds/endpoints/ep_filters.go), as the one
 * network promises.
 */
function gatewayStages(mesh: Mesh, observed: Observed): Stage[] {
  if (mesh.kind === 'Managed' && networksDiffer(mesh, observed)) return closedStages(mesh, observed)
  const wanted = eastWestWanted(mesh)
  const after = readyStages(mesh)
  return clustersOf(mesh).map((at) => removal(mesh, observed, { name: 'remove-east-west', at, wanted, after }))
}

/** What let other networks in, where services are exposed no more; the gateways stay, ready to be opened again. */
function closedStages(mesh: Mesh, observed: Observed): Stage[] {
  if (mesh.networks.exposeServices) return []
  const { cluster } = mesh.controlPlane
  const wanted = crossNetworkWanted(mesh)
  const after = [stageId('control-plane', cluster)]
  return [removal(mesh, observed, { name: 'remove-cross-network', at: cluster, wanted, after })]
}

/** The load balancer of an entrance that has a given address now; those of other revisions may still be dialled. */
function entranceStages(mesh: Mesh, observed: Observed): Stage[] {
  const { cluster, namespace, entrance } = mesh.controlPlane
  if (mesh.kind === 'Managed' && entrance.type === 'LoadBalancer') return []
  return [
    removal(mesh, observed, {
      name: 'remove-entrance',
      at: cluster,
      wanted: [[kinds.service, entranceName(revisionOf(mesh)), namespace]],
      after: readyStages(mesh),
    }),
  ]
}

function readyStages(mesh: Mesh): string[] {
  const members = mesh.members.map((each) => stageId('member-ready', each.cluster))
  return [stageId('control-plane', mesh.controlPlane.cluster), ...members]
}
