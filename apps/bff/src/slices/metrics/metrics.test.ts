import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  call,
  lastOf,
  type MeteredMesh,
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

test('who may see all is told what both have, each request once', async () => {
  const body = await settledMetrics(await metered.signedIn('ada'))
  expect(sourceStates(body)).toEqual([
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
  expect(at(await readMetrics(await metered.signedIn('ada'), '/crossings'), 'crossings')).toEqual([
    { from: 'east', to: 'west', requests: 4, errors: 0.25 },
  ])
})

test('each Prometheus is asked its own queries alone, at its path and as its tenant (T-29)', async () => {
  await settledMetrics(await metered.signedIn('ada'))
  expect(new Set(metered.fakes.east.asked.map(({ path }) => path))).toEqual(
    new Set(['/api/v1/query', '/api/v1/query_range']),
  )
  expect(new Set(metered.fakes.west.asked.map(({ path }) => path))).toEqual(
    new Set(['/prom/api/v1/query', '/prom/api/v1/query_range']),
  )
  expect(metered.fakes.east.asked.some(({ headers }) => headers['x-scope-orgid'] !== undefined)).toBe(false)
  expect(metered.fakes.west.asked.every(({ headers }) => headers['x-scope-orgid'] === 'team-a')).toBe(true)
})

test('who may see one namespace is told of it alone, and that there is more', async () => {
  await settledMetrics(await metered.signedIn('ada'))
  const nils = await metered.signedIn('nils')
  const body = await settledMetrics(nils)
  expect(at(body, 'hidden')).toBe(true)
  expect(lastOf(body, 'cpu')).toEqual({ east: 0.25 })
  expect(listAt(body, 'top', 'requests').map((each) => textAt(each, 'namespace'))).toEqual(['shop'])
  expect(listAt(body, 'top', 'errors')).toEqual([])
  expect(sourceStates(body)).toEqual([
    ['east', 'answered'],
    ['west', 'hidden'],
  ])
  const crossings = await readMetrics(nils, '/crossings')
  expect(at(crossings, 'crossings')).toEqual([])
  for (const hidden of ['pay', 'ops']) expect(JSON.stringify([body, crossings])).not.toContain(hidden)
})

test('who may see nothing is told nothing, not even warnings', async () => {
  metered.fakes.east.warnings = ['store of namespace ops is away']
  const body = await settledMetrics(await metered.signedIn('vi'))
  expect(sourceStates(body)).toEqual([
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

test('an answer is shared by all who look, and as many queries are asked whatever there is', async () => {
  const labels = (index: number) => call({ from: ['east', `team-${index}`], to: ['east', `team-${index}`] })
  const many = Array.from({ length: 300 }, (_, index) => index)
  metered.fakes.east.measured = {
    istio_requests_total: many.map((index) => ({ labels: labels(index), value: 1 })),
    container_cpu_usage_seconds_total: many.map((index) => ({ labels: { namespace: `team-${index}` }, value: 1 })),
  }
  const [ada, again] = [await metered.signedIn('ada'), await metered.signedIn('ada')]
  await settledMetrics(ada)
  const body = await readMetrics(again)
  expect(lastOf(body, 'cpu')).toMatchObject({ east: 300 })
  expect([metered.fakes.east.asked.length, metered.fakes.west.asked.length]).toEqual([7, 7])
  await Promise.all([readMetrics(ada, '/crossings'), readMetrics(again, '/crossings')])
  expect([metered.fakes.east.asked.length, metered.fakes.west.asked.length]).toEqual([9, 9])
  const { text } = await ada.read('/metrics')
  expect(text).toContain('orbweaver_prometheus_query_duration_seconds_count{cluster="east",outcome="answered"} 9')
})

test('of a mesh that is not there nothing is told', async () => {
  const ada = await metered.signedIn('ada')
  expect((await ada.read('/api/v1/meshes/none/metrics')).status).toBe(404)
  expect((await ada.read('/api/v1/meshes/none/metrics/crossings')).status).toBe(404)
  expect((await ada.read('/api/v1/meshes/shop/metrics?minutes=7')).status).toBe(400)
})
