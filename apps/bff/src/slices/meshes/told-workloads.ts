import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { inFlight } from '../../changes/in-flight.ts'
import type { ViewerDoor } from '../../kube/doors.ts'

/** More would be no reading matter; the note has the whole number. */
const workloadsListed = 200

/** Workloads that a change concerns, by name as far as the person may see them; of the others their number alone. */
export async function toldWorkloads<Each extends { ref: ObjectRef }>(viewer: ViewerDoor, all: readonly Each[]) {
  const sees = await inFlight(all, 10, (each) => viewer.sees(each.ref))
  const seen = all.filter((_, index) => sees[index] === true)
  const notes: Message[] = [
    ...(seen.length > workloadsListed
      ? [{ code: 'meshes.workloads_not_listed', params: { count: seen.length - workloadsListed } }]
      : []),
    ...(all.length > seen.length
      ? [{ code: 'sidecars.hidden_workloads', params: { count: all.length - seen.length } }]
      : []),
  ]
  return { seen, listed: seen.slice(0, workloadsListed), notes }
}
