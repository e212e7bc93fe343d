import type { AccessVerdict, InjectionExplanation } from '@orbweaver/contracts/explain-access'
import type { Health } from '@orbweaver/ui/status'

/** What is let in is well; what hangs on more than is known is between. */
export const verdictHealth: Record<AccessVerdict, Health> = {
  allowed: 'healthy',
  denied: 'broken',
  'needs-token': 'broken',
  'invalid-token': 'broken',
  'needs-mtls': 'broken',
  'refused-plaintext': 'broken',
  'refused-tls': 'broken',
  'asks-provider': 'attention',
  depends: 'attention',
  unknown: 'unknown',
}

/**
 * What is told where no rule decides: who is denied meets none of the policies that allow, which is no default of Istio's;
 * and of what is open nothing has decided.
 */
export function undecided(verdict: AccessVerdict): 'noneMet' | 'open' | 'byDefault' {
  if (verdict === 'denied' || verdict === 'needs-token' || verdict === 'needs-mtls') return 'noneMet'
  return verdict === 'depends' || verdict === 'unknown' || verdict === 'asks-provider' ? 'open' : 'byDefault'
}

/** Pods without a sidecar may well be meant so. */
export const injectionHealth: Record<InjectionExplanation['outcome'], Health> = {
  injected: 'healthy',
  'not-injected': 'unknown',
  'injected-twice': 'broken',
  refused: 'broken',
  unknown: 'unknown',
}
