import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A self-signed certificate authority, as istiod makes one when it is given none (security/pkg/pki/ca/selfsignedcarootcert). */
export type Authority = { certificatePem: string; keyPem: string }

const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000

/** How long istiod's own root holds. */
export function tenYearsFrom(now: Date): Validity {
  return { from: now, until: new Date(now.getTime() + TEN_YEARS_MS) }
}

export type Validity = { from: Date; until: Date }

/** Node can read X.509 but not write it: the few DER structures of a root certificate are built here (RFC 5280). */
export function createAuthority(organization: string, { from, until }: Validity): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid('2.5.4.10'), der(UTF8, Buffer.from(organization)))))
  const validity = der(SEQUENCE, time(from), time(until))
  const serial = randomBytes(16)
  // Positive, and without a zero in front, which DER forbids.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01
  const version = der(CONTEXT_0, der(INTEGER, Buffer.from([2])))
  const extensions = der(CONTEXT_3, der(SEQUENCE, KEY_USAGE, BASIC_CONSTRAINTS))
  const body = der(SEQUENCE, version, der(INTEGER, serial), ECDSA_SHA256, name, validity, name, spki, extensions)
  const signature = sign('sha256', body, privateKey)
  const certificate = der(SEQUENCE, body, ECDSA_SHA256, der(BIT_STRING, Buffer.from([0]), signature))
  return {
    certificatePem: pem('CERTIFICATE', certificate),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT_ID = 0x06
const UTF8 = 0x0c
const GENERALIZED_TIME = 0x18
const SEQUENCE = 0x30
const SET = 0x31
const CONTEXT_0 = 0xa0
const CONTEXT_3 = 0xa3
const TRUE = Buffer.from([0x01, 0x01, 0xff])

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...bytes]), content])
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(OBJECT_ID, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const out = [value & 0x7f]
  for (let left = value >>> 7; left > 0; left >>>= 7) out.unshift((left & 0x7f) | 0x80)
  return out
}

function time(at: Date): Buffer {
  const text = at.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return der(GENERALIZED_TIME, Buffer.from(`${text}Z`))
}

const ECDSA_SHA256 = der(SEQUENCE, oid('1.2.840.10045.4.3.2'))
/** keyCertSign and digitalSignature, critical. */
const KEY_USAGE = der(SEQUENCE, oid('2.5.29.15'), TRUE, der(OCTET_STRING, der(BIT_STRING, Buffer.from([2, 0x84]))))
const BASIC_CONSTRAINTS = der(SEQUENCE, oid('2.5.29.19'), TRUE, der(OCTET_STRING, der(SEQUENCE, TRUE)))

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
