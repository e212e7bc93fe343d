import type { Certificate } from '@orbweaver/contracts/certificates'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { TlsState } from '@orbweaver/contracts/security'
import { certificatesIn } from './certificate.ts'
import { credentialFiles, credentialIn } from './credential.ts'
import { warnDays } from './trust.ts'

/** What the certificates of a Secret tell. */
export type CredentialFacts = {
  /** The certificate itself, then its chain. */
  certificates: Certificate[]
  ca: Certificate[]
}

export async function credentialFacts(secret: KubernetesObject): Promise<CredentialFacts> {
  const files = credentialFiles(secret)
  const [certificates = [], ca = []] = await Promise.all([files.certificate, files.ca].map(certificatesIn))
  return { certificates, ca }
}

/** The first moment at which something of it is over (ISO 8601). */
export function firstEnd({ certificates, ca }: CredentialFacts): string | undefined {
  return [...certificates, ...ca].map(({ notAfter }) => notAfter).toSorted()[0]
}

/** How it stands with a Secret that is there. */
export function stateOf(secret: KubernetesObject, facts: CredentialFacts, now: Date): TlsState {
  const wanted = credentialIn(secret)?.pair === undefined ? facts.ca : facts.certificates
  const end = firstEnd(facts)
  if (wanted.length === 0 || end === undefined) return 'unreadable'
  const left = Date.parse(end) - now.getTime()
  if (left <= 0) return 'expired'
  if (left <= warnDays * 86_400_000) return 'expiring'
  return [...facts.certificates, ...facts.ca].some(({ notBefore }) => Date.parse(notBefore) > now.getTime())
    ? 'not-yet'
    : 'valid'
}
