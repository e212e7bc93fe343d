import { clustersOf, isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { KubeError } from '@orbweaver/kube/error'
import { meshes } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import type { ChangeRecord, RecordItem } from './record.ts'
import { intentOf } from './undo.ts'

/** The mesh without which this item asks for sidecars that nobody will ever give, and that nobody could take back. */
function meshNeeded(record: ChangeRecord, item: RecordItem): string | undefined {
  const intent = intentOf(record)
  switch (intent?.type) {
    case 'sidecars.namespaces':
    case 'sidecars.workloads':
      return intent.action === 'enable' ? intent.mesh : undefined
    case 'meshes.join':
      return item.ref.kind === 'Namespace' ? intent.name : undefined
    default:
      return undefined
  }
}

/**
 * Whether the mesh of an item is gone, is being deleted, or has lost the cluster since the plan was made: a change may wait
 * for hours. Asks the hub; rejects with KubeError when it does not answer.
 */
export async function isWithoutMesh(fleet: Fleet, record: ChangeRecord, item: RecordItem): Promise<boolean> {
  const name = meshNeeded(record, item)
  if (name === undefined) return false
  const object = await fleet.hub.own.get(meshes, { name }).catch((error: unknown) => {
    if (error instanceof KubeError && error.code === 'not_found') return undefined
    throw error
  })
  const mesh = object === undefined ? undefined : readMesh(object)
  return mesh === undefined || !isMesh(mesh) || mesh.deleting || !clustersOf(mesh).includes(item.cluster)
}
