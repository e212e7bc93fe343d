import type { IntentOf } from '@orbweaver/contracts/intent'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { secrets } from '@orbweaver/kube/resources'
import type { DraftItem, PlannerInput } from '../../changes/draft.ts'
import { prometheusSecretName, prometheusSecretType, writePrometheusSecret } from '../../kube/prometheus-secret.ts'
import { credentialsDelete, credentialsNamespace } from './credentials.ts'
import { whyNoUpdate } from './may-update.ts'

/** What an edit does to the credentials of a Prometheus: a Secret of the hub that no person may read or write. */
export async function prometheusItems({
  viewer,
  fleet,
  intent,
}: PlannerInput<IntentOf<'clusters.edit'>>): Promise<{ items: DraftItem[] } | { reasons: Message[] }> {
  const { name, spec, prometheusCredentials: given } = intent
  const { hub } = fleet
  if (given === undefined) return { items: [] }
  const refusal = await whyNoUpdate(viewer, hub.name, name)
  if (refusal !== undefined) return { reasons: [refusal] }
  const isHeld = fleet.prometheusCredentials(name) !== undefined
  const secretName = prometheusSecretName(name)
  if (given === null) return { items: isHeld ? [credentialsDelete(hub.name, secretName)] : [] }
  const url = spec.prometheus?.url
  if (url === undefined) return { reasons: [{ code: 'clusters.prometheus_without_address', params: { name } }] }
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: secretName,
      namespace: credentialsNamespace,
      labels: { 'app.kubernetes.io/part-of': 'orbweaver' },
    },
    type: prometheusSecretType,
  }
  const secret = writePrometheusSecret(url, given)
  const common = { ref: refOf(hub.name, object), resource: secrets, by: 'console', secret } as const
  return { items: [isHeld ? { ...common, op: 'update', how: 'replace' } : { ...common, op: 'create', object }] }
}
