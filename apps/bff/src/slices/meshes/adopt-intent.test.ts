import type { IntentOf } from '@orbweaver/contracts/intent'
import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { istioRevisions, istioRevisionTags, istios, meshes } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { isUnmet } from '../../kube/registration.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { driftFields } from './drift.ts'
import { meshPlanners } from './intents.ts'
import { meshRow } from './summary.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

const labels = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'prod' }
const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east', namespace: 'istio-system' } },
}
const istioRef = { cluster: 'east', group: 'sailoperator.io', version: 'v1', kind: 'Istio', name: 'prod' }
const mode = '/spec/values/meshConfig/accessLogFile'
const clusterName = '/spec/values/global/multiCluster/clusterName'

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  const kinds = { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }
  for (const each of [hub, east]) seedGround(each, kinds, each === hub ? 'hub' : 'member')
  const sail = (kind: string, name: string, spec: JsonRecord): KubernetesObject => ({
    apiVersion: 'sailoperator.io/v1',
    kind,
    metadata: { name, labels },
    spec,
  })
  const target = { kind: 'IstioRevision', name: 'prod-v1-30-3' }
  for (const object of [
    { ...namespace('istio-system'), metadata: { name: 'istio-system', labels } },
    sail('Istio', 'prod', {
      version: 'v1.30.3',
      profile: 'default',
      namespace: 'istio-system',
      updateStrategy: { type: 'RevisionBased', inactiveRevisionDeletionGracePeriodSeconds: 86_400 },
      values: {
        meshConfig: { accessLogFile: '/dev/stdout' },
        global: { meshID: 'prod', multiCluster: { clusterName: 'elsewhere' } },
      },
    }),
    sail('IstioRevision', 'prod-v1-30-3', { version: 'v1.30.3', namespace: 'istio-system' }),
    sail('IstioRevisionTag', 'default', { targetRef: target }),
  ]) {
    east.store.put(object)
  }
  const settings = { system: { accessLog: { enabled: false } } }
  hub.store.put({ ...record, spec: { ...recordAt(record, 'spec'), settings } })
  for (const each of [hub, east]) role(each, 'all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }])
  role(hub, 'meshes', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: ['get', 'list'] }])
  for (const each of [hub, east]) bind(each, { user: 'ada', role: 'all' })
  bind(hub, { user: 'vi', role: 'meshes' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.list(meshes).length).toBe(1)
      expect(isUnmet(fleet, 'east')).toBe(false)
      const mirror = fleet.get('east')?.mirror
      const read = [istios, istioRevisions, istioRevisionTags].map((each) => mirror?.list(each).length)
      expect(read).toEqual([1, 1, 1])
      expect(mirror?.truth().state).toBe('fresh')
    },
    { timeout: 15_000 },
  )
}, 30_000)
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east].map((each) => each.close()))
})

const asking = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })

function stored(): KubernetesObject {
  return fleet.hub.mirror.get(meshes, { name: 'prod' }) ?? expect.fail('no record')
}

function fieldsFor(user: string) {
  const object = stored()
  const mesh = readMesh(object)
  return isMesh(mesh) ? driftFields(asking(user), meshRow(object, mesh)) : expect.fail('no mesh')
}

type Adopt = IntentOf<'meshes.adopt-drift'>
const plan = (user: string, pointers: string[]) => {
  const places = pointers.map((pointer) => ({ ref: istioRef, pointer }))
  const intent: Adopt = { type: 'meshes.adopt-drift', name: 'prod', places }
  return meshPlanners['meshes.adopt-drift']({ ...asking(user), intent })
}

test('a difference is told with both sides, and with the field of the mesh that could say it or why none can', async () => {
  await vi.waitFor(async () => {
    const { fields } = await fieldsFor('ada')
    expect(fields.map(({ ref: _ref, ...each }) => each)).toEqual([
      { pointer: mode, live: '/dev/stdout', asked: '', says: '/spec/settings/system/accessLog/enabled' },
      {
        pointer: clusterName,
        live: 'elsewhere',
        asked: 'east',
        why: { code: 'meshes.drift_made_by_console', params: {} },
      },
    ])
  })
})

test('the plan writes the Mesh and nothing else, and says what else it would write back', async () => {
  const planned = await plan('ada', [mode])
  if (!planned.ok) return expect.fail(JSON.stringify(planned.reasons))
  const { items, derived, impact, undoable } = planned.draft
  expect(items.map(({ op, ref }) => `${op} ${ref.kind}`)).toEqual(['update Mesh'])
  const [item] = items
  expect(item !== undefined && 'edit' in item && item.edit(stored())).toMatchObject({
    spec: { settings: { system: { accessLog: { enabled: true } } } },
  })
  expect(derived.filter(({ op }) => op !== 'unchanged').map(({ ref }) => ref.kind)).toEqual(['Istio'])
  expect(impact.notes).toContainEqual({ code: 'meshes.adopt_repairs_rest', params: { count: 1 } })
  expect(undoable).toBe(true)
})

test('what no Mesh can say, or does not differ, is refused', async () => {
  for (const pointers of [[clusterName], ['/spec/version'], [mode, '/spec/version']]) {
    expect(await plan('ada', pointers)).toEqual({
      ok: false,
      reasons: [{ code: 'meshes.no_such_drift', params: { name: 'prod' } }],
    })
  }
})

test('who may not see the object is told of no difference, and may not adopt what is in it', async () => {
  expect(await fieldsFor('vi')).toEqual({ fields: [], total: 0 })
  expect(await plan('vi', [mode])).toMatchObject({ ok: false, reasons: [{ code: 'meshes.no_such_drift' }] })
  expect(await plan('nobody', [mode])).toMatchObject({ ok: false, reasons: [{ code: 'meshes.not_found' }] })
})
