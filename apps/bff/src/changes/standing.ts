import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { applyPaths } from '@orbweaver/istio/diff/touched'
import { asksForSidecars } from '@orbweaver/istio/injection/workload-state'
import { clustersOf, isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import type { Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { fleetClusters, meshes } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import type { Keys } from './keys.ts'
import type { ChangeRecord, RecordItem } from './record.ts'
import { ownRecord } from './seal.ts'
import { intentOf } from './undo.ts'

type Standing = { fleet: Fleet; keys: Keys }

/**
 * What an item rests on beside its own object, and what of it is no longer so: a change may wait for hours, and two may be
 * planned at once. Asks the hub right before the write; rejects with KubeError when it does not answer.
 */
export async function noLongerStands(
  { fleet, keys }: Standing,
  record: ChangeRecord,
  item: RecordItem,
): Promise<string | undefined> {
  const unasked = await asksInVain({ fleet, keys }, record, item)
  if (unasked !== undefined) return unasked
  if (item.ref.kind === 'FleetCluster' && item.op === 'delete' && (await isInMesh(fleet, item.ref.name)))
    return 'change.cluster_in_mesh'
  const unregistered = await Promise.all(clustersNeeded(record, item).map((each) => isUnregistered(fleet, each)))
  return unregistered.includes(true) ? 'change.cluster_gone' : undefined
}

/** Why nobody would give, and nobody could take back, the sidecars that an item asks for. */
async function asksInVain(standing: Standing, record: ChangeRecord, item: RecordItem): Promise<string | undefined> {
  if (item.ref.kind === 'Mesh') return undefined
  const needed = await switched(standing, record)
  if (needed === 'forgotten') return isAskedFor(item) ? 'change.undone_gone' : undefined
  if (needed?.asks !== true) return undefined
  return (await isWithoutMesh(standing.fleet, needed.mesh, item)) ? 'change.mesh_gone' : undefined
}

/** Whether the mesh of an item is gone, is being deleted, or has lost the cluster. */
async function isWithoutMesh(fleet: Fleet, name: string, item: RecordItem): Promise<boolean> {
  const object = await found(fleet, meshes, name)
  const mesh = object === undefined ? undefined : readMesh(object)
  return mesh === undefined || !isMesh(mesh) || mesh.deleting || !clustersOf(mesh).includes(item.cluster)
}

type Switched = { mesh: string; asks: boolean }

/**
 * Whether a change asks for sidecars, and of which mesh: without it nobody would ever give them, and nobody could take that
 * back. Taking back that they were switched off asks, and the other way round; forgotten where what it takes back is kept
 * no longer (retention.ts).
 */
async function switched({ fleet, keys }: Standing, record: ChangeRecord): Promise<Switched | 'forgotten' | undefined> {
  const intent = intentOf(record)
  switch (intent?.type) {
    case 'meshes.join':
      return { mesh: intent.name, asks: true }
    case 'sidecars.namespaces':
    case 'sidecars.workloads':
      return { mesh: intent.mesh, asks: intent.action === 'enable' }
    case 'history.undo': {
      const undone = await ownRecord({ hub: fleet.hub, keys }, intent.change)
      // A change is made before the one that undoes it: this comes to an end.
      const before = undone === undefined ? 'forgotten' : await switched({ fleet, keys }, undone)
      return typeof before === 'object' ? { mesh: before.mesh, asks: !before.asks } : before
    }
    default:
      return undefined
  }
}

/** By what the item itself writes. */
function isAskedFor({ ref: { group, version, kind, name }, object, touched }: RecordItem): boolean {
  const apiVersion = group === '' ? version : `${group}/${version}`
  return asksForSidecars(object ?? applyPaths({ apiVersion, kind, metadata: { name } }, touched))
}

/** A cluster that a mesh names cannot be reached any more once it is unregistered: the mesh could not even be deleted. */
async function isInMesh(fleet: Fleet, cluster: string): Promise<boolean> {
  const { items } = await fleet.hub.own.list(meshes)
  return items.some((object) => {
    const mesh = readMesh(object)
    return isMesh(mesh) && clustersOf(mesh).includes(cluster)
  })
}

/** Clusters that a Mesh is to stand in from this item on. */
function clustersNeeded(record: ChangeRecord, item: RecordItem): string[] {
  if (item.ref.kind !== 'Mesh' || item.op === 'delete') return []
  const intent = intentOf(record)
  if (intent?.type === 'meshes.join') return intent.members.map(({ cluster }) => cluster)
  const mesh = item.op === 'create' && item.object !== undefined ? readMesh(item.object) : undefined
  return mesh !== undefined && isMesh(mesh) ? clustersOf(mesh) : []
}

/** The hub needs no record of its own. */
async function isUnregistered(fleet: Fleet, cluster: string): Promise<boolean> {
  return cluster !== fleet.hub.name && (await found(fleet, fleetClusters, cluster)) === undefined
}

async function found(fleet: Fleet, resource: Resource, name: string): Promise<KubernetesObject | undefined> {
  return fleet.hub.own.get(resource, { name }).catch((error: unknown) => {
    if (error instanceof KubeError && error.code === 'not_found') return undefined
    throw error
  })
}
