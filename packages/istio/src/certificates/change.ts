import type { Authority, Certificate, PluggedCa } from '@orbweaver/contracts/certificates'
import type { Message } from '@orbweaver/contracts/message'
import { leadsTo, type ReadCertificate, readCertificates, rootAbove } from './certificate.ts'
import type { NextRoots } from './root-change.ts'

export type RootChange = {
  /** What istiod hands out now, and proxies therefore trust. */
  handed: readonly Certificate[]
  /** What signed the certificates that proxies have. */
  present: Authority | undefined
  next: CaFiles
}

/** What everybody may see of an authority's files. */
export type CaFiles = Omit<PluggedCa, 'caKey'>

/**
 * Why a change of authority would cut running workloads off from each other. They trust what is handed out now: what
 * signs next must lead there. And they show certificates of the present authority: its root must stay among the roots.
 * A root therefore changes in three steps: both roots, another issuer, the old root away.
 */
export async function breaks({ handed, present, next }: RootChange): Promise<Message[]> {
  const signer = present?.issuing
  const untrusted = handed.length > 0 ? await stray(next.caCert, next.certChain, pemOf(handed)) : undefined
  const through = pemOf(present?.chain ?? [])
  const dropped = signer === undefined ? undefined : await stray(signer.pem, through, next.rootCert)
  return [
    ...(untrusted === undefined ? [] : [{ code: 'certificates.untrusted_issuer', params: { subject: untrusted } }]),
    ...(dropped === undefined ? [] : [{ code: 'certificates.drops_root', params: { subject: dropped } }]),
  ]
}

/** Subject of a certificate that does not lead to one of the roots; all three PEM. */
async function stray(pem: string, through: string, roots: string): Promise<string | undefined> {
  const [signer] = await certificatesRead(pem)
  if (signer === undefined) return undefined
  const [chain, trusted] = await Promise.all([certificatesRead(through), certificatesRead(roots)])
  return (await leadsTo(signer, { through: chain, roots: trusted })) ? undefined : signer.facts.subject
}

async function certificatesRead(pem: string): Promise<ReadCertificate[]> {
  return (await readCertificates(pem)) ?? []
}

function pemOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ pem }) => pem).join('')
}

/**
 * Whether istiod must start anew to take an authority: it watches the files of `cacerts` only when it began with them,
 * and takes another set of roots only with ISTIO_MULTIROOT_MESH (pilot/pkg/bootstrap/istio_ca.go handleEvent, 1.30).
 */
export async function needsRestart(present: Authority | undefined, next: CaFiles): Promise<boolean> {
  if (present?.kind !== 'plugged-in') return true
  const roots = await readCertificates(next.rootCert)
  const prints = (of: readonly { fingerprint: string }[]) => of.map(({ fingerprint }) => fingerprint).join()
  return prints(present.roots) !== prints((roots ?? []).map(({ facts }) => facts))
}

/** What an authority's files come to: fingerprints of the roots, and of that which what signs leads to. */
export async function nextRoots({ caCert, certChain, rootCert }: CaFiles): Promise<NextRoots> {
  const [signer] = await certificatesRead(caCert)
  const [through, roots] = await Promise.all([certificatesRead(certChain), certificatesRead(rootCert)])
  const under = signer === undefined ? undefined : await rootAbove(signer, { through, roots })
  return { roots: roots.map(({ facts }) => facts.fingerprint), signedUnder: under?.facts.fingerprint }
}
