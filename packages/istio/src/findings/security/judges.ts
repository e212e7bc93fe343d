import type { Judge } from '../finding.ts'
import { deniesAll } from './denies-all.ts'
import { peerAuthenticationLevel } from './peerauthentication-level.ts'

export const securityJudges: readonly Judge[] = [peerAuthenticationLevel, deniesAll]
