import { describe, expect, test } from 'vitest'
import { crossingsOf } from './crossings.ts'
import { countedOnce, readEdges } from './edges.ts'
import type { Series } from './prometheus-answer.ts'
import type { Scope } from './scope.ts'
import { topServices } from './top.ts'

const mesh = new Map([
  ['east', 'east'],
  ['west-id', 'west'],
])
const scope = (more: Partial<Scope> = {}): Scope => ({
  mesh,
  scraped: new Set(['east', 'west']),
  sole: undefined,
  label: undefined,
  ...more,
})
const labels = (more: Record<string, string> = {}) => ({
  reporter: 'source',
  source_cluster: 'east',
  source_workload_namespace: 'shop',
  source_workload: 'web',
  destination_cluster: 'west-id',
  destination_service: 'api.pay.svc.cluster.local',
  destination_service_name: 'api',
  destination_service_namespace: 'pay',
  ...more,
})
const series = (value: number, more?: Record<string, string>): Series => ({
  labels: labels(more),
  points: [[1, value]],
})
const read = (requests: Series[], of: Scope = scope()) => readEdges({ requests }, of)
const counted = (...requests: Series[]) => countedOnce(read(requests)).map((each) => [each.reporter, each.requests])

describe('an edge', () => {
  test('has what four queries say of it', () => {
    const [edge, ...others] = readEdges(
      { requests: [series(4)], errors: [series(1)], spent: [series(80)], timed: [series(4)] },
      scope(),
    )
    expect(edge).toMatchObject({ from: { cluster: 'east' }, to: { cluster: 'west', namespace: 'pay', name: 'api' } })
    expect(edge).toMatchObject({ requests: 4, errors: 1, spent: 80, timed: 4 })
    expect(others).toEqual([])
  })

  test.each([
    ['PassthroughCluster'],
    ['InboundPassthroughClusterIpv4'],
    ['BlackHoleCluster'],
    ['unknown'],
    ['allow_any'],
  ])('to %s is to no service', (name) => {
    expect(read([series(1, { destination_service_name: name, destination_service: '10.0.0.1' })])).toEqual([])
  })

  test('is dropped where it is of a cluster that is none of the mesh', () => {
    expect(read([series(1, { source_cluster: 'other' }), series(1, { destination_cluster: 'other' })])).toEqual([])
  })

  test('is taken from the Prometheus of the cluster whose proxy reports it, and from no other', () => {
    const both = [series(1), series(1, { reporter: 'destination' })]
    const by = (name: string) => read(both, scope({ scraped: new Set([name]) })).map(({ reporter }) => reporter)
    expect([by('east'), by('west')]).toEqual([['source'], ['destination']])
  })

  test('keeps what is left of it where labels were taken away', () => {
    const bare = { reporter: 'source', destination_service: 'api.pay.svc.cluster.local' }
    const requests = [{ labels: bare, points: [[1, 2] as const] }]
    expect(read(requests)).toEqual([])
    expect(read(requests, scope({ sole: 'east' }))).toMatchObject([
      { from: { cluster: 'east', namespace: undefined }, to: { cluster: undefined, namespace: 'pay', name: 'api' } },
    ])
    expect(read([{ labels: {}, points: [[1, 2]] }], scope({ sole: 'east' }))).toEqual([])
  })

  test('is not made of what is no number', () => {
    expect(read([series(Number.NaN), series(Infinity), { labels: labels(), points: [] }])).toEqual([])
  })
})

describe('a request that several report counts once', () => {
  const destination = { reporter: 'destination' }
  const waypoint = { reporter: 'waypoint' }

  test('by its caller, who knows of those that never arrived', () => {
    expect(counted(series(5), series(4, destination))).toEqual([['source', 5]])
    expect(counted(series(4), series(9, { ...destination, destination_service_name: 'api-v1' }))).toEqual([
      ['source', 4],
    ])
  })

  test('by its callee where the caller has no proxy, or its Prometheus is silent', () => {
    const stranger = { source_cluster: 'unknown', source_workload: 'unknown', source_workload_namespace: 'unknown' }
    expect(counted(series(5), series(2, { ...destination, ...stranger }))).toEqual([
      ['source', 5],
      ['destination', 2],
    ])
    expect(counted(series(4, destination))).toEqual([['destination', 4]])
  })

  test('by the waypoint of an ambient caller, and once where a sidecar calls through one', () => {
    expect(counted(series(3, waypoint), series(3, destination))).toEqual([['waypoint', 3]])
    expect(counted(series(3, waypoint), series(3))).toEqual([['source', 3]])
    expect(counted(series(4, waypoint), series(3))).toEqual([['waypoint', 4]])
  })
})

describe('services that stand out', () => {
  const service = (name: string) => ({
    destination_service: `${name}.pay.svc.cluster.local`,
    destination_service_name: name,
  })
  const top = (seconds: number, told: Parameters<typeof readEdges>[0]) =>
    topServices(countedOnce(readEdges(told, scope())), seconds)
  const names = (all: { name: string }[]) => all.map(({ name }) => name)

  test('are five each, and those that failed once do not lead', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => series(index + 1, service(name)))
    const told = {
      requests: [...many, series(0.001, service('rare'))],
      errors: [series(0.5, service('b')), series(0.001, service('rare'))],
      spent: [series(900, service('a')), series(4_000, service('f'))],
      timed: [series(1, service('a')), series(8, service('f'))],
    }
    const found = top(3_600, told)
    expect(names(found.requests)).toEqual(['f', 'e', 'd', 'c', 'b'])
    expect(found.errors.map(({ name, errors }) => [name, errors])).toEqual([['b', 0.25]])
    expect(found.latency.map(({ name, latency }) => [name, latency])).toEqual([
      ['a', 900],
      ['f', 500],
    ])
  })

  test('are the same service wherever they are', () => {
    const found = top(3_600, {
      requests: [series(1, service('a')), series(2, { ...service('a'), destination_cluster: 'east' })],
    })
    expect(found.requests).toMatchObject([{ name: 'a', requests: 3, errors: 0 }])
    expect(found.requests[0]).not.toHaveProperty('latency')
  })
})

test('a share is never above one, though two queries may be a scrape apart', () => {
  const edges = countedOnce(readEdges({ requests: [series(1)], errors: [series(2)] }, scope()))
  expect(crossingsOf(edges)).toEqual([{ from: 'east', to: 'west', requests: 1, errors: 1 }])
})

test('what stays in its cluster, or reached none, crosses nothing', () => {
  const stays = [series(1, { destination_cluster: 'east' }), series(1, { destination_cluster: 'unknown' })]
  expect(crossingsOf(countedOnce(read(stays)))).toEqual([])
})
