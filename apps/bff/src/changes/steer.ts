import { canonicalJson } from '@orbweaver/contracts/json'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { ViewerDoor } from '../kube/doors.ts'
import type { SteerOrder } from './changes.ts'
import { inFlight } from './in-flight.ts'
import { writeStatus } from './progress.ts'
import { type ChangeRecord, isOver, type RecordItem, type RecordStatus, stateOf, withState } from './record.ts'
import { ownRecord } from './seal.ts'
import type { Storing } from './store.ts'

export type Steered = { ok: true; record: ChangeRecord } | { ok: false; why: 'not_found' | 'not_now'; phase: string }

/**
 * Carries out a person's order about a change that is under way. Only who could do what is left may give it: else a
 * viewer could make the console go on with another person's rights.
 */
export async function steer(with_: Storing, viewer: ViewerDoor, order: SteerOrder): Promise<Steered> {
  for (let left = 5; left > 0; left -= 1) {
    const record = await ownRecord(with_, order.name)
    if (record === undefined) return { ok: false, why: 'not_found', phase: '' }
    const refused = await refusedItem(viewer, record)
    if (refused !== undefined) throw refused
    const status = ordered(record, order, with_.now())
    if (status === undefined) return { ok: false, why: 'not_now', phase: record.status.phase }
    try {
      return { ok: true, record: await writeStatus(with_.hub, record, status) }
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'conflict') throw error
    }
  }
  return { ok: false, why: 'not_now', phase: 'running' }
}

/** The status after the order; undefined when it makes no sense in this phase. */
function ordered(record: ChangeRecord, order: SteerOrder, now: Date): RecordStatus | undefined {
  const { status } = record
  switch (order.order) {
    case 'stop':
      return isOver(record) ? undefined : { ...status, reason: 'stop' }
    case 'resume':
      return status.phase === 'paused' ? { ...status, phase: 'running', startedAt: now.toISOString() } : undefined
    case 'retry':
      return onStuck(record, order.item, 'waiting')
    case 'skip':
      return onStuck(record, order.item, 'skipped')
  }
}

function onStuck(record: ChangeRecord, id: string, state: 'waiting' | 'skipped'): RecordStatus | undefined {
  const found = stateOf(record, id).state
  const known = record.items.some((item) => item.id === id)
  if (!known || record.lost.length > 0 || (found !== 'failed' && found !== 'conflict')) return undefined
  const { finishedAt: _finished, ...status } = record.status
  const next = withState(status, { id, state, warnings: [] })
  return { ...(state === 'skipped' ? withoutThoseThatNeed(record, next, id) : next), phase: 'running' }
}

/** What needs an item that is left out is left out as well: credentials do not go while their cluster stays. */
function withoutThoseThatNeed(record: ChangeRecord, status: RecordStatus, id: string): RecordStatus {
  const left = new Set([id])
  let now = status
  // Needed ones come first.
  for (const item of record.items) {
    if (item.needs === undefined || !left.has(item.needs) || settled.has(stateOf(record, item.id).state)) continue
    left.add(item.id)
    now = withState(now, { id: item.id, state: 'skipped', code: 'change.needs_skipped', warnings: [] })
  }
  return now
}

/** The first item of what is left, or of all when nothing is, that the person may not carry out. */
async function refusedItem(viewer: ViewerDoor, record: ChangeRecord): Promise<KubeError | undefined> {
  const left = record.items.filter(({ id }) => !settled.has(stateOf(record, id).state))
  const concerned = left.length > 0 ? left : record.items
  const asking = askedOnce(viewer)
  const answers = await inFlight(concerned, 10, (item) => mayDo(asking, item))
  const item = concerned.find((_, index) => answers[index] !== true)
  if (item === undefined) return undefined
  const message = `${item.op} ${item.ref.kind}`
  return new KubeError({ code: 'forbidden', cluster: item.cluster, message, status: 403 })
}

const settled = new Set(['done', 'skipped'])

type May = ViewerDoor['may']

/** Hundreds of items ask the same few questions. */
function askedOnce(viewer: ViewerDoor): May {
  const asked = new Map<string, Promise<boolean>>()
  return (cluster, question) => {
    const key = canonicalJson({ cluster, ...question })
    const answer = asked.get(key) ?? viewer.may(cluster, question)
    asked.set(key, answer)
    return answer
  }
}

const verbs = { create: 'create', update: 'update', delete: 'delete', restart: 'patch' } as const

/** Who may do it everywhere, or everywhere in the namespace, may do it there: a name is asked about last. */
async function mayDo(may: May, item: RecordItem): Promise<boolean> {
  // What the console writes by itself (its credentials) is asked for as the object that it belongs to.
  if (item.by === 'console') {
    return may(item.cluster, { verb: verbs[item.op], group: 'orbweaver.dev', resource: 'fleetclusters' })
  }
  const resource = knownResource(item.ref.group, item.ref.kind)
  if (resource === undefined) return false
  const verb = item.op === 'update' && item.how === 'merge' ? 'patch' : verbs[item.op]
  const question = { verb, group: resource.group, resource: resource.plural }
  const { namespace, name } = item.ref
  const inNamespace = { ...question, ...(namespace !== undefined && { namespace }) }
  if (await may(item.cluster, question)) return true
  if (namespace !== undefined && (await may(item.cluster, inNamespace))) return true
  return item.op !== 'create' && may(item.cluster, { ...inNamespace, name })
}
