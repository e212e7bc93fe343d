import type { Check } from '@orbweaver/contracts/clusters'
import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { nodes, services } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { selfSigned } from '@orbweaver/sandbox/server/http/certificate'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { isBeingRead } from '../../reconciler/observe.ts'
import { bind, pod, register, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { spoilt } from '../../testing/faults.ts'
import { preflightOf, preflightOnly } from './preflight.ts'

let hub: TestCluster
let east: TestCluster
let west: TestCluster
let fleet: RunningFleet

type Meta = { namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> }
type Rest = { metadata?: Meta; spec?: JsonRecord; status?: JsonRecord; data?: JsonRecord; webhooks?: Json[] }

/** `Kind group/version`; of the core without the second word. */
function made(type: string, name: string, { metadata = {}, ...rest }: Rest = {}): KubernetesObject {
  const [kind = '', apiVersion = 'v1'] = type.split(' ')
  return { apiVersion, kind, metadata: { name, ...metadata }, ...rest }
}

const injector = (name: string) =>
  made('MutatingWebhookConfiguration admissionregistration.k8s.io/v1', name, {
    webhooks: [
      {
        name: 'namespace.sidecar-injector.istio.io',
        clientConfig: { service: { name: 'injector', namespace: 'tools', path: '/inject' } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        namespaceSelector: { matchLabels: { twice: 'yes' } },
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  })

const inNamespace = (namespace: string): { metadata: Meta } => ({ metadata: { namespace } })
const web = (port: number) =>
  made('Service', 'web', {
    ...inNamespace('shop'),
    spec: { ports: [{ name: 'http', port }], selector: { app: 'web' } },
  })
const root = (name: string) =>
  made('ConfigMap', 'istio-ca-root-cert', {
    ...inNamespace('istio-system'),
    data: { 'root-cert.pem': selfSigned(name).certificate },
  })
const node = (podCIDR: string) =>
  made('Node', 'node-1', {
    spec: { podCIDR, podCIDRs: [podCIDR] },
    status: { allocatable: { cpu: '1', memory: '1Gi' } },
  })
const deadWebhook = made('ValidatingWebhookConfiguration admissionregistration.k8s.io/v1', 'left-behind', {
  webhooks: [
    {
      name: 'policy.example.com',
      clientConfig: { service: { name: 'gone', namespace: 'policy' } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      // Nobody is in the way while this world is made: only istiod's place is seen.
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
    },
  ],
})

/** One thing wrong a row. The control plane is to be in east, and west to be its member. */
const wrongInEast: KubernetesObject[] = [
  ...['istio-system', 'tools', 'shop'].map((name) => made('Namespace', name)),
  made('Namespace', 'both', { metadata: { labels: { twice: 'yes' } } }),
  made('Namespace', 'strict', {
    metadata: { labels: { 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'restricted' } },
  }),
  injector('one'),
  injector('two'),
  deadWebhook,
  made('DaemonSet apps/v1', 'ztunnel', {
    ...inNamespace('tools'),
    spec: {
      selector: { matchLabels: { app: 'z' } },
      template: { metadata: { labels: { app: 'z' } }, spec: { containers: [] } },
    },
  }),
  made('Service', 'kube-dns', { ...inNamespace('kube-system'), spec: { selector: { 'k8s-app': 'kube-dns' } } }),
  made('ResourceQuota', 'none', { ...inNamespace('istio-system'), spec: { hard: { pods: '0' } } }),
  node('10.1.0.0/24'),
  web(80),
  root('east'),
  ...Array.from({ length: 101 }, (_, index) => {
    const each = pod(`p${index}`, 'shop')
    return { ...each, spec: { ...recordAt(each, 'spec'), nodeName: 'node-1' } }
  }),
]
const wrongInWest: KubernetesObject[] = [
  ...['istio-system', 'shop'].map((name) => made('Namespace', name)),
  node('10.1.0.0/16'),
  web(8080),
  root('west'),
  made('Deployment apps/v1', 'istiod', {
    metadata: { namespace: 'istio-system', labels: { app: 'istiod', 'istio.io/rev': 'default' } },
    spec: {
      selector: { matchLabels: { app: 'istiod' } },
      template: {
        metadata: { labels: { app: 'istiod' } },
        spec: {
          containers: [{ name: 'discovery', image: 'pilot:1.29.4', env: [{ name: 'CLUSTER_ID', value: 'east' }] }],
        },
      },
    },
  }),
  made('ConfigMap', 'istio', {
    metadata: { namespace: 'istio-system', labels: { 'istio.io/rev': 'default' } },
    data: { mesh: 'trustDomain: edge.local' },
  }),
]

/** Alters a definition that lies there. */
function alter(server: TestCluster, name: string, change: (crd: KubernetesObject) => KubernetesObject): void {
  const key = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name }
  server.store.put(change(server.store.get(key) ?? expect.fail(name)))
}

const owned = (annotations: Record<string, string>, labels: Record<string, string>) => (crd: KubernetesObject) => ({
  ...crd,
  metadata: { ...crd.metadata, annotations: { ...crd.metadata.annotations, ...annotations }, labels },
})

function spoil(): void {
  const served = [{ name: 'v1alpha2', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }]
  alter(west, 'grpcroutes.gateway.networking.k8s.io', (crd) => ({
    ...crd,
    spec: { ...recordAt(crd, 'spec'), versions: served },
  }))
  alter(west, 'sidecars.networking.istio.io', owned({ 'meta.helm.sh/release-name': 'base' }, {}))
  alter(west, 'gateways.networking.istio.io', owned({}, { 'olm.managed': 'true' }))
  for (const object of wrongInEast) east.store.put(object)
  for (const object of wrongInWest) west.store.put(object)
  west.faults.set({ clockSkewMs: 90_000 })
}

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  west = await startMember('west')
  seedGround(hub, { istioKinds: true }, 'hub')
  const operated = { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }
  for (const each of [east, west]) seedGround(each, operated, 'member')
  spoil()
  for (const each of [hub, east, west]) {
    bind(each, { user: 'ada', role: 'orbweaver-admin' })
    register(hub, each, { network: 'n1' })
  }
  bind(east, { user: 'sam', role: 'orbweaver-namespace-viewer', inNamespace: 'shop' })
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      for (const name of ['east', 'west']) {
        const door = fleet.get(name)
        expect(door !== undefined && !isBeingRead(door)).toBe(true)
        expect(door?.mirror.list(nodes)).toHaveLength(1)
        expect(door?.mirror.list(services, 'shop')).toHaveLength(1)
      }
    },
    { timeout: 30_000 },
  )
}, 60_000)
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east, west].map((each) => each.close()))
})

