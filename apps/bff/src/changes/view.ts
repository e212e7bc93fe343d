import type { Change, ChangeItem, ChangeSummary } from '@orbweaver/contracts/history'
import { type KubernetesObject, type ObjectRef, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { numberAt, textAt } from '@orbweaver/contracts/json'
import { knownResource } from '@orbweaver/kube/known-resources'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../kube/doors.ts'
import { inFlight } from './in-flight.ts'
import { type ChangeRecord, isOver, itemRef, type RecordItem, stateOf } from './record.ts'

/** A Change through one person's eyes: items of objects they may not see are counted, not shown. */
export async function viewOf(viewer: ViewerDoor, record: ChangeRecord): Promise<Change | undefined> {
  const seen = await visibleItems(viewer, record)
  if (seen.length === 0) return undefined
  const items = await inFlight(seen, 10, (item) => itemView(viewer, record, item))
  return {
    ...summaryOf(record, seen.length < record.spec.items.length),
    items,
    hidden: record.spec.items.length - seen.length,
    ...(record.spec.undoOf !== undefined && { undoes: record.spec.undoOf }),
  }
}

export async function visibleItems(viewer: ViewerDoor, record: ChangeRecord): Promise<RecordItem[]> {
  const seen = await inFlight(record.spec.items, 10, (item) => seesItem(viewer, item))
  return record.spec.items.filter((_, index) => seen[index] === true)
}

/** What the console writes by itself, its credentials, is part of the clusters' records: whoever sees those sees that. */
function seesItem(viewer: ViewerDoor, item: RecordItem): Promise<boolean> {
  if (item.by === 'person') return viewer.sees(itemRef(item))
  return viewer.lists(item.cluster, fleetClusters)
}

/** The title may name what a viewer of only some items must not know: then only the kind of change is told. */
export function summaryOf(record: ChangeRecord, partly: boolean): ChangeSummary {
  const { spec, status } = record
  const states = spec.items.map((item) => stateOf(record, item.id).state)
  const mesh = textAt(spec.intent, 'mesh') ?? meshName(record)
  return {
    name: record.name,
    title: partly ? { code: `${spec.title.code}.partly`, params: {} } : spec.title,
    actor: spec.actor.user,
    ...(spec.reason !== undefined && !partly && { reason: spec.reason }),
    createdAt: spec.createdAt,
    ...(status.finishedAt !== undefined && { finishedAt: status.finishedAt }),
    phase: status.phase,
    word: textAt(spec.intent, 'type')?.split('.')[0] ?? 'objects',
    ...(mesh !== undefined && { mesh }),
    counts: {
      total: states.length,
      done: states.filter((state) => state === 'done' || state === 'skipped').length,
      failed: states.filter((state) => state === 'failed' || state === 'conflict').length,
    },
    undo: undoOf(record),
  }
}

function meshName({ spec }: ChangeRecord): string | undefined {
  return textAt(spec.intent, 'type')?.startsWith('meshes.') === true ? textAt(spec.intent, 'name') : undefined
}

function undoOf(record: ChangeRecord): ChangeSummary['undo'] {
  const refuse = (code: string): { possible: false; why: Message } => ({ possible: false, why: { code, params: {} } })
  if (!isOver(record)) return refuse('history.still_running')
  if (!record.spec.undoable) return refuse('history.not_undoable')
  const anyDone = record.spec.items.some((item) => stateOf(record, item.id).state === 'done')
  return anyDone ? { possible: true } : refuse('history.nothing_done')
}

async function itemView(viewer: ViewerDoor, record: ChangeRecord, item: RecordItem): Promise<ChangeItem> {
  const { id: _id, resultUid: _uid, ...state } = stateOf(record, item.id)
  const progress = item.op === 'restart' && state.state === 'done' ? await rollout(viewer, itemRef(item)) : undefined
  return {
    id: item.id,
    ref: itemRef(item),
    op: item.op,
    touched: item.touched,
    ...state,
    ...(progress !== undefined && { progress }),
  }
}

/** How far a restart has come, from the workload itself: Pods of the new template that are available, of those wanted. */
async function rollout(viewer: ViewerDoor, ref: ObjectRef): Promise<{ done: number; total: number } | undefined> {
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) return undefined
  const workload = await viewer.get(ref.cluster, resource, targetOf(ref))
  if (workload === undefined) return undefined
  return rolloutOf(workload)
}

/** DaemonSets name the same numbers otherwise than Deployments and StatefulSets do. */
function rolloutOf(workload: KubernetesObject): { done: number; total: number } {
  const daemon = workload.kind === 'DaemonSet'
  const status = (name: string) => numberAt(workload, 'status', name) ?? 0
  const total = daemon ? status('desiredNumberScheduled') : (numberAt(workload, 'spec', 'replicas') ?? 1)
  if (status('observedGeneration') < (workload.metadata.generation ?? 0)) return { done: 0, total }
  const updated = status(daemon ? 'updatedNumberScheduled' : 'updatedReplicas')
  const available = status(daemon ? 'numberAvailable' : 'availableReplicas')
  return { done: Math.min(updated, available, total), total }
}
