import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Connection } from '@orbweaver/kube/connection'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import { prometheusSecretType } from './prometheus-secret.ts'
import type { NamePrefixes } from '../identity/normalise.ts'

/** What a FleetCluster and its credentials come to: a way to the cluster, or why there is none. */
export type Registered = { name: string; prefixes: NamePrefixes } & Credentials

/** The key of the credentials Secret. */
const key = 'kubeconfig'

export function secretNameOf(fleetCluster: KubernetesObject): string | undefined {
  return textAt(fleetCluster, 'spec', 'credentialsSecretName')
}

/** Credentials are taken as they were when they were tested: inline, or not at all. */
export function readRegistered(fleetCluster: KubernetesObject, secret: KubernetesObject | undefined): Registered {
  const { name } = fleetCluster.metadata
  const prefixes = {
    userPrefix: textAt(fleetCluster, 'spec', 'identity', 'userPrefix'),
    groupPrefix: textAt(fleetCluster, 'spec', 'identity', 'groupPrefix'),
  }
  const read = secret === undefined ? missing : (known.get(secret) ?? readCredentials(secret))
  if (secret !== undefined) known.set(secret, read)
  return { name, prefixes, ...read }
}

type Credentials = { ok: true; connection: Connection; fingerprint: string } | { ok: false; reason: string }

const missing: Credentials = { ok: false, reason: 'clusters.credentials_missing' }
/** Every change of any record looks at all of them, and a Secret that is the same object says the same. */
const known = new WeakMap<KubernetesObject, Credentials>()

function readCredentials(secret: KubernetesObject): Credentials {
  const text = textAt(secret, 'data', key)
  if (text === undefined) return missing
  const parsed = parseKubeconfig(Buffer.from(text, 'base64').toString('utf8'))
  if (!parsed.ok) return { ok: false, reason: `kubeconfig.${parsed.refusal.code}` }
  const context = parsed.contexts.find((each) => each.name === parsed.current) ?? parsed.contexts[0]
  if (context === undefined) return { ok: false, reason: 'kubeconfig.no_contexts' }
  if (!context.ok) return { ok: false, reason: `kubeconfig.${context.refusal.code}` }
  return { ok: true, connection: context.connection, fingerprint: text }
}

/** Of the Secrets in orbweaver-system the registry keeps only what connects to clusters, and to their Prometheuses. */
export function credentialsOnly(secret: KubernetesObject): KubernetesObject {
  const { name, namespace } = secret.metadata
  if (secret.type === prometheusSecretType) {
    const { apiVersion, kind, type, data } = secret
    return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, type, data }
  }
  const text = textAt(secret, 'data', key)
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: namespace === undefined ? { name } : { name, namespace },
    ...(text === undefined ? {} : { data: { [key]: text } }),
  }
}
