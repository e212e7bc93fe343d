import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type SignedInClient, signIn } from '../../testing/call.ts'
import {
  bind,
  namespace,
  pod,
  register,
  role,
  startHub,
  startMember,
  type TestCluster,
} from '../../testing/clusters.ts'
import { type FakePrometheus, type Measured, startFakePrometheus } from '../../testing/prometheus.ts'
import { atOnce, startTestServer, type TestServer } from '../../testing/server.ts'

type Fakes = Record<'east' | 'west', FakePrometheus>
let clusters: Record<'hub' | 'east' | 'west', TestCluster>
let fakes: Fakes
let server: TestServer

const call = (of: { from: [cluster: string, namespace: string]; to: [cluster: string, namespace: string] }) => ({
  reporter: 'source',
  source_cluster: of.from[0],
  source_workload_namespace: of.from[1],
  source_workload: 'web',
  destination_cluster: of.to[0],
  destination_service: `api.${of.to[1]}.svc.cluster.local`,
  destination_service_name: 'api',
  destination_service_namespace: of.to[1],
})
const callee = (labels: Record<string, string>) => ({ ...labels, reporter: 'destination' })

const across = call({ from: ['east', 'shop'], to: ['west', 'pay'] })
const within = call({ from: ['east', 'shop'], to: ['east', 'shop'] })
const eastMeasured = (): Measured => ({
  container_cpu_usage_seconds_total: [
    { labels: { namespace: 'shop' }, value: 0.25 },
    { labels: { namespace: 'ops' }, value: 1 },
  ],
  container_memory_working_set_bytes: [{ labels: { namespace: 'shop' }, value: 1_000 }],
  istio_request_bytes_sum: [
    { labels: { reporter: 'source', source_cluster: 'east', source_workload_namespace: 'shop' }, value: 70 },
  ],
  istio_requests_total: [
    { labels: across, value: 4 },
    { labels: within, value: 2 },
    { labels: callee(within), value: 2 },
  ],
  errors: [{ labels: across, value: 1 }],
  istio_request_duration_milliseconds_sum: [{ labels: across, value: 400 }],
  istio_request_duration_milliseconds_count: [{ labels: across, value: 4 }],
})
const westMeasured = (): Measured => ({
  container_cpu_usage_seconds_total: [{ labels: { namespace: 'pay' }, value: 0.5 }],
  istio_requests_total: [{ labels: callee(across), value: 4 }],
  errors: [{ labels: callee(across), value: 1 }],
})

const mesh = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'west' }],
  },
}

const people = { ada: 'all', nils: 'shop', vi: 'nothing' } as const

async function prepare(): Promise<void> {
  const { hub, east, west } = clusters
  const lists = (group: string, ...resources: string[]) => [
    { apiGroups: [group], resources, verbs: ['get', 'list', 'watch'] },
  ]
  role(hub, 'fleet', lists('orbweaver.dev', 'fleetclusters', 'meshes'))
  for (const user of Object.keys(people)) bind(hub, { user, role: 'fleet' })
  for (const cluster of [east, west]) {
    for (const name of ['shop', 'pay', 'ops']) cluster.store.put(namespace(name))
    role(cluster, 'reads', lists('', 'pods', 'services'))
    bind(cluster, { user: 'ada', role: 'reads' })
    bind(cluster, { user: 'nils', role: 'reads', inNamespace: 'shop' })
    cluster.store.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api', namespace: cluster === east ? 'shop' : 'pay' },
      spec: { ports: [{ port: 80 }] },
    })
  }
  east.store.put(pod('web', 'shop'))
  west.store.put(pod('api', 'pay'))
  hub.store.put(mesh)
}

