import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { endpointSlices, fleetClusters, services } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../kube/fleet.ts'
import { writePrometheusSecret } from '../kube/prometheus-secret.ts'
import { namespace, register, startHub, startMember, type TestCluster } from '../testing/clusters.ts'
import { type FakePrometheus, startFakePrometheus } from '../testing/prometheus.ts'
import { createPrometheus, type Observed, type Prometheus } from './prometheus.ts'
import { type Source, sourcesOf } from './source.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet
let fake: FakePrometheus
let prometheus: Prometheus
let observed: Observed[]
/** Pods that somebody connected to, with the port. */
let reached: string[]

const patient = 10_000
const need = { query: 'istio_requests_total' }
const service = { namespace: 'monitoring', name: 'prometheus' }

function slice(name: string, endpoints: { pod: string; ready?: boolean }[]): KubernetesObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'monitoring', labels: { 'kubernetes.io/service-name': 'prometheus' } },
    addressType: 'IPv4',
    ports: [
      { name: 'web', port: 19_090 },
      { name: 'reloader', port: 8_080 },
    ],
    endpoints: endpoints.map(({ pod, ready }) => ({
      addresses: ['10.0.0.1'],
      ...(ready !== undefined && { conditions: { ready } }),
      targetRef: { kind: 'Pod', namespace: 'monitoring', name: pod },
    })),
  }
}

beforeEach(async () => {
  fake = await startFakePrometheus({ istio_requests_total: [{ labels: { a: 'b' }, value: 3 }] })
  hub = await startHub()
  east = await startMember('east')
  ;[reached, observed] = [[], []]
  east.routePods((pod, port) => {
    if (port !== 19_090) return undefined
    return (connection) => {
      reached.push(`${pod.name}:${port}`)
      fake.server.emit('connection', connection)
    }
  })
  east.store.put(namespace('monitoring'))
  for (const name of ['prometheus-0', 'prometheus-1']) {
    east.store.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'monitoring' },
      spec: { nodeName: 'node-1', containers: [{ name: 'prometheus', image: 'prometheus:3' }] },
    })
  }
  east.store.put({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: service,
    spec: { ports: [{ name: 'web', port: 9_090, targetPort: 'web' }] },
  })
  east.store.put(slice('prometheus-a', [{ pod: 'prometheus-0', ready: false }, { pod: 'prometheus-1' }]))
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  prometheus = createPrometheus({ fleet, observe: (each) => void observed.push(each) })
})
afterEach(async () => {
  fleet.close()
  await Promise.all([fake, east, hub].map((each) => each.close()))
})

/** The one Prometheus of the fleet, once everything about it was read. */
async function sourceOf(named: object): Promise<Source> {
  register(hub, east, { prometheus: named })
  return vi.waitFor(
    () => {
      const { mirror } = fleet.get('east') ?? expect.fail('no door')
      expect([mirror.known(services), mirror.known(endpointSlices)]).toEqual([true, true])
      expect(mirror.truth().state).toBe('fresh')
      return sourcesOf(fleet)[0] ?? expect.fail('no source')
    },
    { timeout: 10_000 },
  )
}

const whyOf = async (source: Source) => {
  const told = await prometheus.ask(source, need, patient)
  return told.why?.code
}

test('behind a Service it is reached through a ready Pod, at the port behind the one of the Service', async () => {
  const source = await sourceOf({ service, path: '/prom/', tenant: 'a|b' })
  expect(await prometheus.ask(source, need, patient)).toMatchObject({
    series: [{ labels: { a: 'b' }, points: [[expect.any(Number), 3]] }],
  })
  expect(reached).toEqual(['prometheus-1:19090'])
  expect(fake.asked).toMatchObject([{ path: '/prom/api/v1/query', headers: { 'x-scope-orgid': 'a|b' } }])
  expect(observed).toMatchObject([{ cluster: 'east', outcome: 'answered' }])
})

test.each([
  { what: 'a Service that is not there', named: { ...service, name: 'none' }, code: 'metrics.service_missing' },
  { what: 'a port it has not', named: { ...service, port: 80 }, code: 'metrics.service_missing' },
])('$what is a reason', async ({ named, code }) => {
  expect(await whyOf(await sourceOf({ service: named }))).toBe(code)
  expect(reached).toEqual([])
})

