import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Certificate, selfSigned } from './http/certificate.ts'

/** What makes one cluster's identifiers: its own secret, its certificate, and where uids come from. */
export type Identity = { uid: () => string; suffix: () => string; secret: string; certificate: Certificate }

/** Letters of generated names: no vowels, so no words. Source: apimachinery util/rand. */
const letters = 'bcdfghjklmnpqrstvwxz2456789'

export function createIdentity(name: string, seed: string | undefined): Identity {
  const bytes = seed === undefined ? (size: number) => randomBytes(size) : sequence(`${seed}/${name}`)
  return {
    uid: () => (seed === undefined ? randomUUID() : uuidOf(bytes(16))),
    suffix: () => [...bytes(5)].map((each) => letters.charAt(each % letters.length)).join(''),
    secret: createHash('sha256')
      .update(`token/${name}/${seed ?? randomUUID()}`)
      .digest('hex'),
    certificate: selfSigned(name),
  }
}

function sequence(seed: string): (size: number) => Buffer {
  let count = 0
  return (size) => {
    count += 1
    return createHash('sha256').update(`${seed}/${count}`).digest().subarray(0, size)
  }
}

function uuidOf(bytes: Buffer): string {
  const copy = Buffer.from(bytes)
  copy[6] = ((copy[6] ?? 0) & 0x0f) | 0x40
  copy[8] = ((copy[8] ?? 0) & 0x3f) | 0x80
  const hex = copy.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
