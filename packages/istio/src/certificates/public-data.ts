import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { credentialIn } from './credential.ts'
import { certificateBlocks } from './pem.ts'
import { authoritySecrets, decoded } from './secret.ts'

/** Keys of an authority's Secret that hold certificates, in both layouts of `cacerts`; no key of a key is among them. */
const authorityKeys = ['ca-cert.pem', 'cert-chain.pem', 'root-cert.pem', 'tls.crt', 'ca.crt']

/** Of one file of a credential so much PEM is kept (characters): a chain fits, a bundle of all the world's CAs does not. */
const keptPem = 16_384

/**
 * Of a Secret that istiod signs by, or that proxies do TLS with, the certificates, and nothing else that a file of it may
 * hold: base64, by key.
 */
export function publicData(secret: KubernetesObject): Record<string, string> {
  const { pluggedIn, selfSigned } = authoritySecrets
  if ([pluggedIn, selfSigned].some((each) => each === secret.metadata.name)) return kept(secret, authorityKeys)
  const { pair, ca } = credentialIn(secret) ?? {}
  return kept(secret, [pair?.certificate, ca], keptPem)
}

function kept(secret: KubernetesObject, keys: (string | undefined)[], most = Number.POSITIVE_INFINITY) {
  return Object.fromEntries(
    keys.flatMap((key): [string, string][] => {
      const text = key === undefined ? undefined : textAt(secret, 'data', key)
      return key === undefined || text === undefined ? [] : [[key, btoa(firstOf(text, most))]]
    }),
  )
}

function firstOf(base64: string, most: number): string {
  let text = ''
  for (const block of certificateBlocks(decoded(base64))) {
    if (text.length + block.length > most) break
    text += block
  }
  return text
}