function meshWith(settings: JsonRecord): Mesh {
  const spec = {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'west' }],
    settings,
  }
  const mesh = readMesh({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name: 'shop' }, spec })
  return isMesh(mesh) ? mesh : expect.fail(JSON.stringify(mesh.problems))
}

const without = meshWith({ sidecar: { proxyResources: { limits: { memory: '128' } } } })
const asked = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })
const rowsOf = (checks: readonly Check[]) => checks.map(({ id, cluster, severity }) => [id, cluster, severity])

test('each thing that is wrong is one row, with what it was seen in and what to do', async () => {
  const checks = await vi.waitFor(
    async () => {
      const found = await preflightOf(asked('ada'), without, { creating: true })
      expect(rowsOf(found)).toEqual(expect.arrayContaining([...spoilt]))
      return found
    },
    { timeout: 10_000, interval: 500 },
  )
  const told = checks.filter((each) => spoilt.some(([id]) => id === each.id) && each.severity !== 'unknown')
  expect(told.filter((each) => each.fix === undefined).map(({ id }) => id)).toEqual([])
  const bare = told.filter((each) => (each.evidence ?? []).length === 0).map(({ id }) => id)
  expect(bare).toEqual(expect.arrayContaining(['clock.skewed', 'sizes.without-unit']))
  expect(bare).toHaveLength(2)
  const roots = checks.find(({ id }) => id === 'root.differs')?.evidence?.map(({ value }) => value)
  expect(roots?.every((each) => /^[0-9a-f]{64} · 20\d\d-/.test(each ?? ''))).toBe(true)
})

test('who may see one namespace is told no more than that they may not', async () => {
  const checks = await preflightOf(asked('sam'), without, { creating: true })
  const withheld = checks.filter(({ id }) => id.endsWith('.withheld'))
  expect(new Set(withheld.map(({ severity }) => severity))).toEqual(new Set(['unknown']))
  expect(withheld.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'webhooks.withheld',
      'limits.withheld',
      'room.withheld',
      'root.withheld',
      'services.withheld',
    ]),
  )
  const text = JSON.stringify(checks)
  for (const each of ['left-behind', 'ztunnel', 'strict', 'node-1', 'istiod', 'edge.local'])
    expect(text).not.toContain(each)
})

test('one is asked again alone, and is well once it was mended', async () => {
  const again = async (topic: string, cluster?: string) =>
    rowsOf(await preflightOnly(asked('ada'), without, { topic, cluster, creating: true }))
  expect(await again('limits', 'east')).toEqual([['limits.quota-full', 'east', 'blocking']])
  east.store.remove({ apiVersion: 'v1', kind: 'ResourceQuota', namespace: 'istio-system', name: 'none' })
  expect(await again('limits', 'east')).toEqual([['limits.ok', 'east', 'ok']])
  const { apiVersion, kind } = deadWebhook
  east.store.remove({ apiVersion, kind, name: 'left-behind' })
  await vi.waitFor(async () =>
    expect(await again('webhooks', 'east')).toEqual([['webhooks.overlap', 'east', 'warning']]),
  )
  expect(await again('services')).toEqual([['services.differ', undefined, 'warning']])
})

test('what the console may not read is not known', async () => {
  const rights = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'orbweaver-member' }
  const role = west.store.get(rights) ?? expect.fail('no role')
  const rules = Array.isArray(role.rules) ? role.rules : []
  const left = rules.filter((each) => !JSON.stringify(each).includes('configmaps'))
  west.store.put({ ...role, rules: left })
  await vi.waitFor(async () => {
    const found = await preflightOnly(asked('ada'), without, { topic: 'root', cluster: 'west', creating: true })
    expect(rowsOf(found)).toEqual([['root.unknown', 'west', 'unknown']])
  })
})