beforeEach(async () => {
  clusters = { hub: await startHub(), east: await startMember('east'), west: await startMember('west') }
  fakes = { east: await startFakePrometheus(eastMeasured()), west: await startFakePrometheus(westMeasured()) }
  await prepare()
  register(clusters.hub, clusters.east, { prometheus: { url: fakes.east.url } })
  register(clusters.hub, clusters.west, { prometheus: { url: `${fakes.west.url}/prom`, tenant: 'team-a' } })
  server = await startTestServer({
    hub: clusters.hub.connection,
    personas: Object.keys(people).map((id) => ({ id, name: id, identity: { user: id, groups: [] } })),
  })
})
afterEach(async () => {
  await server.stop(atOnce)
  await Promise.all([...Object.values(fakes), ...Object.values(clusters)].map((each) => each.close()))
})

const patient = { timeout: 15_000, interval: 100 }

const signedIn = (persona: string) => signIn(server.address, { mode: 'local', persona })
const read = async (by: SignedInClient, path = '') => {
  const { status, body, text } = await by.read(`/api/v1/meshes/shop/metrics${path}`)
  expect(status, text).toBe(200)
  return body
}

/** Waits until both clusters were read: before that nobody sees anything in them. */
async function settled(by: SignedInClient): Promise<unknown> {
  return vi.waitFor(
    async () => {
      const body = await read(by)
      expect(listAt(body, 'clusters').map((each) => textAt(each, 'state'))).toEqual(['fresh', 'fresh'])
      return body
    },
    { timeout: 15_000, interval: 100 },
  )
}

const states = (body: unknown) =>
  listAt(body, 'sources').map((each) => [textAt(each, 'cluster'), textAt(each, 'state')])
const lastOf = (body: unknown, what: string) =>
  Object.fromEntries(
    listAt(body, what).map((each) => [textAt(each, 'cluster') ?? '', listAt(each, 'points').at(-1)] as const),
  )

test('who may see all is told what both have, each request once', async () => {
  const body = await settled(await signedIn('ada'))
  expect(states(body)).toEqual([
    ['east', 'answered'],
    ['west', 'answered'],
  ])
  expect(at(body, 'hidden')).toBe(false)
  expect(lastOf(body, 'cpu')).toEqual({ east: 1.25, west: 0.5 })
  expect(lastOf(body, 'memory')).toEqual({ east: 1_000 })
  expect(lastOf(body, 'bytes')).toEqual({ east: 70 })
  expect(listAt(body, 'cpu', 0, 'points')).toHaveLength(61)
  expect(at(body, 'top', 'requests')).toMatchObject([
    { host: 'api.pay.svc.cluster.local', requests: 4, errors: 0.25, latency: 100, refs: [{ cluster: 'west' }] },
    { host: 'api.shop.svc.cluster.local', requests: 2, errors: 0, refs: [{ cluster: 'east', kind: 'Service' }] },
  ])
  expect(listAt(body, 'top', 'errors').map((each) => textAt(each, 'namespace'))).toEqual(['pay'])
  expect(at(await read(await signedIn('ada'), '/crossings'), 'crossings')).toEqual([
    { from: 'east', to: 'west', requests: 4, errors: 0.25 },
  ])
})

test('each Prometheus is asked its own queries alone, at its path and as its tenant (T-29)', async () => {
  await settled(await signedIn('ada'))
  expect(new Set(fakes.east.asked.map(({ path }) => path))).toEqual(new Set(['/api/v1/query', '/api/v1/query_range']))
  expect(new Set(fakes.west.asked.map(({ path }) => path))).toEqual(
    new Set(['/prom/api/v1/query', '/prom/api/v1/query_range']),
  )
  expect(fakes.east.asked.some(({ headers }) => headers['x-scope-orgid'] !== undefined)).toBe(false)
  expect(fakes.west.asked.every(({ headers }) => headers['x-scope-orgid'] === 'team-a')).toBe(true)
})

