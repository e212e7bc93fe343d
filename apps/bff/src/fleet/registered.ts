import { fleetClusters } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'

/**
 * Whether a cluster is registered, connected or not. `unknown` while the hub's records were not read: a console that has
 * just been started must not take a cluster for gone that it has not met yet.
 */
export function registered(fleet: Fleet, cluster: string): 'yes' | 'no' | 'unknown' {
  if (fleet.get(cluster) !== undefined || cluster === fleet.hub.name) return 'yes'
  if (!fleet.hub.mirror.known(fleetClusters)) return 'unknown'
  return fleet.hub.mirror.get(fleetClusters, { name: cluster }) === undefined ? 'no' : 'yes'
}
