import { listAt, textAt } from '@orbweaver/contracts/json'
import type { Logger } from 'pino'
import type { Changes } from './changes/changes.ts'
import type { Planners } from './changes/draft.ts'
import { createEngine } from './changes/engine.ts'
import type { Keys } from './changes/keys.ts'
import { intentOf, type Opposites, undoPlanner } from './changes/undo.ts'
import type { Fleet } from './kube/doors.ts'
import { fleetClusters } from '@orbweaver/kube/resources'
import { startLeader } from './reconciler/leader.ts'
import { undoneEdit } from './slices/clusters/edit.ts'
import { clusterPlanners, planRemoval } from './slices/clusters/intents.ts'
import { meshPlanners } from './slices/meshes/intents.ts'
import { networkPlanners } from './slices/meshes/network-intents.ts'
import { objectPlanners } from './slices/objects/intents.ts'
import { sidecarPlanners } from './slices/sidecars/intents.ts'

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
 * credentials of a cluster go with its record, and its network is held by the mesh it may have joined since.
 */
const opposites: Opposites = (record, { viewer, fleet }) => {
  if (record.spec.intent.type === 'clusters.register') {
    const names = listAt(record.spec.intent, 'clusters').flatMap((each) => textAt(each, 'name') ?? [])
    return Promise.resolve(planRemoval(fleet, names))
  }
  const intent = intentOf(record)
  if (intent?.type === 'clusters.edit') {
    const edit = undoneEdit(record, fleet.hub.mirror.get(fleetClusters, { name: intent.name }))
    return edit === undefined ? undefined : planners[edit.type]({ viewer, fleet, intent: edit })
  }
  if (intent?.type !== 'meshes.create') return undefined
  const uninstall = { type: 'meshes.delete', name: intent.name, uninstall: intent.spec.kind !== 'External' } as const
  return planners['meshes.delete']({ viewer, fleet, intent: uninstall })
}

export const planners: Planners = {
  ...clusterPlanners,
  ...meshPlanners,
  ...networkPlanners,
  ...sidecarPlanners,
  ...objectPlanners,
  'history.undo': undoPlanner(opposites),
}
