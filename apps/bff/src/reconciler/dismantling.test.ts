import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createKubeClient } from '@orbweaver/kube/connect'
import { deployments, istios, meshes, namespaces } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../kube/fleet.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'
import { namespace, register, startHub, startMember, type TestCluster } from '../testing/clusters.ts'
import { isBeingRead } from './observe.ts'
import { reconcileMesh } from './reconcile-mesh.ts'
import { createStageFacts } from './stage-guard.ts'

let hub: TestCluster
let east: TestCluster
let west: TestCluster
let fleet: RunningFleet
const log = pino({ level: 'silent' })
const own = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'shop' }
const istio: KubernetesObject = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'shop', labels: own },
  spec: { version: 'v1.30.3', namespace: 'istio-system' },
}
const mesh = (spec: object): KubernetesObject => ({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop', finalizers: ['orbweaver.dev/mesh'] },
  spec: { version: 'v1.30.3', deletionPolicy: 'Uninstall', ...spec },
})

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  west = await startMember('west')
  seedGround(hub, { istioKinds: true }, 'hub')
  seedGround(east, { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }, 'member')
  east.store.put(namespace('istio-system'))
  seedGround(west, { istioKinds: true }, 'member')
  hub.addUser({ token: 'owner', name: 'owner', groups: ['system:masters'] })
  register(hub, east)
  register(hub, west)
  fleet = openFleet({ hub: hub.connection, self: false, log, offered: [] })
  await vi.waitFor(
    () => {
      const doors = ['east', 'west'].map((each) => fleet.get(each))
      expect(doors.every((door) => door !== undefined && !isBeingRead(door))).toBe(true)
    },
    { timeout: 15_000 },
  )
}, 30_000)
beforeEach(async () => {
  hub.store.remove({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name: 'shop' })
  east.store.put(istio)
  askOfWorkload(false)
  ask('enabled')
  await vi.waitFor(() => expect(fleet.get('east')?.mirror.get(istios, { name: 'shop' })).toBeDefined())
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east, west].map((each) => each.close()))
})

function ask(injection: string): void {
  const { metadata, ...rest } = namespace('web')
  east.store.put({ ...rest, metadata: { ...metadata, labels: { 'istio-injection': injection } } })
}

/** By the Pod template of a workload that has no Pods. */
function askOfWorkload(isAsking: boolean): void {
  const labels = { app: 'late', ...(isAsking && { 'sidecar.istio.io/inject': 'true' }) }
  east.store.put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'late', namespace: 'web' },
    spec: { replicas: 0, selector: { matchLabels: { app: 'late' } }, template: { metadata: { labels } } },
  })
}

const seesWorkload = (asking: string | undefined) =>
  vi.waitFor(() => {
    const found = fleet.get('east')?.mirror.get(deployments, { namespace: 'web', name: 'late' })
    expect(found).toBeDefined()
    const labels = ['spec', 'template', 'metadata', 'labels', 'sidecar.istio.io/inject']
    expect(textAt(found, ...labels)).toBe(asking)
  })

async function deleted(): Promise<void> {
  const owner = createKubeClient({ cluster: 'hub', connection: { server: hub.url, token: 'owner' } })
  await owner.remove(meshes, { name: 'shop' })
  await owner.close()
}

const isInstalled = () =>
  east.store.get({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'shop' }) !== undefined

async function look(of: Fleet = fleet): Promise<KubernetesObject | undefined> {
  const with_ = { fleet: of, log, now: () => new Date(), mayWrite: () => true, stageFacts: createStageFacts() }
  await reconcileMesh(with_, 'shop')
  return hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name: 'shop' })
}

const held = (record: KubernetesObject | undefined) =>
  listAt(record, 'status', 'stages')
    .filter((each) => textAt(each, 'state') === 'blocked')
    .map((each) => [textAt(each, 'name'), textAt(each, 'cluster'), textAt(each, 'reason')])

const seesLabel = (injection: string) =>
  vi.waitFor(() => {
    const found = fleet.get('east')?.mirror.get(namespaces, { name: 'web' })
    expect(textAt(found, 'metadata', 'labels', 'istio-injection')).toBe(injection)
  })

it('takes nothing away of a deleted mesh from under what asks for it, and goes on when nothing does', async () => {
  hub.store.put(mesh({ kind: 'Dedicated', controlPlane: { cluster: 'east', namespace: 'istio-system' } }))
  await deleted()
  await seesLabel('enabled')
  const waiting = await look()
  expect(held(waiting)).toEqual([['remove-control-plane', 'east', 'still-used']])
  expect(textAt(waiting, 'status', 'phase')).toBe('Terminating')
  expect(isInstalled()).toBe(true)
  ask('disabled')
  await seesLabel('disabled')
  await vi.waitFor(async () => expect(await look()).toBeUndefined())
  expect(isInstalled()).toBe(false)
})

it('takes nothing away of a member that left from under what asks for it', async () => {
  const left = mesh({ kind: 'Managed', controlPlane: { cluster: 'west', namespace: 'istio-system' }, members: [] })
  hub.store.put({
    ...left,
    status: { observedGeneration: 0, phase: 'Progressing', members: [{ cluster: 'east', state: 'leaving' }] },
  })
  await seesLabel('enabled')
  expect(held(await look())).toEqual([['remove-control-plane', 'east', 'still-used']])
  expect(isInstalled()).toBe(true)
  ask('disabled')
  await seesLabel('disabled')
  expect(held(await look())).toEqual([])
  expect(isInstalled()).toBe(false)
})

