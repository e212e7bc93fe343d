import type { IntentOf } from '@orbweaver/contracts/intent'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { targetOf } from '@orbweaver/contracts/kubernetes'
import type { Logger } from 'pino'
import type { Changes } from './changes/changes.ts'
import type { DraftItem, PlannerInput, PlannerOutcome, Planners, UndoIntent } from './changes/draft.ts'
import { createEngine } from './changes/engine.ts'
import type { Keys } from './changes/keys.ts'
import type { ChangeRecord } from './changes/record.ts'
import { intentOf, type Opposites, undoDraft, undoPlanner } from './changes/undo.ts'
import { meshFor } from './fleet/mesh-of.ts'
import type { Fleet } from './kube/doors.ts'
import { fleetClusters } from '@orbweaver/kube/resources'
import { startLeader } from './reconciler/leader.ts'
import { undoneEdit } from './slices/clusters/edit.ts'
import { clusterPlanners, planRemoval } from './slices/clusters/intents.ts'
import { meshPlanners } from './slices/meshes/intents.ts'
import { networkPlanners } from './slices/meshes/network-intents.ts'
import { planLeaveAfter, type Written } from './slices/meshes/removal-intents.ts'
import { findingPlanners } from './slices/objects/finding-intents.ts'
import { objectPlanners } from './slices/objects/intents.ts'
import { inUse } from './slices/security/in-use.ts'
import { securityPlanners } from './slices/security/intents.ts'
import { sidecarPlanners } from './slices/sidecars/intents.ts'
import { undoneSwitch } from './slices/sidecars/undo.ts'

export type EngineParts = {
  fleet: Fleet
  keys: Keys
  log: Logger
  /** Name of this replica in the Lease. */
  holder: string
  leaseSeconds: number
  /** Refuses every write of its own too: nothing is executed and no mesh reconciled. */
  readOnly: boolean
}

/** The change engine with the planners of all slices, and the leader that executes what it stores. */
export function openEngine(parts: EngineParts): { changes: Changes; stop(): Promise<void> } {
  const { fleet, keys, log, holder, leaseSeconds } = parts
  const leader = parts.readOnly ? undefined : startLeader({ fleet, keys, log, holder, leaseSeconds })
  const changes = createEngine({ fleet, keys, planners, now: () => new Date(), wake: () => leader?.wake() })
  return {
    changes,
    async stop() {
      await leader?.stop()
    },
  }
}

/**
 * Changes whose effect is more than their objects: dropping the record of a mesh would leave Istio where it is, the
 * credentials of a cluster go with its record, its network is held by the mesh it may have joined since, and sidecars are
 * asked of a mesh.
 */
const opposites: Opposites = (record, { viewer, fleet }) => {
  if (record.spec.intent.type === 'clusters.register') {
    const names = listAt(record.spec.intent, 'clusters').flatMap((each) => textAt(each, 'name') ?? [])
    return Promise.resolve(planRemoval(fleet, names))
  }
  const intent = intentOf(record)
  switch (intent?.type) {
    case 'clusters.edit': {
      const edit = undoneEdit(record, fleet.hub.mirror.get(fleetClusters, { name: intent.name }))
      return edit === undefined ? undefined : planners[edit.type]({ viewer, fleet, intent: edit })
    }
    case 'meshes.join':
      return undoneJoin(record, intent, { viewer, fleet })
    case 'meshes.create': {
      const uninstall = intent.spec.kind !== 'External'
      return planners['meshes.delete']({
        viewer,
        fleet,
        intent: { type: 'meshes.delete', name: intent.name, uninstall },
      })
    }
    case 'security.apply-secret':
      return undoneSecret(record, intent.mesh, { viewer, fleet })
    case 'sidecars.namespaces':
    case 'sidecars.workloads':
      return undoneSwitch(record, intent, { viewer, fleet })
    default:
      return undefined
  }
}

/**
 * Leaving, with all that leaving checks and takes away; the labels of namespaces go back with it. undefined where none of
 * them is a member any longer: then the general way says so.
 */
async function undoneJoin(
  record: ChangeRecord,
  { name, members }: IntentOf<'meshes.join'>,
  { viewer, fleet }: Pick<PlannerInput<UndoIntent>, 'viewer' | 'fleet'>,
): Promise<PlannerOutcome> {
  const undone = undoDraft(record)
  const mesh = await meshFor(viewer, fleet, name)
  const clusters = members.flatMap(({ cluster }) =>
    mesh?.members.some((each) => each.cluster === cluster) === true ? [cluster] : [],
  )
  if (!undone.ok || clusters.length === 0) return undone
  const labels = undone.draft.items.filter(({ ref }) => ref.kind === 'Namespace')
  const intent = { type: 'meshes.leave', name, clusters } as const
  const leave = await planLeaveAfter({ viewer, fleet, intent }, writtenBy(fleet, labels))
  if (!leave.ok) return leave
  return { ok: true, draft: { ...leave.draft, title: undone.draft.title, items: [...labels, ...leave.draft.items] } }
}

/** A Secret that was made goes again, unless rules have begun to use it. */
async function undoneSecret(
  record: ChangeRecord,
  name: string,
  { viewer, fleet }: Pick<PlannerInput<UndoIntent>, 'viewer' | 'fleet'>,
): Promise<PlannerOutcome> {
  const undone = undoDraft(record)
  const mesh = await meshFor(viewer, fleet, name)
  if (!undone.ok || mesh === undefined) return undone
  const { draft } = undone
  const used = await inUse(
    { viewer, fleet },
    mesh,
    draft.items.map(({ ref }) => ref),
  )
  return { ok: true, draft: { ...draft, blocked: [...draft.blocked, ...used] } }
}

/** What these items leave of the objects as they were read last. */
function writtenBy(fleet: Fleet, items: readonly DraftItem[]): Written[] {
  return items.flatMap((item) => {
    const live = fleet.get(item.ref.cluster)?.mirror.get(item.resource, targetOf(item.ref))
    const object = live !== undefined && 'edit' in item ? item.edit(live) : undefined
    return object === undefined || Array.isArray(object) ? [] : [{ cluster: item.ref.cluster, object }]
  })
}

export const planners: Planners = {
  ...clusterPlanners,
  ...meshPlanners,
  ...networkPlanners,
  ...sidecarPlanners,
  ...securityPlanners,
  ...objectPlanners,
  ...findingPlanners,
  'history.undo': undoPlanner(opposites),
}
