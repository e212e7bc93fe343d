import type { Message } from '@orbweaver/contracts/message'
import { forbidden } from '@orbweaver/contracts/missing-right'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../../kube/doors.ts'

const right = { verb: 'update', group: fleetClusters.group, resource: fleetClusters.plural }

/**
 * Why a person may not change a record; undefined where they may. The console writes credentials by itself: only for who
 * may change the record that they are for.
 */
export async function whyNotUpdated(viewer: ViewerDoor, hub: string, name: string): Promise<Message | undefined> {
  return (await viewer.may(hub, { ...right, name })) ? undefined : forbidden({ cluster: hub, ...right })
}
