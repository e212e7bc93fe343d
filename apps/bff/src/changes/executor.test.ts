import { recordAt } from '@orbweaver/contracts/json'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChangeHub, executeIn, freshIn, namespacesPlan, openChangeHub, storeIn } from '../testing/change-hub.ts'
import { writeStatus } from './progress.ts'
import { type ChangeRecord, stateOf } from './record.ts'
import { ownRecord } from './seal.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const execute = () => executeIn(hub)

async function stored(count: number): Promise<ChangeRecord> {
  const record = await storeIn(hub, namespacesPlan(count))
  if (record === undefined) throw new Error('it was not stored')
  hub.writes.length = 0
  return record
}

const fresh = (record: ChangeRecord) => freshIn(hub, record)

const made = () =>
  hub.server.store
    .list({ apiVersion: 'v1', kind: 'Namespace' })
    .filter(({ metadata }) => metadata.name.startsWith('made-'))
const statesIn = (record: ChangeRecord) => [...new Set(record.items.map(({ id }) => stateOf(record, id).state))]

describe('a long change', () => {
  it('is carried out with one small write of its own an item', { timeout: 60_000 }, async () => {
    const record = await stored(130)
    await execute()
    const after = await fresh(record)
    expect([after.status.phase, statesIn(after), made().length]).toEqual(['succeeded', ['done'], 130])
    const heads = hub.writes.filter(({ name, verb }) => name === record.name && verb === 'replace')
    const parts = hub.writes.filter(({ name }) => name.includes('-part-'))
    // Every mark and its result, the last result, the end.
    expect(heads).toHaveLength(132)
    expect(Math.max(...heads.map(({ bytes }) => bytes))).toBeLessThan(32 * 1024)
    expect(parts.length).toBeLessThanOrEqual(Math.ceil(130 / 64))
  })

  it('goes on after any of its own writes failed, and does nothing twice', { timeout: 60_000 }, async () => {
    const record = await stored(110)
    let number = 0
    hub.before.write = () => {
      number += 1
      if (number % 40 === 0) throw new Error('killed')
    }
    for (let round = 0; round < 6 && (await fresh(record)).status.phase !== 'succeeded'; round += 1) await execute()
    const after = await fresh(record)
    expect([after.status.phase, statesIn(after), made().length]).toEqual(['succeeded', ['done'], 110])
  })

  it('stops before the next item where a person says so', async () => {
    const record = await stored(120)
    hub.before.write = () => {
      if (hub.writes.length !== 20) return
      const head = hub.stored().find(({ metadata }) => metadata.name === record.name)
      if (head !== undefined) hub.server.store.put({ ...head, status: { ...recordAt(head, 'status'), reason: 'stop' } })
    }
    await execute()
    const after = await fresh(record)
    expect(after.status.phase).toBe('stopped')
    expect(statesIn(after)).toEqual(['done', 'waiting'])
    expect(made()).toHaveLength(after.items.filter(({ id }) => stateOf(after, id).state === 'done').length)
  })

  it('is refused where a part is missing: it fails, and nothing of it is done', async () => {
    const record = await stored(600)
    const gone = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', name: `${record.name}-part-2` }
    hub.server.store.remove(gone)
    await execute()
    expect((await fresh(record)).status.phase).toBe('failed')
    expect(made()).toEqual([])
  })
})

describe('a change that was deleted and made again', () => {
  const again = (record: ChangeRecord, minutesLater: number) => {
    const kind = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', name: record.name }
    const { status: _, ...object } = hub.server.store.get(kind) ?? record.object
    hub.server.store.remove(kind)
    const creationTimestamp = new Date(Date.parse(record.spec.createdAt) + minutesLater * 60_000).toISOString()
    hub.server.store.put({ ...object, metadata: { name: record.name, creationTimestamp } })
    return hub.stored().find(({ metadata }) => metadata.name === record.name)
  }

  it('is executed by nobody and shown to nobody, whatever its seal', async () => {
    const record = await stored(1)
    await execute()
    expect(made()).toHaveLength(1)
    hub.server.store.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'made-1' })
    const second = again(record, 6)
    expect(second?.spec).toEqual(record.object.spec)
    await execute()
    expect(made()).toEqual([])
    expect(await ownRecord({ hub: hub.door, keys: hub.keys }, record.name)).toBeUndefined()
    expect(second?.metadata.uid).not.toBe(record.uid)
  })

  it('is known by the time at which the hub stored it: one that waited its turn is carried out', async () => {
    const record = await stored(1)
    again(record, 4)
    await execute()
    expect([(await fresh(record)).status.phase, made().length]).toEqual(['succeeded', 1])
  })
})

describe('a paused change', () => {
  it('is stopped where a person says so', async () => {
    const record = await stored(1)
    await writeStatus(hub.door, record, { ...record.status, phase: 'paused', reason: 'stop' })
    await execute()
    expect([(await fresh(record)).status.phase, made()]).toEqual(['stopped', []])
  })
})
