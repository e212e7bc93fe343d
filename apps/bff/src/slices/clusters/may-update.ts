import type { Message } from '@orbweaver/contracts/message'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../../kube/doors.ts'

const verb = 'update'
const { group, plural: resource } = fleetClusters

/** The console writes credentials by itself: only for who may change the record that they are for. */
export function mayUpdate(viewer: ViewerDoor, hub: string, name: string): Promise<boolean> {
  return viewer.may(hub, { verb, group, resource, name })
}

export const forbidden: Message = { code: 'plan.forbidden', params: { verb, resource } }
