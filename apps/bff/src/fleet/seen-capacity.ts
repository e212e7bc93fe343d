import type { Capacity } from '@orbweaver/contracts/capacity'
import { capacity } from '@orbweaver/istio/capabilities/capacity'
import { kindKey } from '@orbweaver/istio/world/kinds'
import { nodes, pods, services } from '@orbweaver/kube/resources'
import { viewOfMirror } from '../kube/cluster-view.ts'
import type { ClusterDoor, ViewerDoor } from '../kube/doors.ts'

const counted = [services, pods, nodes]

/** What a cluster holds and has: each part to those who may list all of it. */
export async function seenCapacity(viewer: ViewerDoor, door: ClusterDoor): Promise<Capacity> {
  const may = await Promise.all(
    counted.map(async (resource) => door.mirror.known(resource) && viewer.lists(door.name, resource)),
  )
  const told = counted.filter((_, index) => may[index] === true)
  return capacity(viewOfMirror(door), new Set(told.map(kindKey)))
}
