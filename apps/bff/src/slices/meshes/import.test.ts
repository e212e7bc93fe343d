import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { readImport } from '@orbweaver/istio/meshes/import'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { destinationRules, meshes, namespaces, virtualServices } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, register, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { exportOf } from './export.ts'
import { planImport } from './import.ts'
import { meshObject } from './draft-mesh.ts'
import { meshRow } from './summary.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

const spec = MeshSpec.parse({ kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } })
const rule = (kind: string, namespace: string, [name, of]: [string, KubernetesObject['spec']]): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { namespace, name },
  ...(of !== undefined && { spec: of }),
})
const route = { hosts: ['search'], http: [{ route: [{ destination: { host: 'search' } }] }] }
const place = (name: string, labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})
const governed = [
  place('shop', { 'istio-injection': 'enabled' }),
  place('billing', {}),
  rule('VirtualService', 'shop', ['search', route]),
  rule('DestinationRule', 'billing', ['pay', { host: 'pay' }]),
]

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  const kinds = { istioKinds: true }
  seedGround(hub, kinds, 'hub')
  seedGround(east, kinds, 'member')
  for (const object of governed) east.store.put(object)
  hub.store.put(meshObject('prod', spec))
  for (const each of [hub, east]) bind(each, { user: 'ada', role: 'orbweaver-admin' })
  bind(hub, { user: 'sam', role: 'orbweaver-fleet-viewer' })
  bind(east, { user: 'sam', role: 'orbweaver-namespace-viewer', inNamespace: 'shop' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(() => expect(fleet.hub.mirror.list(meshes).length).toBe(1), { timeout: 8_000 })
  await mirrored(1, 1)
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub.close(), east.close()])
})

const asking = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })

/** Until the mirror has so many rules of the two kinds, and knows of namespaces. */
async function mirrored(...counts: number[]): Promise<void> {
  await vi.waitFor(
    () => {
      const mirror = fleet.get('east')?.mirror
      expect([virtualServices, destinationRules].map((each) => mirror?.list(each).length)).toEqual(counts)
      expect(mirror?.known(namespaces)).toBe(true)
    },
    { timeout: 8_000 },
  )
}

async function exported() {
  const object = fleet.hub.mirror.get(meshes, { name: 'prod' }) ?? expect.fail('no record')
  const mesh = readMesh(object)
  if (!isMesh(mesh)) return expect.fail('no mesh')
  return (await exportOf(asking('ada'), meshRow(object, mesh))) ?? expect.fail('too large')
}

async function readBack() {
  const files = await exported()
  return readImport(
    files.flatMap(({ cluster, documents }) =>
      documents.map(({ yaml }) => {
        const value: unknown = parse(yaml)
        return { file: `${cluster}.yaml`, cluster, value }
      }),
    ),
  )
}

async function planned(
  objects: readonly { cluster: string; object: KubernetesObject }[],
  user = 'ada',
  conflicts: 'keep' | 'replace' = 'keep',
) {
  const outcome = await planImport({
    ...asking(user),
    intent: { type: 'meshes.import', name: 'prod', objects: [...objects], conflicts },
  })
  return outcome.ok ? outcome.draft : expect.fail(outcome.reasons.map((each) => each.code).join())
}

test('what was exported, deleted and imported is what was there before', async () => {
  const before = await exported()
  const read = await readBack()
  expect(read.faults).toEqual([])
  expect(meshObject('prod', MeshSpec.parse(read.mesh?.spec))).toEqual(meshObject('prod', spec))
  for (const { apiVersion, kind, metadata } of governed.toReversed()) {
    east.store.remove({
      apiVersion,
      kind,
      name: metadata.name,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    })
  }
  await mirrored(0, 0)
  const { items } = await planned(read.objects)
  expect(items.map((each) => `${each.op} ${each.ref.kind} ${each.ref.name} ${each.needs ?? ''}`.trim())).toEqual([
    'create Namespace billing',
    'create Namespace shop',
    'create VirtualService search 1',
    'create DestinationRule pay 0',
  ])
  for (const item of items) if (item.op === 'create') east.store.put(item.object)
  await mirrored(1, 1)
  expect(await exported()).toEqual(before)
  // Once more it has nothing to do: what is there as it should be is left alone.
  const again = await planned((await readBack()).objects)
  expect(again.items.filter((each) => each.ref.kind !== 'Namespace')).toEqual([])
})

test('what is there in another form is kept or replaced, as was chosen, and named', async () => {
  const other = rule('VirtualService', 'shop', ['search', { ...route, hosts: ['another'] }])
  const kept = await planned([{ cluster: 'east', object: other }])
  expect([kept.items, kept.impact.notes.map((each) => each.code)]).toEqual([[], ['meshes.import_keeps']])
  const replaced = await planned([{ cluster: 'east', object: other }], 'ada', 'replace')
  expect(replaced.impact.notes.map((each) => each.code)).toEqual(['meshes.import_replaces'])
  const [item] = replaced.items
  const live = fleet.get('east')?.mirror.get(virtualServices, { namespace: 'shop', name: 'search' })
  const after = item !== undefined && 'edit' in item && live !== undefined ? item.edit(live) : undefined
  expect(after).toMatchObject({ metadata: { uid: live?.metadata.uid }, spec: { hosts: ['another'] } })
})

test('refuses other kinds, Secrets, other clusters, and rules outside the control plane', async () => {
  const refused = async (cluster: string, object: KubernetesObject) => {
    const outcome = await planImport({
      ...asking('ada'),
      intent: { type: 'meshes.import', name: 'prod', objects: [{ cluster, object }], conflicts: 'keep' },
    })
    return outcome.ok ? [] : outcome.reasons.map((each) => each.code)
  }
  const secret: KubernetesObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' } }
  expect(await refused('east', secret)).toEqual(['objects.not_a_rule'])
  expect(await refused('hub', place('x', {}))).toEqual(['meshes.not_a_member'])
  expect(await refused('west', rule('VirtualService', 'shop', ['a', route]))).toEqual(['objects.wrong_cluster'])
  expect(
    await refused('east', {
      ...secret,
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'a' },
    }),
  ).toEqual(['objects.no_namespace'])
})

test('who may not see an object learns nothing of it: it is planned as if it were not there', async () => {
  const hidden = rule('DestinationRule', 'billing', ['pay', { host: 'other' }])
  const draft = await planned([{ cluster: 'east', object: hidden }], 'sam', 'replace')
  expect(draft.items.map((each) => each.op)).toEqual(['create'])
  expect(draft.impact.notes).toEqual([])
})
