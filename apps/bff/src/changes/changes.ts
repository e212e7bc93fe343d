import type { Change, ChangePhase, ChangeSummary } from '@orbweaver/contracts/history'
import type { Intent } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import type { MissingRight } from '@orbweaver/contracts/missing-right'
import type { Plan } from '@orbweaver/contracts/plan'
import type { WorldChange } from '../fleet/mesh-world.ts'
import type { ViewerDoor } from '../kube/doors.ts'
import type { ItemsPage } from './view.ts'

/** The change engine as handlers see it: intent → plan → change → history. The only way to write. */
export type Changes = {
  plan(viewer: ViewerDoor, intent: Intent): Promise<PlanOutcome>
  /** What the plan makes of the objects, for questions about what follows from it: on the full world, not for any viewer. */
  changeOf(viewer: ViewerDoor, intent: Intent): Promise<ChangeOutcome>
  execute(viewer: ViewerDoor, request: ExecuteRequest): Promise<ExecuteOutcome>
  list(viewer: ViewerDoor, filter: { mesh?: string; phase?: ChangePhase; search?: string }): Promise<ChangeSummary[]>
  get(viewer: ViewerDoor, name: string, page: ItemsPage): Promise<Change | undefined>
  steer(viewer: ViewerDoor, order: SteerOrder): Promise<SteerOutcome>
}

export type ExecuteRequest = {
  intent: Intent
  fingerprint: string
  /** Keys (findingKey) of the findings that the confirmed plan showed. */
  acknowledged: readonly string[]
  reason: string | undefined
}
export type PlanOutcome = { ok: true; plan: Plan } | { ok: false; reasons: Message[] }
export type ChangeOutcome = { ok: true; change: WorldChange } | { ok: false; reasons: Message[] }
export type ExecuteOutcome =
  | { ok: true; change: Change }
  | { ok: false; why: 'invalid' | 'blocked'; reasons: Message[] }
  | { ok: false; why: 'outdated'; plan: Plan; reasons: Message[] }
  /** The first right of those the plan wants that the person does not have. */
  | { ok: false; why: 'forbidden'; right: MissingRight }
export type SteerOrder = { name: string } & ({ order: 'retry' | 'skip'; item: string } | { order: 'stop' | 'resume' })
export type SteerOutcome = { ok: true; change: Change } | { ok: false; why: 'not_found' | 'not_now'; phase: string }
