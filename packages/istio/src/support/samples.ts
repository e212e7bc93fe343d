import fc from 'fast-check'

/** Bytes as a random source makes them, none more likely than another (mulberry32). */
const random = (minLength: number, maxLength: number) =>
  fc.tuple(fc.noShrink(fc.integer()), fc.integer({ min: minLength, max: maxLength })).map(([seed, length]) => {
    let state = seed
    return Uint8Array.from({ length }, () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return (mixed ^ (mixed >>> 14)) & 0xff
    })
  })

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const alphanumeric = random(24, 48).map((bytes) => [...bytes].map((byte) => alphabet[byte % 62] ?? '').join(''))
const base64 = random(24, 96).map((bytes) => Buffer.from(bytes).toString('base64'))
const base64url = random(24, 96).map((bytes) => Buffer.from(bytes).toString('base64url'))
const hex = random(16, 32).map((bytes) => Buffer.from(bytes).toString('hex'))
const jwt = fc.tuple(base64url, base64url).map(([payload, sign]) => `eyJhbGciOiJSUzI1NiJ9.${payload}.${sign}`)
const block = fc.constantFrom('PRIVATE KEY', 'RSA PRIVATE KEY', 'CERTIFICATE')
const pem = fc
  .tuple(block, base64, base64)
  .map(([what, ...lines]) => `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----`)

/** Secrets as they come: keys, tokens, certificates, and what is coded in base64 or in hexadecimal digits. */
export const secrets = fc.oneof(base64, base64url, hex, jwt, pem, alphanumeric)

/** Every run of 12 characters of a secret, but for the words that name what a PEM block is. */
export function piecesOf(secret: string): string[] {
  const runs = secret.replaceAll(/-----[^-]*-----/g, '').match(/[A-Za-z0-9+/=_-]{12,}/g) ?? []
  return runs.flatMap((run) => Array.from({ length: run.length - 11 }, (_, at) => run.slice(at, at + 12)))
}
