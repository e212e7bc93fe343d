import { numberAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type Pruning = { delete: KubernetesObject[]; lookAgainInMs: number | undefined }

/**
 * Which old revisions of an Istio may go now (sail pkg/revision/prune.go): not the active one, unused for longer than
 * the grace period. A control plane that serves other clusters (EXTERNAL_ISTIOD, the env spelling only) prunes nothing.
 */
export function pruning(
  istio: KubernetesObject,
  revisions: KubernetesObject[],
  at: { active: string; now: number },
): Pruning {
  if (textAt(istio, 'spec', 'values', 'pilot', 'env', 'EXTERNAL_ISTIOD') === 'true') {
    return { delete: [], lookAgainInMs: undefined }
  }
  const graceMs = (numberAt(istio, 'spec', 'updateStrategy', 'inactiveRevisionDeletionGracePeriodSeconds') ?? 30) * 1000
  const gone: KubernetesObject[] = []
  let wait: number | undefined
  for (const revision of revisions) {
    const inUse = conditionOf(revision, 'InUse')
    if (revision.metadata.name === at.active || inUse?.status !== 'False') continue
    if (revision.metadata.deletionTimestamp !== undefined) continue
    const left = Date.parse(inUse.since ?? '') + graceMs - at.now
    if (left <= 0) gone.push(revision)
    else wait = Math.min(wait ?? left, left)
  }
  return { delete: gone, lookAgainInMs: wait }
}
