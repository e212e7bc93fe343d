import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject, splitApiVersion, targetOf } from '@orbweaver/contracts/kubernetes'
import type { ExportedFile } from '@orbweaver/contracts/portable-mesh'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { knownResource } from '@orbweaver/kube/known-resources'
import { destinationRules, istioRevisionTags, istios, meshes, virtualServices } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { exportOf } from './export.ts'
import { meshRow } from './summary.ts'

let hub: TestCluster
let east: TestCluster
let fresh: TestCluster
let fleet: RunningFleet

const own = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'prod' }

const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod', finalizers: ['orbweaver.dev/mesh'] },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east', namespace: 'istio-system' } },
}

function sail(kind: string, name: string, [labels, spec]: [Record<string, string>, JsonRecord]): KubernetesObject {
  return { apiVersion: 'sailoperator.io/v1', kind, metadata: { name, labels }, spec }
}

type Placed = { namespace: string; name: string; annotations?: Record<string, string>; ownerReferences?: Json }

function rule(kind: string, metadata: Placed, spec: JsonRecord): KubernetesObject {
  return { apiVersion: 'networking.istio.io/v1', kind, metadata, spec }
}

const labelled = (name: string, labels: Record<string, string>) => ({
  ...namespace(name),
  metadata: { name, labels },
})
const istioSpec = { version: 'v1.30.3', namespace: 'istio-system', values: { pilot: { env: { A: 'b' } } } }
const route = { hosts: ['search'], http: [{ route: [{ destination: { host: 'search' } }] }] }

const held: KubernetesObject[] = [
  labelled('istio-system', { ...own, 'topology.istio.io/network': 'n1' }),
  labelled('shop', { 'istio-injection': 'enabled', team: 'shop' }),
  labelled('billing', {}),
  labelled('aside', { team: 'aside' }),
  sail('Istio', 'prod', [own, istioSpec]),
  sail('Istio', 'another', [{}, { ...istioSpec, namespace: 'another' }]),
  sail('IstioRevisionTag', 'default', [own, { targetRef: { kind: 'IstioRevision', name: 'prod-v1-30-3' } }]),
  rule(
    'VirtualService',
    { namespace: 'shop', name: 'search', annotations: { 'argocd.argoproj.io/tracking-id': 'shop:search' } },
    route,
  ),
  rule('DestinationRule', { namespace: 'billing', name: 'pay' }, { host: 'pay' }),
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cacerts', namespace: 'istio-system', labels: own },
    data: { 'ca-key.pem': Buffer.from('canary').toString('base64') },
  },
]

const kinds = { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  fresh = await startMember('fresh')
  for (const each of [hub, east, fresh]) seedGround(each, kinds, each === hub ? 'hub' : 'member')
  for (const object of held) east.store.put(object)
  const uid = east.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' })?.metadata.uid ?? ''
  const ownerReferences = [{ apiVersion: 'v1', kind: 'Namespace', name: 'shop', uid }]
  east.store.put(rule('VirtualService', { namespace: 'shop', name: 'made', ownerReferences }, route))
  hub.store.put(record)
  for (const each of [hub, east]) bind(each, { user: 'ada', role: 'orbweaver-viewer' })
  bind(hub, { user: 'sam', role: 'orbweaver-fleet-viewer' })
  bind(east, { user: 'sam', role: 'orbweaver-namespace-viewer', inNamespace: 'shop' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.list(meshes).length).toBe(1)
      const mirror = fleet.get('east')?.mirror
      const read = [istios, istioRevisionTags, virtualServices, destinationRules].map(
        (each) => mirror?.list(each).length,
      )
      expect(read).toEqual([2, 1, 2, 1])
    },
    { timeout: 15_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east, fresh].map((each) => each.close()))
})

async function exported(user: string, limitBytes?: number): Promise<ExportedFile[] | undefined> {
  const object = fleet.hub.mirror.get(meshes, { name: 'prod' }) ?? expect.fail('no record')
  const mesh = readMesh(object)
  if (!isMesh(mesh)) return expect.fail('no mesh')
  const asking = { fleet, viewer: openViewer(fleet, { user, groups: [] }) }
  return exportOf(asking, meshRow(object, mesh), limitBytes)
}

const names = (files: ExportedFile[] | undefined, cluster: string) =>
  files
    ?.find((each) => each.cluster === cluster)
    ?.documents.map(({ ref }) => [ref.kind, ref.namespace, ref.name].filter((each) => each !== undefined).join(' '))

test('who may read all of it gets the record, and what lies in the cluster in the order it can be applied', async () => {
  const files = await exported('ada')
  expect(files?.map((each) => each.cluster)).toEqual(['hub', 'east'])
  expect(names(files, 'hub')).toEqual(['Mesh prod'])
  expect(names(files, 'east')).toEqual([
    'Namespace billing',
    'Namespace istio-system',
    'Namespace shop',
    'Istio prod',
    'IstioRevisionTag default',
    'VirtualService shop search',
    'DestinationRule billing pay',
  ])
  expect(files?.flatMap((each) => each.unread)).toEqual([])
})

test('no Secret, no mark of a tool and nothing that a server wrote is in it', async () => {
  const text = JSON.stringify(await exported('ada'))
  for (const each of [
    'canary',
    'cacerts',
    'argocd',
    'uid:',
    'resourceVersion',
    'managedFields',
    'finalizers',
    'status',
  ]) {
    expect(text).not.toContain(each)
  }
})

/** Asks with a dry run first, as a careful person does. */
async function applied(client: KubeClient, yaml: string): Promise<KubernetesObject> {
  const body: unknown = parse(yaml)
  if (!isKubernetesObject(body)) return expect.fail(yaml)
  const resource = knownResource(splitApiVersion(body.apiVersion).group, body.kind) ?? expect.fail(body.kind)
  const apply = { type: 'apply', body, fieldValidation: 'Strict' } as const
  const asked = await client.patch(resource, targetOf(body.metadata), { ...apply, dryRun: true })
  expect(asked.warnings).toEqual([])
  return (await client.patch(resource, targetOf(body.metadata), apply)).object
}

test('another cluster accepts it by server-side apply, and then says the same', async () => {
  fresh.addUser({ token: 'admin', name: 'admin', groups: ['system:masters'] })
  const client = createKubeClient({ cluster: 'fresh', connection: { server: fresh.url, token: 'admin' } })
  const file = (await exported('ada'))?.find((each) => each.cluster === 'east')
  const there: KubernetesObject[] = []
  for (const { yaml } of file?.documents ?? []) there.push(await applied(client, yaml))
  await client.close()
  const here = there.map(({ apiVersion, kind, metadata }) =>
    east.store.get({ apiVersion, kind, ...targetOf(metadata) }),
  )
  expect(there).toHaveLength(7)
  expect(there.map((each) => each.spec)).toEqual(here.map((each) => each?.spec))
})

test('who may read one namespace gets what lies there, and is told of how many kinds there may be more', async () => {
  const files = await exported('sam')
  expect(names(files, 'hub')).toEqual(['Mesh prod'])
  expect(names(files, 'east')).toEqual(['Namespace shop', 'VirtualService shop search'])
  const unread = files?.find((each) => each.cluster === 'east')?.unread
  expect(unread).toContain('Istio')
  expect(unread?.length).toBe(19)
})

test('one that is larger than the limit is not cut off', async () => {
  expect(await exported('ada', 500)).toBeUndefined()
})
