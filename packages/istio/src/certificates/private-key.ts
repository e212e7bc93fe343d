import { privateKeyBlock } from './pem.ts'
import type { X509Certificate } from '@peculiar/x509'
import { publicKeyOf } from './x509.ts'

/** WebCrypto's, by the name it has in browsers and in Node. */
export type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** A private key that cannot be used with its certificate. `unreadable`: no key in a form that istiod reads. */
export class CaKeyError extends Error {
  override name = 'CaKeyError'
  readonly why: 'unreadable' | 'mismatch'

  constructor(why: CaKeyError['why']) {
    super(`the private key is ${why === 'unreadable' ? 'in no form that istiod reads' : 'not that of the certificate'}`)
    this.why = why
  }
}

/**
 * The key of a certificate, for signing. PKCS#8, PKCS#1 and SEC1, as istiod reads them (security/pkg/pki/util/crypto.go
 * ParsePemEncodedKey, 1.30). Throws CaKeyError where it is none, or another certificate's.
 */
export async function readPrivateKey(pem: string, certificate: X509Certificate): Promise<SigningKey> {
  const block = privateKeyBlock(pem)
  const algorithm = importOf(certificate)
  if (block === undefined || algorithm === undefined) throw new CaKeyError('unreadable')
  const key = await crypto.subtle
    .importKey('pkcs8', pkcs8(block, certificate), algorithm, true, ['sign'])
    .catch(() => Promise.reject(new CaKeyError('unreadable')))
  if (!(await isOf(key, certificate))) throw new CaKeyError('mismatch')
  return key
}

/** Why a key (PEM) is not that of a certificate; undefined where it is. */
export async function keyFault(pem: string, certificate: X509Certificate): Promise<CaKeyError['why'] | undefined> {
  try {
    await readPrivateKey(pem, certificate)
    return undefined
  } catch (error) {
    if (!(error instanceof CaKeyError)) throw error
    return error.why
  }
}

const ecdsa = (namedCurve: string) => ({ name: 'ECDSA', namedCurve })
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

function importOf(certificate: X509Certificate) {
  const { name, curve } = publicKeyOf(certificate)
  if (curve !== undefined) return ecdsa(curve)
  return name.startsWith('RSA') ? rsa : undefined
}

/** Whether what the key signs is what the certificate's public key proves. */
async function isOf(key: SigningKey, { publicKey }: X509Certificate): Promise<boolean> {
  const said = crypto.getRandomValues(new Uint8Array(32))
  const how = key.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-256' } : rsa
  const algorithm = 'namedCurve' in key.algorithm ? ecdsa(String(key.algorithm.namedCurve)) : rsa
  const theirs = await crypto.subtle.importKey('spki', publicKey.rawData, algorithm, true, ['verify'])
  return crypto.subtle.verify(how, theirs, await crypto.subtle.sign(how, key, said), said)
}

/** WebCrypto reads PKCS#8 alone: the older forms are put into it (RFC 5208), with the algorithm the certificate names. */
function pkcs8(
  { label, der }: { label: string; der: Uint8Array },
  { publicKey }: X509Certificate,
): Uint8Array<ArrayBuffer> {
  if (label === 'PRIVATE KEY') return Uint8Array.from(der)
  return node(SEQUENCE, Uint8Array.of(INTEGER, 1, 0), algorithmIn(new Uint8Array(publicKey.rawData)), node(OCTETS, der))
}

const INTEGER = 0x02
const OCTETS = 0x04
const SEQUENCE = 0x30

function node(tag: number, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = parts.flatMap((part) => [...part])
  const bytes = content.length.toString(16)
  const length = bytes.length % 2 === 0 ? bytes : `0${bytes}`
  const long = (length.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  const head = content.length < 0x80 ? [content.length] : [0x80 | long.length, ...long]
  return Uint8Array.from([tag, ...head, ...content])
}

/** SubjectPublicKeyInfo begins with the AlgorithmIdentifier that PrivateKeyInfo carries too. */
function algorithmIn(spki: Uint8Array): Uint8Array {
  const start = 1 + lengthBytes(spki[1] ?? 0)
  return spki.subarray(start, start + 1 + lengthBytes(spki[start + 1] ?? 0) + (spki[start + 1] ?? 0))
}

function lengthBytes(first: number): number {
  return first < 0x80 ? 1 : 1 + (first & 0x7f)
}
