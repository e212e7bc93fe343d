import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ViewerDoor } from '../kube/doors.ts'
import { stillViewer } from '../testing/viewers.ts'
import { type ChangeHub, namespacesPlan, openChangeHub, storeIn } from '../testing/change-hub.ts'
import type { PreparedItem } from './prepared.ts'
import { type ChangeRecord, type RecordStatus, withState } from './record.ts'
import { ownRecord } from './seal.ts'
import { undoPlanner } from './undo.ts'
import { viewOf } from './view.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const ada = stillViewer('ada', () => true)
const few = stillViewer('nils', ({ name }) => name === 'made-1' || name === 'made-150')
const nobody = stillViewer('nobody', () => false)

async function stored(count: number, states: Record<string, 'done' | 'failed'> = {}): Promise<ChangeRecord> {
  const record = await storeIn(hub, namespacesPlan(count))
  if (record === undefined) throw new Error('it was not stored')
  const begun = Object.entries(states).reduce(
    (status, [id, state]) => withState(status, { id, state, warnings: [] }),
    record.status,
  )
  return { ...record, status: begun }
}

const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `item-${from + index}`)
const over = (record: ChangeRecord, phase: RecordStatus['phase']) => ({
  ...record,
  status: { ...record.status, phase },
})
const allDone = (count: number) => Object.fromEntries(ids(1, count).map((id) => [id, 'done' as const]))

describe('a long change', () => {
  it('is shown page by page, first where the work is', async () => {
    const record = await stored(250, { ...allDone(130), 'item-131': 'failed' })
    const first = await viewOf(ada, record)
    expect([first?.page, first?.size, first?.visible, first?.hidden]).toEqual([2, 100, 250, 0])
    expect(first?.items.map(({ id }) => id)).toEqual(ids(101, 100))
    expect(first?.counts).toEqual({ total: 250, done: 130, failed: 1 })
    const last = await viewOf(ada, record, { page: 3, size: 100 })
    expect(last?.items.map(({ id }) => id)).toEqual(ids(201, 50))
    expect((await viewOf(ada, await stored(250, allDone(250))))?.page).toBe(1)
  })

  it('shows a viewer theirs, and counts the rest', async () => {
    const shown = await viewOf(few, await stored(250))
    expect(shown?.items.map(({ ref }) => ref.name)).toEqual(['made-1', 'made-150'])
    expect([shown?.visible, shown?.hidden, shown?.title.code]).toEqual([2, 248, 'clusters.prepare-hub.partly'])
    expect(await viewOf(nobody, await stored(250))).toBeUndefined()
  })

  it('whose part is missing says so, and counts what it had', async () => {
    const { name } = await stored(600)
    hub.server.store.remove({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', name: `${name}-part-2` })
    const record = await ownRecord({ hub: hub.door, keys: hub.keys }, name)
    if (record === undefined) throw new Error('it is gone')
    const shown = await viewOf(ada, over(record, 'failed'))
    const problem = { code: 'change.part_missing', params: { part: 2, count: 2 } }
    expect([shown?.visible, shown?.counts.total, shown?.problem]).toEqual([500, 600, problem])
    expect(shown?.undo).toEqual({ possible: false, why: problem })
  })

  it('whose parts are all missing is told to whom it was, and to nobody else', async () => {
    const { name } = await stored(101)
    hub.server.store.remove({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', name: `${name}-part-1` })
    const record = await ownRecord({ hub: hub.door, keys: hub.keys }, name)
    if (record === undefined) throw new Error('it is gone')
    expect((await viewOf(ada, record))?.problem?.code).toBe('change.part_missing')
    expect(await viewOf(few, record)).toBeUndefined()
  })
})

describe('undoing', () => {
  const plan = (record: ChangeRecord, who: ViewerDoor) =>
    undoPlanner(() => undefined)(record, {
      viewer: who,
      fleet: hub.fleet,
      intent: { type: 'history.undo', change: record.name },
    })

  it('takes all items back, the last first', async () => {
    const outcome = await plan(over(await stored(600, allDone(600)), 'succeeded'), ada)
    const names = outcome.ok ? outcome.draft.items.map(({ ref }) => ref.name) : []
    expect([names.length, names[0], names.at(-1)]).toEqual([600, 'made-600', 'made-1'])
  })

  it('is refused to whom a part of it is hidden, without a name', async () => {
    const outcome = await plan(over(await stored(250, allDone(250)), 'succeeded'), few)
    expect(outcome).toEqual({ ok: false, reasons: [{ code: 'history.partly_hidden', params: {} }] })
  })

  it('says how many restarts stay', async () => {
    const worked = namespacesPlan(3)
    const restarts = worked.items.map((item): PreparedItem => ({ ...item, op: 'restart', object: undefined }))
    const record = await storeIn(hub, { ...worked, items: restarts })
    if (record === undefined) throw new Error('it was not stored')
    const outcome = await plan(over({ ...record, status: (await stored(3, allDone(3))).status }, 'succeeded'), ada)
    expect(outcome.ok && outcome.draft.impact.notes).toEqual([{ code: 'history.restarts_stay', params: { count: 3 } }])
  })

  it('is not offered where a deleted object was not kept, and the item says so', async () => {
    const worked = namespacesPlan(1)
    const deleted = worked.items.map((item): PreparedItem => ({ ...item, op: 'delete', object: undefined }))
    const record = await storeIn(hub, { ...worked, items: deleted })
    if (record === undefined) throw new Error('it was not stored')
    const shown = await viewOf(ada, over({ ...record, status: (await stored(1, allDone(1))).status }, 'succeeded'))
    expect(shown?.undo).toEqual({ possible: false, why: { code: 'history.not_kept', params: {} } })
    expect(shown?.items[0]?.gone).toBe(true)
  })
})
