import { recordAt } from '@orbweaver/contracts/json'
import { secrets } from '@orbweaver/kube/resources'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChangeHub, executeIn, freshIn, openChangeHub, storeIn } from '../testing/change-hub.ts'
import { type DraftItem, noImpact } from './draft.ts'
import { prepareItem } from './prepare.ts'
import type { Worked } from './prepared.ts'
import { undoDraft } from './undo.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const target = { apiVersion: 'v1', kind: 'Secret', namespace: 'orbweaver-system', name: 'cacerts' }
const base64 = (text: string) => Buffer.from(text).toString('base64')
const live = () => hub.server.store.get(target)
const put = (data: Record<string, string>) =>
  hub.server.store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: target.name, namespace: target.namespace, labels: { kept: 'yes' } },
    type: 'Opaque',
    data,
  })

const draft = (secret: Record<string, string>): DraftItem => ({
  ref: { cluster: 'hub', group: '', version: 'v1', kind: 'Secret', namespace: target.namespace, name: target.name },
  resource: secrets,
  by: 'console',
  op: 'update',
  how: 'replace',
  secret,
})

async function prepared(secret: Record<string, string>) {
  const with_ = { fleet: hub.fleet, dryRuns: true, keys: hub.keys, identity: { user: 'ada', groups: [] } }
  return prepareItem(with_, draft(secret), 0)
}

async function stored(secret: Record<string, string>) {
  const item = await prepared(secret)
  if (item === undefined) throw new Error('nothing to do')
  const plan: Worked['plan'] = {
    fingerprint: 'f',
    title: { code: 'meshes.plug-ca', params: { name: 'shop' } },
    items: [],
    derived: [],
    findings: { introduced: [], solved: [], remaining: [] },
    impact: noImpact,
    blocked: [],
    undoable: false,
    clusters: [],
  }
  const record = await storeIn(hub, { plan, items: [item], intent: { type: 'meshes.repair', name: 'shop' } })
  if (record === undefined) throw new Error('it was not stored')
  return record
}

it('are replaced whole, and neither plan nor Change holds them', async () => {
  put({ old: base64('old value'), same: base64('one') })
  const record = await stored({ new: base64('new value'), same: base64('one') })
  const text = JSON.stringify(hub.stored())
  for (const value of ['old value', 'new value']) expect(text).not.toContain(base64(value))
  expect(record.items[0]?.touched.map(({ pointer }) => pointer)).toEqual(['/data/old', '/data/new'])
  await executeIn(hub)
  expect((await freshIn(hub, record)).status.phase).toBe('succeeded')
  expect(recordAt(live(), 'data')).toEqual({ new: base64('new value'), same: base64('one') })
  expect(live()?.metadata.labels).toEqual({ kept: 'yes' })
})

it('are not touched where they are the same, and not where somebody changed them since', async () => {
  put({ key: base64('one') })
  expect(await prepared({ key: base64('one') })).toBeUndefined()
  const record = await stored({ key: base64('two') })
  put({ key: base64('three') })
  await executeIn(hub)
  const after = await freshIn(hub, record)
  expect(after.status.items.map(({ state }) => state)).toEqual(['conflict'])
  expect(recordAt(live(), 'data')).toEqual({ key: base64('three') })
})

it('do not come back by undo', async () => {
  put({ key: base64('one') })
  const record = await stored({ key: base64('two') })
  await executeIn(hub)
  const outcome = undoDraft(await freshIn(hub, record))
  expect(outcome).toMatchObject({ ok: true, draft: { items: [], blocked: [{ code: 'history.cannot_undo_item' }] } })
})
