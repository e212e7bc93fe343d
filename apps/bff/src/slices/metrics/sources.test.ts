import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { writePrometheusSecret } from '../../kube/prometheus-secret.ts'
import { register, startMember } from '../../testing/clusters.ts'
import {
  lastOf,
  type MeteredMesh,
  meteredMesh,
  patient,
  readMetrics,
  settledMetrics,
  sourceStates,
  startMeteredMesh,
} from '../../testing/metered-mesh.ts'

let metered: MeteredMesh

beforeEach(async () => {
  metered = await startMeteredMesh()
})
afterEach(() => metered.close())

test('what it says is missing is shown', async () => {
  metered.fakes.west.warnings = ['store thanos-2 did not answer']
  const body = await settledMetrics(await metered.signedIn('ada'))
  expect(at(body, 'sources', 1)).toMatchObject({ state: 'partial', warnings: ['store thanos-2 did not answer'] })
  expect(lastOf(body, 'cpu')).toMatchObject({ west: 0.5 })
})

test('one that is silent costs its own numbers, and the page waits for it no longer than its reader', async () => {
  metered.fakes.west.says = 'nothing'
  const ada = await metered.signedIn('ada')
  const body = await settledMetrics(ada)
  expect(at(body, 'sources', 1)).toMatchObject({ state: 'silent', why: { code: 'metrics.slow' } })
  expect(lastOf(body, 'cpu')).toEqual({ east: 1.25 })
  const startedAt = performance.now()
  await readMetrics(ada)
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
  metered.fakes.west.says = (response) =>
    void response.writeHead(status, { location: metered.fakes.east.url }).end(text)
  const body = await settledMetrics(await metered.signedIn('ada'))
  await vi.waitFor(async () =>
    expect(textAt(await readMetrics(await metered.signedIn('ada')), 'sources', 1, 'why', 'code')).toBe(code),
  )
  expect(JSON.stringify(body)).not.toContain('secret')
  expect(metered.fakes.east.asked.some(({ path }) => path.startsWith('/prom'))).toBe(false)
})

test('a cluster that is away is spoken for by a Prometheus that has an address of its own', async () => {
  const ada = await metered.signedIn('ada')
  await settledMetrics(ada)
  metered.clusters.west.faults.set({ refuse: true })
  await vi.waitFor(async () => expect(textAt(await readMetrics(ada), 'clusters', 1, 'state')).toBe('unreachable'), {
    timeout: 15_000,
    interval: 200,
  })
  const body = await readMetrics(ada)
  expect(sourceStates(body)).toEqual([
    ['east', 'answered'],
    ['west', 'answered'],
  ])
  expect(lastOf(body, 'cpu')).toEqual({ east: 1.25, west: 0.5 })
})

test('of a cluster that never answered nobody is told that they may see nothing of it', async () => {
  const { hub } = metered.clusters
  const north = await startMember('north')
  try {
    north.faults.set({ refuse: true })
    register(hub, north, { prometheus: { url: metered.fakes.east.url } })
    const members = [...meteredMesh.spec.members, { cluster: 'north' }]
    hub.store.put({ ...meteredMesh, spec: { ...meteredMesh.spec, members } })
    for (const person of ['ada', 'vi'] as const) {
      const by = await metered.signedIn(person)
      await expect
        .poll(async () => at(await readMetrics(by), 'sources', 2), patient)
        .toEqual({
          cluster: 'north',
          state: 'silent',
          why: { code: 'metrics.rights_unasked', params: { cluster: 'north' } },
          warnings: [],
        })
    }
  } finally {
    await north.close()
  }
})

test('clusters of one Prometheus are asked once, and what has no name of a cluster is told of none', async () => {
  const both = (label: object) => {
    for (const each of [metered.clusters.east, metered.clusters.west]) {
      register(metered.clusters.hub, each, { prometheus: { url: metered.fakes.east.url, ...label } })
    }
  }
  const ada = await metered.signedIn('ada')
  both({})
  await settledMetrics(ada)
  await expect
    .poll(async () => textAt(await readMetrics(ada), 'sources', 1, 'why', 'code'), patient)
    .toBe('metrics.unlabelled')
  const body = await readMetrics(ada)
  expect(sourceStates(body)).toEqual([
    ['east', 'partial'],
    ['west', 'partial'],
  ])
  expect(listAt(body, 'cpu')).toEqual([])
  expect(at(body, 'top', 'requests', 0)).toMatchObject({ namespace: 'pay', requests: 4 })
  expect(metered.fakes.east.asked).toHaveLength(7)
  metered.fakes.east.measured.container_cpu_usage_seconds_total = ['east', 'west', 'north'].map((cluster, index) => ({
    labels: { namespace: 'shop', cluster },
    value: index + 1,
  }))
  both({ clusterLabel: 'cluster' })
  await expect.poll(async () => lastOf(await readMetrics(ada), 'cpu'), patient).toEqual({ east: 1, west: 2 })
  expect(metered.fakes.east.asked.at(-1)?.query).toContain('cluster=~"east|west"')
})

test('the page of a cluster says how its Prometheus answers', async () => {
  const ada = await metered.signedIn('ada')
  await settledMetrics(ada)
  const checkOf = async (cluster: string) => {
    const { body } = await ada.read(`/api/v1/clusters/${cluster}`)
    return listAt(body, 'checks').find((each) => textAt(each, 'id')?.startsWith('prometheus.'))
  }
  metered.fakes.east.measured.count = [{ labels: {}, value: 3 }]
  await expect.poll(() => checkOf('east'), patient).toMatchObject({ id: 'prometheus.known', severity: 'ok' })
  expect(await checkOf('west')).toMatchObject({ id: 'prometheus.empty', severity: 'info' })
  register(metered.clusters.hub, metered.clusters.west, {})
  await expect.poll(() => checkOf('west'), patient).toMatchObject({ id: 'prometheus.unnamed' })
  register(metered.clusters.hub, metered.clusters.west, {
    prometheus: { service: { namespace: 'shop', name: 'none' } },
  })
  const params = { what: 'metrics.service_missing' }
  await expect.poll(() => checkOf('west'), patient).toMatchObject({ id: 'prometheus.silent', params })
})

test('of what it is asked with the page of a cluster tells the kinds, and nothing more', async () => {
  const ada = await metered.signedIn('ada')
  const { hub } = metered.clusters
  hub.store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'prometheus-east', namespace: 'orbweaver-system' },
    type: 'orbweaver.dev/prometheus',
    data: writePrometheusSecret(metered.fakes.east.url, { token: 'canary-token-5d' }),
  })
  const page = async () => (await ada.read('/api/v1/clusters/east')).body
  await expect.poll(async () => at(await page(), 'cluster', 'prometheusHolds'), patient).toEqual(['token'])
  expect(JSON.stringify(await page())).not.toContain('canary-token-5d')
  await settledMetrics(ada)
  expect(metered.fakes.east.asked.at(-1)?.headers.authorization).toBe('Bearer canary-token-5d')
  expect(metered.fakes.west.asked.at(-1)?.headers).not.toHaveProperty('authorization')
})
