import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { deployments, endpointSlices, services } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { numbersOf } from './numbers.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

const serviceOf = (name: string, at: string): KubernetesObject[] => [
  { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: at }, spec: { selector: { app: name } } },
]
const ready = (name: string, at: string): KubernetesObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: `${name}-1`, namespace: at, labels: { 'kubernetes.io/service-name': name } },
  endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
})
const gateway: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'istio-egressgateway', namespace: 'istio-system' },
  spec: {
    selector: { matchLabels: { istio: 'egressgateway' } },
    template: { metadata: { labels: { istio: 'egressgateway' } }, spec: { containers: [{ name: 'istio-proxy' }] } },
  },
  status: { readyReplicas: 1 },
}

const read = readMesh({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'retail' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east', namespace: 'istio-system' } },
})
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')
const bare = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `lost-${name}`)

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  for (const name of ['shop', 'bank', 'istio-system']) east.store.put(namespace(name))
  const all = [...serviceOf('web', 'shop'), ready('web', 'shop'), ...serviceOf('istiod', 'istio-system')]
  for (const each of [...all, ...bare.flatMap((name) => serviceOf(name, 'bank')), gateway]) east.store.put(each)
  const rule = (group: string, ...resources: string[]) => ({ apiGroups: [group], resources, verbs: ['get', 'list'] })
  role(east, 'services', [rule('', 'services')])
  role(east, 'endpoints', [rule('', 'services'), rule('discovery.k8s.io', 'endpointslices')])
  role(east, 'workloads', [rule('apps', 'deployments', 'daemonsets', 'statefulsets')])
  bind(east, { user: 'operator', role: 'endpoints' })
  bind(east, { user: 'operator', role: 'workloads' })
  bind(east, { user: 'shopkeeper', role: 'services' })
  bind(east, { user: 'shopkeeper', role: 'endpoints', inNamespace: 'shop' })
  bind(east, { user: 'shopkeeper', role: 'workloads', inNamespace: 'shop' })
  bind(east, { user: 'blind', role: 'services' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      const mirror = fleet.get('east')?.mirror
      expect([services, endpointSlices, deployments].map((kind) => mirror?.list(kind).length)).toEqual([9, 1, 1])
    },
    { timeout: 10_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await east.close()
  await hub.close()
})

const toldTo = (user: string, of = mesh) => numbersOf({ fleet, viewer: openViewer(fleet, { user, groups: [] }) }, of)

test('services of applications and gateways are counted, and a few of those that fail are named', async () => {
  const { services: told, gateways } = await toldTo('operator')
  expect(told).toMatchObject({ healthy: 1, total: 7 })
  expect(told?.failing.map(({ name }) => name)).toEqual(bare.slice(0, 5))
  expect(gateways).toEqual({ ingress: { ready: 0, total: 0 }, egress: { ready: 1, total: 1 } })
})

test('who may see a part is told of that part, and of none where there may be some nothing', async () => {
  expect(await toldTo('shopkeeper')).toEqual({ services: { healthy: 1, total: 1, failing: [] } })
})

test('a service whose endpoints the viewer may not list is not said to fail', async () => {
  expect(await toldTo('blind')).toEqual({})
  expect(await toldTo('stranger')).toEqual({})
})

test('where a cluster was not read, none is not said', async () => {
  const away = { ...mesh, controlPlane: { ...mesh.controlPlane, cluster: 'west' } }
  expect(await toldTo('operator', away)).toEqual({})
})
