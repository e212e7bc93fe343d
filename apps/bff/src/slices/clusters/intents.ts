import type { IntentOf } from '@orbweaver/contracts/intent'
import { textAt } from '@orbweaver/contracts/json'
import { fleetClusters } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, type PlannerOutcome } from '../../changes/draft.ts'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { allMeshes, meshOfCluster } from '../../fleet/mesh-of.ts'
import { leavingMembers } from '../../reconciler/leaving.ts'
import type { Fleet } from '../../kube/doors.ts'
import { prometheusSecretName } from '../../kube/prometheus-secret.ts'
import { credentialsDelete, isOwnSecretName } from './credentials.ts'
import { planEdit } from './edit.ts'
import { planLocality } from './locality.ts'
import { planClean } from './leftovers.ts'
import { planPrepareHub } from './prepare-hub.ts'
import { planRegister } from './register.ts'

/** The records and the credentials: the clusters themselves are not touched. */
export function planRemoval(fleet: Fleet, names: readonly string[]): PlannerOutcome {
  const { hub } = fleet
  const ref = { cluster: hub.name, group: fleetClusters.group, version: fleetClusters.version, kind: 'FleetCluster' }
  const items: DraftItem[] = []
  for (const name of names) {
    const secretName = textAt(hub.mirror.get(fleetClusters, { name }), 'spec', 'credentialsSecretName')
    const record: DraftItem = { ref: { ...ref, name }, resource: fleetClusters, by: 'person', op: 'delete' }
    items.push(record)
    if (isOwnSecretName(name, secretName))
      items.push({ ...credentialsDelete(hub.name, secretName), onlyWith: items.length - 1 })
    if (fleet.prometheusCredentials(name) !== undefined) {
      items.push({ ...credentialsDelete(hub.name, prometheusSecretName(name)), onlyWith: items.indexOf(record) })
    }
  }
  const blocked = names.flatMap((name) => {
    const mesh = meshOfCluster(fleet, name)
    if (mesh !== undefined) return [{ code: 'clusters.in_mesh', params: { name, mesh: mesh.name } }]
    const left = allMeshes(fleet).find((each) => isLeaving(fleet, each, name))
    return left === undefined ? [] : [{ code: 'clusters.leaving_mesh', params: { name, mesh: left.name } }]
  })
  const [name = ''] = names
  const title =
    names.length === 1
      ? { code: 'clusters.remove', params: { name } }
      : { code: 'clusters.remove.several', params: { count: names.length } }
  // The credentials are gone for good, so there is no way back but registering again.
  return { ok: true, draft: { title, items, derived: [], impact: noImpact, blocked, undoable: false } }
}

/** Whether a mesh that the cluster was in is still to be cleaned from it, and somebody waits for that. */
function isLeaving(fleet: Fleet, mesh: Mesh, cluster: string): boolean {
  return leavingMembers(fleet, mesh.name).includes(cluster) && !mesh.leaveBehind.includes(cluster)
}

/** Waits until no mesh names the cluster. */
const planRemove: Planner<IntentOf<'clusters.remove'>> = ({ fleet, intent }) =>
  Promise.resolve(planRemoval(fleet, [intent.name]))

export const clusterPlanners = {
  'clusters.register': planRegister,
  'clusters.edit': planEdit,
  'clusters.remove': planRemove,
  'clusters.clean': planClean,
  'clusters.prepare-hub': planPrepareHub,
  'clusters.locality': planLocality,
}
