import { plainRecord } from '@orbweaver/contracts/json'
import { changes as changeResource } from '@orbweaver/kube/resources'
import type { ClusterDoor } from '../kube/doors.ts'
import { type ChangeRecord, type PartRecord, readHead, type RecordStatus } from './record.ts'

const fieldManager = 'orbweaver'

/**
 * How many results of a long change its head carries. The head is written for every item and stays small; its parts
 * are written once in so many.
 */
const mostResults = 64

/**
 * Writes a new status against the version it was read at. Rejects with KubeError `conflict` when another replica or a
 * person's order came first: the caller reads again.
 */
export async function writeStatus(hub: ClusterDoor, record: ChangeRecord, status: RecordStatus): Promise<ChangeRecord> {
  const settled = await settle(hub, record, status)
  const body = { ...record.object, status: stored(settled.status) }
  const written = await hub.own.replace(changeResource, body, { fieldManager, subresource: 'status' })
  const head = readHead(written.object)
  if (head === undefined) throw new TypeError('the hub returned a Change that cannot be read back')
  return { ...record, status: head.status, object: head.object, parts: settled.parts }
}

type Settled = { status: RecordStatus; parts: ChangeRecord['parts'] }

/**
 * Moves what is final from a full head to the parts. They are written first: killed in between, both say the same. What
 * may still be altered (failed, in conflict, under way) stays in the head, which speaks first.
 */
async function settle(hub: ClusterDoor, record: ChangeRecord, status: RecordStatus): Promise<Settled> {
  const final = status.items.filter(({ state }) => state === 'done' || state === 'skipped')
  if (record.parts.size === 0 || final.length < mostResults) return { status, parts: record.parts }
  const parts = new Map(record.parts)
  const moved = new Set<string>()
  for (const [number, part] of parts) {
    const results = final.filter(({ id }) => part.ids.has(id))
    if (results.length === 0) continue
    parts.set(number, await writeResults(hub, part, results))
    for (const { id } of results) moved.add(id)
  }
  return { status: { ...status, items: status.items.filter(({ id }) => !moved.has(id)) }, parts }
}

async function writeResults(hub: ClusterDoor, part: PartRecord, results: RecordStatus['items']): Promise<PartRecord> {
  const all = new Map([...part.results, ...results.map((result) => [result.id, result] as const)])
  const body = { ...part.object, status: plainRecord({ items: capitals([...all.values()]) }) }
  const written = await hub.own.replace(changeResource, body, { fieldManager, subresource: 'status' })
  return { ...part, results: all, object: written.object }
}

/** Kubernetes writes enums in capitals. */
function stored(status: RecordStatus) {
  return plainRecord({ ...status, phase: capital(status.phase), items: capitals(status.items) })
}

function capitals(items: RecordStatus['items']) {
  return items.map((item) => ({ ...item, state: capital(item.state) }))
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
