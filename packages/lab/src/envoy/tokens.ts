import { generateKeyPairSync, sign } from 'node:crypto'
import type { JsonRecord } from '@orbweaver/contracts/json'

/** Tokens with a good signature (RFC 7519, RS256), and the keys that prove it. */
export type Tokens = { readonly jwks: string; of(claims: JsonRecord): string }

export function tokens(): Tokens {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    jwks: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'lab', alg: 'RS256', use: 'sig' }] }),
    of: (claims) => {
      const signed = `${part({ alg: 'RS256', kid: 'lab', typ: 'JWT' })}.${part({ exp: 4_102_444_800, ...claims })}`
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
    },
  }
}
