import type { MeshDetail, MeshPhase } from '@orbweaver/contracts/meshes'
import type { Health } from '@orbweaver/ui/status'

export const phaseHealth: Record<MeshPhase, Health> = {
  pending: 'unknown',
  progressing: 'working',
  ready: 'healthy',
  degraded: 'attention',
  failed: 'broken',
  terminating: 'working',
}

export type Member = MeshDetail['members'][number]

export const memberHealth: Record<Member['state'], Health> = {
  ready: 'healthy',
  progressing: 'working',
  failed: 'broken',
  leaving: 'working',
  unreachable: 'broken',
}
