import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Logger } from 'pino'
import { KubeError } from '@orbweaver/kube/error'
import type { Fleet } from '../kube/doors.ts'
import type { Keys } from './keys.ts'
import { schemaVersion } from './fingerprint.ts'
import { type ChangeRecord, isOver, readRecord, type RecordStatus, stateOf } from './record.ts'
import { type ItemResult, runItem } from './run-item.ts'
import { isSealed } from './seal.ts'
import { dropSecrets, freshRecord, writeStatus } from './store.ts'
import { changes as changeResource } from '@orbweaver/kube/resources'

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
  const records = with_.fleet.hub.mirror
    .list(changeResource)
    .map(readRecord)
    .filter((record) => record !== undefined)
    .filter((record) => !isOver(record) && record.status.phase !== 'paused')
    .sort((a, b) => a.spec.createdAt.localeCompare(b.spec.createdAt))
  for (const record of records) {
    const { name } = record
    if (!with_.mayWrite()) return
    await executeMirrored(with_, record).catch((error: unknown) => {
      // The hub could not be written: the change stays as it is and is taken up again at the next notice.
      with_.log.warn(
        { change: name, code: error instanceof KubeError ? error.code : 'failed', err: error },
        'change interrupted',
      )
    })
  }
}

/** One that is not ours costs the hub nothing: it is known by the mirror. What is ours is judged again as it is read. */
async function executeMirrored(with_: Executing, mirrored: ChangeRecord): Promise<void> {
  if (await isOurs(with_, mirrored)) await executeOne(with_, mirrored.name)
  else tell(with_, mirrored)
}

async function executeOne(with_: Executing, name: string): Promise<void> {
  let record = await freshRecord(with_.fleet.hub, name)
  if (record === undefined || isOver(record) || !(await isOurs(with_, record))) return
  while (with_.mayWrite()) {
    const next = nextStep(record, with_.now())
    if (next.kind === 'none') return
    if (next.kind === 'end') {
      // A failed or paused change may go on and needs them; they go with it at last.
      if (next.status.phase === 'succeeded' || next.status.phase === 'stopped') await dropSecrets(with_.fleet.hub, name)
      await writeStatus(with_.fleet.hub, record, { ...record.status, ...next.status })
      return
    }
    record = await executeItem(with_, record, next.item)
    if (record === undefined) return
  }
}

/** Only what the console itself sealed is executed; the rest is left alone. */
async function isOurs({ keys }: Executing, record: ChangeRecord): Promise<boolean> {
  return record.spec.schemaVersion === schemaVersion && (await isSealed(keys, record))
}

/** Said once of each object: one that stays is passed by at every round. */
const told = new WeakSet<KubernetesObject>()

function tell({ log }: Executing, { object, name }: ChangeRecord): void {
  if (told.has(object)) return
  told.add(object)
  log.error({ change: name }, 'change refused: its seal is not ours')
}

type Next =
  | { kind: 'none' }
  | { kind: 'end'; status: Partial<RecordStatus> }
  | { kind: 'item'; item: ChangeRecord['spec']['items'][number] }

function nextStep(record: ChangeRecord, now: Date): Next {
  const finishedAt = now.toISOString()
  if (record.status.reason === 'stop') return { kind: 'end', status: { phase: 'stopped', finishedAt } }
  const states = record.spec.items.map((item) => ({ item, state: stateOf(record, item.id) }))
  const due = states.find(({ state }) => state.state === 'running' || state.state === 'waiting')
  const stuck = states.some(({ state }) => state.state === 'failed' || state.state === 'conflict')
  // One failed item leaves the rest where they are: a person decides to retry, to skip or to undo.
  if (stuck)
    return record.status.phase === 'failed'
      ? { kind: 'none' }
      : { kind: 'end', status: { phase: 'failed', finishedAt } }
  if (due === undefined) return { kind: 'end', status: { phase: 'succeeded', finishedAt } }
  if (idleSince(record) + idleMs < now.getTime()) return { kind: 'end', status: { phase: 'paused' } }
  return { kind: 'item', item: due.item }
}

function idleSince(record: ChangeRecord): number {
  const times = record.status.items.flatMap((item) => [item.startedAt, item.finishedAt])
  const known = [record.spec.createdAt, record.status.startedAt, ...times].filter((time) => time !== undefined)
  return Math.max(...known.map((time) => Date.parse(time)))
}

async function executeItem(
  with_: Executing,
  record: ChangeRecord,
  item: ChangeRecord['spec']['items'][number],
): Promise<ChangeRecord | undefined> {
  const started = await writeStatus(with_.fleet.hub, record, {
    ...withItem(record, item.id, { state: 'running', startedAt: with_.now().toISOString(), warnings: [] }),
    holder: with_.holder,
  })
  const result = await runItem({ fleet: with_.fleet, record: started, item, mayWrite: with_.mayWrite })
  if (result === undefined) return undefined
  with_.log.info({ change: record.name, item: item.id, state: result.state, code: result.code }, 'change item')
  return recordResult(with_, started, { id: item.id, result })
}

/** The write is done: its result must be stored, over a person's order that may have come meanwhile. */
async function recordResult(
  with_: Executing,
  started: ChangeRecord,
  { id, result }: { id: string; result: ItemResult },
): Promise<ChangeRecord | undefined> {
  let record: ChangeRecord | undefined = started
  for (let left = 5; left > 0 && record !== undefined; left -= 1) {
    const { startedAt } = stateOf(record, id)
    const patch = { ...result, finishedAt: with_.now().toISOString(), ...(startedAt !== undefined && { startedAt }) }
    try {
      return await writeStatus(with_.fleet.hub, record, withItem(record, id, patch))
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'conflict') throw error
      record = await freshRecord(with_.fleet.hub, started.name)
    }
  }
  return undefined
}

function withItem(record: ChangeRecord, id: string, patch: Omit<RecordStatus['items'][number], 'id'>): RecordStatus {
  const items = record.spec.items.map((item) => (item.id === id ? { id, ...patch } : stateOf(record, item.id)))
  return { ...record.status, phase: 'running', startedAt: record.status.startedAt ?? patch.startedAt, items }
}
