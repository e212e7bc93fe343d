import type { PluggedCa } from '@orbweaver/contracts/certificates'
import { readPrivateKey, type SigningKey } from './private-key.ts'
import { toPem } from './pem.ts'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './library.ts'

/** What istiod and Envoy both take, and browsers make in a moment. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A root: its certificate for everybody, its key for whoever keeps it. PEM. */
export type Root = { certificate: string; key: string }

/** A new root, made where this runs. Begins an hour ago: clocks differ. */
export async function makeRoot({ organization, years, now }: RootWish): Promise<Root> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ O: [organization] }, { CN: ['Root CA'] }],
    notBefore: new Date(now.getTime() - hourMs),
    notAfter: new Date(now.getTime() + years * 365 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(caUsages, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: pemOf(certificate), key: await keyPem(keys.privateKey) }
}

export type RootWish = { organization: string; years: number; now: Date }

export type IntermediateWish = {
  /** Where it will sign: tells intermediates under one root apart. */
  cluster: string
  /** Of the control plane. */
  namespace: string
  days: number
  now: Date
}

/**
 * A new intermediate under a root, with its chain: what Secret `cacerts` is made of. Never holds longer than its root.
 * Shape: istio tools/certs (CA:true, pathlen 0, certSign, the name of istiod), 1.30. Throws CaKeyError where the root's
 * key cannot be read, or is not the root's.
 */
export async function makeIntermediate(root: Root, wish: IntermediateWish): Promise<PluggedCa> {
  const parent = new X509Certificate(root.certificate)
  const signingKey = await readPrivateKey(root.key, parent)
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const wished = wish.now.getTime() + wish.days * dayMs
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: [{ O: ['Istio'] }, { CN: ['Intermediate CA'] }, { L: [wish.cluster] }],
    issuer: parent.subjectName.toJSON(),
    notBefore: new Date(Math.max(wish.now.getTime() - hourMs, parent.notBefore.getTime())),
    notAfter: new Date(Math.min(wished, parent.notAfter.getTime())),
    signingKey,
    signingAlgorithm: signingKey.algorithm.name === 'ECDSA' ? algorithm : rsaSigning,
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(caUsages, true),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: `istiod.${wish.namespace}.svc` }]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(parent.publicKey),
    ],
  })
  const [caCert, rootCert] = [pemOf(certificate), pemOf(parent)]
  return { caCert, caKey: await keyPem(keys.privateKey), certChain: `${caCert}${rootCert}`, rootCert }
}

const rsaSigning = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const
/** digitalSignature, nonRepudiation, keyEncipherment, keyCertSign, cRLSign (RFC 5280 4.2.1.3). */
const caUsages = 1 | 2 | 4 | 32 | 64

/** Positive, 16 bytes, without a zero in front, which DER forbids. */
function serial(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function pemOf(certificate: X509Certificate): string {
  return toPem('CERTIFICATE', new Uint8Array(certificate.rawData))
}

async function keyPem(key: SigningKey): Promise<string> {
  return toPem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', key)))
}
