import type { ChangePhase, ItemState } from '@orbweaver/contracts/history'
import type { Health } from '@orbweaver/ui/status'

/** How a change's phase and an item's state look. Skipped and stopped are decisions of a person, not faults. */
export const phaseHealth: Record<ChangePhase, Health> = {
  pending: 'working',
  running: 'working',
  paused: 'attention',
  succeeded: 'healthy',
  failed: 'broken',
  stopped: 'unknown',
}

export const itemHealth: Record<ItemState, Health> = {
  waiting: 'unknown',
  running: 'working',
  done: 'healthy',
  failed: 'broken',
  skipped: 'unknown',
  conflict: 'attention',
}
