import type { Claims } from '@orbweaver/contracts/explain-access'
import type { Place } from '@orbweaver/contracts/explain'
import { flagAt, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { keptClaims } from './claims.ts'
import { policiesFor, type Target } from './target.ts'

/** One issuer that a proxy takes tokens of. */
export type Issuer = {
  readonly place: Place
  readonly issuer: string
  readonly audiences: readonly string[]
  /** Looks where tokens usually are: `Authorization: Bearer` and `?access_token=`. */
  readonly looksAtUsual: boolean
  readonly lists: readonly string[]
  /** The token goes on with the request. */
  readonly forwards: boolean
}

/** All rules of all RequestAuthentications count together (authn/policy_applier.go). */
export function issuersFor(world: MeshWorld, target: Target): Issuer[] {
  return policiesFor(world, kinds.requestAuthentication, target).flatMap(({ object, ref }) =>
    listAt(object, 'spec', 'jwtRules').map((rule, index) => ({
      place: { ref, pointer: `/spec/jwtRules/${index}` },
      issuer: textAt(rule, 'issuer') ?? '',
      audiences: textsAt(rule, 'audiences'),
      looksAtUsual: ['fromHeaders', 'fromParams', 'fromCookies'].every((each) => listAt(rule, each).length === 0),
      lists: textsAt(rule, 'spaceDelimitedClaims'),
      forwards: flagAt(rule, 'forwardOriginalToken') === true,
    })),
  )
}

/** What a proxy makes of a token: what it hands on to policies, and why it refuses the request where it does. */
export type Token = {
  readonly claims: Claims | null | undefined
  readonly refused: boolean
  readonly code:
    | 'not-said'
    | 'none'
    | 'unchecked'
    | 'unseen'
    | 'accepted'
    | 'unknown-issuer'
    | 'wrong-audience'
    | 'expired'
  readonly place?: Place
  /** Whose token it is. */
  readonly by?: Issuer
}

/**
 * No token passes, unless a policy asks for one; a token that is there must be of one of the issuers. One whose issuer
 * looks elsewhere for it is taken to lie where that issuer looks; a stranger's lies where tokens usually lie.
 */
export function readToken(issuers: readonly Issuer[], claims: Claims | null | undefined, now: Date): Token {
  if (issuers.length === 0)
    return { claims: null, refused: false, code: claims === null || claims === undefined ? 'none' : 'unchecked' }
  if (claims === undefined) return { claims, refused: false, code: 'not-said' }
  if (claims === null) return { claims, refused: false, code: 'none' }
  const own = issuers.filter(({ issuer }) => issuer === '' || issuer === claims.iss)
  const [first] = own
  if (first === undefined) {
    const seen = issuers.some(({ looksAtUsual }) => looksAtUsual)
    return seen
      ? { claims: null, refused: true, code: 'unknown-issuer' }
      : { claims: null, refused: false, code: 'unseen' }
  }
  if (isOver(claims, now)) return { claims: null, refused: true, code: 'expired', place: first.place }
  const taken = own.find(({ audiences }) => audiences.length === 0 || audiences.some((each) => isFor(claims, each)))
  if (taken === undefined) return { claims: null, refused: true, code: 'wrong-audience', place: first.place }
  return { claims: keptClaims(claims, taken.lists), refused: false, code: 'accepted', place: taken.place, by: taken }
}

/** The token as it goes on: one that was accepted stays behind, unless its rule says `forwardOriginalToken`. */
export function tokenAfter(
  issuers: readonly Issuer[],
  claims: Claims | null | undefined,
  now: Date,
): Claims | null | undefined {
  const { by } = readToken(issuers, claims, now)
  return by === undefined || by.forwards ? claims : null
}

/** Envoy compares audiences without scheme and without a slash at the end (jwt_verify_lib, CheckAudience). */
function isFor(claims: Claims, audience: string): boolean {
  const { aud } = claims
  const said =
    typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud.filter((each) => typeof each === 'string') : []
  return said.some((each) => bare(each) === bare(audience))
}

function bare(audience: string): string {
  return audience.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

/** Seconds; Envoy allows for clocks that differ by a minute. */
const skew = 60

function isOver({ exp, nbf }: Claims, now: Date): boolean {
  const seconds = now.getTime() / 1000
  return (typeof exp === 'number' && exp + skew < seconds) || (typeof nbf === 'number' && nbf - skew > seconds)
}

/** A preflight request of CORS has no token, and is not asked for one (bypass_cors_preflight). */
export function isPreflight(method: string | undefined, headers: ReadonlyMap<string, string> | undefined): boolean {
  const has = (name: string) => (headers?.get(name) ?? '') !== ''
  return method === 'OPTIONS' && has('origin') && has('access-control-request-method')
}
