import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '../meshes/mesh.ts'
import { blockers } from './blockers.ts'
import { type Observed, passed, type Stage, stage, stageCluster, waiting } from './stage.ts'

/**
 * What keeps a stage from taking away what a cluster still uses or asks for. The plan has asked the same, but the world
 * goes on after it: a change may wait for hours, and labels are written with other tools too. Says no more than that
 * there is something, since everybody who sees the mesh reads it; what it is and its fix, `blockers` say to whom it may be told.
 */
export function stillUsed(mesh: Mesh, stage: Stage, observed: Observed): Message | undefined {
  if (stage.removes.length === 0 && stage.name !== 'released') return undefined
  const cluster = stageCluster(stage)
  return isUsed(mesh, cluster, observed) ? { code: 'still-used', params: { cluster } } : undefined
}

/** Whether a cluster that can be read uses the mesh or asks for it. */
export function isUsed(mesh: Mesh, cluster: string, observed: Observed): boolean {
  return blockers(mesh, [cluster], observed).some(({ fix }) => fix !== 'leave-behind')
}

/**
 * The end of taking a cluster out, or a mesh apart: what has begun to ask while it went, when there was nothing left to take
 * away, is not left behind either. Who would give it sidecars is gone, and nobody could take it back for that mesh.
 */
export function releasedStage(mesh: Mesh, cluster: string, after: string): Stage {
  return stage({
    name: 'released',
    cluster,
    after: [after],
    gate: (observed) => {
      if (observed.get(cluster)?.view === undefined) return waiting('cluster-unreachable', { cluster })
      return isUsed(mesh, cluster, observed) ? waiting('still-used', { cluster }) : passed('unused', { cluster })
    },
    deadlineSeconds: 120,
    timeout: 'released-timeout',
  })
}
