import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Controller } from './controller.ts'

/** Milliseconds an event is kept after it was last written. Source: kube-apiserver --event-ttl, default 1h0m0s. */
const lifeMs = 3_600_000

/** Events do not stay: each goes an hour after its last word. */
export function expireEvents(cluster: Cluster): { controller: Controller; stop(): void } {
  let cancel: (() => void) | undefined
  const sweep = (): void => {
    cancel = undefined
    let oldest = Infinity
    for (const { object } of cluster.store.list('events')) {
      const end = lastWord(object) + lifeMs
      if (end > cluster.clock().getTime()) oldest = Math.min(oldest, end)
      else cluster.store.remove('events', object)
    }
    if (oldest < Infinity) later(oldest - cluster.clock().getTime())
  }
  const later = (ms: number): void => {
    cancel ??= cluster.after(ms, sweep)
  }
  return {
    controller: (resource, change) => {
      if (resource === 'events' && change.type === 'ADDED') later(lifeMs)
    },
    stop: () => cancel?.(),
  }
}

function lastWord(event: KubernetesObject): number {
  return Date.parse(textAt(event, 'lastTimestamp') ?? event.metadata.creationTimestamp ?? '') || 0
}
