import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { isBatch } from '@orbweaver/istio/injection/batch'
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

/** What is true of Jobs and CronJobs among workloads that keep what they have until they restart: nobody restarts these. */
export function batchNotes(seen: readonly { ref: ObjectRef; pods: number }[]): Message[] {
  const of = (kind: string, code: string): Message[] => {
    const found = seen.filter(({ ref }) => isBatch(ref) && ref.kind === kind)
    const pods = found.reduce((sum, each) => sum + each.pods, 0)
    return found.length === 0 ? [] : [{ code, params: { count: found.length, pods } }]
  }
  return [...of('CronJob', 'meshes.cron_jobs_follow'), ...of('Job', 'meshes.jobs_follow')]
}

/** Those that a restart renews. */
export function lastingOf<Each extends { ref: ObjectRef }>(seen: readonly Each[]): Each[] {
  return seen.filter(({ ref }) => !isBatch(ref))
}
