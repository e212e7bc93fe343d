import type { InjectedNamespace, InjectedWorkload } from '@orbweaver/contracts/sidecars'
import type { Health } from '@orbweaver/ui/status'

/** How a policy looks. Off and not set are choices; on without anybody who injects is broken: Pods start bare. */
export function namespaceHealth(row: InjectedNamespace): Health {
  switch (row.policy) {
    case 'enabled':
    case 'revision':
      return row.servedBy === undefined ? 'broken' : 'healthy'
    case 'blocked':
    case 'conflict':
      return 'attention'
    case 'disabled':
      return 'unknown'
    case 'none':
      return row.servedBy === undefined ? 'unknown' : 'healthy'
  }
}

export const workloadHealth: Record<InjectedWorkload['policy'], Health> = {
  enabled: 'healthy',
  disabled: 'unknown',
  none: 'unknown',
}
