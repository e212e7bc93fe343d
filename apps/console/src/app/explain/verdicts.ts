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

/** Pods without a sidecar may well be meant so. */
export const injectionHealth: Record<InjectionExplanation['outcome'], Health> = {
  injected: 'healthy',
  'not-injected': 'unknown',
  'injected-twice': 'broken',
  refused: 'broken',
  unknown: 'unknown',
}
