import { createServer, type Server } from 'node:http'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { pods } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { controlPlaneNumbers } from './control-plane.ts'

/** Longer than any answer takes here (ms). */
const patient = 10_000
const started = 1_700_000_000

let hub: TestCluster
let primary: TestCluster
let fleet: RunningFleet
let monitoring: Server
/** What each istiod says, by the name of its Pod; one that is not here has no such path. */
let says: Map<string, string>
let asked: string[]

const text = (pushes: number, proxies = 5) => `pilot_xds{version="1.30.3"} ${proxies}
pilot_xds_pushes{type="cds"} ${pushes}
pilot_proxy_convergence_time_bucket{le="0.5"} ${pushes}
pilot_proxy_convergence_time_bucket{le="+Inf"} ${pushes}
pilot_total_xds_rejects{type="rds"} 2
process_start_time_seconds ${started}
process_resident_memory_bytes 1e+08
go_goroutines 400
`

function istiod(name: string): KubernetesObject {
  const resources = { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'istio-system', labels: { app: 'istiod', 'istio.io/rev': 'shop-v1-30-3' } },
    spec: { nodeName: 'node-1', containers: [{ name: 'discovery', image: 'pilot:1.30.3', resources }] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

const read = readMesh({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop', generation: 1 },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'primary', namespace: 'istio-system' } },
})
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeEach(async () => {
  says = new Map([['istiod-a', text(100)]])
  asked = []
  monitoring = createServer((request, response) => {
    const name = String(request.socket.remoteAddress)
    asked.push(`${name} ${request.url}`)
    const told = says.get(name)
    response.writeHead(told === undefined ? 404 : 200, { 'content-type': 'text/plain; version=0.0.4' }).end(told)
  })
  hub = await startHub()
  primary = await startMember('primary')
  primary.routePods((pod, port) => {
    if (port !== 15_014) return undefined
    return (connection) => {
      Object.defineProperty(connection, 'remoteAddress', { value: pod.name })
      monitoring.emit('connection', connection)
    }
  })
  primary.store.put(namespace('istio-system'))
  primary.store.put(istiod('istiod-a'))
  role(primary, 'pods', [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }])
  bind(primary, { user: 'viewer', role: 'pods', inNamespace: 'istio-system' })
  register(hub, primary)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await istiodsAre(1)
})
afterEach(async () => {
  fleet.close()
  monitoring.closeAllConnections()
  await primary.close()
  await hub.close()
})

async function istiodsAre(count: number): Promise<void> {
  await vi.waitFor(
    () => {
      expect(fleet.get('primary')?.mirror.list(pods)).toHaveLength(count)
      expect(fleet.get('primary')?.mirror.truth().state).toBe('fresh')
    },
    { timeout: 10_000 },
  )
}

const numbers = (user = 'viewer', patienceMs = patient) =>
  controlPlaneNumbers({ fleet, viewer: openViewer(fleet, { user, groups: [] }) }, mesh, patienceMs)

test('who may list Pods there is told what istiod says since it started, and what its Pod may use', async () => {
  const told = await numbers()
  expect(told.all).toMatchObject({
    since: { at: new Date(started * 1_000).toISOString(), start: true },
    proxies: [{ version: '1.30.3', count: 5 }],
    troubles: [{ key: 'proxy-rejects', count: 2, total: 2 }],
  })
  expect(told.all?.convergence?.p99.seconds).toBeCloseTo(0.495)
  expect(told.replicas).toMatchObject([
    {
      ref: { cluster: 'primary', kind: 'Pod', name: 'istiod-a' },
      revision: 'shop-v1-30-3',
      cpu: { request: 0.5 },
      memory: { used: 1e8, request: 2 ** 31, limit: 2 ** 32 },
      goroutines: 400,
    },
  ])
  expect(told.replicas[0]?.cpu).not.toHaveProperty('limit')
  expect(asked).toEqual(['istiod-a /metrics'])
})

test('who may not list the Pods istiod runs in is told so, and istiod is not asked for them', async () => {
  expect(await numbers('stranger')).toEqual({
    why: { code: 'meshes.istiod_not_permitted', params: { cluster: 'primary', namespace: 'istio-system' } },
    replicas: [],
  })
  expect(asked).toEqual([])
})

test('a second reading tells what happened since the first', async () => {
  await numbers()
  says.set('istiod-a', text(130, 6))
  // The same istiod in another state: a new question.
  const labels = { ...istiod('istiod-a').metadata.labels, seen: 'again' }
  primary.store.put({ ...istiod('istiod-a'), metadata: { ...istiod('istiod-a').metadata, labels } })
  await vi.waitFor(() => expect(fleet.get('primary')?.mirror.list(pods)[0]?.metadata.labels).toHaveProperty('seen'))
  const at = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => at + 40_000)
  const told = await numbers()
  vi.restoreAllMocks()
  expect(told.all).toMatchObject({
    since: { start: false },
    proxies: [{ count: 6 }],
    pushes: 30,
    troubles: [{ key: 'proxy-rejects', count: 0, total: 2 }],
  })
  expect(asked).toHaveLength(2)
})

test('replicas are added up; one that does not tell says why beside the others', async () => {
  says.set('istiod-b', text(10, 3))
  says.set('istiod-c', 'some_proxy_metric 1\n')
  for (const name of ['istiod-b', 'istiod-c', 'istiod-d']) primary.store.put(istiod(name))
  await istiodsAre(4)
  const told = await numbers()
  expect(told.all).toMatchObject({ proxies: [{ count: 8 }], pushes: 110 })
  expect(told.replicas.map(({ ref, why }) => [ref.name, why?.code])).toEqual([
    ['istiod-a', undefined],
    ['istiod-b', undefined],
    ['istiod-c', 'meshes.istiod_unreadable'],
    ['istiod-d', 'meshes.istiod_refused'],
  ])
  expect(told.replicas[3]).toMatchObject({ memory: { request: 2 ** 31 } })
})

test('where no istiod is ready, or its cluster is away, the reason stands there', async () => {
  primary.store.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'istio-system', name: 'istiod-a' })
  await istiodsAre(0)
  expect(await numbers()).toEqual({
    why: { code: 'meshes.istiod_none_ready', params: { cluster: 'primary' } },
    replicas: [],
  })
  primary.faults.set({ refuse: true })
  await vi.waitFor(() => expect(fleet.get('primary')?.mirror.truth().state).toBe('unreachable'), { timeout: 10_000 })
  expect(await numbers()).toMatchObject({ why: { code: 'meshes.istiod_away' } })
})
