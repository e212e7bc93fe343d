import { listAt, textAt } from '@orbweaver/contracts/json'
import type { MemberSync } from '@orbweaver/contracts/member-sync'
import type { Message } from '@orbweaver/contracts/message'
import { syncOf } from '@orbweaver/istio/meshes/sync'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { istioRevisions, pods, secrets } from '@orbweaver/kube/resources'
import { readerMs } from '../../fleet/ask-soon.ts'
import { clusterzOf } from '../../istiod/clusterz.ts'
import { whyNotAsked } from '../../istiod/istiods.ts'
import type { ClusterDoor } from '../../kube/doors.ts'
import type { Asking } from './asking.ts'

/** By the name of the member. */
export type Syncs = ReadonlyMap<string, MemberSync>

/**
 * How the members of a managed mesh stand with istiod, for who may list the Pods it runs in: others are told that they
 * may not know. Waits `patienceMs` at most.
 */
export async function syncsOf({ fleet, viewer }: Asking, mesh: Mesh, patienceMs: number): Promise<Syncs> {
  const members = mesh.members.map((each) => each.cluster)
  if (members.length === 0) return new Map()
  const { cluster, namespace } = mesh.controlPlane
  const everyone = (why: Message): Syncs =>
    new Map(members.map((each) => [each, { state: 'not-asked', why, replicas: [] }]))
  const door = fleet.get(cluster)
  if (door === undefined) return everyone({ code: 'meshes.istiod_away', params: { cluster } })
  const why = whyNotAsked(door)
  if (why !== undefined) return everyone(why)
  if (!(await viewer.lists(cluster, pods, namespace))) {
    return everyone({ code: 'meshes.istiod_not_permitted', params: { cluster, namespace } })
  }
  const told = await clusterzOf(door, { namespace, revisions: revisionsOf(door, mesh) }, patienceMs)
  if ('why' in told) return everyone(told.why)
  const namesSecrets = await viewer.lists(cluster, secrets, namespace)
  return new Map(
    members.map((each) => {
      const { secretName, ...sync } = syncOf(each, told.answers)
      const named = namesSecrets && secretName !== undefined
      return [each, { ...sync, asOf: new Date(told.asOf).toISOString(), ...(named && { secretName }) }]
    }),
  )
}

/**
 * What taking these members out may do to istiod: while one has timed out, forgetting it waits for its informers to end
 * (pkg/kube/multicluster/secretcontroller.go deleteCluster, 1.30), which may never be, and other Secrets wait behind it.
 */
export async function leavingNotes(asking: Asking, mesh: Mesh, clusters: readonly string[]): Promise<Message[]> {
  const syncs = await syncsOf(asking, mesh, readerMs)
  const timedOut = clusters.filter((each) => syncs.get(each)?.state === 'timeout')
  return timedOut.map((cluster) => ({ code: 'meshes.leave_timed_out', params: { cluster } }))
}

/** While another revision comes, the istiods of both serve every cluster of the mesh. */
export function revisionsOf({ mirror }: ClusterDoor, mesh: Mesh): ReadonlySet<string> {
  const owned = mirror
    .list(istioRevisions)
    .filter((each) => listAt(each, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'name') === mesh.name))
  return new Set([revisionOf(mesh), ...owned.map((each) => each.metadata.name)])
}
