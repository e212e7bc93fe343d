import { numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioRevisions, mutatingWebhookConfigurations } from '@orbweaver/kube/resources'
import { type ActorContext, messageOf, ownerKeys, unlessMissing } from '../controller.ts'
import type { Cache } from '../object-table.ts'
import { isRemote, READINESS_REASON, READINESS_STATUS } from './names.ts'

/** Whether `https://<name>.<namespace>.svc:<port>/ready` answers; rejects with the reason when it does not. */
export type Probe = (service: { name: string; namespace: string; port: number }) => Promise<void>

export type ReadinessOptions = { probe: Probe; intervalMs: () => number; webhooks: Cache }

/**
 * The webhook Service of each remote revision is asked at once and every few seconds; the answer goes onto its webhook
 * object (sail controllers/webhook).
 */
export function startReadinessProbes(context: ActorContext, options: ReadinessOptions): { stop: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const round = async (): Promise<void> => {
    const remote = options.webhooks.list().filter((each) => isOfRemoteRevision(context, each))
    await Promise.all(remote.map((webhook) => probeOne(context, webhook, options.probe)))
  }
  const tick = (): void => {
    if (busy) return
    busy = true
    running = round()
      .catch((error: unknown) => context.log(`${context.client.cluster}: readiness probe: ${messageOf(error)}`))
      .finally(() => {
        busy = false
      })
  }
  let cancel = (): void => undefined
  const again = (): void => {
    cancel = context.clock.after(options.intervalMs(), () => {
      tick()
      again()
    })
  }
  again()
  let stopped = false
  options.webhooks.onChange((webhook) => {
    const isNew = annotationsOf(webhook)[READINESS_STATUS] === undefined
    if (!stopped && isNew && isOfRemoteRevision(context, webhook)) tick()
  })
  return {
    stop: async () => {
      stopped = true
      cancel()
      await running
    },
  }
}

function isOfRemoteRevision(context: ActorContext, webhook: KubernetesObject): boolean {
  const revisions = context.caches.of(istioRevisions)
  return ownerKeys(webhook, 'IstioRevision').some(({ name }) => {
    const revision = revisions.get('', name)
    return revision !== undefined && isRemote(revision)
  })
}

async function probeOne(context: ActorContext, webhook: KubernetesObject, probe: Probe): Promise<void> {
  const reason = await failureOf(webhook, probe)
  const wanted = { [READINESS_STATUS]: reason === '' ? 'true' : 'false', [READINESS_REASON]: reason }
  const now = annotationsOf(webhook)
  if (Object.entries(wanted).every(([key, value]) => now[key] === value)) return
  const body = { metadata: { annotations: wanted } }
  const target = { name: webhook.metadata.name }
  await unlessMissing(context.client.patch(mutatingWebhookConfigurations, target, { type: 'merge', body }))
}

/** Only webhooks that call a Service and know their CA can be probed; the empty text is success. */
async function failureOf(webhook: KubernetesObject, probe: Probe): Promise<string> {
  const config = ['webhooks', 0, 'clientConfig'] as const
  const name = textAt(webhook, ...config, 'service', 'name')
  const namespace = textAt(webhook, ...config, 'service', 'namespace')
  if (name === undefined || namespace === undefined) return 'missing webhooks[].clientConfig.service'
  if ((textAt(webhook, ...config, 'caBundle') ?? '') === '') {
    return "webhooks[].clientConfig.caBundle hasn't been set; check if the remote istiod can access this cluster"
  }
  try {
    await probe({ name, namespace, port: numberAt(webhook, ...config, 'service', 'port') ?? 443 })
    return ''
  } catch (error) {
    return messageOf(error)
  }
}
