import { listAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { istioRevisions, pods } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'

/** Where a control plane runs: its namespace, and the revisions whose istiods are asked. */
export type ControlPlanePlace = { namespace: string; revisions: ReadonlySet<string> }

const mostReplicas = 4

/** Why there is no asking in a cluster just now; everybody may know how a cluster of a mesh they see is read. */
export function whyNotAsked(door: ClusterDoor): Message | undefined {
  const { state } = door.mirror.truth()
  const params = { cluster: door.name }
  if (state === 'unreachable' || state === 'unauthorized') return { code: 'meshes.istiod_away', params }
  return door.mirror.known(pods) ? undefined : { code: 'meshes.istiod_unread', params }
}

/** Those of the ready replicas that are asked, by name. */
export function readyIstiods(door: ClusterDoor, { namespace, revisions }: ControlPlanePlace): KubernetesObject[] {
  return door.mirror
    .list(pods, namespace)
    .filter((pod) => labelsOf(pod).app === 'istiod' && revisions.has(labelsOf(pod)[names.revision] ?? ''))
    .filter((pod) => conditionOf(pod, 'Ready')?.status === 'True' && pod.metadata.deletionTimestamp === undefined)
    .toSorted((one, other) => one.metadata.name.localeCompare(other.metadata.name, 'en'))
    .slice(0, mostReplicas)
}

/** While another revision comes, the istiods of both read every member. */
export function revisionsOf({ mirror }: ClusterDoor, mesh: Mesh): ReadonlySet<string> {
  const owned = mirror
    .list(istioRevisions)
    .filter((each) => listAt(each, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'name') === mesh.name))
  return new Set([revisionOf(mesh), ...owned.map((each) => each.metadata.name)])
}
