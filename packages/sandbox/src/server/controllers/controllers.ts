import type { Cluster } from '../cluster.ts'
import type { Change } from '../store/change.ts'
import { aggregateRoles } from './aggregated-roles.ts'
import { serveCustomKinds } from './custom-kinds.ts'
import type { Controller } from './controller.ts'
import { countDisruptions } from './disruption.ts'
import { expireEvents } from './events.ts'
import { collectGarbage } from './garbage.ts'
import { endNamespaces } from './namespaces.ts'
import { countQuotas } from './quotas.ts'
import { keepServiceAccounts } from './service-accounts.ts'
import { fillTokenSecrets } from './token-secrets.ts'

export type Controllers = { settled(): Promise<void>; stop(): void }

/** The part of kube-controller-manager that an API server is not believable without. */
export function startControllers(cluster: Cluster): Controllers {
  const serve = serveCustomKinds(cluster)
  const events = expireEvents(cluster)
  const later: Controller[] = [
    aggregateRoles(cluster),
    keepServiceAccounts(cluster),
    fillTokenSecrets(cluster),
    countDisruptions(cluster),
    countQuotas(cluster),
    endNamespaces(cluster),
    collectGarbage(cluster),
    events.controller,
  ]
  const queue: { resource: string; change: Change }[] = []
  let running: Promise<void> | undefined
  let stopped = false

  const run = async (): Promise<void> => {
    await new Promise(setImmediate)
    for (let next = queue.shift(); next !== undefined && !stopped; next = queue.shift()) {
      for (const controller of later) controller(next.resource, next.change)
    }
    running = undefined
  }
  const stop = cluster.store.listen((resource, change) => {
    serve(resource, change)
    queue.push({ resource, change })
    running ??= run()
  })
  return {
    async settled() {
      while (running !== undefined) await running
    },
    stop() {
      stopped = true
      events.stop()
      stop()
    },
  }
}
