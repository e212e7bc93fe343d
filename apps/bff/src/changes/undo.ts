import { isRecord, textAt } from '@orbweaver/contracts/json'
import { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { applyPaths, holds, inverse } from '@orbweaver/istio/diff/touched'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { Resource } from '@orbweaver/kube/client'
import { type DraftItem, noImpact, type Planner, type PlannerInput, type PlannerOutcome, refuse } from './draft.ts'
import { type ChangeRecord, isOver, itemRef, type RecordItem, stateOf } from './record.ts'
import { freshRecord } from './store.ts'
import { visibleItems } from './view.ts'

export type UndoIntent = Extract<Intent, { type: 'history.undo' }>

/** What takes back a change whose effect is larger than its items: the whole thing is planned the other way round. */
export type Opposites = (record: ChangeRecord, input: PlannerInput<UndoIntent>) => Promise<PlannerOutcome> | undefined

/** Plans the inverse of a change's touched paths, refused where they changed since. */
export function undoPlanner(opposites: Opposites): Planner<UndoIntent> {
  return async (input) => {
    const record = await freshRecord(input.fleet.hub, input.intent.change)
    if (record === undefined) return refuse('history.unknown_change', { name: input.intent.change })
    const seen = await visibleItems(input.viewer, record)
    if (seen.length === 0) return refuse('history.unknown_change', { name: input.intent.change })
    if (!isOver(record)) return refuse('history.still_running')
    if (!record.spec.undoable) return refuse('history.not_undoable')
    const opposite = opposites(record, input)
    return opposite ?? draftOf(record, undoTitle(record, seen.length))
  }
}

/** Says what is undone, unless this person must not know all that the title names. */
function undoTitle(record: ChangeRecord, seen: number): Message {
  const { items, title } = record.spec
  // An undo that is undone would have to carry the titles of both.
  const again = title.code.startsWith('history.')
  if (again || seen < items.length) return { code: 'history.undo', params: { change: record.name } }
  return { code: 'history.undo.of', params: { ...title.params, change: record.name, what: title.code } }
}

function draftOf(record: ChangeRecord, title: Message): PlannerOutcome {
  const done = record.spec.items.filter((item) => stateOf(record, item.id).state === 'done').reverse()
  const items: DraftItem[] = []
  const notes: Message[] = []
  const blocked: Message[] = []
  for (const item of done) {
    const resource = knownResource(item.ref.group, item.ref.kind)
    const step = resource === undefined ? undefined : inverseItem(record, item, resource)
    if (step === undefined) blocked.push({ code: 'history.cannot_undo_item', params: named(item) })
    else if ('note' in step) notes.push(step.note)
    else items.push(step.item)
  }
  const impact = { ...noImpact, notes }
  return { ok: true, draft: { title, items, derived: [], impact, blocked, undoable: true } }
}

type Step = { item: DraftItem } | { note: Message } | undefined

function inverseItem(record: ChangeRecord, item: RecordItem, resource: Resource): Step {
  const base = { ref: itemRef(item), resource, by: item.by }
  switch (item.op) {
    case 'restart':
      return { note: { code: 'history.restart_stays', params: named(item) } }
    case 'update':
      return { item: { ...base, op: 'update', how: item.how, edit: (live) => backTo(live, item) } }
    case 'create': {
      const uid = stateOf(record, item.id).resultUid
      return { item: { ...base, op: 'delete', ...(uid !== undefined && { uid }) } }
    }
    case 'delete':
      // Deleted objects are kept whole up to a size, Secrets never: their values were not kept.
      return item.object === undefined ? undefined : { item: { ...base, op: 'create', object: item.object } }
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
