import type { KubeClient } from '@orbweaver/kube/client'
import { createCaches } from '@orbweaver/sandbox/actors/caches'
import type { ActorContext } from '@orbweaver/sandbox/actors/controller'
import { systemClock } from '@orbweaver/sandbox/clock'
import { startLoadBalancer } from '@orbweaver/sandbox/actors/load-balancer'
import { startInstalledOperator } from '@orbweaver/sandbox/actors/sail/installed-operator'
import type { Built } from './build.ts'
import type { Directory } from './connect-target.ts'
import { probeReady } from './ready-probe.ts'
import { labCharts } from './charts.ts'

/** What a member lacks because no registry has it: a cloud's load balancers, and the Sail Operator. */
export type ActorsOf = {
  readonly name: string
  /** Its place among the clusters: decides which addresses its load balancers have. */
  readonly index: number
  readonly api: KubeClient
  readonly directory: Directory
  readonly built: Built
  readonly say: (line: string) => void
}

/** Addresses of 192.0.2.0/24 are documentation: nothing dials them, and two clusters never give out the same. */
const addresses = 20
const providerMs = 300

export const startActors = (cluster: ActorsOf): { readonly stop: () => Promise<void> } => {
  const { api, built, say, index } = cluster
  const context: ActorContext = { client: api, caches: createCaches(api, say), log: say, clock: systemClock }
  const range = { from: index * addresses, to: (index + 1) * addresses - 1 }
  const parts = [
    startLoadBalancer(context, () => ({ mode: 'ip', range, delayMs: providerMs })),
    startInstalledOperator(context, {
      charts: labCharts(built),
      probe: (service) => probeReady(cluster, service),
    }),
  ]
  return {
    stop: async () => {
      await Promise.all(parts.map((part) => part.stop()))
      await context.caches.stop()
    },
  }
}
