import type { Cluster } from '@orbweaver/contracts/clusters'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Health } from '@orbweaver/ui/status'

type Word = 'ready' | 'stale' | 'syncing' | 'unreachable' | 'unauthorized' | 'forbidden' | 'unknown' | 'removing'
export type ClusterState = {
  health: Health
  word: Word
  /** The door's code for why. */
  reason?: string | undefined
  since?: string | undefined
}

const healths: Record<ClusterTruth['state'], Health> = {
  fresh: 'healthy',
  stale: 'attention',
  syncing: 'working',
  unreachable: 'broken',
  unauthorized: 'broken',
  forbidden: 'attention',
}

/** What is going on with a cluster, in one word: that it goes away before how well it is read. */
export function clusterState(cluster: Pick<Cluster, 'deleting'>, truth: ClusterTruth | undefined): ClusterState {
  if (cluster.deleting) return { health: 'working', word: 'removing' }
  if (truth === undefined) return { health: 'unknown', word: 'unknown' }
  const { state, reason, since } = truth
  if (state === 'fresh') return { health: 'healthy', word: 'ready' }
  return { health: healths[state], word: state, reason, since }
}

/** Data younger than this is as good as live. */
const freshMs = 30_000

/** When what is shown was last known to be true; undefined while it is live. */
export function dataAge(truth: ClusterTruth | undefined, now: number): string | undefined {
  if (truth?.asOf === undefined) return undefined
  const old = now - Date.parse(truth.asOf) > freshMs
  return truth.state !== 'fresh' || old ? truth.asOf : undefined
}

/** Why a cluster cannot be removed now; undefined when it can. */
export function removalHeld(cluster: Cluster): 'inMesh' | 'beingRemoved' | undefined {
  if (cluster.deleting) return 'beingRemoved'
  return cluster.mesh === undefined ? undefined : 'inMesh'
}
