import type { TlsState } from '@orbweaver/contracts/security'
import type { Health } from '@orbweaver/ui/status'

export const stateHealth: Record<TlsState, Health> = {
  valid: 'healthy',
  expiring: 'attention',
  'not-yet': 'attention',
  expired: 'broken',
  missing: 'broken',
  unreadable: 'broken',
}
