import { gunzipSync } from 'node:zlib'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { withheld } from '@orbweaver/istio/support/scrub'
import { istios, meshes, pods } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { openFleet, type RunningFleet } from '../../../kube/fleet.ts'
import { openViewer } from '../../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../../testing/clusters.ts'
import { noChanges } from '../../../testing/server.ts'
import { meshRow } from '../summary.ts'
import { bundleFiles, supportBundle } from './support-bundle.ts'

const place = 'istio-system'
const labels = { app: 'istiod', 'istio.io/rev': 'prod-v1-30-3' }
/** Each in a place of its own; short ones where nothing but an allow-list can know. */
const planted = {
  annotation: 'pw-annotation',
  env: 'pw-env',
  value: 'pw-value',
  header: 'pw-header',
  secret: 'pw-secret',
  map: 'pw-map',
  bearer: 'pw-bearer',
  event: 'pw-event',
  pem: 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7',
}

let hub: TestCluster
let east: TestCluster
let west: TestCluster
let fleet: RunningFleet

const applied = {
  'kubectl.kubernetes.io/last-applied-configuration': `{"token":"${planted.annotation}"}`,
  note: planted.annotation,
}
const values = {
  meshConfig: {
    trustDomain: 'prod.example',
    extensionProviders: [
      { name: 'o', opentelemetry: { service: 'o.t', http: { headers: [{ value: planted.header }] } } },
    ],
  },
  pilot: { env: { API: planted.env } },
  any: planted.value,
}

const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod', annotations: applied },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: place },
    members: [{ cluster: 'west', values: { any: planted.value } }],
    values,
  },
}

const held: KubernetesObject[] = [
  { ...namespace(place), metadata: { name: place, annotations: applied } },
  namespace('default'),
  {
    apiVersion: 'sailoperator.io/v1',
    kind: 'Istio',
    metadata: { name: 'prod', annotations: applied },
    spec: { version: 'v1.30.3', namespace: place, values },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod', namespace: place, labels, annotations: applied },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'discovery', image: 'pilot:1.30.3', env: [{ name: 'KEY', value: planted.env }] }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'istiod-1', namespace: place, labels, annotations: applied },
    spec: { containers: [{ name: 'discovery', image: 'pilot:1.30.3', env: [{ name: 'KEY', value: planted.env }] }] },
    status: { containerStatuses: [{ name: 'discovery', state: { running: {} } }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cacerts', namespace: place, annotations: applied },
    data: { 'ca-key.pem': Buffer.from(planted.secret).toString('base64') },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio-prod-v1-30-3', namespace: place, labels, annotations: applied },
    data: {
      mesh: `trustDomain: prod.example\ndefaultConfig:\n  proxyMetadata:\n    KEY: ${planted.map}\n`,
      config: planted.map,
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e1', namespace: place },
    involvedObject: { kind: 'Pod', name: 'istiod-1', namespace: place },
    type: 'Warning',
    reason: 'Failed',
    message: `pulling with token=${planted.event} was refused`,
    lastTimestamp: '2026-11-01T10:00:00Z',
  },
]

const log = [
  'info ads push for shop',
  `Authorization: Bearer ${planted.bearer}`,
  '-----BEGIN PRIVATE KEY-----',
  planted.pem,
  planted.pem,
  '-----END PRIVATE KEY-----',
]

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  west = await startMember('west')
  const kinds = { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }
  for (const each of [hub, east, west]) seedGround(each, kinds, each === hub ? 'hub' : 'member')
  for (const object of held) east.store.put(object)
  hub.store.put(record)
  east.routeLogs(() => log)
  role(hub, 'all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }])
  role(hub, 'meshes', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: ['get', 'list'] }])
  for (const each of [east, west]) role(each, 'all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }])
  for (const each of [hub, east, west]) bind(each, { user: 'ada', role: 'all' })
  bind(hub, { user: 'vi', role: 'meshes' })
  register(hub, east)
  register(hub, west)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(['east', 'west'].map((each) => fleet.get(each)?.mirror.truth().state)).toEqual(['fresh', 'fresh'])
      const mirror = fleet.get('east')?.mirror
      expect(mirror?.list(istios).length).toBe(1)
      expect(mirror?.get(pods, { namespace: place, name: 'istiod-1' })).toBeDefined()
      expect(fleet.hub.mirror.list(meshes).length).toBe(1)
    },
    { timeout: 15_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east, west].map((each) => each.close()))
})

