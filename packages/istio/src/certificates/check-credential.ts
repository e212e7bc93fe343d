import type { TlsPair } from '@orbweaver/contracts/security-intents'
import type { Message } from '@orbweaver/contracts/message'
import { type ReadCertificate, readCertificates } from './certificate.ts'
import { ended, weakKey } from './fitness.ts'
import { keyFault } from './private-key.ts'

/** What a certificate for TLS, its key and an optional CA come to. */
export type CheckedPair = {
  /** The certificate itself, then its chain; empty where it cannot be read. */
  certificates: ReadCertificate[]
  ca: ReadCertificate[]
  /** Reasons why no proxy could use it: it is not written. */
  faults: Message[]
  /** What clients may stumble over. */
  notes: Message[]
}

/**
 * What proxies take: the certificate first, its own key, nothing that ended, RSA of 2048 bits or more (Envoy, by BoringSSL;
 * istio pkg/kube/inject and security/pkg/credentials leave it to Envoy, which drops the listener's certificate).
 */
export async function checkPair({ certificate, key, ca }: TlsPair, now: Date): Promise<CheckedPair> {
  const [certificates = [], authority = []] = await Promise.all([certificate, ca ?? ''].map(readOrNone))
  const [own] = certificates
  const unreadable = (file: string): Message => ({ code: 'certificates.unreadable', params: { file } })
  const faults =
    own === undefined
      ? [unreadable('tls.crt')]
      : [...weakKey(own), ...ended(own, 'tls.crt', now), ...(await keyFaults(key, certificates))]
  if (typeof ca === 'string' && authority.length === 0) faults.push(unreadable('ca.crt'))
  faults.push(...authority.flatMap((each) => ended(each, 'ca.crt', now)))
  return { certificates, ca: authority, faults, notes: chainNotes(certificates.map(({ facts }) => facts)) }
}

async function readOrNone(pem: string): Promise<ReadCertificate[]> {
  return (await readCertificates(pem)) ?? []
}

/** A key of another certificate of the file tells that the order is wrong, not the key. */
async function keyFaults(key: string, [own, ...chain]: ReadCertificate[]): Promise<Message[]> {
  const why = own === undefined ? undefined : await keyFault(key, own.x509)
  if (why === undefined) return []
  if (why === 'unreadable') return [{ code: 'security.key_unreadable', params: {} }]
  for (const each of chain) {
    if ((await keyFault(key, each.x509)) !== undefined) continue
    return [{ code: 'security.certificate_not_first', params: { subject: each.facts.subject } }]
  }
  return [{ code: 'certificates.key_mismatch', params: {} }]
}

/** Each certificate of a chain is to have issued the one before it (RFC 8446 4.4.2). */
export function chainNotes(chain: readonly { subject: string; issuer: string }[]): Message[] {
  const broken = chain.slice(1).find((each, index) => chain[index]?.issuer !== each.subject)
  return broken === undefined ? [] : [{ code: 'security.chain_order', params: { subject: broken.subject } }]
}
