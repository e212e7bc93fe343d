import type { IntentOf } from '@orbweaver/contracts/intent'
import { annotationsOf, type KubernetesObject, labelsOf, refKey } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { clusterLeftovers, controlPlaneSecrets, isBare, type Leftover } from '@orbweaver/istio/blueprints/leftovers'
import { withMergePatch } from '@orbweaver/istio/diff/merge-patch'
import { clustersOf, isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { names } from '@orbweaver/istio/world/names'
import { viewWith } from '@orbweaver/istio/world/view'
import { knownResource } from '@orbweaver/kube/known-resources'
import { fleetClusters, meshes } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'
import { forbidden, type IstiodWrites, istiodWrites, refsOf } from '../../fleet/istiod-writes.ts'
import { type LeftBehind, shownOf } from '../../fleet/stays.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import { isReadable } from '../../kube/current.ts'
import type { Fleet, ViewerDoor } from '../../kube/doors.ts'
import { istioKinds } from '../../kube/mirrored-kinds.ts'
import { readStatus } from '../../reconciler/mesh-status.ts'
import { isBeingRead } from '../../reconciler/observe.ts'

/** What is left of Istio in a cluster; nothing is said of one that cannot be read, or was not read through yet. */
export async function leftIn(
  fleet: Fleet,
  cluster: string,
  viewer: ViewerDoor,
): Promise<LeftBehind & Pick<IstiodWrites, 'unread'>> {
  const door = fleet.get(cluster)
  if (door === undefined || !isReadable(door) || isBeingRead(door) || !fleet.hub.mirror.known(meshes)) {
    return { found: [], read: new Set(), unread: [] }
  }
  const held = heldIn(fleet, cluster)
  const view = viewOfMirror(door)
  // While a control plane is there, what it writes is in use.
  if (!isBare(view, held)) return { found: clusterLeftovers(view, held), read: new Set(), unread: [] }
  const [written, hidden] = await Promise.all([
    istiodWrites(door, viewer.identity, view),
    hiddenSecrets(viewer, cluster),
  ])
  return {
    found: clusterLeftovers(viewWith(view, written.objects), held),
    read: refsOf(cluster, written),
    unread: [...written.unread, ...hidden],
  }
}

/** Which Secrets of control planes the person would not be told of, whether they are there or not. */
async function hiddenSecrets(viewer: ViewerDoor, cluster: string): Promise<Message[]> {
  const asked = await Promise.all(
    controlPlaneSecrets.map(async (name) => {
      const seen = await viewer.may(cluster, { verb: 'get', group: '', resource: 'secrets', name })
      return seen ? [] : [name]
    }),
  )
  const hidden = asked.flat().map((name) => ({ resource: 'secrets', name }))
  return hidden.length === 0 ? [] : [forbidden(cluster, hidden)]
}

/** Meshes that are there, or are still being taken away by the console itself. */
function heldIn(fleet: Fleet, cluster: string): string[] {
  return fleet.hub.mirror.list(meshes).flatMap((object) => {
    const mesh = readMesh(object)
    // A record that cannot be read may name any cluster.
    if (!isMesh(mesh)) return [object.metadata.name]
    const leaving = readStatus(object).members.some((each) => each.cluster === cluster)
    const held = clustersOf(mesh).includes(cluster) || (leaving && !mesh.leaveBehind.includes(cluster))
    return held ? [mesh.name] : []
  })
}

/** Takes away what is left, in the order in which it can go; what is still of use to somebody is refused. */
export const planClean: Planner<IntentOf<'clusters.clean'>> = async ({ viewer, fleet, intent }) => {
  const record = await viewer.get(fleet.hub.name, fleetClusters, { name: intent.name })
  if (record === undefined) return refuse('clusters.not_found', { name: intent.name })
  const wanted = new Set(intent.objects.map(refKey))
  const left = await leftIn(fleet, intent.name, viewer)
  const going = await shownOf(viewer, { ...left, found: left.found.filter((each) => wanted.has(refKey(each.ref))) })
  const known = new Set(going.map((each) => refKey(each.ref)))
  const stranger = intent.objects.find((each) => !known.has(refKey(each)))
  if (stranger !== undefined) return refuse('clusters.not_left_over', { kind: stranger.kind, name: stranger.name })
  const params = { name: intent.name, count: going.length, object: going[0]?.ref.name ?? '' }
  return {
    ok: true,
    draft: {
      title: { code: 'clusters.clean', params },
      items: going.map(itemOf),
      derived: [],
      impact: { ...noImpact, notes: await notesOf(viewer, intent.name, going) },
      blocked: [],
      undoable: true,
    },
  }
}

function itemOf({ ref, code }: Leftover): DraftItem {
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) throw new TypeError(`left over, of a kind that is not known: ${ref.kind}`)
  const base = { ref, resource, by: 'person' } as const
  if (code === 'marked-namespace') return { ...base, op: 'update', how: 'merge', edit: unmarked }
  return { ...base, op: 'delete' }
}

/** A namespace stays with what others put in it; the marks by which Istio knew it go. */
function unmarked(live: KubernetesObject): KubernetesObject {
  const marks = (all: Record<string, string>, ...keys: string[]) =>
    Object.fromEntries(keys.filter((key) => key in all).map((key) => [key, null]))
  return withMergePatch(live, {
    metadata: {
      labels: {
        ...marks(labelsOf(live), names.network, names.mesh),
        ...(labelsOf(live)[names.managedBy] === 'orbweaver' && { [names.managedBy]: null }),
      },
      annotations: marks(annotationsOf(live), names.controlPlaneClusters),
    },
  })
}

/** A definition takes every object of its kind with it. */
async function notesOf(viewer: ViewerDoor, cluster: string, going: readonly Leftover[]): Promise<Message[]> {
  const definitions = new Set(going.filter((each) => each.code === 'custom-resource').map(({ ref }) => ref.name))
  const kinds = istioKinds.filter(({ plural, group }) => definitions.has(`${plural}.${group}`))
  const lists = await Promise.all(kinds.map((each) => viewer.list(cluster, each)))
  const count = lists.reduce((sum, each) => sum + each.length, 0)
  return count === 0 ? [] : [{ code: 'clusters.definitions_take_objects', params: { count } }]
}
