import { meshes } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import { readStatus } from './mesh-status.ts'

/** Clusters that are members no longer and are still being cleaned, or waited for. */
export function leavingMembers({ hub }: Fleet, mesh: string): string[] {
  const object = hub.mirror.get(meshes, { name: mesh })
  const members = object === undefined ? [] : readStatus(object).members
  return members.filter((each) => each.state === 'leaving').map((each) => each.cluster)
}
