import type { Message } from '@orbweaver/contracts/message'
import { eachRightOnce, forbidden, rightIn } from '@orbweaver/contracts/missing-right'
import type { Identity } from '@orbweaver/kube/client'
import type { Fleet } from '../kube/doors.ts'

/** Reasons with each missing right once, and with whom to grant it to: every cluster spells people its own way. */
export function withWhoLacks(fleet: Fleet, identity: Identity, reasons: readonly Message[]): Message[] {
  return eachRightOnce(reasons).map((reason) => {
    const right = rightIn(reason, 'person')
    if (right === undefined) return reason
    const user = (right.cluster === fleet.hub.name ? fleet.hub : fleet.get(right.cluster))?.nameOf(identity)
    return user === undefined ? reason : forbidden({ ...right, user })
  })
}
