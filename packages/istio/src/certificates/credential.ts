import { recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { authoritySecrets, decoded } from './secret.ts'

/** Under which keys a Secret has what a `credentialName` means. */
export type CredentialKeys = { certificate: string; key: string; ca: string }

/**
 * The two layouts that istiod reads, the first one first; the type of the Secret is not asked
 * (istio pilot/pkg/credentials/kube/secrets.go, ExtractCertInfo and extractRoot, 1.30).
 */
export const credentialLayouts = {
  generic: { certificate: 'cert', key: 'key', ca: 'cacert' },
  tls: { certificate: 'tls.crt', key: 'tls.key', ca: 'ca.crt' },
} as const satisfies Record<string, CredentialKeys>

/** A Secret of this name holds the CA of another one (pilot/pkg/security/model SdsCaSuffix). */
export const caSuffix = '-cacert'

export type Credential = {
  /** Where its certificate and key are; absent where it holds a CA alone. */
  pair: CredentialKeys | undefined
  /** The key that its CA is under. */
  ca: string | undefined
}

/** Types that istiod does not watch, or that hold nothing of the kind (NewCredentialsController, same file). */
const foreignTypes = new Set(['helm.sh/release.v1', 'kubernetes.io/service-account-token', 'orbweaver.dev/change'])
const authorities = new Set<string>(Object.values(authoritySecrets))

/** What of a Secret a gateway or client could use, by the names of its keys; undefined where there is nothing. */
export function credentialIn(secret: KubernetesObject): Credential | undefined {
  if (foreignTypes.has(textAt(secret, 'type') ?? '') || authorities.has(secret.metadata.name)) return undefined
  const data = recordAt(secret, 'data')
  const layouts = Object.values(credentialLayouts)
  const pair = layouts.find(({ certificate, key }) => certificate in data && key in data)
  const ca = layouts.map((each) => each.ca).find((each) => each in data)
  return pair === undefined && ca === undefined ? undefined : { pair, ca }
}

/** Whether it is made to be used for TLS: others have a `ca.crt` for purposes of their own. */
export function isTlsSecret(secret: KubernetesObject): boolean {
  const found = credentialIn(secret)
  return found !== undefined && (found.pair !== undefined || secret.metadata.name.endsWith(caSuffix))
}

/** PEM of its certificate with chain, and of its CA; empty where there is none. */
export function credentialFiles(secret: KubernetesObject): { certificate: string; ca: string } {
  const found = credentialIn(secret)
  const file = (key: string | undefined) => (key === undefined ? '' : decoded(textAt(secret, 'data', key) ?? ''))
  return { certificate: file(found?.pair?.certificate), ca: file(found?.ca) }
}

/** PEM of its private key as it is in a Secret that was read whole: never of one that the mirror keeps. */
export function credentialKey(secret: KubernetesObject): string {
  const key = credentialIn(secret)?.pair?.key
  return key === undefined ? '' : decoded(textAt(secret, 'data', key) ?? '')
}
