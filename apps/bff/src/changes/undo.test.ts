import { expect, test } from 'vitest'
import { type ChangeRecord, RecordItem, RecordSpec, RecordStatus } from './record.ts'
import { undoDraft } from './undo.ts'

const rule = { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'reviews' } }
const virtualService = { group: 'networking.istio.io', version: 'v1', kind: 'VirtualService', name: 'reviews' }
const deployment = { group: 'apps', version: 'v1', kind: 'Deployment', name: 'reviews' }
const base = { cluster: 'east', how: 'replace', by: 'person' } as const

/** A Change whose items are all done, but for those that are named. */
function record(items: object[], undone: string[] = []): ChangeRecord {
  const parsed = items.map((each, index) => RecordItem.parse({ ...base, id: `item-${index + 1}`, ...each }))
  const spec = RecordSpec.parse({
    schemaVersion: 1,
    actor: { user: 'ada' },
    intent: { type: 'objects.delete' },
    title: { code: 'objects.delete', params: {} },
    fingerprint: 'f',
    createdAt: '2026-11-23T10:00:00Z',
    items: parsed,
    hmac: 'h',
  })
  const done = parsed.map(({ id }) => ({
    id,
    state: undone.includes(id) ? 'Failed' : 'Done',
    resultUid: `uid-of-${id}`,
  }))
  const object = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', metadata: { name: 'chg' } }
  const status = RecordStatus.parse({ phase: 'Failed', items: done })
  return { name: 'chg', uid: 'u', spec, status, object, items: parsed, parts: new Map(), lost: [] }
}

function drafted(of: ChangeRecord) {
  const outcome = undoDraft(of)
  if (!outcome.ok) throw new Error('refused')
  const { items, impact, blocked } = outcome.draft
  return { ops: items.map(({ op }) => op), items, notes: impact.notes.map(({ code }) => code), blocked }
}

test('what was done is taken back, last first; what was not done stays out', () => {
  const create = { op: 'create', ref: virtualService, object: rule }
  const update = { op: 'update', ref: deployment, touched: [{ pointer: '/spec/replicas', before: 1, after: 2 }] }
  expect(drafted(record([create, update])).ops).toEqual(['update', 'delete'])
  const { items } = drafted(record([create, update], ['item-2']))
  expect(items).toMatchObject([{ op: 'delete', uid: 'uid-of-item-1' }])
})

test('a deleted object is made again, and is said to be younger', () => {
  const { items, notes } = drafted(record([{ op: 'delete', ref: virtualService, object: rule }]))
  expect(items).toMatchObject([{ op: 'create', object: rule }])
  expect(notes).toEqual(['history.younger'])
})

test('one that was not kept whole blocks, and a restart is only noted', () => {
  const { ops, notes, blocked } = drafted(
    record([
      { op: 'delete', ref: virtualService },
      { op: 'restart', ref: deployment },
    ]),
  )
  expect({ ops, notes, blocked: blocked.map(({ code }) => code) }).toEqual({
    ops: [],
    notes: ['history.restarts_stay'],
    blocked: ['history.cannot_undo_item'],
  })
})

test('an update goes back only where it still holds', () => {
  const touched = [{ pointer: '/spec/replicas', before: 1, after: 2 }]
  const [item] = drafted(record([{ op: 'update', ref: deployment, uid: 'u', touched }])).items
  const live = (replicas: number, uid = 'u') => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'reviews', uid },
    spec: { replicas },
  })
  if (item?.op !== 'update' || 'secret' in item) throw new Error('no update')
  expect(item.edit(live(2))).toMatchObject({ spec: { replicas: 1 } })
  expect(item.edit(live(3))).toMatchObject([{ code: 'history.changed_since' }])
  expect(item.edit(live(2, 'another'))).toMatchObject([{ code: 'plan.recreated' }])
})
