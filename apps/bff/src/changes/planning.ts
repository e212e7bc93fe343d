import type { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Plan, PlanItem } from '@orbweaver/contracts/plan'
import { kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { stringify } from 'yaml'
import type { WorldChange } from '../fleet/mesh-world.ts'
import { findingsOfChange } from '../fleet/plan-findings.ts'
import { visibleFindings } from '../fleet/visible-findings.ts'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'
import { unreadFleet } from '../kube/registration.ts'
import {
  type Draft,
  type PlainIntents,
  type PlainPlanners,
  type PlainType,
  type PlannerInput,
  type PlannerOutcome,
  type Planners,
  refuse,
} from './draft.ts'
import type { ChangeOutcome } from './changes.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Keys } from './keys.ts'
import { inFlight } from './in-flight.ts'
import { prepareItem, shown } from './prepare.ts'
import type { PreparedItem, Worked } from './prepared.ts'
import { ownRecord } from './seal.ts'
import { redactIntent, withoutSecrets } from './secrets.ts'
import { withWhoLacks } from './who-lacks.ts'

export type Planning = { fleet: Fleet; keys: Keys; planners: Planners }

export type WorkedOutcome = { ok: true; worked: Worked } | { ok: false; reasons: Message[] }

/** Reads and dry runs of one plan that may be under way at once. */
const width = 10

type PreparedOutcome = { ok: true; draft: Draft; items: PreparedItem[] } | { ok: false; reasons: Message[] }

async function prepare(planning: Planning, viewer: ViewerDoor, asked: Asked): Promise<PreparedOutcome> {
  const { intent, dryRuns } = asked
  const unread = intent.type === 'clusters.prepare-hub' ? undefined : unreadFleet(planning.fleet)
  if (unread !== undefined) return { ok: false, reasons: [unread] }
  const outcome = await draftOf(planning, viewer, intent)
  if (!outcome.ok) return outcome
  const { draft } = outcome
  const preparing = { fleet: planning.fleet, identity: viewer.identity, keys: planning.keys, dryRuns }
  const prepared = await inFlight(draft.items, width, (item, index) => prepareItem(preparing, item, index))
  return { ok: true, draft, items: prepared.filter((item) => item !== undefined) }
}

type Asked = { intent: Intent; dryRuns: boolean }

/** What an intent makes of the objects, before any API server was asked for a dry run: for questions about what follows. */
export async function workOutChange(planning: Planning, viewer: ViewerDoor, intent: Intent): Promise<ChangeOutcome> {
  const outcome = await prepare(planning, viewer, { intent, dryRuns: false })
  return outcome.ok ? { ok: true, change: worldChange(outcome.items) } : outcome
}

/** Turns an intent into a plan against the live objects, as the viewer. Writes nothing; dry runs aside, asks only. */
export async function workOut(planning: Planning, viewer: ViewerDoor, intent: Intent): Promise<WorkedOutcome> {
  const outcome = await prepare(planning, viewer, { intent, dryRuns: true })
  const named = (reasons: readonly Message[]) => withWhoLacks(planning.fleet, viewer.identity, reasons)
  if (!outcome.ok) return { ok: false, reasons: named(outcome.reasons) }
  const { draft, items } = outcome
  const blocked = named(blockedOf(draft, items))
  const redacted = await redactIntent(planning.keys, intent)
  const fingerprint = fingerprintOf({ intent: redacted, actor: viewer.identity, items, blocked })
  const plan: Plan = {
    fingerprint,
    title: draft.title,
    items: await inFlight(items, width, (item) => toldItem(planning.keys, item)),
    derived: draft.derived,
    findings: await visibleOf(viewer, await findingsOfChange(planning.fleet, worldChange(items))),
    impact: draft.impact,
    blocked,
    undoable: draft.undoable,
    clusters: viewer.truths([...new Set([...items, ...draft.derived].map((each) => each.ref.cluster))]),
  }
  return { ok: true, worked: { plan, items, intent } }
}

async function draftOf(planning: Planning, viewer: ViewerDoor, intent: Intent): Promise<PlannerOutcome> {
  const { planners, fleet } = planning
  if (intent.type !== 'history.undo') return drafted(planners, intent.type, { viewer, fleet, intent })
  const record = await ownRecord({ hub: fleet.hub, keys: planning.keys }, intent.change)
  if (record === undefined) return refuse('history.unknown_change', { name: intent.change })
  return planners[intent.type](record, { viewer, fleet, intent })
}

/** The type of the intent picks its planner: given apart, it lets the compiler pair the two. */
function drafted<Type extends PlainType>(
  planners: PlainPlanners,
  type: Type,
  input: PlannerInput<PlainIntents[Type]>,
): Promise<PlannerOutcome> {
  return planners[type](input)
}

function blockedOf(draft: Draft, items: PreparedItem[]): Message[] {
  const blocked = [...draft.blocked, ...items.flatMap((item) => item.blocked)]
  if (items.length === 0 && blocked.length === 0) return [{ code: 'plan.nothing_to_do', params: {} }]
  return blocked
}

async function toldItem(keys: Keys, item: PreparedItem): Promise<PlanItem> {
  const before = item.live === undefined ? undefined : shown(await withoutSecrets(keys, item.live))
  const after =
    item.op === 'delete' || item.after === undefined ? undefined : shown(await withoutSecrets(keys, item.after))
  return {
    id: item.id,
    ref: item.ref,
    op: item.op,
    touched: item.touched,
    ...(before !== undefined && { before: textOf(before) }),
    ...(after !== undefined && { after: textOf(after) }),
    dryRun: item.dryRun,
    ...(item.managedBy !== undefined && { managedBy: item.managedBy }),
  }
}

/** What it is and its name come first, in whatever order a server told them: two versions differ only where they do. */
function textOf({ apiVersion, kind, metadata, ...rest }: KubernetesObject): string {
  return stringify({ apiVersion, kind, metadata, ...rest }, kubernetesYamlText)
}

/** What could not be read is left as it is: who may not read it must not learn what would be without it. */
function worldChange(items: readonly PreparedItem[]): WorldChange {
  return items.flatMap(({ ref, op, live: before, after }): WorldChange => {
    if (op === 'delete') return before === undefined ? [] : [{ ref, before, after: undefined }]
    return after === undefined ? [] : [{ ref, before, after }]
  })
}

async function visibleOf(viewer: ViewerDoor, found: Plan['findings']): Promise<Plan['findings']> {
  return {
    introduced: await visibleFindings(viewer, found.introduced),
    solved: await visibleFindings(viewer, found.solved),
    remaining: await visibleFindings(viewer, found.remaining),
  }
}
