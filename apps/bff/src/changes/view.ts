import type { Change, ChangeItem, ChangeSummary } from '@orbweaver/contracts/history'
import { type KubernetesObject, type ObjectRef, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { numberAt, textAt } from '@orbweaver/contracts/json'
import { pageOf } from '@orbweaver/contracts/page'
import { knownResource } from '@orbweaver/kube/known-resources'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../kube/doors.ts'
import { inFlight } from './in-flight.ts'
import { type ChangeRecord, isOver, itemRef, type RecordItem, sizeOf, stateOf } from './record.ts'

/** Which page of a change's items is wanted. Without a number: where the work is, else the first. */
export type ItemsPage = { page: number | undefined; size: number }

const firstPage: ItemsPage = { page: undefined, size: 100 }

/** A Change through one person's eyes: items of objects they may not see are counted, not shown. */
export async function viewOf(
  viewer: ViewerDoor,
  record: ChangeRecord,
  wanted: ItemsPage = firstPage,
): Promise<Change | undefined> {
  const seen = await visibleItems(viewer, record)
  if (seen.length === 0 && !isOwnWreck(viewer, record)) return undefined
  const page = wanted.page ?? pageOfWork(record, seen, wanted.size)
  const items = pageOf(seen, { page, size: wanted.size }).items
  const { undoOf } = record.spec
  const problem = problemOf(record)
  return {
    ...summaryOf(record, isPartly(record, seen)),
    items: await inFlight(items, 10, (item) => itemView(viewer, record, item)),
    visible: seen.length,
    page,
    size: wanted.size,
    hidden: record.items.length - seen.length,
    ...(undoOf !== undefined && { undoes: undoOf }),
    ...(problem !== undefined && { problem }),
  }
}

/** Of a change whose parts are all lost nobody can be shown an item; who asked for it is told what became of it. */
function isOwnWreck(viewer: ViewerDoor, record: ChangeRecord): boolean {
  return record.items.length === 0 && viewer.identity.user === record.spec.actor.user
}

/** Whether the viewer may see only some of the items that there are. */
export function isPartly(record: ChangeRecord, seen: readonly RecordItem[]): boolean {
  return seen.length < record.items.length
}

function problemOf({ spec, lost }: ChangeRecord): Message | undefined {
  const [part] = lost
  if (part === undefined) return undefined
  return { code: 'change.part_missing', params: { part, count: spec.parts?.length ?? 0 } }
}

/** The page of the first item that is not done. */
function pageOfWork(record: ChangeRecord, seen: readonly RecordItem[], size: number): number {
  const index = seen.findIndex(({ id }) => !past.has(stateOf(record, id).state))
  return Math.floor(Math.max(0, index) / size) + 1
}

const past = new Set(['done', 'skipped'])

export async function visibleItems(viewer: ViewerDoor, record: ChangeRecord): Promise<RecordItem[]> {
  const seen = await inFlight(record.items, 10, (item) => seesItem(viewer, item))
  return record.items.filter((_, index) => seen[index] === true)
}

/** What the console writes by itself, its credentials, is part of the clusters' records: whoever sees those sees that. */
function seesItem(viewer: ViewerDoor, item: RecordItem): Promise<boolean> {
  if (item.by === 'person') return viewer.sees(itemRef(item))
  return viewer.lists(item.cluster, fleetClusters)
}

/** The title may name what a viewer of only some items must not know: then only the kind of change is told. */
export function summaryOf(record: ChangeRecord, partly: boolean): ChangeSummary {
  const { spec, status } = record
  const states = record.items.map(({ id }) => stateOf(record, id).state)
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
      total: sizeOf(record),
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
  const refuse = (why: Message): { possible: false; why: Message } => ({ possible: false, why })
  if (!isOver(record)) return refuse({ code: 'history.still_running', params: {} })
  if (!record.spec.undoable) return refuse({ code: 'history.not_undoable', params: {} })
  const problem = problemOf(record)
  if (problem !== undefined) return refuse(problem)
  const done = record.items.filter(({ id }) => stateOf(record, id).state === 'done')
  if (done.some(isGone)) return refuse({ code: 'history.not_kept', params: {} })
  return done.length > 0 ? { possible: true } : refuse({ code: 'history.nothing_done', params: {} })
}

/** Deleted objects are kept whole up to a size, Secrets never: their values were not kept. */
function isGone(item: RecordItem): boolean {
  return item.op === 'delete' && item.object === undefined
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
    ...(isGone(item) && { gone: true }),
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
