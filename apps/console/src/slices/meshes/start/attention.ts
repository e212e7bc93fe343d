import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshPhase, MeshSummary } from '@orbweaver/contracts/meshes'
import { paths } from '../../../paths.ts'

export type Concern =
  | {
      about: 'mesh'
      name: string
      phase: MeshPhase
      reason?: Message | undefined
      since?: string | undefined
      to: string
    }
  | { about: 'restart'; name: string; pods: number; to: string }
  | {
      about: 'cluster'
      name: string
      state: ClusterTruth['state']
      reason?: string | undefined
      since?: string | undefined
      to: string
    }

const troubled: MeshPhase[] = ['failed', 'degraded', 'suspended', 'terminating']
const silent: ClusterTruth['state'][] = ['unreachable', 'unauthorized', 'forbidden', 'stale']

/** What somebody should look at, worst first: meshes, then clusters, then Pods that wait. */
export function concerns(meshes: readonly MeshSummary[], truths: readonly ClusterTruth[]): Concern[] {
  const bad = meshes
    .filter((mesh) => troubled.includes(mesh.phase))
    .toSorted((a, b) => troubled.indexOf(a.phase) - troubled.indexOf(b.phase))
    .map(
      ({ name, phase, reason, since }): Concern => ({
        about: 'mesh',
        name,
        phase,
        reason,
        since,
        to: paths.mesh(name),
      }),
    )
  const away = truths
    .filter((truth) => silent.includes(truth.state))
    .map(
      ({ cluster, state, reason, since }): Concern => ({
        about: 'cluster',
        name: cluster,
        state,
        reason,
        since,
        to: paths.cluster(cluster),
      }),
    )
  const waiting = meshes
    .filter((mesh) => mesh.pods.pendingRestart > 0)
    .map(
      ({ name, pods }): Concern => ({
        about: 'restart',
        name,
        pods: pods.pendingRestart,
        to: paths.sidecars(name, { tab: 'workloads' }),
      }),
    )
  return [...bad, ...away, ...waiting]
}
