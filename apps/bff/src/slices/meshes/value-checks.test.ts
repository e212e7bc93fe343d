import { Intent } from '@orbweaver/contracts/intent'
import { meshes, namespaces } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'

let hub: TestCluster
let member: TestCluster
let fleet: RunningFleet

const spec = {
  kind: 'Dedicated',
  version: 'v1.30.3',
  controlPlane: { cluster: 'primary', namespace: 'istio-system' },
} as const
const old = { meshConfig: { nobodyKnows: 1 } }

beforeAll(async () => {
  hub = await startHub()
  member = await startMember('primary')
  role(hub, 'mesh-admin', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: ['get', 'list', 'update'] }])
  bind(hub, { user: 'ada', role: 'mesh-admin' })
  register(hub, member)
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'fleet' },
    spec: { ...spec, values: old },
  })
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.get(meshes, { name: 'fleet' })).toBeDefined()
      expect(fleet.get('primary')?.mirror.known(namespaces)).toBe(true)
    },
    { timeout: 20_000 },
  )
})
afterAll(async () => {
  fleet.close()
  for (const each of [member, hub]) await each.close()
})

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(String(text.length).padStart(64, '0')) }

/** What a plan says of the values it was given. */
async function said(values: Record<string, object>, { version = 'v1.30.3', user = 'ada' } = {}) {
  const rest = { members: [], settings: {}, deletionPolicy: 'Retain' as const, repair: 0 }
  const given = { ...spec, version, values, ...rest }
  const intent = Intent.parse({ type: 'meshes.update', name: 'fleet', spec: given })
  const outcome = await workOut({ fleet, keys, planners }, openViewer(fleet, { user, groups: [] }), intent)
  if (!outcome.ok) return { refused: outcome.reasons.map(({ code }) => code) }
  const { blocked, impact, items } = outcome.worked.plan
  const ofValues = blocked.filter(({ code }) => code.startsWith('meshes.value-'))
  return { ofValues, effects: impact.effects?.map(({ effect }) => effect), touched: items[0]?.touched }
}

test('a value that fits goes into the plan of the mesh, with when it takes effect', async () => {
  const values = { ...old, pilot: { env: { PILOT_ENABLE_STATUS: 'true' } }, gatewayClasses: { istio: {} } }
  const { ofValues, effects, touched } = await said(values)
  expect(ofValues).toEqual([])
  expect(effects).toEqual(['live', 'istiod-rolls'])
  expect(touched?.map(({ pointer }) => pointer)).toEqual(['/spec/values/pilot', '/spec/values/gatewayClasses'])
})

test('a value that is not known, does not fit or is the mesh’s own blocks it, and says what to do', async () => {
  const { ofValues } = await said({
    ...old,
    pilot: { autoscaleMinn: 2, autoscaleMax: '5' },
    global: { meshID: 'mine' },
  })
  const cluster = 'primary'
  expect(ofValues).toEqual([
    { code: 'meshes.value-owned.meshId', params: { path: 'global.meshID', cluster } },
    {
      code: 'meshes.value-unfit.unknown-near',
      params: { path: 'pilot.autoscaleMinn', minor: '1.30', nearest: 'pilot.autoscaleMin', cluster },
    },
    { code: 'meshes.value-unfit.int', params: { path: 'pilot.autoscaleMax', cluster } },
  ])
})

test('what stood there before is held against nobody until the version moves', async () => {
  expect((await said({ ...old, meshConfig: { nobodyKnows: 2 } })).ofValues).toEqual([])
  expect((await said(old, { version: 'v1.31.0-beta.1' })).ofValues).toHaveLength(1)
})

test('who may not see the mesh is told of what they sent, and nothing of what it has', async () => {
  const told = await said({ pilot: { autoscaleMax: 5 } }, { user: 'eve' })
  expect(told).toEqual({ ofValues: [], effects: undefined, touched: [] })
  // Whether the mesh had it before is not theirs to know.
  const { ofValues } = await said(old, { user: 'eve' })
  expect(ofValues?.map(({ params }) => params.path)).toEqual(['meshConfig.nobodyKnows'])
})
