import type { Message } from '@orbweaver/contracts/message'
import type { ReadCertificate } from './certificate.ts'

/** RSA keys shorter than this are refused by Envoy (BoringSSL) and by Go. Bits. */
const leastRsaBits = 2_048

export function weakKey({ facts }: ReadCertificate): Message[] {
  const bits = Number(/^RSA (\d+)$/.exec(facts.key)?.[1] ?? leastRsaBits)
  return bits < leastRsaBits ? [{ code: 'certificates.weak_key', params: { subject: facts.subject, bits } }] : []
}

/** Whether a certificate of a file holds now. */
export function ended({ facts }: ReadCertificate, file: string, now: Date): Message[] {
  const params = { file, subject: facts.subject }
  if (Date.parse(facts.notAfter) <= now.getTime()) {
    return [{ code: 'certificates.expired_file', params: { ...params, at: facts.notAfter } }]
  }
  if (Date.parse(facts.notBefore) > now.getTime()) {
    return [{ code: 'certificates.not_yet', params: { ...params, at: facts.notBefore } }]
  }
  return []
}