function row() {
  const object = fleet.hub.mirror.get(meshes, { name: 'prod' }) ?? expect.fail('no record')
  const mesh = readMesh(object)
  return isMesh(mesh) ? meshRow(object, mesh) : expect.fail('no mesh')
}

const asked = (user: string) => ({
  fleet,
  viewer: openViewer(fleet, { user, groups: [] }),
  changes: noChanges,
  version: '1.2.3',
})

async function files(user: string): Promise<Map<string, string>> {
  const made = await bundleFiles(asked(user), row())
  return new Map(made.files.map(({ path, text }) => [path.slice(path.indexOf('/') + 1), text]))
}

const json = (found: Map<string, string>, path: string): unknown => JSON.parse(found.get(path) ?? 'null')

test('it has the mesh, each of its clusters and the console, and is a tar archive under one directory', async () => {
  const found = await files('ada')
  const east = ['capabilities.json', 'cluster.yaml', 'config-maps.yaml', 'control-plane.yaml', 'desired.yaml']
  const more = ['events.json', 'logs/istiod-1.log', 'namespace.yaml', 'sail.yaml']
  expect([...found.keys()].filter((path) => !path.startsWith('clusters/west'))).toEqual([
    'README.txt',
    'bundle.json',
    'changes.json',
    ...[...east, ...more].map((name) => `clusters/east/${name}`),
    'drift.json',
    'findings.json',
    'mesh.json',
    'mesh.yaml',
    'preflight.json',
  ])
  expect(json(found, 'bundle.json')).toMatchObject({ mesh: 'prod', orbweaver: '1.2.3', madeFor: 'ada', cut: [] })
  const documents = parseAllDocuments(found.get('clusters/east/config-maps.yaml') ?? '')
  expect(documents[0]?.toJS()).toMatchObject({ data: { mesh: { trustDomain: 'prod.example' }, config: withheld } })
  expect(found.get('clusters/east/logs/istiod-1.log')).toBe(
    `info ads push for shop\nAuthorization: ${withheld}\n${withheld}\n`,
  )
  const archive = await supportBundle(asked('ada'), row())
  expect(archive.name).toMatch(/^orbweaver-prod-\d{8}T\d{6}Z\.tar\.gz$/)
  const tar = gunzipSync(await archive.arrayBuffer()).toString('latin1')
  expect(tar).toContain(`${archive.name.replace('.tar.gz', '')}/README.txt`)
})

test('nothing that was planted is in it, neither in the clear nor coded', async () => {
  const text = [...(await files('ada')).values()].join('\n')
  for (const word of Object.values(planted)) {
    expect(text).not.toContain(word.slice(0, 24))
    expect(text).not.toContain(Buffer.from(word).toString('base64').slice(0, 8))
  }
})

test('who may read the record alone is told what is missing, with the right that would show it', async () => {
  const found = await files('vi')
  const text = [...found.values()].join('\n')
  expect(text).not.toContain('istiod-1')
  const unread = listAt(json(found, 'bundle.json'), 'unread')
  expect(unread).toContainEqual({
    cluster: 'east',
    what: 'Istio',
    reason: 'kube.forbidden',
    right: { verb: 'list', group: 'sailoperator.io', resource: 'istios' },
  })
  expect(unread).toContainEqual({
    cluster: 'east',
    what: 'events',
    namespace: place,
    reason: 'kube.forbidden',
    right: { verb: 'list', group: '', resource: 'events', namespace: place },
  })
  expect(found.get('README.txt')).toContain('- east: Istio: kube.forbidden; needs list on istios.sailoperator.io')
})

test('a cluster that went silent is in it as it was last known, and says since when it does not answer', async () => {
  await west.close()
  await expect.poll(() => fleet.get('west')?.mirror.truth().state, { timeout: 15_000 }).toBe('unreachable')
  const found = await files('ada')
  const manifest = json(found, 'bundle.json')
  const told = listAt(manifest, 'clusters').find((each) => textAt(each, 'cluster') === 'west')
  expect(told).toMatchObject({ state: 'unreachable' })
  expect(textAt(told, 'asOf')).toMatch(/^\d{4}-/)
  expect(textAt(told, 'reason')).toMatch(/^kube\./)
  expect(listAt(manifest, 'unread').map((each) => [textAt(each, 'cluster'), textAt(each, 'what')])).toContainEqual([
    'west',
    'events',
  ])
  expect(found.has('clusters/west/cluster.yaml')).toBe(true)
  expect(found.has('clusters/east/events.json')).toBe(true)
})
