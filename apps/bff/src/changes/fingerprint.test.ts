import { expect, it } from 'vitest'
import { type Agreed, fingerprintOf } from './fingerprint.ts'
import type { PreparedItem } from './prepared.ts'

const item: PreparedItem = {
  id: 'item-1',
  ref: { cluster: 'east', group: '', version: 'v1', kind: 'Namespace', name: 'shop' },
  op: 'update',
  how: 'merge',
  by: 'person',
  uid: 'u1',
  touched: [{ pointer: '/metadata/labels/istio-injection', after: 'enabled' }],
  dryRun: { state: 'accepted', warnings: [] },
  blocked: [],
}
const agreed: Agreed = {
  intent: { type: 'sidecars.namespaces', mesh: 'shop' },
  actor: { user: 'ada', groups: ['b', 'a'] },
  items: [item],
  blocked: [],
}
const print = (change: Partial<Agreed>) => fingerprintOf({ ...agreed, ...change })

it('is the same for the same agreement, however its parts are ordered', () => {
  expect(print({})).toMatch(/^[0-9a-f]{64}$/)
  expect(
    print({ actor: { user: 'ada', groups: ['a', 'b'] }, intent: { mesh: 'shop', type: 'sidecars.namespaces' } }),
  ).toBe(print({}))
})

it('does not hold what may change without the agreement changing', () => {
  const later: PreparedItem = {
    ...item,
    dryRun: { state: 'accepted', warnings: ['deprecated'] },
    managedBy: { tool: 'helm', manager: 'helm' },
  }
  expect(print({ items: [later] })).toBe(print({}))
})

it.each<[string, Partial<Agreed>]>([
  ['another person', { actor: { user: 'bo', groups: ['a', 'b'] } }],
  ['another group', { actor: { user: 'ada', groups: ['a'] } }],
  ['another intent', { intent: { type: 'sidecars.namespaces', mesh: 'fleet' } }],
  ['another cluster', { items: [{ ...item, ref: { ...item.ref, cluster: 'west' } }] }],
  ['another object of the same name', { items: [{ ...item, uid: 'u2' }] }],
  [
    'another value before',
    { items: [{ ...item, touched: [{ pointer: '/metadata/labels/istio-injection', before: 'x', after: 'enabled' }] }] },
  ],
  [
    'another value after',
    { items: [{ ...item, touched: [{ pointer: '/metadata/labels/istio-injection', after: 'disabled' }] }] },
  ],
  ['one item more', { items: [item, { ...item, op: 'restart' }] }],
  ['a reason that blocks', { blocked: [{ code: 'plan.refused', params: {} }] }],
])('is another one for %s', (_what, change) => {
  expect(print(change)).not.toBe(print({}))
})
