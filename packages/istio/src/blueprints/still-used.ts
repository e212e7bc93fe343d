import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '../meshes/mesh.ts'
import { blockers } from './blockers.ts'
import { type Observed, type Stage, stageCluster } from './stage.ts'

/**
 * What keeps a stage from taking away what a cluster still uses or asks for. The plan has asked the same, but the world
 * goes on after it: a change may wait for hours, and labels are written with other tools too. Says no more than that
 * there is something, since everybody who sees the mesh reads it; what it is and its fix, `blockers` say to whom it may be told.
 */
export function stillUsed(mesh: Mesh, stage: Stage, observed: Observed): Message | undefined {
  if (stage.removes.length === 0) return undefined
  const cluster = stageCluster(stage)
  const isStanding = blockers(mesh, [cluster], observed).some(({ fix }) => fix !== 'leave-behind')
  return isStanding ? { code: 'still-used', params: { cluster } } : undefined
}
