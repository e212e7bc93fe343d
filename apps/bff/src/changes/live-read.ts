import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import type { Fleet } from '../kube/doors.ts'
import type { Identity, KubeClient } from '@orbweaver/kube/client'
import type { DraftItem } from './draft.ts'

export type LiveRead =
  | { state: 'found'; object: KubernetesObject }
  | { state: 'absent' }
  | { state: 'forbidden' }
  | { state: 'unreachable'; reason: string }

/** The client that acts for an item: the person's, or the console's own where the draft says so. */
export function clientFor(
  fleet: Fleet,
  item: Pick<DraftItem, 'ref' | 'by'>,
  identity: Identity,
): KubeClient | undefined {
  const door = doorOf(fleet, item.ref.cluster)
  if (door === undefined) return undefined
  return item.by === 'person' ? door.as(identity) : door.own
}

function doorOf(fleet: Fleet, cluster: string) {
  return cluster === fleet.hub.name ? fleet.hub : fleet.get(cluster)
}

/** What a read would come to in a cluster that is known to be out of reach: somebody waits for the plan. */
export function outOfReach(fleet: Fleet, { ref }: Pick<DraftItem, 'ref'>): LiveRead | undefined {
  const truth = doorOf(fleet, ref.cluster)?.mirror.truth()
  return truth?.state === 'unreachable'
    ? { state: 'unreachable', reason: truth.reason ?? 'kube.unreachable' }
    : undefined
}

/** The object as the API server has it now, managedFields included. */
export async function readLive(client: KubeClient, item: Pick<DraftItem, 'ref' | 'resource'>): Promise<LiveRead> {
  try {
    const object = await client.get(item.resource, targetOf(item.ref))
    return { state: 'found', object }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    if (error.code === 'not_found') return { state: 'absent' }
    if (error.code === 'forbidden') return { state: 'forbidden' }
    return { state: 'unreachable', reason: `kube.${error.code}` }
  }
}
