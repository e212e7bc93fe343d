import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { forbidden } from '@orbweaver/contracts/missing-right'
import { deployments, istioRevisions, meshes, mutatingWebhookConfigurations } from '@orbweaver/kube/resources'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { webhooks } from '@orbweaver/istio/samples'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { workOut } from '../../changes/planning.ts'
import { planners } from '../../engine.ts'
import { detailOf } from './detail.ts'
import { meshPlanners } from './intents.ts'
import { meshRow } from './summary.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

const labels = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'prod' }
const record = (name: string, kind: string): KubernetesObject => ({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name },
  spec: { kind, version: 'v1.31.0', controlPlane: { cluster: 'east', namespace: 'istio-system' } },
})
/** Without it the garbage collector would take the revisions. */
const istio: KubernetesObject = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'prod' },
  spec: { version: 'v1.31.0', namespace: 'istio-system' },
}
const owner = (uid: string) => ({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'prod', uid })
const sail = (kind: string, name: string, { uid, ...more }: JsonRecord & { uid?: string }): KubernetesObject => ({
  apiVersion: 'sailoperator.io/v1',
  kind,
  metadata: { name, labels, ...(uid !== undefined && { ownerReferences: [owner(uid)] }) },
  ...more,
})
const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } }
const tag = sail('IstioRevisionTag', 'default', {
  spec: { targetRef: { kind: 'IstioRevision', name: 'prod-v1-30-3' } },
})
const web: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'a:1' }] } },
  },
}

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  const kinds = { istioKinds: true, operator: { image: 'sail-operator:1.31', newestMinor: 31 } }
  for (const each of [hub, east]) seedGround(each, kinds, each === hub ? 'hub' : 'member')
  const shop = namespace('shop')
  east.store.put(istio)
  const uid = east.store.get({ apiVersion: istio.apiVersion, kind: istio.kind, name: 'prod' })?.metadata.uid ?? ''
  for (const object of [
    { ...shop, metadata: { ...shop.metadata, labels: { 'istio-injection': 'enabled' } } },
    sail('IstioRevision', 'prod-v1-30-3', { uid, spec: { version: 'v1.30.3', namespace: 'istio-system' }, ...ready }),
    sail('IstioRevision', 'prod-v1-31-0', { uid, spec: { version: 'v1.31.0', namespace: 'istio-system' }, ...ready }),
    tag,
    webhooks('istio-revision-tag-default', { revision: 'prod-v1-30-3', tag: 'default', isDefault: true }),
    web,
  ]) {
    east.store.put(object)
  }
  for (const object of [record('prod', 'Dedicated'), record('found', 'External')]) hub.store.put(object)
  for (const each of [hub, east]) role(each, 'all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }])
  role(hub, 'meshes', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: ['get', 'list'] }])
  for (const each of [hub, east]) bind(each, { user: 'ada', role: 'all' })
  bind(hub, { user: 'vi', role: 'meshes' })
  bind(hub, { user: 'vic', role: 'meshes' })
  role(east, 'tags', [{ apiGroups: ['sailoperator.io'], resources: ['istiorevisiontags'], verbs: ['get', 'list'] }])
  bind(east, { user: 'vic', role: 'tags' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      const mirror = fleet.get('east')?.mirror
      const read = [istioRevisions, deployments, mutatingWebhookConfigurations].map(
        (each) => mirror?.list(each).length ?? 0,
      )
      expect([fleet.hub.mirror.list(meshes).length, read[0], read[2]]).toEqual([2, 2, 1])
      expect(read[1]).toBeGreaterThan(0)
    },
    { timeout: 15_000 },
  )
}, 30_000)
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east].map((each) => each.close()))
})

const plan = (user: string, name: string) =>
  meshPlanners['meshes.move-default']({
    fleet,
    viewer: openViewer(fleet, { user, groups: [] }),
    intent: { type: 'meshes.move-default', name },
  })

