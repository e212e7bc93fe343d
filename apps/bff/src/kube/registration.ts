import type { Message } from '@orbweaver/contracts/message'
import type { Resource } from '@orbweaver/kube/client'
import { fleetClusters, meshes } from '@orbweaver/kube/resources'
import { isReadable } from './current.ts'
import type { Fleet } from './doors.ts'

/** The hub's records that everything said of clusters and meshes rests on. */
const records: readonly Resource[] = [fleetClusters, meshes]

/**
 * Why nothing can be said of the fleet yet; undefined once the hub's records were read. A console that has just been
 * started must not take a cluster for gone that it has not met yet.
 */
export function unreadFleet({ hub }: Pick<Fleet, 'hub'>): Message | undefined {
  if (records.every((each) => hub.mirror.known(each))) return undefined
  const { state, reason } = hub.mirror.truth()
  if (state !== 'unreachable' && state !== 'unauthorized') return { code: 'plan.fleet_unread', params: {} }
  return { code: 'plan.cluster_unreachable', params: { cluster: hub.name, reason: reason ?? 'kube.unreachable' } }
}

/** Whether a cluster is registered, connected or not. `unknown` while the hub's records were not read. */
export function registered(fleet: Fleet, cluster: string): 'yes' | 'no' | 'unknown' {
  if (fleet.get(cluster) !== undefined || cluster === fleet.hub.name) return 'yes'
  if (!fleet.hub.mirror.known(fleetClusters)) return 'unknown'
  return fleet.hub.mirror.get(fleetClusters, { name: cluster }) === undefined ? 'no' : 'yes'
}

/** Why there is no door to a cluster, as a code of the console's reasons. Unread is not unregistered. */
export function whyNoDoor(fleet: Fleet, cluster: string): string {
  if (registered(fleet, cluster) === 'no') return 'clusters.not_registered'
  const truth = fleet.unusable().find((each) => each.cluster === cluster)
  return truth === undefined || truth.state === 'syncing' ? unread : (truth.reason ?? unread)
}

const unread = 'clusters.unread'

/** Whether a cluster may be there although there is no door to it: it will be known in a moment. */
export function isUnmet(fleet: Fleet, cluster: string): boolean {
  return fleet.get(cluster) === undefined && whyNoDoor(fleet, cluster) === unread
}

/**
 * Why nobody can say whether an object of a kind is in a cluster; undefined once the kind was read there and the cluster
 * answers. What was not read is not missing.
 */
export function unreadIn(fleet: Fleet, cluster: string, resource: Resource): Message | undefined {
  const door = fleet.get(cluster)
  const syncing = { code: 'plan.cluster_syncing', params: { cluster } }
  if (door === undefined) {
    const reason = whyNoDoor(fleet, cluster)
    return reason === unread ? syncing : { code: 'plan.cluster_unreachable', params: { cluster, reason } }
  }
  if (isReadable(door)) return door.mirror.known(resource) ? undefined : syncing
  const { reason = 'kube.unreachable' } = door.mirror.truth()
  return { code: 'plan.cluster_unreachable', params: { cluster, reason } }
}
