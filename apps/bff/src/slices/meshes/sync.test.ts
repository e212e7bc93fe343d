import { createServer, type Server } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { pods, secrets } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { readStatus } from '../../reconciler/mesh-status.ts'
import { summaryOf } from './summary.ts'
import { leavingNotes, syncsOf } from './sync.ts'

/** Longer than any answer takes here (ms). */
const patient = 10_000
const revision = 'shop-v1-30-3'

let hub: TestCluster
let primary: TestCluster
let fleet: RunningFleet
let debug: Server
/** What each istiod says, by the name of its Pod; one that is not here never answers. */
let says: Map<string, { status?: number; body: string }>
let asked: string[]

const clusterz = (...clusters: [id: string, syncStatus: string][]) => ({
  body: JSON.stringify(
    clusters.map(([id, syncStatus]) => ({ id, secretName: `istio-system/istio-remote-secret-${id}`, syncStatus })),
  ),
})

function istiod(name: string, more: { rev?: string; ready?: boolean } = {}): KubernetesObject {
  const { rev = revision, ready = true } = more
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'istio-system', labels: { app: 'istiod', 'istio.io/rev': rev } },
    spec: { nodeName: 'node-1', containers: [{ name: 'discovery', image: 'pilot:1.30.3' }] },
    status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  }
}

const meshObject: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop', generation: 1 },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'primary', namespace: 'istio-system' },
    members: [{ cluster: 'east' }, { cluster: 'west' }],
  },
  status: {
    phase: 'Ready',
    observedGeneration: 1,
    members: ['primary', 'east', 'west'].map((cluster) => ({ cluster, state: 'ready' })),
  },
}
const read = readMesh(meshObject)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeEach(async () => {
  says = new Map([['istiod-a', clusterz(['east', 'synced'], ['west', 'synced'])]])
  asked = []
  debug = createServer((request, response) => {
    const name = String(request.socket.remoteAddress)
    const told = says.get(name)
    asked.push(`${name} ${request.url}`)
    if (told !== undefined)
      response.writeHead(told.status ?? 200, { 'content-type': 'application/json' }).end(told.body)
  })
  hub = await startHub()
  primary = await startMember('primary')
  primary.routePods((pod, port) => {
    if (port !== 15_014) return undefined
    return (connection) => {
      Object.defineProperty(connection, 'remoteAddress', { value: pod.name })
      debug.emit('connection', connection)
    }
  })
  primary.store.put(namespace('istio-system'))
  primary.store.put(istiod('istiod-a'))
  const lists = (resource: string) => [{ apiGroups: [''], resources: [resource], verbs: ['get', 'list'] }]
  role(primary, 'pods', lists('pods'))
  role(primary, 'secrets', lists('secrets'))
  for (const user of ['operator', 'viewer']) bind(primary, { user, role: 'pods', inNamespace: 'istio-system' })
  bind(primary, { user: 'operator', role: 'secrets', inNamespace: 'istio-system' })
  register(hub, primary)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await istiodsAre('istiod-a')
})
afterEach(async () => {
  fleet.close()
  debug.closeAllConnections()
  await primary.close()
  await hub.close()
})

async function istiodsAre(...wanted: string[]): Promise<void> {
  await vi.waitFor(
    () => {
      const door = fleet.get('primary')
      expect(door?.mirror.list(pods).map((each) => each.metadata.name)).toEqual(wanted)
      expect(door?.mirror.truth().state).toBe('fresh')
      expect(door?.mirror.known(secrets)).toBe(true)
    },
    { timeout: 10_000 },
  )
}

const as = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })
const syncOf = async (cluster: string, user = 'operator', patienceMs = patient) =>
  (await syncsOf(as(user), mesh, patienceMs)).get(cluster)

test('a member is as istiod says, with when it said so and the Secret it has it from', async () => {
  says.set('istiod-a', clusterz(['east', 'synced'], ['west', 'timeout']))
  const east = await syncOf('east')
  expect(east).toMatchObject({
    state: 'synced',
    secretName: 'istio-system/istio-remote-secret-east',
    replicas: [{ pod: 'istiod-a', state: 'synced' }],
  })
  expect(Date.parse(east?.asOf ?? '')).not.toBeNaN()
  expect((await syncOf('west'))?.state).toBe('timeout')
  expect(asked).toEqual(['istiod-a /debug/clusterz'])
})