it('does not wait for a member that left and whose registration is gone', async () => {
  const left = mesh({ kind: 'Managed', controlPlane: { cluster: 'west', namespace: 'istio-system' }, members: [] })
  const members = [{ cluster: 'nowhere', state: 'leaving' }]
  hub.store.put({ ...left, status: { observedGeneration: 0, phase: 'Progressing', members } })
  const seen = await look()
  expect(listAt(seen, 'status', 'members').map((each) => textAt(each, 'cluster'))).not.toContain('nowhere')
  const there = listAt(seen, 'status', 'stages').filter((each) => textAt(each, 'cluster') === 'nowhere')
  expect(there.filter((each) => textAt(each, 'state') !== 'done')).toEqual([])
})

it('takes away a service account that alone is left, which no mirror would ever show', async () => {
  east.store.remove({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'shop' })
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: 'istio-reader-service-account' }
  const { name, ...type } = account
  east.store.put({ ...type, metadata: { name, namespace: 'istio-system', labels: own } })
  ask('disabled')
  await seesLabel('disabled')
  await vi.waitFor(() => expect(fleet.get('east')?.mirror.get(istios, { name: 'shop' })).toBeUndefined())
  const members = [{ cluster: 'east' }]
  hub.store.put(mesh({ kind: 'Managed', controlPlane: { cluster: 'west', namespace: 'istio-system' }, members }))
  await deleted()
  await vi.waitFor(async () => expect(await look()).toBeUndefined())
  expect(east.store.get({ ...account, namespace: 'istio-system' })).toBeUndefined()
})

/** As the mirror of east is for a moment after something was written there. */
function before(name: string): Fleet {
  const door = fleet.get('east') ?? expect.fail('no east')
  const list: typeof door.mirror.list = (...of) => door.mirror.list(...of).filter((each) => each.metadata.name !== name)
  const get: typeof door.mirror.get = (of, at) => (at.name === name ? undefined : door.mirror.get(of, at))
  const { mirror } = door
  const behind: ClusterDoor = {
    name: door.name,
    server: door.server,
    ends: door.ends,
    own: door.own,
    as: (identity) => door.as(identity),
    may: (...of) => door.may(...of),
    mayBe: (...of) => door.mayBe(...of),
    nameOf: (identity) => door.nameOf(identity),
    mirror: {
      list,
      get,
      known: (of) => mirror.known(of),
      version: (...of) => mirror.version(...of),
      truth: () => mirror.truth(),
      onChange: (listener) => mirror.onChange(listener),
    },
  }
  return { ...fleet, get: (each) => (each === 'east' ? behind : fleet.get(each)) }
}

it('does not let a deleted mesh go before it has seen what it wrote last', async () => {
  ask('disabled')
  await seesLabel('disabled')
  hub.store.put(mesh({ kind: 'Dedicated', controlPlane: { cluster: 'east', namespace: 'istio-system' } }))
  await deleted()
  expect(textAt(await look(before('shop')), 'metadata', 'name')).toBe('shop')
  expect(isInstalled()).toBe(true)
  await vi.waitFor(async () => expect(await look()).toBeUndefined())
  expect(isInstalled()).toBe(false)
})

const kinds = [
  ['a deleted mesh', { kind: 'Dedicated', controlPlane: { cluster: 'east', namespace: 'istio-system' } }],
  [
    'a member that left',
    { kind: 'Managed', controlPlane: { cluster: 'west', namespace: 'istio-system' }, members: [] },
  ],
] as const

/** Nothing of it is in the clusters: it was not made yet when its person gave it up. */
async function givenUp(spec: (typeof kinds)[number][1]): Promise<void> {
  east.store.remove({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'shop' })
  ask('disabled')
  await seesLabel('disabled')
  await vi.waitFor(() => expect(fleet.get('east')?.mirror.get(istios, { name: 'shop' })).toBeUndefined())
  const members = [{ cluster: 'east', state: 'leaving' }]
  const isLeft = spec.kind === 'Managed'
  hub.store.put({ ...mesh(spec), ...(isLeft && { status: { observedGeneration: 0, phase: 'Progressing', members } }) })
  if (!isLeft) await deleted()
}

const isWaitedFor = (record: KubernetesObject | undefined, { kind }: { kind: string }) =>
  kind === 'Dedicated'
    ? record !== undefined
    : listAt(record, 'status', 'members').some((each) => textAt(each, 'cluster') === 'east')

it.each(kinds)('%s waits for what has begun to ask when nothing of it was left there', async (_, spec) => {
  askOfWorkload(true)
  await seesWorkload('true')
  await givenUp(spec)
  const waiting = await look()
  expect(held(waiting)).toEqual([['released', 'east', 'still-used']])
  expect(isWaitedFor(waiting, spec)).toBe(true)
  askOfWorkload(false)
  await seesWorkload(undefined)
  await vi.waitFor(async () => expect(isWaitedFor(await look(), spec)).toBe(false))
})

it.each(kinds)('%s waits for what was written a moment ago, and is in no mirror yet', async (_, spec) => {
  askOfWorkload(true)
  await seesWorkload('true')
  await givenUp(spec)
  expect(isWaitedFor(await look(before('late')), spec)).toBe(true)
  askOfWorkload(false)
  await vi.waitFor(async () => expect(isWaitedFor(await look(), spec)).toBe(false))
})
