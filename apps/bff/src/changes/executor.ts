import { at, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Logger } from 'pino'
import { KubeError } from '@orbweaver/kube/error'
import { changes as changeResource } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import { dropSecrets } from './change-secret.ts'
import { schemaVersion } from './fingerprint.ts'
import type { Keys } from './keys.ts'
import { writeStatus } from './progress.ts'
import { type ChangeRecord, isOver, type RecordItem, type RecordStatus, stateOf, withState } from './record.ts'
import { type ItemResult, runItem } from './run-item.ts'
import { ownHead, ownRecord } from './seal.ts'

export type Executing = {
  fleet: Fleet
  keys: Keys
  log: Logger
  now: () => Date
  /** Whether this replica holds the Lease at this moment, with time enough left for one write. */
  mayWrite: () => boolean
  /** Identity of this replica, shown as the holder. */
  holder: string
}

/** A Change that nobody worked on for an hour waits for a person: rights and clusters may have changed since. */
const idleMs = 60 * 60 * 1000

/** Executes what is due, oldest first, one item at a time. Called whenever Changes or the Lease change. */
export async function executeDue(with_: Executing): Promise<void> {
  const due = with_.fleet.hub.mirror
    .list(changeResource)
    .filter(isDue)
    .map((object) => ({ object, createdAt: textAt(object.spec, 'createdAt') ?? '' }))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
  for (const { object } of due) {
    const { name } = object.metadata
    if (!with_.mayWrite()) return
    await executeMirrored(with_, object).catch((error: unknown) => {
      // The hub could not be written: the change stays as it is and is taken up again at the next notice.
      with_.log.warn(
        { change: name, code: error instanceof KubeError ? error.code : 'failed', err: error },
        'change interrupted',
      )
    })
  }
}

/** By its phase: Changes that are pending or running, and paused ones that a person wants stopped. */
function isDue({ spec, status }: KubernetesObject): boolean {
  const phase = textAt(status, 'phase') ?? 'Pending'
  const stopped = phase === 'Paused' && textAt(status, 'reason') === 'stop'
  return at(spec, 'part') === undefined && (phase === 'Pending' || phase === 'Running' || stopped)
}

/** One that is not ours costs the hub nothing: it is known by the mirror. What is ours is judged again as it is read. */
async function executeMirrored(with_: Executing, mirrored: KubernetesObject): Promise<void> {
  const head = await ownHead(with_.keys, mirrored)
  if (head?.spec.schemaVersion === schemaVersion) await executeOne(with_, head.name)
  else tell(with_, mirrored)
}

async function executeOne(with_: Executing, name: string): Promise<void> {
  const { hub } = with_.fleet
  let record = await ownRecord({ hub, keys: with_.keys }, name)
  if (record === undefined || record.spec.schemaVersion !== schemaVersion || isOver(record)) return
  while (record !== undefined && with_.mayWrite()) {
    const next = nextStep(with_, record)
    if (next.kind === 'item') {
      record = await executeFrom(with_, record, next.index)
      continue
    }
    // A failed or paused change may go on and needs them; they go with it at last.
    if (next.status.phase === 'succeeded' || next.status.phase === 'stopped') await dropSecrets(hub, name)
    await writeStatus(hub, record, { ...record.status, ...next.status })
    return
  }
}

/** Said once of each object: one that stays is passed by at every round. */
const told = new WeakSet<KubernetesObject>()

function tell({ log }: Executing, object: KubernetesObject): void {
  if (told.has(object)) return
  told.add(object)
  log.error({ change: object.metadata.name }, 'change refused: its seal is not ours')
}

type Next = { kind: 'end'; status: Partial<RecordStatus> } | { kind: 'item'; index: number }

