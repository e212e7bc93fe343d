import { isRecord, textAt } from '@orbweaver/contracts/json'
import { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { applyPaths, holds, inverse } from '@orbweaver/istio/diff/touched'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { Resource } from '@orbweaver/kube/client'
import {
  type DraftItem,
  noImpact,
  type PlannerInput,
  type PlannerOutcome,
  refuse,
  type UndoIntent,
  type UndoPlanner,
} from './draft.ts'
import { type ChangeRecord, isOver, itemRef, type RecordItem, stateOf } from './record.ts'
import { isPartly, visibleItems } from './view.ts'

/** What takes back a change whose effect is larger than its items: the whole thing is planned the other way round. */
export type Opposites = (record: ChangeRecord, input: PlannerInput<UndoIntent>) => Promise<PlannerOutcome> | undefined

/** Plans the inverse of a change's touched paths, refused where they changed since. */
export function undoPlanner(opposites: Opposites): UndoPlanner {
  return async (record, input) => {
    const seen = await visibleItems(input.viewer, record)
    if (seen.length === 0) return refuse('history.unknown_change', { name: input.intent.change })
    if (!isOver(record)) return refuse('history.still_running')
    if (!record.spec.undoable) return refuse('history.not_undoable')
    // A change is undone as one: a plan for the rest would name what this person may not know of.
    if (isPartly(record, seen)) return refuse('history.partly_hidden')
    if (record.lost.length > 0) {
      return refuse('change.part_missing', { part: record.lost[0] ?? 0, count: record.spec.parts?.length ?? 0 })
    }
    return opposites(record, input) ?? undoDraft(record)
  }
}

/** Says what is undone. */
function undoTitle({ name, spec: { title } }: ChangeRecord): Message {
  // An undo that is undone would have to carry the titles of both.
  if (title.code.startsWith('history.')) return { code: 'history.undo', params: { change: name } }
  return { code: 'history.undo.of', params: { ...title.params, change: name, what: title.code } }
}

/** The inverse of what was done, last first; what cannot be taken back, or not quite, is noted. */
export function undoDraft(record: ChangeRecord): PlannerOutcome {
  const done = record.items.filter((item) => stateOf(record, item.id).state === 'done').reverse()
  const items: DraftItem[] = []
  const younger: Message[] = []
  const blocked: Message[] = []
  const restarts = done.filter(({ op }) => op === 'restart').length
  for (const item of done.filter(({ op }) => op !== 'restart')) {
    const resource = knownResource(item.ref.group, item.ref.kind)
    const step = resource === undefined ? undefined : inverseItem(record, item, resource)
    if (step === undefined) blocked.push({ code: 'history.cannot_undo_item', params: named(item) })
    else {
      items.push(step)
      // Istio breaks ties between rules by age: what is made again comes after those that were younger before.
      if (step.op === 'create') younger.push({ code: 'history.younger', params: named(item) })
    }
  }
  const stays = restarts > 0 ? [{ code: 'history.restarts_stay', params: { count: restarts } }] : []
  const title = undoTitle(record)
  const impact = { ...noImpact, notes: [...younger, ...stays] }
  return { ok: true, draft: { title, items, derived: [], impact, blocked, undoable: true } }
}

function inverseItem(record: ChangeRecord, item: RecordItem, resource: Resource): DraftItem | undefined {
  const base = { ref: itemRef(item), resource, by: item.by }
  switch (item.op) {
    case 'restart':
      return undefined
    case 'update':
      // The values that were there are not kept: they are given anew.
      if (item.ref.kind === 'Secret' && item.ref.group === '') return undefined
      return { ...base, op: 'update', how: item.how, edit: (live) => backTo(live, item) }
    case 'create': {
      const uid = stateOf(record, item.id).resultUid
      return { ...base, op: 'delete', ...(uid !== undefined && { uid }) }
    }
    case 'delete':
      // Deleted objects are kept whole up to a size, Secrets never: their values were not kept.
      return item.object === undefined ? undefined : { ...base, op: 'create', object: item.object }
  }
}

function backTo(live: KubernetesObject, item: RecordItem): KubernetesObject | Message[] {
  if (item.uid !== undefined && live.metadata.uid !== item.uid) return [{ code: 'plan.recreated', params: named(item) }]
  if (!holds(live, item.touched, 'after')) return [{ code: 'history.changed_since', params: named(item) }]
  return applyPaths(live, inverse(item.touched))
}

function named(item: RecordItem): Message['params'] {
  const { kind, name, namespace } = item.ref
  return { kind, name, namespace: namespace ?? '', cluster: item.cluster }
}

/** The intent of a stored Change, when it still reads as one; a registration never does: its kubeconfig is not kept. */
export function intentOf(record: ChangeRecord): Intent | undefined {
  const parsed = Intent.safeParse(record.spec.intent)
  return parsed.success && isRecord(record.spec.intent) && textAt(record.spec.intent, 'type') === parsed.data.type
    ? parsed.data
    : undefined
}
