import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { ClusterDoor } from './doors.ts'
import { isKeptWhole } from './mirrored-kinds.ts'

const readable = new Set(['fresh', 'stale', 'syncing'])

/** Whether a cluster can be asked now: of others there is old news alone. */
export const isReadable = ({ mirror }: ClusterDoor): boolean => readable.has(mirror.truth().state)

type Named = { name: string; namespace?: string | undefined }

/**
 * An object as it is, whole: from the mirror where it can tell; live, by the console's own account, for kinds that it
 * does not keep whole, or not at all. Throws a KubeError of the cluster.
 */
export async function current(
  { mirror, own }: ClusterDoor,
  resource: Resource,
  of: Named,
): Promise<KubernetesObject | undefined> {
  if (isKeptWhole(resource) && mirror.known(resource)) return mirror.get(resource, targetOf(of))
  return own.get(resource, targetOf(of)).catch(nothing)
}

/** For what may be gone already: throws all but `not_found`. */
export function nothing(error: unknown): undefined {
  if (error instanceof KubeError && error.code === 'not_found') return undefined
  throw error
}
