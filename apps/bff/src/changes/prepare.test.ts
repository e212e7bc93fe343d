import { isRecord, textAt } from '@orbweaver/contracts/json'
import { meshes } from '@orbweaver/kube/resources'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChangeHub, openChangeHub } from '../testing/change-hub.ts'
import type { DraftItem } from './draft.ts'
import { prepareItem } from './prepare.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const mesh = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh' }
const spec = { kind: 'External', controlPlane: { cluster: 'east', namespace: 'istio-system', revision: 'default' } }
const repair: DraftItem = {
  ref: { cluster: 'hub', group: meshes.group, version: meshes.version, kind: 'Mesh', name: 'shop' },
  resource: meshes,
  by: 'console',
  op: 'update',
  how: 'replace',
  edit: (live) => ({ ...live, spec: { ...(isRecord(live.spec) ? live.spec : {}), repair: 1 } }),
}

/** The reconciler tells how the mesh stands, as often as this, each time just before the dry run arrives. */
function statusWritten(times: number): void {
  let written = 0
  const put = () =>
    hub.server.store.put({ ...mesh, metadata: { name: 'shop' }, spec, status: { observedGeneration: written } })
  put()
  hub.before.write = () => {
    if (written === times) return
    written += 1
    put()
  }
}

const prepared = () => {
  const { fleet, keys } = hub
  return prepareItem({ fleet, dryRuns: true, keys, identity: { user: 'ada', groups: [] } }, repair, 0)
}

it('is worked out anew when the object is written between its reading and the dry run', async () => {
  statusWritten(3)
  expect(await prepared()).toMatchObject({
    touched: [{ pointer: '/spec/repair', after: 1 }],
    dryRun: { state: 'accepted' },
    blocked: [],
  })
})

it('is refused when that never ends', async () => {
  statusWritten(Number.POSITIVE_INFINITY)
  const item = await prepared()
  expect(item?.blocked.map(({ code }) => code)).toEqual(['plan.refused'])
  expect(textAt(item, 'dryRun', 'message')).toContain('has been modified')
})
