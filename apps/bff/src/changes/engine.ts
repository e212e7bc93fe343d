import type { Intent } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { type MissingRight, rightIn } from '@orbweaver/contracts/missing-right'
import { mentions } from '@orbweaver/contracts/page'
import { findingKey, grave, type Plan } from '@orbweaver/contracts/plan'
import { KubeError } from '@orbweaver/kube/error'
import type { ViewerDoor } from '../kube/doors.ts'
import type { Changes, ExecuteOutcome, ExecuteRequest, PlanOutcome, SteerOrder, SteerOutcome } from './changes.ts'
import { type Planning, type WorkedOutcome, workOut, workOutChange } from './planning.ts'
import { steer } from './steer.ts'
import { bootstrap } from './bootstrap.ts'
import { ownRecord, ownRecords } from './seal.ts'
import { storeChange } from './store.ts'
import { isPartly, summaryOf, viewOf, visibleItems } from './view.ts'
import { inFlight } from './in-flight.ts'

export type EngineOptions = Planning & {
  now: () => Date
  /** Tells the executor that there is something to do; cheap, may be called often. */
  wake: () => void
}

/** The change engine of one replica. Keeps nothing: the hub's Change objects are the state. */
export function createEngine(options: EngineOptions): Changes {
  const { hub } = options.fleet
  const storing = { hub, keys: options.keys, now: options.now }
  return {
    async plan(viewer: ViewerDoor, intent: Intent): Promise<PlanOutcome> {
      const outcome = await workOut(options, viewer, intent)
      return outcome.ok ? { ok: true, plan: outcome.worked.plan } : outcome
    },
    changeOf: (viewer, intent) => workOutChange(options, viewer, intent),
    execute: (viewer, request) => execute(options, viewer, request),
    async list(viewer, filter) {
      const records = (await ownRecords(storing)).filter(
        (record) => filter.phase === undefined || record.status.phase === filter.phase,
      )
      const seen = await inFlight(records, 10, (record) => visibleItems(viewer, record))
      return records
        .map((record, index) => ({ record, shown: seen[index] ?? [] }))
        .filter(({ shown }) => shown.length > 0)
        .map(({ record, shown }) => summaryOf(record, isPartly(record, shown)))
        .filter((summary) => filter.mesh === undefined || summary.mesh === filter.mesh)
        .filter((summary) =>
          mentions(filter.search, [
            summary.name,
            summary.actor,
            summary.title.code,
            summary.reason,
            ...Object.values(summary.title.params).map(String),
          ]),
        )
        .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    },
    async get(viewer, name, page) {
      const record = await ownRecord(storing, name)
      return record === undefined ? undefined : viewOf(viewer, record, page)
    },
    async steer(viewer: ViewerDoor, order: SteerOrder): Promise<SteerOutcome> {
      const known = await ownRecord(storing, order.name)
      if (known === undefined || (await viewOf(viewer, known)) === undefined) return gone
      const steered = await steer(storing, viewer, order)
      if (!steered.ok) return steered
      options.wake()
      const change = await viewOf(viewer, steered.record)
      return change === undefined ? gone : { ok: true, change }
    },
  }
}

const gone: SteerOutcome = { ok: false, why: 'not_found', phase: '' }

async function execute(options: EngineOptions, viewer: ViewerDoor, request: ExecuteRequest): Promise<ExecuteOutcome> {
  const outcome = await workOut(options, viewer, request.intent)
  const right = missingRight(outcome)
  // Before anything else: for who may not do it at all, another plan or another reason is no help.
  if (right !== undefined) return { ok: false, why: 'forbidden', right }
  if (!outcome.ok) return { ok: false, why: 'invalid', reasons: outcome.reasons }
  const { plan } = outcome.worked
  if (plan.fingerprint !== request.fingerprint) {
    return { ok: false, why: 'outdated', plan, reasons: [{ code: 'plan.changed', params: {} }] }
  }
  if (plan.blocked.length > 0) return { ok: false, why: 'blocked', reasons: plan.blocked }
  const unseen = unseenFindings(plan, request.acknowledged)
  if (unseen.length > 0) return { ok: false, why: 'outdated', plan, reasons: unseen }
  const storing = { hub: options.fleet.hub, keys: options.keys, now: options.now }
  if (request.intent.type === 'clusters.prepare-hub') await bootstrap(options, viewer, outcome.worked.items)
  const { user, groups } = viewer.identity
  const undoOf = request.intent.type === 'history.undo' ? request.intent.change : undefined
  const stored = await storeChange(storing, {
    worked: outcome.worked,
    actor: { user, groups },
    reason: request.reason,
    undoOf,
  })
  if ('refused' in stored) return { ok: false, why: 'blocked', reasons: [stored.refused] }
  options.wake()
  const change = await viewOf(viewer, stored)
  if (change === undefined) throw unasked(options.fleet.hub.name)
  return { ok: true, change }
}

/** The Change is stored and will be carried out; whether its author may see it, the hub did not say in time. */
function unasked(cluster: string): KubeError {
  return new KubeError({ code: 'timeout', cluster, message: 'rights of the author were not told', reason: 'Deadline' })
}

function missingRight(outcome: WorkedOutcome): MissingRight | undefined {
  if (!outcome.ok) return outcome.reasons.map((each) => rightIn(each, 'person')).find((each) => each !== undefined)
  for (const { dryRun, ref } of outcome.worked.plan.items) {
    if (dryRun.state !== 'forbidden') continue
    const { verb, resource } = dryRun
    return { verb, group: ref.group, resource, cluster: ref.cluster, namespace: ref.namespace }
  }
  return undefined
}

/** Findings that were not in the plan the person confirmed: the fingerprint does not hold them, so they are compared. */
function unseenFindings(plan: Plan, acknowledged: readonly string[]): Message[] {
  const seen = new Set(acknowledged)
  return grave(plan.findings.introduced)
    .filter((finding) => !seen.has(findingKey(finding)))
    .map((finding) => ({ code: 'plan.new_finding', params: { finding: finding.code, name: finding.ref.name } }))
}
