import type { AccessVerdict } from '@orbweaver/contracts/explain-access'
import type { Facts } from './facts.ts'
import { type Gate, rule, type Ruling } from './gate.ts'
import { type Issuer, isPreflight, readToken, type Token } from './tokens.ts'

/** What a proxy judges by. */
export type Checks = { readonly gate: Gate; readonly issuers: readonly Issuer[] }

/** What a proxy says of a call that has got as far as its rules. */
export type Settled = {
  readonly verdict: AccessVerdict
  readonly ruling: Ruling
  readonly token: Token
  readonly facts: Facts
  readonly on: readonly string[]
}

/** What nobody who asks can say: only the world could. */
const ofTheWorld = ['metadata', 'destination']

/** Tokens first, then policies; a refusal is then looked at once more: would a token, or an identity, have changed it. */
export function settle(checks: Checks, bare: Facts, now: Date): Settled {
  const preflight = isPreflight(bare.method, bare.headers)
  const given = bare.layer === 'tcp' || preflight ? null : bare.claims
  const token = readToken(bare.layer === 'tcp' ? [] : checks.issuers, given, now)
  const facts: Facts = { ...bare, claims: token.claims }
  const ruling = rule(checks.gate, facts)
  const base = { ruling, token, facts, on: ruling.passes.on }
  // What CUSTOM refuses by itself is refused before any token is looked at (core/listener_builder.go).
  if (isCustom(ruling)) return { ...base, verdict: refusalOf(checks, facts, false) }
  if (token.refused) return { ...base, verdict: 'invalid-token' }
  if (ruling.passes.is === 'open') return { ...base, verdict: openVerdict(ruling.passes.on) }
  if (ruling.passes.is === 'yes') {
    if (ruling.asks.is === 'open') return { ...base, verdict: openVerdict(ruling.asks.on), on: ruling.asks.on }
    return { ...base, verdict: ruling.asks.is === 'yes' ? 'asks-provider' : 'allowed' }
  }
  return { ...base, verdict: refusalOf(checks, facts, given === null && !preflight) }
}

function isCustom({ passes, reason, by }: Ruling): boolean {
  return passes.is === 'no' && by !== undefined && (reason === 'bad-provider' || reason === 'custom-on-trial')
}

function openVerdict(on: readonly string[]): AccessVerdict {
  return on.every((each) => ofTheWorld.includes(each)) ? 'unknown' : 'depends'
}

function refusalOf({ gate, issuers }: Checks, facts: Facts, mayHaveToken: boolean): AccessVerdict {
  const passes = (other: Partial<Facts>) => rule(gate, { ...facts, ...other }).passes.is !== 'no'
  if (facts.identity.kind === 'none' && passes({ identity: { kind: 'some' } })) return 'needs-mtls'
  if (facts.layer === 'http' && mayHaveToken && issuers.length > 0 && passes({ claims: undefined }))
    return 'needs-token'
  return 'denied'
}
