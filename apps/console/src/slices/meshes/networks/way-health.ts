import type { Way } from '@orbweaver/istio/networks/connectivity'
import type { Health } from '@orbweaver/ui/status'

export const wayHealth: Record<Way['state'], Health> = { reachable: 'healthy', unknown: 'unknown', broken: 'broken' }
