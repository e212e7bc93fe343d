import type { Severity } from '@orbweaver/contracts/plan'
import type { Health } from '@orbweaver/ui/status'

/** How bad a finding looks. What Istio refuses cannot be there; what it accepts may still break. */
export const severityHealth: Record<Severity, Health> = {
  rejected: 'broken',
  error: 'broken',
  warning: 'attention',
  info: 'unknown',
}
