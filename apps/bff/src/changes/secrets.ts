import { type JsonRecord, plainRecord, stringsAt } from '@orbweaver/contracts/json'
import type { Intent, IntentOf } from '@orbweaver/contracts/intent'
import type { PrometheusCredentials } from '@orbweaver/contracts/prometheus-credentials'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Keys } from './keys.ts'

/** How a secret value reads wherever a person or a file may see it: that it is there, and whether it is the same. */
async function mask(keys: Keys, value: string): Promise<string> {
  const hash = await keys.mac('secret', value)
  return `⟨secret ${hash.slice(0, 16)}⟩`
}

/** A Secret with every value replaced by its keyed hash; any other object as it is. */
export async function withoutSecrets(keys: Keys, object: KubernetesObject): Promise<KubernetesObject> {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object
  const data: JsonRecord = {}
  for (const field of ['data', 'stringData']) {
    for (const [key, value] of Object.entries(stringsAt(object, field))) data[key] = await mask(keys, value)
  }
  const { stringData: _dropped, ...rest } = object
  return { ...rest, data }
}

/** The intent as it may be stored and told: a kubeconfig, a private key, a token or a password in it is a keyed hash. */
export async function redactIntent(keys: Keys, intent: Intent): Promise<JsonRecord> {
  const record = plainRecord(intent)
  if ((intent.type === 'meshes.plug-ca' || intent.type === 'meshes.create') && intent.ca !== undefined) {
    return { ...record, ca: { ...intent.ca, caKey: await mask(keys, intent.ca.caKey) } }
  }
  if (intent.type === 'security.apply-secret') {
    return { ...record, pair: { ...plainRecord(intent.pair), key: await mask(keys, intent.pair.key) } }
  }
  if (intent.type !== 'clusters.register' && intent.type !== 'clusters.edit') return record
  return {
    ...record,
    ...(await maskedSource(keys, intent.source)),
    ...(intent.type === 'clusters.edit' && (await maskedPrometheus(keys, intent.prometheusCredentials))),
  }
}

async function maskedSource(keys: Keys, source: IntentOf<'clusters.edit' | 'clusters.register'>['source']) {
  return source?.kind === 'pasted' ? { source: { ...source, kubeconfig: await mask(keys, source.kubeconfig) } } : {}
}

async function maskedPrometheus(keys: Keys, given: PrometheusCredentials | null | undefined): Promise<JsonRecord> {
  if (given === undefined || given === null) return {}
  const { token, user, ...open } = given
  return {
    prometheusCredentials: {
      ...open,
      ...(token !== undefined && { token: await mask(keys, token) }),
      ...(user !== undefined && { user: { ...user, password: await mask(keys, user.password) } }),
    },
  }
}
