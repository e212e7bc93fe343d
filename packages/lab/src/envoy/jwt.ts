import { at, flagAt, type Json, type JsonRecord, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'

/** What jwt_authn makes of a token with a good signature: metadata for the filters after it, or a refusal. */
export type Authenticated = {
  readonly accepted: boolean
  readonly metadata: JsonRecord
  /** The token does not go on. */
  readonly taken?: boolean
}

/** `claims` is what the token says; undefined without a token (envoy extensions/filters/http/jwt_authn). */
export function authenticated(config: Json, claims: JsonRecord | undefined): Authenticated {
  const providers = recordAt(config, 'providers')
  const [rule] = listAt(config, 'rules')
  return required(at(rule, 'requires'), { providers, claims })
}

type Asked = { readonly providers: JsonRecord; readonly claims: JsonRecord | undefined }

const nothing: Authenticated = { accepted: true, metadata: {} }
const refused: Authenticated = { accepted: false, metadata: {} }

function required(requirement: Json | undefined, asked: Asked): Authenticated {
  if (requirement === undefined) return nothing
  const any = at(requirement, 'requires_any')
  if (any !== undefined) {
    const found = listAt(any, 'requirements').map((each) => required(each, asked))
    return found.find(({ accepted }) => accepted) ?? refused
  }
  const all = at(requirement, 'requires_all')
  if (all !== undefined) {
    const found = listAt(all, 'requirements').map((each) => required(each, asked))
    if (found.some(({ accepted }) => !accepted)) return refused
    const metadata = found.reduce<JsonRecord>((sum, each) => ({ ...sum, ...each.metadata }), {})
    return { accepted: true, metadata, taken: found.some(({ taken }) => taken === true) }
  }
  if (at(requirement, 'allow_missing_or_failed') !== undefined) return nothing
  if (at(requirement, 'allow_missing') !== undefined) return asked.claims === undefined ? nothing : refused
  const name = textAt(requirement, 'provider_name')
  if (name === undefined) throw new Error(`no such requirement: ${JSON.stringify(requirement)}`)
  return byProvider(at(asked.providers, name), asked.claims)
}

function byProvider(provider: Json | undefined, claims: JsonRecord | undefined): Authenticated {
  if (claims === undefined || provider === undefined) return refused
  if (textAt(provider, 'issuer') !== textAt(claims, 'iss')) return refused
  const audiences = textsAt(provider, 'audiences').map(plainAudience)
  const own = [textAt(claims, 'aud') ?? [], textsAt(claims, 'aud')].flat().map(plainAudience)
  if (audiences.length > 0 && !own.some((each) => audiences.includes(each))) return refused
  const key = textAt(provider, 'payload_in_metadata')
  const taken = flagAt(provider, 'forward') !== true
  if (key === undefined) return { accepted: true, metadata: {}, taken }
  const split = textsAt(provider, 'normalize_payload_in_metadata', 'space_delimited_claims')
  return { accepted: true, metadata: { 'envoy.filters.http.jwt_authn': { [key]: spaced(claims, split) } }, taken }
}

/** Scheme and trailing slash of an audience do not count (jwt_verify_lib, check_audience.cc). */
const plainAudience = (audience: string): string => audience.replace(/^https?:\/\//u, '').replace(/\/$/u, '')

const spaced = (claims: JsonRecord, names: readonly string[]): JsonRecord =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? value.split(' ').filter((each) => each !== '') : value,
    ]),
  )
