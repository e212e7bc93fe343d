import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@orbweaver/istio/certificates/library'
import { certificateBlocks, toPem } from '@orbweaver/istio/certificates/pem'
import { readPrivateKey } from '@orbweaver/istio/certificates/private-key'
import type { SigningAuthority } from './authority-store.ts'

/** What a process shows in a handshake, its own certificate first, and its key; PEM. */
export type Issued = { chain: string; key: string }

export type Wish = {
  names: readonly { type: 'dns' | 'url'; value: string }[]
  from: Date
  ttlMs: number
}

/** istiod's own clock may be ahead of those who read (security/pkg/pki/util/generate_cert.go ClockSkewGracePeriod). */
const skewMs = 120_000

/**
 * Signs as istiod does (security/pkg/pki/ca/ca.go signWithCertChain, security/pkg/pki/util/generate_cert.go
 * genCertTemplateFromCSR, 1.31): no subject, critical names, for servers and clients, never longer than what signs.
 * Undefined with an authority that cannot sign: istiod would not start with it.
 */
export async function issue(authority: SigningAuthority, wish: Wish): Promise<Issued | undefined> {
  const signer = signerOf(authority.issuing)
  if (signer === undefined || wish.from >= signer.notAfter) return undefined
  const signingKey = await readPrivateKey(authority.key, signer).catch(() => undefined)
  if (signingKey === undefined) return undefined
  const keys = await keysLike(signingKey.algorithm.name)
  const certificate = await X509CertificateGenerator.create({
    serialNumber: crypto.randomUUID().replaceAll('-', ''),
    issuer: signer.subjectName.toJSON(),
    notBefore: new Date(wish.from.getTime() - skewMs),
    notAfter: new Date(Math.min(wish.from.getTime() + wish.ttlMs, signer.notAfter.getTime())),
    signingKey,
    signingAlgorithm: { ...keys.algorithm, ...('namedCurve' in signingKey.algorithm ? signingKey.algorithm : {}) },
    publicKey: keys.pair.publicKey,
    extensions: [
      new KeyUsagesExtension(digitalSignature | keyEncipherment, true),
      new ExtendedKeyUsageExtension([serverAuth, clientAuth]),
      new BasicConstraintsExtension(false, undefined, true),
      await AuthorityKeyIdentifierExtension.create(signer.publicKey),
      new SubjectAlternativeNameExtension([...wish.names], true),
    ],
  })
  const own = toPem('CERTIFICATE', new Uint8Array(certificate.rawData))
  return { chain: `${own}${certificateBlocks(authority.chain).join('')}`, key: keys.pem }
}

const digitalSignature = 1
const keyEncipherment = 4
/** RFC 5280 4.2.1.12. */
const serverAuth = '1.3.6.1.5.5.7.3.1'
const clientAuth = '1.3.6.1.5.5.7.3.2'

function signerOf(pem: string): X509Certificate | undefined {
  const [first] = certificateBlocks(pem)
  try {
    return first === undefined ? undefined : new X509Certificate(first)
  } catch {
    return undefined
  }
}

const elliptic = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2_048,
  publicExponent: Uint8Array.of(1, 0, 1),
} as const

type Keys = { pair: Awaited<ReturnType<typeof pairOf>>; pem: string; algorithm: typeof elliptic | typeof rsa }
const made = new Map<string, Promise<Keys>>()

/** A key of the kind of what signs (ca.go GenKeyCert). One of each kind serves all: nobody in a sandbox is to be fooled. */
function keysLike(name: string): Promise<Keys> {
  const kind = name === elliptic.name ? elliptic : rsa
  const known = made.get(kind.name) ?? makeKeys(kind)
  made.set(kind.name, known)
  return known
}

async function makeKeys(algorithm: Keys['algorithm']): Promise<Keys> {
  const pair = await pairOf(algorithm)
  const exported = await crypto.subtle.exportKey('pkcs8', pair.privateKey)
  return { pair, pem: toPem('PRIVATE KEY', new Uint8Array(exported)), algorithm }
}

function pairOf(algorithm: Keys['algorithm']) {
  return algorithm.name === 'ECDSA'
    ? crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    : crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}