test('who may see one namespace is told of it alone, and that there is more', async () => {
  await settled(await signedIn('ada'))
  const nils = await signedIn('nils')
  const body = await settled(nils)
  expect(at(body, 'hidden')).toBe(true)
  expect(lastOf(body, 'cpu')).toEqual({ east: 0.25 })
  expect(listAt(body, 'top', 'requests').map((each) => textAt(each, 'namespace'))).toEqual(['shop'])
  expect(listAt(body, 'top', 'errors')).toEqual([])
  expect(states(body)).toEqual([
    ['east', 'answered'],
    ['west', 'hidden'],
  ])
  const crossings = await read(nils, '/crossings')
  expect(at(crossings, 'crossings')).toEqual([])
  for (const hidden of ['pay', 'ops']) expect(JSON.stringify([body, crossings])).not.toContain(hidden)
})

test('who may see nothing is told nothing, not even warnings', async () => {
  fakes.east.warnings = ['store of namespace ops is away']
  const body = await settled(await signedIn('vi'))
  expect(states(body)).toEqual([
    ['east', 'hidden'],
    ['west', 'hidden'],
  ])
  expect([
    ...['cpu', 'memory', 'bytes'].flatMap((each) => listAt(body, each)),
    ...listAt(body, 'top', 'requests'),
  ]).toEqual([])
  expect(at(body, 'hidden')).toBe(true)
  expect(JSON.stringify(body)).not.toContain('ops')
})

test('what it says is missing is shown', async () => {
  fakes.west.warnings = ['store thanos-2 did not answer']
  const body = await settled(await signedIn('ada'))
  expect(at(body, 'sources', 1)).toMatchObject({ state: 'partial', warnings: ['store thanos-2 did not answer'] })
  expect(lastOf(body, 'cpu')).toMatchObject({ west: 0.5 })
})