test('every ready istiod of the revision is asked, no other, and the worst counts', async () => {
  says.set('istiod-b', clusterz(['east', 'timeout'], ['west', 'synced']))
  says.set('istiod-c', { status: 404, body: '404 page not found\n' })
  primary.store.put(istiod('istiod-b'))
  primary.store.put(istiod('istiod-c'))
  primary.store.put(istiod('istiod-other', { rev: 'another' }))
  primary.store.put(istiod('istiod-young', { ready: false }))
  await istiodsAre('istiod-a', 'istiod-b', 'istiod-c', 'istiod-other', 'istiod-young')
  expect(await syncOf('east')).toMatchObject({
    state: 'timeout',
    replicas: [
      { pod: 'istiod-a', state: 'synced' },
      { pod: 'istiod-b', state: 'timeout' },
      { pod: 'istiod-c', state: 'not-asked', why: { code: 'meshes.istiod_refused', params: { status: 404 } } },
    ],
  })
  expect(asked.toSorted()).toEqual(['a', 'b', 'c'].map((each) => `istiod-${each} /debug/clusterz`))
})

test('who may not list the Pods istiod runs in is told so, and istiod is not asked for them', async () => {
  expect(await syncOf('east', 'stranger')).toEqual({
    state: 'not-asked',
    why: { code: 'meshes.istiod_not_permitted', params: { cluster: 'primary', namespace: 'istio-system' } },
    replicas: [],
  })
  expect(asked).toEqual([])
})

test('who may not list Secrets is not told the name of one', async () => {
  const sync = await syncOf('east', 'viewer')
  expect(sync?.state).toBe('synced')
  expect(sync).not.toHaveProperty('secretName')
})

test('an answer that is no answer, or too long, is a reason', async () => {
  says.set('istiod-a', { body: '{"not":"a list"}' })
  expect(await syncOf('east')).toMatchObject({ state: 'not-asked', why: { code: 'meshes.istiod_unreadable' } })
  says.set('istiod-b', { body: JSON.stringify('x'.repeat(1_100_000)) })
  primary.store.put(istiod('istiod-b'))
  await istiodsAre('istiod-a', 'istiod-b')
  const [, long] = (await syncOf('east'))?.replicas ?? []
  expect(long).toMatchObject({ state: 'not-asked', why: { params: { what: 'kube.too_large' } } })
})

test('who waits for an istiod that says nothing is told in time, and the next one why', async () => {
  says.delete('istiod-a')
  expect(await syncOf('east', 'operator', 0)).toMatchObject({ why: { code: 'meshes.istiod_slow' } })
  expect(await syncOf('east')).toMatchObject({
    state: 'not-asked',
    why: { code: 'meshes.istiod_silent', params: { pod: 'istiod-a', what: 'kube.timeout' } },
  })
  expect(asked).toHaveLength(1)
})

test('a new Secret for istiod to read makes a new question', async () => {
  await syncOf('east')
  primary.store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'remote', namespace: 'istio-system', labels: { 'istio/multiCluster': 'true' } },
  })
  await vi.waitFor(() => expect(fleet.get('primary')?.mirror.list(secrets, 'istio-system')).toHaveLength(1))
  says.set('istiod-a', clusterz(['east', 'syncing']))
  expect((await syncOf('east'))?.state).toBe('syncing')
  expect((await syncOf('west'))?.state).toBe('unknown-to-istiod')
})

test('taking out a member that timed out says what that may do to istiod, to those who may know', async () => {
  says.set('istiod-a', clusterz(['east', 'synced'], ['west', 'timeout']))
  expect(await leavingNotes(as('operator'), mesh, ['east', 'west'])).toEqual([
    { code: 'meshes.leave_timed_out', params: { cluster: 'west' } },
  ])
  expect(await leavingNotes(as('stranger'), mesh, ['east', 'west'])).toEqual([])
})

test('nobody waits for a cluster that is known to be away', async () => {
  primary.faults.set({ refuse: true })
  await vi.waitFor(() => expect(fleet.get('primary')?.mirror.truth().state).toBe('unreachable'), { timeout: 10_000 })
  expect(await syncOf('east')).toMatchObject({ state: 'not-asked', why: { code: 'meshes.istiod_away' } })
  expect(asked).toEqual([])
})

test('a mesh whose istiod does not serve a ready member is degraded to those who may know', async () => {
  says.set('istiod-a', clusterz(['east', 'synced']))
  const row = { object: meshObject, mesh, status: readStatus(meshObject) }
  const summaryFor = async (user: string) => summaryOf(as(user), row, await syncsOf(as(user), mesh, patient))
  expect(await summaryFor('operator')).toMatchObject({
    phase: 'degraded',
    reason: { code: 'meshes.members_unserved', params: { count: 1, clusters: 'west' } },
  })
  expect(await summaryFor('stranger')).toMatchObject({ phase: 'ready' })
  expect(await summaryFor('stranger')).not.toHaveProperty('reason')
})