test('without a ready Pod nobody is asked', async () => {
  east.store.put(slice('prometheus-a', [{ pod: 'prometheus-0', ready: false }]))
  expect(await whyOf(await sourceOf({ service }))).toBe('metrics.no_pod_ready')
  expect(reached).toEqual([])
})

test('in a cluster that is known to be away nobody is asked', async () => {
  const source = await sourceOf({ service })
  east.faults.set({ refuse: true })
  await vi.waitFor(() => expect(fleet.get('east')?.mirror.truth().state).toBe('unreachable'), { timeout: 10_000 })
  expect(await whyOf(source)).toBe('metrics.cluster_away')
  expect(reached).toEqual([])
})

test('who waits is told in time, and who comes later is told what was said', async () => {
  const source = await sourceOf({ url: fake.url })
  const [first, second] = await Promise.all([prometheus.ask(source, need, 0), prometheus.ask(source, need, 0)])
  expect([first.why?.code, second.why?.code]).toEqual(['metrics.slow', 'metrics.slow'])
  await vi.waitFor(async () => expect(await prometheus.ask(source, need, 0)).toHaveProperty('asOf'))
  expect(fake.asked).toHaveLength(1)
})

test('no more than four of its queries are under way', async () => {
  fake.says = 'nothing'
  const source = await sourceOf({ url: fake.url })
  await Promise.all(Array.from({ length: 9 }, (_, index) => prometheus.ask(source, { query: `q${index}` }, 300)))
  expect(fake.asked).toHaveLength(4)
})

test('an answer of any size is not read', async () => {
  fake.says = (response) => void response.end(Buffer.alloc(17 * 1024 * 1024, 120))
  const told = await prometheus.ask(await sourceOf({ url: fake.url }), need, patient)
  expect(told).toEqual({ why: { code: 'metrics.silent', params: { cluster: 'east', what: 'kube.too_large' } } })
})

test('a server is known by its certificate', async () => {
  const source = await sourceOf({ url: east.secureUrl })
  expect(await prometheus.get(source, '/query')).toEqual({
    why: { code: 'metrics.silent', params: { cluster: 'east', what: 'kube.tls' } },
  })
  const trusting = { ...source, credentials: { certificateAuthority: east.ca } }
  expect(await prometheus.get(trusting, '/query')).toMatchObject({ why: { code: 'metrics.refused' } })
})

test('clusters that name the same one share it, however its address is written', async () => {
  const url = 'https://metrics.example.com/prom'
  register(hub, { name: 'a', connection: east.connection }, { prometheus: { url } })
  register(hub, { name: 'b', connection: east.connection }, { prometheus: { url: `${url}/`, clusterLabel: 'cluster' } })
  register(hub, { name: 'c', connection: east.connection }, { prometheus: { url, tenant: 'other' } })
  register(hub, { name: 'd', connection: east.connection }, { prometheus: { service } })
  register(hub, { name: 'e', connection: east.connection }, { prometheus: { service } })
  await vi.waitFor(() => expect(fleet.hub.mirror.list(fleetClusters)).toHaveLength(5), { timeout: 10_000 })
  expect(sourcesOf(fleet).map(({ clusters, label }) => [clusters.join(), label])).toEqual([
    ['a,b', 'cluster'],
    ['c', undefined],
    ['d', undefined],
    ['e', undefined],
  ])
})

test('credentials are sent to the server that they were given for, and to no other', async () => {
  const given = { user: { name: 'console', password: 'geheim:1' } }
  hub.store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'prometheus-east', namespace: 'orbweaver-system' },
    type: 'orbweaver.dev/prometheus',
    data: writePrometheusSecret(`${fake.url}/any`, given),
  })
  await sourceOf({ url: `${fake.url}/prom` })
  await vi.waitFor(() => expect(sourcesOf(fleet)[0]?.credentials).toMatchObject(given), { timeout: 10_000 })
  const [source] = sourcesOf(fleet)
  await prometheus.ask(source ?? expect.fail('no source'), need, patient)
  const authorization = `Basic ${Buffer.from('console:geheim:1').toString('base64')}`
  expect(fake.asked.at(-1)?.headers).toMatchObject({ authorization })
  register(hub, east, { prometheus: { url: fake.url.replace('127.0.0.1', 'localhost') } })
  await vi.waitFor(() => expect(sourcesOf(fleet)[0]?.credentials).toEqual({}), { timeout: 10_000 })
})
