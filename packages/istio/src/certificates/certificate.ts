import type { Certificate } from '@orbweaver/contracts/certificates'
import { certificateBlocks } from './pem.ts'
import {
  BasicConstraintsExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from './library.ts'
import { publicKeyOf } from './x509.ts'

/** One that could be read, with what tells of it. */
export type ReadCertificate = { facts: Certificate; x509: X509Certificate }

/** Every certificate of a PEM file, in order; undefined where one of them is none. */
export async function readCertificates(text: string): Promise<ReadCertificate[] | undefined> {
  const parsed = certificateBlocks(text).map(parse)
  const whole = parsed.filter((each) => each !== undefined)
  if (whole.length < parsed.length) return undefined
  return Promise.all(whole.map(async ({ x509, pem }) => ({ x509, facts: await factsOf(x509, pem) })))
}

/** Those facts alone, of as many certificates as can be read: of files that somebody else wrote. */
export async function certificatesIn(text: string): Promise<Certificate[]> {
  const parsed = certificateBlocks(text)
    .map(parse)
    .filter((each) => each !== undefined)
  return Promise.all(parsed.map(({ x509, pem }) => factsOf(x509, pem)))
}

function parse(pem: string): { x509: X509Certificate; pem: string } | undefined {
  try {
    return { x509: new X509Certificate(pem), pem }
  } catch {
    return undefined
  }
}

async function factsOf(x509: X509Certificate, pem: string): Promise<Certificate> {
  const digest = new Uint8Array(await x509.getThumbprint('SHA-256'))
  return {
    subject: x509.subject,
    issuer: x509.issuer,
    fingerprint: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    notBefore: x509.notBefore.toISOString(),
    notAfter: x509.notAfter.toISOString(),
    ca: x509.getExtension(BasicConstraintsExtension)?.ca === true,
    key: keyOf(x509),
    names: (x509.getExtension(SubjectAlternativeNameExtension)?.names.items ?? []).map(({ value }) => value),
    pem,
  }
}

function keyOf(x509: X509Certificate): string {
  const { name, curve, bits } = publicKeyOf(x509)
  if (curve !== undefined) return `EC ${curve}`
  return bits === undefined ? name : `RSA ${bits}`
}

/** Whether it may sign certificates: a CA whose key usage, where it has one, says so (RFC 5280 4.2.1.3). */
export function maySign({ x509, facts }: ReadCertificate): boolean {
  const usage = x509.getExtension(KeyUsagesExtension)?.usages
  return facts.ca && (usage === undefined || (usage & keyCertSign) !== 0)
}

const keyCertSign = 32

type Ways = { through: readonly ReadCertificate[]; roots: readonly ReadCertificate[] }

/** Whether a certificate leads to one of the roots. */
export async function leadsTo(from: ReadCertificate, ways: Ways): Promise<boolean> {
  return (await rootAbove(from, ways)) !== undefined
}

/** The root that a certificate leads to, by names and signatures, through at most eight others. */
export async function rootAbove(from: ReadCertificate, { through, roots }: Ways): Promise<ReadCertificate | undefined> {
  let here = from
  for (let left = 8; left > 0; left -= 1) {
    const { fingerprint } = here.facts
    const root = roots.find(({ facts }) => facts.fingerprint === fingerprint)
    if (root !== undefined) return root
    const next = await issuerOf(here, [...roots, ...through])
    if (next === undefined || next.facts.fingerprint === fingerprint) return undefined
    here = next
  }
  return undefined
}

async function issuerOf(
  { facts, x509 }: ReadCertificate,
  among: readonly ReadCertificate[],
): Promise<ReadCertificate | undefined> {
  for (const each of among) {
    if (each.facts.subject === facts.issuer && maySign(each) && (await isSignedBy(x509, each.x509))) return each
  }
  return undefined
}

/** An algorithm that WebCrypto does not know signs nothing here. */
async function isSignedBy(x509: X509Certificate, { publicKey }: X509Certificate): Promise<boolean> {
  try {
    return await x509.verify({ publicKey, signatureOnly: true })
  } catch {
    return false
  }
}
