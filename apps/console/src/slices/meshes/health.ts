import type { MemberSync, SyncState } from '@orbweaver/contracts/member-sync'
import type { MeshDetail, MeshPhase } from '@orbweaver/contracts/meshes'
import { isUnserved } from '@orbweaver/istio/meshes/sync'
import type { Health } from '@orbweaver/ui/status'

export const phaseHealth: Record<MeshPhase, Health> = {
  pending: 'unknown',
  progressing: 'working',
  ready: 'healthy',
  degraded: 'attention',
  failed: 'broken',
  terminating: 'working',
  suspended: 'attention',
}

export type Member = MeshDetail['members'][number]

const stateHealth: Record<Member['state'], Health> = {
  ready: 'healthy',
  progressing: 'working',
  failed: 'broken',
  leaving: 'working',
  unreachable: 'broken',
}

export const syncHealth: Record<SyncState, Health> = {
  synced: 'healthy',
  syncing: 'working',
  timeout: 'broken',
  'unknown-to-istiod': 'broken',
  'not-asked': 'unknown',
}

/** A member that is ready by its stages, and that istiod does not serve for all that. */
export function isBroken(member: Member): member is Member & { sync: MemberSync } {
  return member.state === 'ready' && member.sync !== undefined && isUnserved(member.sync)
}

export function memberHealth(member: Member): Health {
  return isBroken(member) ? syncHealth[member.sync.state] : stateHealth[member.state]
}
