import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { refuse } from './refusal.ts'

const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g

/** The certificates of a PEM text, each one readable. Throws Refused for anything else. */
export function certificatesOf({ text, field }: { text: string; field: string }): X509Certificate[] {
  const blocks = text.match(certificateBlock) ?? []
  if (blocks.length === 0) return refuse('bad_certificate', field)
  try {
    return blocks.map((each) => new X509Certificate(each))
  } catch {
    return refuse('bad_certificate', field)
  }
}

/** A private key without passphrase: nobody is there to type one. */
export function privateKeyOf({ text, field }: { text: string; field: string }): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    return refuse('bad_key', field)
  }
}
