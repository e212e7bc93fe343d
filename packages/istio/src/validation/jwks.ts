import { isRecord, type Json, type JsonRecord, listAt } from '@orbweaver/contracts/json'

/** Key sets as github.com/lestrrat-go/jwx v1.2 (jwk) reads them; only the beginning of its words is told. */

const KEY_TYPES = new Set(['RSA', 'EC', 'oct', 'OKP'])
/** What a key of a type cannot be without. */
const REQUIRED: Record<string, string[]> = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], oct: ['k'], OKP: ['crv', 'x'] }

function keysOf(text: string): JsonRecord[] | string {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return 'failed to unmarshal JWK set: invalid JSON'
  }
  if (!isRecord(parsed)) return "failed to unmarshal JWK set: expected '{'"
  const keys: Json[] = parsed['keys'] === undefined ? [parsed] : listAt(parsed, 'keys')
  return keys.filter(isRecord)
}

export function jwksProblem(text: string): string | undefined {
  const keys = keysOf(text)
  if (typeof keys === 'string') return `jwks parse error: ${keys}`
  const wrong = keys.map(keyProblem).findIndex((each) => each !== undefined)
  const key = keys[wrong]
  if (key === undefined) return undefined
  return `jwks parse error: failed to unmarshal JWK set: failed to decode key #${wrong} in "keys": ${keyProblem(key)}`
}

function keyProblem(key: JsonRecord): string | undefined {
  const type = typeof key['kty'] === 'string' ? key['kty'] : ''
  if (!KEY_TYPES.has(type)) return `invalid key type from JSON (${type})`
  return REQUIRED[type]?.some((field) => key[field] === undefined) === true ? 'required field is missing' : undefined
}

/** Places of keys that sign: symmetric ones, and those with their private part. */
export function privateKeysOf(text: string): number[] {
  const keys = text === '' || jwksProblem(text) !== undefined ? [] : keysOf(text)
  if (typeof keys === 'string') return []
  return keys.flatMap((key, index) => (key['kty'] === 'oct' || key['d'] !== undefined ? [index] : []))
}
