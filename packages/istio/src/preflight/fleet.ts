import { statedNetwork } from '../blueprints/network.ts'
import type { ObservedCluster } from '../blueprints/stage.ts'
import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { nameTooLong, revisionOf } from '../meshes/names.ts'
import { isPinned } from '../versions.ts'
import { check, type ClusterFacts, fix, type PreflightCheck, type PreflightInput } from './check.ts'
import { meshIdOf } from './identity.ts'

/** What the hub knows already: names, who has which cluster, and networks nobody stated. */
export function fleet({ mesh, creating, meshes, facts }: PreflightInput): PreflightCheck[] {
  const others = meshes.filter((each) => each.name !== mesh.name)
  return [
    nameCheck(mesh, creating && meshes.some((each) => each.name === mesh.name)),
    ...pinCheck(mesh),
    ...meshIdCheck(mesh, others),
    ...clustersOf(mesh).flatMap((cluster) => takenCheck(mesh, cluster, others)),
    ...networkChecks(mesh, facts),
  ]
}

function nameCheck(mesh: Mesh, taken: boolean): PreflightCheck {
  const params = { name: mesh.name, revision: revisionOf(mesh) }
  if (taken) return check('name.taken', 'blocking', { params, fix: fix('choose-name') })
  if (mesh.kind !== 'External' && nameTooLong(mesh)) {
    return check('name.too-long', 'blocking', { params, fix: fix('choose-name') })
  }
  return check('name.ok', 'ok', { params })
}

function pinCheck(mesh: Mesh): PreflightCheck[] {
  if (mesh.version === undefined || isPinned(mesh.version)) return []
  return [check('version.not-pinned', 'blocking', { params: { version: mesh.version }, fix: fix('choose-version') })]
}

/** Two meshes of one id and one root would take each other's workloads for their own. */
function meshIdCheck(mesh: Mesh, others: readonly Mesh[]): PreflightCheck[] {
  if (mesh.kind === 'External') return []
  const meshId = meshIdOf(mesh)
  const other = others.find((each) => each.kind !== 'External' && meshIdOf(each) === meshId)
  if (other === undefined) return []
  return [
    check('identity.mesh-id-taken', 'warning', { params: { meshId, mesh: other.name }, fix: fix('choose-mesh-id') }),
  ]
}

/** A cluster is in one mesh, and a cluster holds the control plane of one managed mesh at most. */
function takenCheck(mesh: Mesh, cluster: string, others: readonly Mesh[]): PreflightCheck[] {
  const holder = others.find((each) => clustersOf(each).includes(cluster))
  if (holder === undefined) return []
  return [
    check('cluster.in-other-mesh', 'blocking', { cluster, params: { mesh: holder.name }, fix: fix('choose-cluster') }),
  ]
}

function networkChecks(mesh: Mesh, facts: ReadonlyMap<string, ClusterFacts>): PreflightCheck[] {
  if (mesh.kind !== 'Managed' || mesh.members.length === 0) return []
  const observed = new Map<string, ObservedCluster>()
  for (const [cluster, { view, network, server }] of facts) observed.set(cluster, { view, network, server })
  return clustersOf(mesh)
    .filter((cluster) => statedNetwork(mesh, cluster, observed) === undefined)
    .map((cluster) =>
      check('network.assumed', 'warning', { cluster, params: { network: mesh.name }, fix: fix('state-network') }),
    )
}
