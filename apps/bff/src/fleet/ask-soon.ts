import { KubeError } from '@orbweaver/kube/error'
import type { ClusterDoor } from '../kube/doors.ts'

/** How long somebody who looks at a page waits for one cluster (ms): the page is to be there within a second. */
export const readerMs = 700

/** Asks a cluster for somebody who waits; one that is known to be out of reach is not asked. Rejects with KubeError. */
export function askSoon<Value>(door: ClusterDoor, question: (deadlineMs: number) => Promise<Value>): Promise<Value> {
  if (door.mirror.truth().state !== 'unreachable') return question(readerMs)
  const message = 'the cluster is out of reach'
  return Promise.reject(new KubeError({ code: 'unreachable', cluster: door.name, message, reason: 'NotAsked' }))
}
