import type { Judge } from '../finding.ts'
import { authorized } from './authorized.ts'
import { deniesAll } from './denies-all.ts'
import { gatewaySelector } from './gateway-selector.ts'
import { jwksFetch } from './jwks-fetch.ts'
import { peerAuthenticationLevel } from './peerauthentication-level.ts'

export const securityJudges: readonly Judge[] = [peerAuthenticationLevel, deniesAll]

/** What istioctl says of policies; not asked of every rule in the console yet. */
export const policyJudges: readonly Judge[] = [authorized, jwksFetch, gatewaySelector]
