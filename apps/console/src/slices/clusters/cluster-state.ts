import type { Cluster, CredentialEnd } from '@orbweaver/contracts/clusters'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Health } from '@orbweaver/ui/status'

type Word = Exclude<ClusterTruth['state'], 'fresh'> | 'ready' | 'expired' | 'expiring' | 'unknown' | 'removing'
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

/**
 * What is going on with a cluster, in one word: that it goes away before why it is lost, and both before how well it is
 * read. What is read well, but not for long, comes before that all is well.
 */
export function clusterState(
  cluster: Pick<Cluster, 'deleting' | 'ends'>,
  truth: ClusterTruth | undefined,
): ClusterState {
  if (cluster.deleting) return { health: 'working', word: 'removing' }
  const end = endsAttention(cluster.ends)
  if (end?.state === 'over') return { health: 'broken', word: 'expired', reason: truth?.reason, since: end.at }
  if (truth === undefined) return { health: 'unknown', word: 'unknown' }
  const { state, reason, since } = truth
  if (state === 'fresh' && end !== undefined) return { health: 'attention', word: 'expiring' }
  if (state === 'fresh') return { health: 'healthy', word: 'ready' }
  return { health: healths[state], word: state, reason, since }
}

/** Of what ends soon or has ended what ends first; undefined where nothing does. */
export function endsAttention(ends: readonly CredentialEnd[]): { state: 'over' | 'soon'; at: string } | undefined {
  for (const state of ['over', 'soon'] as const) {
    const [first] = ends
      .flatMap((each) => (each.state === state ? [each.at] : []))
      .toSorted((a = '', b = '') => a.localeCompare(b))
    if (first !== undefined) return { state, at: first }
  }
  return undefined
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
