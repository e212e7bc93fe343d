import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { meshes, virtualServices } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { planImport } from './import.ts'
import { straysOf } from './strays.ts'

let hub: TestCluster
let east: TestCluster
let west: TestCluster
let fleet: RunningFleet

const rule = (name: string, host: string, more: { kind?: string; labels?: Record<string, string> } = {}) =>
  ({
    apiVersion: 'networking.istio.io/v1',
    kind: more.kind ?? 'VirtualService',
    metadata: { name, namespace: 'shop', ...(more.labels !== undefined && { labels: more.labels }) },
    spec: { hosts: [host] },
  }) satisfies KubernetesObject
const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod' },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'west' }],
  },
}

beforeAll(async () => {
  ;[hub, east, west] = await Promise.all([startHub(), startMember('east'), startMember('west')])
  seedGround(hub, { istioKinds: false }, 'hub')
  for (const each of [east, west]) {
    seedGround(each, { istioKinds: true }, 'member')
    each.store.put(namespace('shop'))
    each.store.put(rule('same', 'same'))
    bind(each, { user: 'ada', role: 'orbweaver-admin' })
    register(hub, each)
  }
  bind(hub, { user: 'ada', role: 'orbweaver-admin' })
  bind(hub, { user: 'sam', role: 'orbweaver-fleet-viewer' })
  bind(east, { user: 'sam', role: 'orbweaver-namespace-viewer', inNamespace: 'shop' })
  east.store.put(rule('differs', 'here'))
  west.store.put(rule('differs', 'there'))
  west.store.put(rule('missing', 'x'))
  west.store.put(rule('own', 'x', { labels: { 'orbweaver.dev/mesh': 'prod' } }))
  hub.store.put(record)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.list(meshes).length).toBe(1)
      const rules = ['east', 'west'].map((each) => fleet.get(each)?.mirror.list(virtualServices).length)
      expect(rules).toEqual([2, 4])
    },
    { timeout: 8_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east, west].map((each) => each.close()))
})

const asking = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })

function prod(): Mesh {
  const mesh = readMesh(fleet.hub.mirror.get(meshes, { name: 'prod' }) ?? record)
  return isMesh(mesh) ? mesh : expect.fail('no mesh')
}

test('rules in members are found with their source, and compared with what the control plane reads', async () => {
  const { items, total } = await straysOf(asking('ada'), prod())
  expect(total).toBe(3)
  expect(items.map(({ ref, there }) => `${ref.cluster} ${ref.name} ${there}`).toSorted()).toEqual([
    'west differs differs',
    'west missing missing',
    'west same same',
  ])
})

test('who may not see the member is told of none of its rules', async () => {
  expect(await straysOf(asking('sam'), prod())).toEqual({ items: [], total: 0 })
})

test('moving brings what is missing, keeps what differs with its original, and deletes the others where they lay', async () => {
  const { items } = await straysOf(asking('ada'), prod())
  const objects = items.map(({ object }) => ({ cluster: 'east', object, from: 'west' }))
  const planned = await planImport({
    ...asking('ada'),
    intent: { type: 'meshes.import', name: 'prod', objects, conflicts: 'keep' },
  })
  if (!planned.ok) return expect.fail('refused')
  expect(planned.draft.items.map((each) => `${each.op} ${each.ref.cluster} ${each.ref.name}`).toSorted()).toEqual([
    'create east missing',
    'delete west missing',
    'delete west same',
  ])
  const [brought, ...gone] = planned.draft.items
  expect(brought?.op).toBe('create')
  // What could not be brought is not taken from where it lies.
  expect(gone.map(({ ref, onlyWith }) => [ref.name, onlyWith])).toEqual(
    gone.map(({ ref }) => [ref.name, ref.name === 'missing' ? 0 : undefined]),
  )
  expect(planned.draft.impact.notes).toMatchObject([{ code: 'meshes.import_keeps', params: { name: 'differs' } }])
})

test('nothing is taken from a cluster that is no member', async () => {
  const objects = [{ cluster: 'east', object: rule('missing', 'x'), from: 'north' }]
  const intent = { type: 'meshes.import', name: 'prod', objects, conflicts: 'keep' } as const
  expect(await planImport({ ...asking('ada'), intent })).toMatchObject({
    ok: false,
    reasons: [{ code: 'meshes.not_a_member' }],
  })
})
