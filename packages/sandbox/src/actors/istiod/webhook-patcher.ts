import { type Json, listAt, recordAt, sameJson, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { mutatingWebhookConfigurations, validatingWebhookConfigurations } from '@orbweaver/kube/resources'
import { type ActorContext, type Controller, keyOf, startController } from '../controller.ts'

export type WebhookPatcherOptions = { revision: string; rootPem: () => string; leads: () => boolean }

/**
 * Gives webhooks of this revision their caBundle (pkg/webhooks/webhookpatch.go: label istio.io/rev equals REVISION and
 * the entry's name ends in sidecar-injector.istio.io) and turns validation on, in every entry whatever its name
 * (pkg/webhooks/validation/controller).
 */
export function startWebhookPatcher(
  context: ActorContext,
  options: WebhookPatcherOptions,
): { recheck: () => void; stop: () => Promise<void> } {
  const bundle = () => Buffer.from(options.rootPem()).toString('base64')
  const mutating = patcher(context, 'MutatingWebhookConfiguration', (object) => {
    if (!options.leads() || labelsOf(object)['istio.io/rev'] !== options.revision) return undefined
    return withBundle(object, (webhook) =>
      (textAt(webhook, 'name') ?? '').endsWith('sidecar-injector.istio.io') ? { caBundle: bundle() } : undefined,
    )
  })
  const validating = patcher(context, 'ValidatingWebhookConfiguration', (object) => {
    if (!options.leads() || labelsOf(object)['istio.io/rev'] !== options.revision) return undefined
    return withBundle(object, () => ({ caBundle: bundle(), failurePolicy: 'Fail' }))
  })
  return {
    recheck: () => {
      for (const object of context.caches.of(mutatingWebhookConfigurations).list()) mutating.enqueue(keyOf(object))
      for (const object of context.caches.of(validatingWebhookConfigurations).list()) validating.enqueue(keyOf(object))
    },
    stop: async () => {
      await Promise.all([mutating.stop(), validating.stop()])
    },
  }
}

type Kind = 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration'

function patcher(
  context: ActorContext,
  kind: Kind,
  wished: (object: KubernetesObject) => KubernetesObject | undefined,
): Controller {
  const resource =
    kind === 'MutatingWebhookConfiguration' ? mutatingWebhookConfigurations : validatingWebhookConfigurations
  return startController(context, {
    name: 'istiod webhooks',
    watches: [{ resource, keys: (object) => [keyOf(object)] }],
    reconcile: async ({ name }) => {
      const object = context.caches.of(resource).get('', name)
      const next = object === undefined ? undefined : wished(object)
      if (next !== undefined) await context.client.replace(resource, next, { fieldManager: 'pilot-discovery' })
    },
  })
}

type Change = { caBundle: string; failurePolicy?: string }

/** The object with the change in every entry concerned; undefined when nothing differs. */
function withBundle(
  object: KubernetesObject,
  change: (webhook: Json) => Change | undefined,
): KubernetesObject | undefined {
  const before = listAt(object, 'webhooks')
  const after = before.map((webhook): Json => {
    const wanted = change(webhook)
    if (wanted === undefined) return webhook
    const { caBundle, ...rest } = wanted
    return { ...recordAt(webhook), ...rest, clientConfig: { ...recordAt(webhook, 'clientConfig'), caBundle } }
  })
  return sameJson(before, after) ? undefined : { ...object, webhooks: after }
}
