import type { TrailStep } from '@orbweaver/contracts/explain'
import { stepOf, type Stop } from './stop.ts'

/** Why a connection, or what is sent on it, does not get as far as any rule. */
export type Refusal = { readonly why: NonNullable<Stop['refused']>; readonly steps: readonly TrailStep[] }

/** Ports of HTTP answer nothing to what is none. */
const notHttp: Refusal = { why: { verdict: 'denied', by: undefined }, steps: [stepOf('not-http')] }

/** Proxies answer 400 to what is no path. */
const malformed: Refusal = { why: { verdict: 'denied', by: undefined }, steps: [stepOf('malformed')] }

/** A port that says it is HTTP is not looked into: what speaks something else gets no answer. */
export function unfit(protocol: 'http' | 'tcp', isMalformed: boolean): Refusal | undefined {
  if (protocol === 'tcp') return notHttp
  return isMalformed ? malformed : undefined
}
