import type { Intent } from '@orbweaver/contracts/intent'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChangeHub, executeIn, freshIn, namespacesPlan, openChangeHub, storeIn } from '../testing/change-hub.ts'
import { stateOf } from './record.ts'

let hub: ChangeHub

beforeEach(async () => {
  hub = await openChangeHub()
})
afterEach(() => hub.close())

const switching = (action: 'enable' | 'clear'): Intent => ({
  type: 'sidecars.namespaces',
  mesh: 'shop',
  namespaces: [{ cluster: 'hub', namespace: 'made-1' }],
  action,
  restart: false,
})
const joining: Intent = { type: 'meshes.join', name: 'shop', members: [{ cluster: 'hub' }] }

function stand(cluster: string): void {
  hub.server.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop' },
    spec: { kind: 'Managed', version: 'v1.30.3', controlPlane: { cluster }, members: [] },
  })
}

/** What became of an item in cluster `hub` that was planned for this. */
async function carriedOut(intent: Intent): Promise<(string | undefined)[]> {
  const record = await storeIn(hub, { ...namespacesPlan(1), intent })
  if (record === undefined) return expect.fail('it was not stored')
  await executeIn(hub)
  const { state, code } = stateOf(await freshIn(hub, record), 'item-1')
  return [state, code]
}

it('asks for sidecars while their mesh stands in that cluster', async () => {
  stand('hub')
  expect(await carriedOut(switching('enable'))).toEqual(['done', undefined])
})

it.each([
  ['gone', switching('enable')],
  ['gone', joining],
  ['elsewhere', switching('enable')],
])('asks for none of a mesh that is %s since the plan was made, and leaves it to a person', async (where, intent) => {
  if (where === 'elsewhere') stand('east')
  expect(await carriedOut(intent)).toEqual(['conflict', 'change.mesh_gone'])
  expect(hub.server.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'made-1' })).toBeUndefined()
})

it('takes back what was asked of a mesh that is gone', async () => {
  expect(await carriedOut(switching('clear'))).toEqual(['done', undefined])
})
