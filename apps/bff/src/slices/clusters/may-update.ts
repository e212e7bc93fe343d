import type { Message } from '@orbweaver/contracts/message'
import { forbidden } from '@orbweaver/contracts/missing-right'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../../kube/doors.ts'

/** The console writes credentials by itself: only for who may change the record that they are for. Why not, where they may not. */
export async function whyNoUpdate(viewer: ViewerDoor, hub: string, name: string): Promise<Message | undefined> {
  const right = { verb: 'update', group: fleetClusters.group, resource: fleetClusters.plural }
  return (await viewer.may(hub, { ...right, name })) ? undefined : forbidden({ cluster: hub, ...right })
}
