import { mutatingWebhookConfigurations } from '@orbweaver/kube/resources'
import { type IstioVersion, istioVersions } from '@orbweaver/schemas/versions'
import type { ActorContext } from '../controller.ts'
import type { Charts } from './chart-objects.ts'
import { startIstioController } from './istio-controller.ts'
import { startNodeAgentControllers } from './node-agent-controller.ts'
import { type Probe, startReadinessProbes } from './readiness.ts'
import { startRevisionController } from './revision-controller.ts'
import { startTagController } from './tag-controller.ts'

export type SailOptions = {
  /** The charts: istioctl in the lab, render.ts in the sandbox. */
  charts: Charts
  /** Asks a remote control plane's webhook Service for /ready. */
  probe: Probe
  versions?: readonly IstioVersion[]
  /** Milliseconds between readiness probes of remote control planes; the operator's own 3,000 when absent. */
  probeIntervalMs?: () => number
}

export type Sail = { stop: () => Promise<void> }

/**
 * Stand-in for the Sail Operator of one cluster: the controllers of its five kinds and the readiness probe of remote control planes (main @ 328df99d; what it did on a real cluster is in reference/lab.md).
 */
export function startSailOperator(context: ActorContext, options: SailOptions): Sail {
  const versions = options.versions ?? istioVersions
  const parts = [
    startIstioController(context, versions),
    startRevisionController(context, { charts: options.charts, versions }),
    startTagController(context, options.charts),
    ...startNodeAgentControllers(context, { charts: options.charts, versions }),
    startReadinessProbes(context, {
      probe: options.probe,
      intervalMs: options.probeIntervalMs ?? (() => 3_000),
      webhooks: context.caches.of(mutatingWebhookConfigurations),
    }),
  ]
  return {
    stop: async () => {
      await Promise.all(parts.map((each) => each.stop()))
    },
  }
}