test('one that is silent costs its own numbers, and the page waits for it no longer than its reader', async () => {
  fakes.west.says = 'nothing'
  const ada = await signedIn('ada')
  const body = await settled(ada)
  expect(at(body, 'sources', 1)).toMatchObject({ state: 'silent', why: { code: 'metrics.slow' } })
  expect(lastOf(body, 'cpu')).toEqual({ east: 1.25 })
  const startedAt = performance.now()
  await read(ada)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

test.each([
  { what: 'a page of somebody else', status: 200, text: '<html>secret intranet</html>', code: 'metrics.unreadable' },
  { what: 'a refusal', status: 401, text: '{"error":"secret"}', code: 'metrics.refused' },
  { what: 'a redirect', status: 302, text: 'secret', code: 'metrics.refused' },
  {
    what: 'a query that failed',
    status: 422,
    text: '{"status":"error","errorType":"execution","error":"secret"}',
    code: 'metrics.query_failed',
  },
])('$what is a reason, and is not quoted', async ({ status, text, code }) => {
  fakes.west.says = (response) => void response.writeHead(status, { location: fakes.east.url }).end(text)
  const body = await settled(await signedIn('ada'))
  await vi.waitFor(async () =>
    expect(textAt(await read(await signedIn('ada')), 'sources', 1, 'why', 'code')).toBe(code),
  )
  expect(JSON.stringify(body)).not.toContain('secret')
  expect(fakes.east.asked.some(({ path }) => path.startsWith('/prom'))).toBe(false)
})

test('an answer is shared by all who look, and as many queries are asked whatever there is', async () => {
  const labels = (index: number) => call({ from: ['east', `team-${index}`], to: ['east', `team-${index}`] })
  const many = Array.from({ length: 300 }, (_, index) => index)
  fakes.east.measured = {
    istio_requests_total: many.map((index) => ({ labels: labels(index), value: 1 })),
    container_cpu_usage_seconds_total: many.map((index) => ({ labels: { namespace: `team-${index}` }, value: 1 })),
  }
  const [ada, again] = [await signedIn('ada'), await signedIn('ada')]
  await settled(ada)
  const body = await read(again)
  expect(lastOf(body, 'cpu')).toMatchObject({ east: 300 })
  expect([fakes.east.asked.length, fakes.west.asked.length]).toEqual([7, 7])
  await Promise.all([read(ada, '/crossings'), read(again, '/crossings')])
  expect([fakes.east.asked.length, fakes.west.asked.length]).toEqual([9, 9])
  const { text } = await ada.read('/metrics')
  expect(text).toContain('orbweaver_prometheus_query_duration_seconds_count{cluster="east",outcome="answered"} 9')
})

test('a cluster that is away is spoken for by a Prometheus that has an address of its own', async () => {
  const ada = await signedIn('ada')
  await settled(ada)
  clusters.west.faults.set({ refuse: true })
  await vi.waitFor(async () => expect(textAt(await read(ada), 'clusters', 1, 'state')).toBe('unreachable'), {
    timeout: 15_000,
    interval: 200,
  })
  const body = await read(ada)
  expect(states(body)).toEqual([
    ['east', 'answered'],
    ['west', 'answered'],
  ])
  expect(lastOf(body, 'cpu')).toEqual({ east: 1.25, west: 0.5 })
})

test('of a mesh that is not there nothing is told', async () => {
  const ada = await signedIn('ada')
  expect((await ada.read('/api/v1/meshes/none/metrics')).status).toBe(404)
  expect((await ada.read('/api/v1/meshes/none/metrics/crossings')).status).toBe(404)
  expect((await ada.read('/api/v1/meshes/shop/metrics?minutes=7')).status).toBe(400)
})

test('clusters of one Prometheus are asked once, and what has no name of a cluster is told of none', async () => {
  const both = (label: object) => {
    for (const each of [clusters.east, clusters.west]) {
      register(clusters.hub, each, { prometheus: { url: fakes.east.url, ...label } })
    }
  }
  const ada = await signedIn('ada')
  both({})
  await settled(ada)
  await expect
    .poll(async () => textAt(await read(ada), 'sources', 1, 'why', 'code'), patient)
    .toBe('metrics.unlabelled')
  const body = await read(ada)
  expect(states(body)).toEqual([
    ['east', 'partial'],
    ['west', 'partial'],
  ])
  expect(listAt(body, 'cpu')).toEqual([])
  expect(at(body, 'top', 'requests', 0)).toMatchObject({ namespace: 'pay', requests: 4 })
  expect(fakes.east.asked).toHaveLength(7)
  fakes.east.measured.container_cpu_usage_seconds_total = ['east', 'west', 'north'].map((cluster, index) => ({
    labels: { namespace: 'shop', cluster },
    value: index + 1,
  }))
  both({ clusterLabel: 'cluster' })
  await expect.poll(async () => lastOf(await read(ada), 'cpu'), patient).toEqual({ east: 1, west: 2 })
  expect(fakes.east.asked.at(-1)?.query).toContain('cluster=~"east|west"')
})

test('the page of a cluster says how its Prometheus answers', async () => {
  const ada = await signedIn('ada')
  await settled(ada)
  const checkOf = async (cluster: string) => {
    const { body } = await ada.read(`/api/v1/clusters/${cluster}`)
    return listAt(body, 'checks').find((each) => textAt(each, 'id')?.startsWith('prometheus.'))
  }
  fakes.east.measured.count = [{ labels: {}, value: 3 }]
  await expect.poll(() => checkOf('east'), patient).toMatchObject({ id: 'prometheus.known', severity: 'ok' })
  expect(await checkOf('west')).toMatchObject({ id: 'prometheus.empty', severity: 'info' })
  register(clusters.hub, clusters.west, {})
  await expect.poll(() => checkOf('west'), patient).toMatchObject({ id: 'prometheus.unnamed' })
  register(clusters.hub, clusters.west, { prometheus: { service: { namespace: 'shop', name: 'none' } } })
  const params = { what: 'metrics.service_missing' }
  await expect.poll(() => checkOf('west'), patient).toMatchObject({ id: 'prometheus.silent', params })
})
