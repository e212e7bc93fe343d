import type { Message } from '@orbweaver/contracts/message'
import type { Blocker } from '@orbweaver/istio/blueprints/blockers'
import type { Observed, Stage } from '@orbweaver/istio/blueprints/stage'
import { type Draft, type DraftItem, noImpact } from '../../changes/draft.ts'
import { unreadClusters } from '../../reconciler/observe.ts'
import { derivedOf, unpermitted } from './derived.ts'
import type { Asking } from './asking.ts'

/** Taking something apart: what is written to the record, and what follows from it in the clusters. */
export type Removing = { title: Message; items: DraftItem[]; stages: Stage[]; found: Blocker[]; observed: Observed }

/** A plan that takes something apart. A cluster that cannot be reached is no reason to stay: it is cleaned when it is back. */
export async function removalDraft(asking: Asking, removing: Removing): Promise<Draft> {
  const { title, items, stages, found, observed } = removing
  const derived = await derivedOf(asking, stages)
  const told = (each: Blocker): Message => ({ code: `blocker.${each.code}`, params: each.params })
  const away = found.filter((each) => each.fix === 'leave-behind')
  const refused = unpermitted(derived)
  // It answers: what stands in the way there will be known in a moment, and must be.
  const unread = unreadClusters(asking.fleet, observed).map((cluster) => ({
    code: 'plan.cluster_syncing',
    params: { cluster },
  }))
  // What stands in the way counts what others run: it is told to those who could take the mesh apart.
  const standing = refused.length > 0 ? [] : found.filter((each) => each.fix !== 'leave-behind').map(told)
  return {
    title,
    items,
    derived,
    impact: { ...noImpact, notes: away.map(told) },
    blocked: [...refused, ...standing, ...unread],
    undoable: true,
  }
}
