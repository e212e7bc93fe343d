import type { Judge } from '../finding.ts'
import { authorized } from './authorized.ts'
import { contradictions } from './contradictions.ts'
import { customProviders } from './custom.ts'
import { deniesAll } from './denies-all.ts'
import { dryRun } from './dry-run.ts'
import { policyHosts } from './hosts.ts'
import { identities } from './identities.ts'
import { identityPatterns } from './identity-patterns.ts'
import { gatewaySelector } from './gateway-selector.ts'
import { jwksFetch } from './jwks-fetch.ts'
import { jwtRules } from './jwt-rules.ts'
import { openness } from './openness.ts'
import { peerAuthenticationLevel } from './peerauthentication-level.ts'
import { peerScope } from './peer-scope.ts'
import { plainClients } from './plain-clients.ts'
import { policyPorts } from './ports.ts'
import { principals } from './principals.ts'
import { requestValues } from './request-values.ts'
import { shadowed } from './shadowed.ts'
import { tcpPorts } from './tcp-ports.ts'
import { tokens } from './tokens.ts'

export const securityJudges: readonly Judge[] = [peerAuthenticationLevel, deniesAll]

/** What istioctl says of policies, and what else they do not do as they seem to; not asked in the console yet. */
export const policyJudges: readonly Judge[] = [
  authorized,
  jwksFetch,
  gatewaySelector,
  openness,
  contradictions,
  shadowed,
  requestValues,
  principals,
  identityPatterns,
  policyHosts,
  policyPorts,
  tcpPorts,
  identities,
  plainClients,
  customProviders,
  dryRun,
  tokens,
  jwtRules,
  peerScope,
]
