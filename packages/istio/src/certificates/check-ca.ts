import type { PluggedCa } from '@orbweaver/contracts/certificates'
import type { Message } from '@orbweaver/contracts/message'
import { leadsTo, maySign, type ReadCertificate, readCertificates } from './certificate.ts'
import { ended, weakKey } from './fitness.ts'
import { keyFault } from './private-key.ts'

/** What is wrong with an authority that is to be plugged in: istiod would not start with it, or sign what nobody takes. */
export type CaFault = Message

/**
 * Every reason why istiod could not sign with it: what it checks itself (security/pkg/pki/util/keycertbundle.go Verify,
 * pilot/pkg/bootstrap/istio_ca.go checkCABundleCompleteness, 1.30), and what would break later.
 */
export async function checkCa(ca: PluggedCa, now: Date): Promise<CaFault[]> {
  const [issuing, chain, roots] = await Promise.all([ca.caCert, ca.certChain, ca.rootCert].map(readCertificates))
  const [signer] = issuing ?? []
  const files = { 'ca-cert.pem': issuing, 'cert-chain.pem': chain, 'root-cert.pem': roots }
  const unreadable = Object.entries(files).filter(([, each]) => each === undefined || each.length === 0)
  if (unreadable.length > 0 || signer === undefined) {
    return unreadable.map(([file]) => ({ code: 'certificates.unreadable', params: { file } }))
  }
  const faults = [
    ...signing(signer, now),
    ...(roots ?? []).flatMap((root) => ended(root, 'root-cert.pem', now)),
    ...(await keyFaults(ca.caKey, signer)),
  ]
  const led = await leadsTo(signer, { through: chain ?? [], roots: roots ?? [] })
  if (!led) faults.push({ code: 'certificates.chain_broken', params: { subject: signer.facts.subject } })
  return faults
}

/** The same of a file of roots alone. */
export async function checkRoots(text: string, now: Date): Promise<CaFault[]> {
  const file = 'root-cert.pem'
  const roots = await readCertificates(text)
  if (roots === undefined || roots.length === 0) return [{ code: 'certificates.unreadable', params: { file } }]
  return roots.flatMap((root) => [
    ...(maySign(root) ? [] : [{ code: 'certificates.not_a_ca', params: { subject: root.facts.subject } }]),
    ...ended(root, file, now),
  ])
}

function signing(signer: ReadCertificate, now: Date): CaFault[] {
  const params = { subject: signer.facts.subject }
  return [
    ...(maySign(signer) ? [] : [{ code: 'certificates.not_a_ca', params }]),
    ...weakKey(signer),
    ...ended(signer, 'ca-cert.pem', now),
  ]
}

async function keyFaults(pem: string, { x509 }: ReadCertificate): Promise<CaFault[]> {
  const why = await keyFault(pem, x509)
  return why === undefined ? [] : [{ code: `certificates.key_${why}`, params: {} }]
}
