import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type GateVerdict, type Observed, type Stage, stageCluster } from '@orbweaver/istio/blueprints/stage'
import type { Applied } from './apply-stage.ts'
import type { StatusStage } from './mesh-status.ts'

export type Walk = {
  stages: readonly Stage[]
  observed: Observed
  /** How the stages stood before: since when each waits. */
  before: readonly StatusStage[]
  now: Date
  /** Writes what a stage wants; undefined where nothing may be written, only looked at. */
  apply: ((stage: Stage) => Promise<Applied>) | undefined
  /** What stands against writing a stage now; asked while its gate waits, and only where something may be written. */
  guard?: (stage: Stage) => Promise<Message | undefined>
}

export type Walked = { stages: StatusStage[]; allPassed: boolean; anyFailed: boolean; stopped: boolean }

/**
 * Goes once over the stages in their order: a stage whose forerunners have passed is written where it differs and its
 * gate is asked; the others wait. Never waits itself: the next change in the clusters brings the next walk.
 */
export async function walk(with_: Walk): Promise<Walked> {
  const passed = new Set<string>()
  const stages: StatusStage[] = []
  let wrote = false
  for (const stage of with_.stages) {
    const ready = stage.after.every((id) => passed.has(id) || !with_.stages.some((each) => each.id === id))
    const due: boolean = ready && !(wrote && stage.calm === true)
    const judged: Judged | 'stopped' = due ? await judge(with_, stage) : { state: 'pending' }
    if (judged === 'stopped') return { stages, allPassed: false, anyFailed: false, stopped: true }
    wrote ||= judged.wrote === true
    if (judged.state === 'done') passed.add(stage.id)
    stages.push(statusOf(with_, stage, judged))
  }
  return {
    stages,
    allPassed: stages.every((stage) => stage.state === 'done'),
    anyFailed: stages.some((stage) => stage.state === 'failed' || stage.state === 'blocked'),
    stopped: false,
  }
}

type Judged = { state: StatusStage['state']; reason?: Message; wrote?: boolean }

async function judge(with_: Walk, stage: Stage): Promise<Judged | 'stopped'> {
  // A cluster that nobody can ask is not written to either: the gate says that it waits for it.
  const reachable = with_.observed.get(stage.cluster)?.view !== undefined
  const against = reachable ? await obstacleOf(with_, stage) : undefined
  if (against !== undefined) return { state: 'blocked', reason: against }
  const applied = reachable ? await with_.apply?.(stage) : undefined
  if (applied?.state === 'stopped') return 'stopped'
  if (applied?.state === 'holes') {
    const params = { values: applied.holes.join(', ') }
    return late(with_, stage, { state: 'waiting', code: 'values-pending', params })
  }
  if (applied?.state === 'refused') {
    const params = { code: applied.code, message: applied.message.slice(0, 2_000) }
    return { state: 'failed', reason: { code: 'apply-refused', params } }
  }
  return { ...asked(with_, stage), wrote: applied !== undefined && applied.writes > 0 }
}

/** A stage that has passed or failed speaks for itself. */
async function obstacleOf(with_: Walk, stage: Stage): Promise<Message | undefined> {
  if (with_.apply === undefined || with_.guard === undefined) return undefined
  return stage.gate(with_.observed).state === 'waiting' ? with_.guard(stage) : undefined
}

function asked(with_: Walk, stage: Stage): Judged {
  const verdict = stage.gate(with_.observed)
  const reason = { code: verdict.code, params: verdict.params }
  if (verdict.state === 'waiting') return late(with_, stage, verdict)
  return { state: verdict.state === 'passed' ? 'done' : 'failed', reason }
}

/** A stage that waits beyond its deadline has failed, and says what it waited for; should it pass later, it passes. */
function late(with_: Walk, stage: Stage, verdict: GateVerdict): Judged {
  const reason = { code: verdict.code, params: verdict.params }
  const since = Date.parse(startOf(with_, stage) ?? with_.now.toISOString())
  if (with_.now.getTime() - since <= stage.deadlineSeconds * 1000) return { state: 'running', reason }
  const params = { ...verdict.params, waitedFor: verdict.code, seconds: stage.deadlineSeconds }
  return { state: 'failed', reason: { code: stage.timeout, params } }
}

function earlier({ before }: Walk, stage: Stage): StatusStage | undefined {
  return before.find((each) => each.name === stage.name && each.cluster === stageCluster(stage))
}

/** When the stage began to wait; kept while it runs and after it failed, so that a deadline passes once. */
function startOf(with_: Walk, stage: Stage): string | undefined {
  const was = earlier(with_, stage)
  return was !== undefined && (was.state === 'running' || was.state === 'failed') ? was.since : undefined
}

function statusOf(with_: Walk, stage: Stage, { state, reason }: Judged): StatusStage {
  const was = earlier(with_, stage)
  const waiting = state === 'running' || state === 'failed'
  const kept = waiting ? startOf(with_, stage) : was?.state === state ? was.since : undefined
  const objects = stage.objects.map((object) => refOf(stage.cluster, object))
  return {
    name: stage.name,
    cluster: stageCluster(stage),
    state,
    since: kept ?? with_.now.toISOString(),
    ...(reason !== undefined && { reason: reason.code, params: reason.params }),
    objects: [...objects, ...stage.removes].slice(0, 100),
  }
}