function nextStep({ log, now }: Executing, record: ChangeRecord): Next {
  const finishedAt = now().toISOString()
  const end = (phase: RecordStatus['phase']): Next => ({ kind: 'end', status: { phase, finishedAt } })
  if (record.status.reason === 'stop') return end('stopped')
  if (record.lost.length > 0) {
    log.error({ change: record.name, parts: record.lost }, 'change refused: parts are missing or not its own')
    return end('failed')
  }
  const states = record.items.map(({ id }) => stateOf(record, id))
  // One failed item leaves the rest where they are: a person decides to retry, to skip or to undo.
  if (states.some(({ state }) => state === 'failed' || state === 'conflict')) return end('failed')
  const index = states.findIndex(({ state }) => state === 'running' || state === 'waiting')
  if (index < 0) return end('succeeded')
  if (idleSince(record, states) + idleMs < now().getTime()) return { kind: 'end', status: { phase: 'paused' } }
  return { kind: 'item', index }
}

function idleSince({ spec, status }: ChangeRecord, states: RecordStatus['items']): number {
  const times = states.flatMap((item) => [item.startedAt, item.finishedAt])
  return [spec.createdAt, status.startedAt, ...times]
    .filter((time) => time !== undefined)
    .reduce((last, time) => Math.max(last, Date.parse(time)), 0)
}

/**
 * Carries out one item after the other from this one on, as long as each is done; gives back the record as it then is,
 * undefined where it has to wait. Every item is Running in the hub before it is written. The mark of one goes with the
 * result of the one before: killed in between, both are judged by the live object.
 */
async function executeFrom(with_: Executing, record: ChangeRecord, from: number): Promise<ChangeRecord | undefined> {
  let item = record.items[from]
  if (item === undefined) return record
  let held: ChangeRecord | undefined = await writeStatus(with_.fleet.hub, record, marked(with_, record.status, item))
  for (let index = from + 1; held !== undefined && item !== undefined; index += 1) {
    const result = await runItem({ fleet: with_.fleet, keys: with_.keys, record: held, item, mayWrite: with_.mayWrite })
    if (result === undefined) return undefined
    with_.log.info({ change: record.name, item: item.id, state: result.state, code: result.code }, 'change item')
    const following = result.state === 'done' && with_.mayWrite() ? openAt(held, index) : undefined
    const stored = await recordResult(with_, held, { item, result, following })
    held = stored?.record
    item = stored?.begun
  }
  return held
}

function openAt(record: ChangeRecord, index: number): RecordItem | undefined {
  const item = record.items[index]
  if (item === undefined) return undefined
  const { state } = stateOf(record, item.id)
  return state === 'waiting' || state === 'running' ? item : undefined
}

function marked({ now, holder }: Executing, status: RecordStatus, { id }: RecordItem): RecordStatus {
  const startedAt = now().toISOString()
  const begun = withState(status, { id, state: 'running', startedAt, warnings: [] })
  return { ...begun, phase: 'running', startedAt: status.startedAt ?? startedAt, holder }
}

type Outcome = { item: RecordItem; result: ItemResult; following: RecordItem | undefined }

/**
 * The write is done: its result must be stored, over a person's order that may have come meanwhile. Such an order is
 * looked at before another item is begun.
 */
async function recordResult(
  with_: Executing,
  held: ChangeRecord,
  { item, result, following }: Outcome,
): Promise<{ record: ChangeRecord; begun: RecordItem | undefined } | undefined> {
  const { hub } = with_.fleet
  const finishedAt = with_.now().toISOString()
  let record: ChangeRecord | undefined = held
  let begin = following
  for (let left = 5; left > 0 && record !== undefined; left -= 1) {
    const { startedAt } = stateOf(record, item.id)
    const done = { id: item.id, ...result, finishedAt, ...(startedAt !== undefined && { startedAt }) }
    const status: RecordStatus = { ...withState(record.status, done), phase: 'running' }
    try {
      const stored = await writeStatus(hub, record, begin === undefined ? status : marked(with_, status, begin))
      return { record: stored, begun: begin }
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'conflict') throw error
      record = await ownRecord({ hub, keys: with_.keys }, held.name)
      begin = undefined
    }
  }
  return undefined
}
