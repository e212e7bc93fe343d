import type { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { DerivedObject, Impact } from '@orbweaver/contracts/plan'
import type { Resource } from '@orbweaver/kube/client'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'
import type { ChangeRecord } from './record.ts'

type Common = {
  ref: ObjectRef
  resource: Resource
  /** Whose rights the write needs. `console` only for its own credentials, after the person's right was asked. */
  by: 'person' | 'console'
  /** Index of the earlier item that makes what this one needs; its dry run cannot be asked yet. */
  needs?: number
  /** Index of the earlier item without which this one would do harm, though its dry run can be asked: skipped with it. */
  onlyWith?: number
}

/** One write as a slice wants it, before the live object was read. */
export type DraftItem = Common &
  (
    | { op: 'create'; object: KubernetesObject; secret?: Record<string, string> }
    | {
        op: 'update'
        /** merge: other people's objects, only the touched paths. replace: rules and our own objects. */
        how: 'merge' | 'replace'
        /** What the object should be, given what it is now. Messages refuse. */
        edit: (live: KubernetesObject) => KubernetesObject | Message[]
      }
    /**
     * A Secret's values (base64), all of them or with `merge` some. What stays of it beside them is `rest` of it; without
     * that, all but its other values.
     */
    | {
        op: 'update'
        how: 'merge' | 'replace'
        secret: Record<string, string>
        rest?: (live: KubernetesObject) => KubernetesObject
      }
    | { op: 'delete'; uid?: string }
    | { op: 'restart' }
  )

/** What an intent comes to: made by a slice's planner, turned into a Plan by the engine. */
export type Draft = {
  title: Message
  items: DraftItem[]
  derived: DerivedObject[]
  impact: Impact
  /** Reasons that hold whatever the API servers say. */
  blocked: Message[]
  undoable: boolean
}

export type PlannerInput<Wanted extends Intent> = { viewer: ViewerDoor; fleet: Fleet; intent: Wanted }
export type PlannerOutcome = { ok: true; draft: Draft } | { ok: false; reasons: Message[] }
export type Planner<Wanted extends Intent> = (input: PlannerInput<Wanted>) => Promise<PlannerOutcome>

export type UndoIntent = Extract<Intent, { type: 'history.undo' }>
/** The engine reads the change that is to be undone: only it knows which are the console's own. */
export type UndoPlanner = (record: ChangeRecord, input: PlannerInput<UndoIntent>) => Promise<PlannerOutcome>

export type PlainType = Exclude<Intent['type'], UndoIntent['type']>
export type PlainIntents = { [Type in PlainType]: Extract<Intent, { type: Type }> }

export type PlainPlanners = { [Type in PlainType]: Planner<PlainIntents[Type]> }

/** One planner an intent type; each slice exports its own, app.ts puts them together. */
export type Planners = PlainPlanners & Record<UndoIntent['type'], UndoPlanner>

export const noImpact: Impact = { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] }

export function refuse(code: string, params: Message['params'] = {}): { ok: false; reasons: Message[] } {
  return { ok: false, reasons: [{ code, params }] }
}
