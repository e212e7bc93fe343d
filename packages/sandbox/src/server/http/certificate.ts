import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** A self-signed server certificate for loopback, and its key: what `certificate-authority-data` of a kubeconfig holds. */
export type Certificate = { key: string; certificate: string }

const oid = {
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
}

/** Days before and after now for which it holds. The day before allows for clocks that disagree. */
const validDays = { before: 1, after: 3650 }

/** Writes X.509 (RFC 5280) by hand: Node can verify certificates but not make them. */
export function selfSigned(name: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(identifier(oid.ecdsaWithSha256))
  const body = certificateBody(name, publicKey, algorithm)
  const signature = sign('sha256', body, privateKey)
  const der = sequence(body, algorithm, bits(signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines(der.toString('base64'))}\n-----END CERTIFICATE-----\n`,
  }
}

function certificateBody(name: string, publicKey: KeyObject, algorithm: Buffer): Buffer {
  const subject = sequence(
    tagged(0x31, sequence(identifier(oid.commonName), tagged(0x0c, Buffer.from(`sandbox ${name}`)))),
  )
  const day = 86_400_000
  const validity = sequence(time(Date.now() - validDays.before * day), time(Date.now() + validDays.after * day))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const serial = createHash('sha256').update(spki).digest().subarray(0, 8)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01
  const version = tagged(0xa0, tagged(0x02, Buffer.from([2])))
  const names = sequence(
    tagged(0x82, Buffer.from('localhost')),
    tagged(0x82, Buffer.from('kubernetes.default.svc')),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
  )
  const extensions = sequence(
    sequence(identifier(oid.subjectAltName), tagged(0x04, names)),
    sequence(
      identifier(oid.basicConstraints),
      tagged(0x01, Buffer.from([0xff])),
      tagged(0x04, sequence(tagged(0x01, Buffer.from([0xff])))),
    ),
  )
  return sequence(version, tagged(0x02, serial), algorithm, subject, validity, subject, spki, tagged(0xa3, extensions))
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content])
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function identifier(bytes: number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes))
}

function bits(content: Buffer): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), content]))
}

/** GeneralizedTime, or UTCTime before 2050 as RFC 5280 wants it. */
function time(ms: number): Buffer {
  const text = `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
  return Number(text.slice(0, 4)) < 2050 ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text))
}

function lines(text: string): string {
  return (text.match(/.{1,64}/g) ?? []).join('\n')
}
