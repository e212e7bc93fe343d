import type { Intent } from '@orbweaver/contracts/intent'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ChangeHub, executeIn, freshIn, namespacesPlan, openChangeHub, storeIn } from '../testing/change-hub.ts'
import type { PreparedItem } from './prepared.ts'
import { writeStatus } from './progress.ts'
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

/** What became of an item in cluster `hub` that was planned for this; it makes a namespace unless it is another. */
async function carriedOut(intent: Intent, other: Partial<PreparedItem> = {}): Promise<(string | undefined)[]> {
  const plan = namespacesPlan(1)
  const items = plan.items.map((item) => ({ ...item, ...other }))
  const record = await storeIn(hub, { ...plan, items, intent })
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

const orbweaver = { group: 'orbweaver.dev', version: 'v1alpha1' }
const record = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', metadata: { name: 'east' } }
const removal: Partial<PreparedItem> = {
  ref: { cluster: 'hub', ...orbweaver, kind: 'FleetCluster', name: 'east' },
  op: 'delete',
}
const isRegistered = () => hub.server.store.get({ ...record, name: 'east' }) !== undefined

it('keeps a cluster registered that a mesh has taken in since the plan was made', async () => {
  hub.server.store.put({ ...record, spec: { credentialsSecretName: 'orbweaver-cluster-east' } })
  stand('east')
  const removed = await carriedOut({ type: 'clusters.remove', name: 'east' }, removal)
  expect([removed, isRegistered()]).toEqual([['conflict', 'change.cluster_in_mesh'], true])
})

it('unregisters a cluster that no mesh names', async () => {
  hub.server.store.put({ ...record, spec: { credentialsSecretName: 'orbweaver-cluster-east' } })
  stand('west')
  expect(await carriedOut({ type: 'clusters.remove', name: 'east' }, removal)).toEqual(['done', undefined])
  expect(isRegistered()).toBe(false)
})

it.each([
  ['registered', true, ['done', undefined]],
  ['unregistered since the plan was made', false, ['conflict', 'change.cluster_gone']],
])('a mesh in a cluster that is %s', async (_, registered, expected) => {
  if (registered) hub.server.store.put({ ...record, spec: { credentialsSecretName: 'orbweaver-cluster-east' } })
  const spec = { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } }
  const made: Partial<PreparedItem> = {
    ref: { cluster: 'hub', ...orbweaver, kind: 'Mesh', name: 'shop' },
    object: { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name: 'shop' }, spec },
  }
  const intent: Intent = { type: 'meshes.repair', name: 'shop' }
  expect(await carriedOut(intent, made)).toEqual(expected)
})

it.each(['gone', 'there'])(
  'an undo that waited asks for sidecars again only of a mesh that still stands: it is %s',
  async (mesh) => {
    stand('hub')
    const off = await storeIn(hub, { ...namespacesPlan(1), intent: switching('clear') })
    await executeIn(hub)
    hub.server.store.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'made-1' })
    const undoing: Intent = { type: 'history.undo', change: off?.name ?? expect.fail('it was not stored') }
    const undo = (await storeIn(hub, { ...namespacesPlan(1), intent: undoing })) ?? expect.fail('it was not stored')
    await writeStatus(hub.door, undo, { ...undo.status, phase: 'paused' })
    if (mesh === 'gone') hub.server.store.remove({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name: 'shop' })
    await executeIn(hub)
    const paused = await freshIn(hub, undo)
    expect([paused.status.phase, stateOf(paused, 'item-1').state]).toEqual(['paused', 'waiting'])
    const resumed = { ...paused.status, phase: 'running' as const, startedAt: new Date().toISOString() }
    await writeStatus(hub.door, paused, resumed)
    await executeIn(hub)
    const { state, code } = stateOf(await freshIn(hub, undo), 'item-1')
    expect([state, code]).toEqual(mesh === 'gone' ? ['conflict', 'change.mesh_gone'] : ['done', undefined])
  },
)

const asking = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'made-1', labels: { 'istio-injection': 'enabled' } },
}

it.each([
  ['asks for sidecars', { object: asking }, ['conflict', 'change.undone_gone']],
  ['asks for nothing', {}, ['done', undefined]],
])('an undo that %s, of a change that is kept no longer', async (_, other, expected) => {
  stand('hub')
  expect(await carriedOut({ type: 'history.undo', change: 'chg-pruned' }, other)).toEqual(expected)
})

it('joining again, by taking back that it was taken back, asks only while the mesh stands', async () => {
  stand('hub')
  const join = await storeIn(hub, { ...namespacesPlan(1), intent: joining })
  await executeIn(hub)
  const undo = (of: string | undefined): Intent => ({ type: 'history.undo', change: of ?? expect.fail('not stored') })
  const undone = await storeIn(hub, { ...namespacesPlan(1), intent: undo(join?.name) })
  await executeIn(hub)
  const gone = ['Mesh orbweaver.dev/v1alpha1 shop', 'Namespace v1 made-1'].map((each) => each.split(' '))
  for (const [kind = '', apiVersion = '', name = ''] of gone) hub.server.store.remove({ apiVersion, kind, name })
  expect(await carriedOut(undo(undone?.name))).toEqual(['conflict', 'change.mesh_gone'])
})
