import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { plainRecord } from '@orbweaver/contracts/json'
import { touchedPaths } from '@orbweaver/istio/diff/touched'
import { expect, test } from 'vitest'
import { asWritten } from './mesh-items.ts'

/** As `kubectl apply` makes it: nothing is said that need not be. */
const byHand = {
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'east' },
  members: [{ cluster: 'west' }],
}
const sent = (more: object) => plainRecord(MeshSpec.parse({ ...byHand, ...more }))
const record = (spec: object) => ({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: plainRecord(spec),
})
const touched = (said: object, whole: ReturnType<typeof sent>) =>
  touchedPaths(record(said), record(asWritten(whole, plainRecord(said)))).map(({ pointer }) => pointer)

test('a record made by hand that is sent back untouched changes nothing', () => {
  expect(touched(byHand, sent({}))).toEqual([])
  expect(touched({ ...byHand, settings: {}, values: {} }, sent({}))).toEqual([])
})

test('what a person changes is all that a plan shows', () => {
  expect(touched(byHand, sent({ displayName: 'Shop' }))).toEqual(['/spec/displayName'])
  expect(touched(byHand, sent({ settings: { outboundTrafficPolicy: 'REGISTRY_ONLY' } }))).toEqual(['/spec/settings'])
  expect(touched(byHand, sent({ members: [] }))).toEqual(['/spec/members'])
  expect(touched({ ...byHand, displayName: 'Shop' }, sent({}))).toEqual(['/spec/displayName'])
})

test('a record that the contract does not take is replaced as a whole', () => {
  const whole = sent({})
  expect(asWritten(whole, { kind: 'Unheard' })).toBe(whole)
})
