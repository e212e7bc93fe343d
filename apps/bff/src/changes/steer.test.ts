import { refKey } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ViewerDoor } from '../kube/doors.ts'
import { namespace } from '../testing/clusters.ts'
import { type ChangeHub, executeIn, freshIn, namespacesPlan, openChangeHub, storeIn } from '../testing/change-hub.ts'
import { type ChangeRecord, stateOf } from './record.ts'
import { steer } from './steer.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const execute = () => executeIn(hub)

/** A long change that came as far as its ninetieth item: somebody else has made what it wants to make. */
async function stuck(): Promise<ChangeRecord> {
  hub.server.store.put({ ...namespace('made-90'), metadata: { name: 'made-90', annotations: { filler: 'another' } } })
  const record = await storeIn(hub, namespacesPlan(110))
  if (record === undefined) throw new Error('it was not stored')
  await execute()
  const after = await fresh(record)
  expect([after.status.phase, stateOf(after, 'item-90').state]).toEqual(['failed', 'conflict'])
  return after
}

const fresh = (record: ChangeRecord) => freshIn(hub, record)

function viewer(may: ViewerDoor['may']): ViewerDoor {
  return {
    identity: { user: 'ada', groups: [] },
    list: () => Promise.resolve([]),
    get: () => Promise.resolve(undefined),
    sees: () => Promise.resolve(true),
    seesNamespace: () => Promise.resolve(true),
    seesWhich: (refs) => Promise.resolve(new Set(refs.map(refKey))),
    lists: () => Promise.resolve(true),
    may,
    truths: () => [],
  }
}

const steering = () => ({ hub: hub.door, keys: hub.keys, now: () => new Date() })
const ada = viewer(() => Promise.resolve(true))

describe('an item of a long change that is stuck', () => {
  it('is tried again, and the rest after it', async () => {
    const record = await stuck()
    hub.server.store.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'made-90' })
    const steered = await steer(steering(), ada, { name: record.name, order: 'retry', item: 'item-90' })
    expect(steered.ok).toBe(true)
    await execute()
    const after = await fresh(record)
    expect(after.status.phase).toBe('succeeded')
    expect(after.items.filter(({ id }) => stateOf(after, id).state !== 'done')).toEqual([])
  })

  it('is skipped, and the rest carried out', async () => {
    const record = await stuck()
    expect((await steer(steering(), ada, { name: record.name, order: 'skip', item: 'item-90' })).ok).toBe(true)
    await execute()
    const after = await fresh(record)
    const left = after.items.filter(({ id }) => stateOf(after, id).state !== 'done')
    expect([after.status.phase, left.map(({ id }) => id)]).toEqual(['succeeded', ['item-90']])
  })

  it('is skipped with what needs it, and with what needs that', async () => {
    hub.server.store.put({ ...namespace('made-1'), metadata: { name: 'made-1', annotations: { filler: 'another' } } })
    const plan = namespacesPlan(4)
    const needs = [undefined, 'item-1', 'item-2', undefined]
    const items = plan.items.map((item, index) => ({ ...item, ...(needs[index] && { needs: needs[index] }) }))
    const record = (await storeIn(hub, { ...plan, items })) ?? expect.fail('it was not stored')
    await execute()
    expect((await steer(steering(), ada, { name: record.name, order: 'skip', item: 'item-1' })).ok).toBe(true)
    await execute()
    const after = await fresh(record)
    expect(after.items.map(({ id }) => [stateOf(after, id).state, stateOf(after, id).code])).toEqual([
      ['skipped', undefined],
      ['skipped', 'change.needs_skipped'],
      ['skipped', 'change.needs_skipped'],
      ['done', undefined],
    ])
  })

  it('whose result a part keeps already is not tried again', async () => {
    const record = await stuck()
    const part = record.parts.get(1)
    expect(part?.results.get('item-1')?.state).toBe('done')
    const steered = await steer(steering(), ada, { name: record.name, order: 'retry', item: 'item-1' })
    expect(steered).toEqual({ ok: false, why: 'not_now', phase: 'failed' })
  })

  it('is steered only by who could do all that is left, asked in few questions', async () => {
    const record = await stuck()
    let asked = 0
    const order = { name: record.name, order: 'skip', item: 'item-90' } as const
    const mayNot = viewer(() => Promise.resolve(false))
    await expect(steer(steering(), mayNot, order)).rejects.toBeInstanceOf(KubeError)
    const counting = viewer(() => {
      asked += 1
      return Promise.resolve(true)
    })
    expect((await steer(steering(), counting, order)).ok).toBe(true)
    expect(asked).toBe(1)
  })
})