test('the tag goes to the mesh’s version by one write, and who follows it is told', async () => {
  const planned = await plan('ada', 'prod')
  if (!planned.ok) return expect.fail(JSON.stringify(planned.reasons))
  const { items, impact, undoable } = planned.draft
  const [item] = items
  if (item?.op !== 'update' || !('edit' in item)) return expect.fail('no update')
  expect([items.length, item.by, item.ref.cluster, item.ref.name, undoable]).toEqual([
    1,
    'person',
    'east',
    'default',
    true,
  ])
  expect(item.edit(tag)).toMatchObject({ spec: { targetRef: { kind: 'IstioRevision', name: 'prod-v1-31-0' } } })
  expect(impact).toMatchObject({
    podsRestarting: 0,
    workloads: [{ ref: { name: 'web' }, restarts: false }],
    notes: [{ code: 'meshes.default_followers', params: { count: 1, pods: 0, from: 'prod-v1-30-3' } }],
  })
})

test('who may not see a workload is not told its name, and who may not see a mesh nothing', async () => {
  const planned = await plan('vi', 'prod')
  const hidden = { code: 'sidecars.hidden_workloads', params: { count: 1 } }
  expect(planned).toMatchObject({ ok: true, draft: { impact: { workloads: [], notes: [hidden] } } })
  expect(await plan('nobody', 'prod')).toEqual({
    ok: false,
    reasons: [{ code: 'meshes.not_found', params: { name: 'prod' } }],
  })
})

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(String(text.length).padStart(64, '0')) }

test.each([
  ['ada', []],
  ['vic', ['patch']],
  ['vi', ['get']],
])('%s plans it and lacks %j of the tag to carry it out', async (user, verbs) => {
  const intent = { type: 'meshes.move-default', name: 'prod' } as const
  const outcome = await workOut({ fleet, keys, planners }, openViewer(fleet, { user, groups: [] }), intent)
  if (!outcome.ok) return expect.fail(JSON.stringify(outcome.reasons))
  const right = { cluster: 'east', group: 'sailoperator.io', resource: 'istiorevisiontags', user }
  expect(outcome.worked.plan.blocked).toEqual(verbs.map((verb) => forbidden({ ...right, verb })))
  expect(east.store.get({ apiVersion: 'sailoperator.io/v1', kind: 'IstioRevisionTag', name: 'default' })).toMatchObject(
    { spec: { targetRef: { name: 'prod-v1-30-3' } } },
  )
})

test('the page says why it cannot be moved, in the words of the plan, and nothing where it can', async () => {
  const detail = async (name: string) => {
    const object = fleet.hub.mirror.get(meshes, { name }) ?? expect.fail('no record')
    const mesh = readMesh(object)
    if (!isMesh(mesh)) return expect.fail('no mesh')
    const asking = { fleet, viewer: openViewer(fleet, { user: 'ada', groups: [] }) }
    return (await detailOf(asking, meshRow(object, mesh))).defaultStays?.code
  }
  expect([await detail('prod'), await detail('found')]).toEqual([undefined, undefined])
  east.store.put({ ...tag, metadata: { name: 'default' } })
  await vi.waitFor(async () => expect(await detail('prod')).toBe('meshes.default_foreign'), { timeout: 10_000 })
  expect(await plan('ada', 'prod')).toMatchObject({ ok: false, reasons: [{ code: 'meshes.default_foreign' }] })
  east.store.put(tag)
  await vi.waitFor(async () => expect(await detail('prod')).toBeUndefined(), { timeout: 10_000 })
})

test('the clusters of a mesh are told with their versions to those who may see them', async () => {
  const object = fleet.hub.mirror.get(meshes, { name: 'prod' }) ?? expect.fail('no record')
  const mesh = readMesh(object)
  if (!isMesh(mesh)) return expect.fail('no mesh')
  const versions = async (user: string) => {
    const viewer = openViewer(fleet, { user, groups: [] })
    return (await detailOf({ fleet, viewer }, meshRow(object, mesh))).members.map((each) => each.istioVersions)
  }
  expect(await versions('ada')).toEqual([['v1.30.3', 'v1.31.0']])
  expect(await versions('vic')).toEqual([undefined])
})

test('of a control plane that others installed nothing is moved', async () => {
  expect(await plan('ada', 'found')).toMatchObject({ ok: false, reasons: [{ code: 'meshes.default_external' }] })
})
