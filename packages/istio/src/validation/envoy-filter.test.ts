import { expect, test } from 'vitest'
import { judge, refusal, type Spec } from './testing/judge.ts'

const remove = { operation: 'REMOVE' }
const filter = (of: Spec, applyTo: string): Spec => ({
  configPatches: [{ applyTo, match: { listener: { filterChain: { filter: of } } }, patch: remove }],
})

test.each([
  [{ configPatches: [{ patch: remove }] }, 'Envoy filter: missing applyTo'],
  [{ configPatches: [{ applyTo: 'CLUSTER', patch: {} }] }, 'Envoy filter: missing patch operation'],
  [
    { configPatches: [{ applyTo: 'CLUSTER', match: { listener: {} }, patch: remove }] },
    'Envoy filter: applyTo for cluster class objects cannot have non cluster match',
  ],
  [filter({}, 'HTTP_FILTER'), 'Envoy filter: filter match has no name to match on'],
  [
    filter({ name: 'a', subFilter: { name: 'b' } }, 'NETWORK_FILTER'),
    'Envoy filter: subfilter match can be used with applyTo HTTP_FILTER only',
  ],
])('a patch is refused: %j', (spec, words) => {
  expect(refusal('EnvoyFilter', spec)).toBe(words)
})

test('patches for waypoints are not looked at', () => {
  const spec = { configPatches: [{ match: { context: 'WAYPOINT' } }] }
  expect(judge('EnvoyFilter', spec).warnings).toEqual([expect.stringContaining('internal implementation details')])
})

test('old names of filters, and filters by their name alone, are warned of', () => {
  const [, renamed] = judge('EnvoyFilter', filter({ name: 'envoy.tcp_proxy' }, 'NETWORK_FILTER')).warnings
  expect(renamed).toBe('using deprecated filter name "envoy.tcp_proxy"; use "envoy.filters.network.tcp_proxy" instead')
  const value = { name: 'a', transport_socket: { name: 'tls' } }
  const patches = [{ applyTo: 'CLUSTER', patch: { operation: 'MERGE', value } }]
  const [, untyped] = judge('EnvoyFilter', { configPatches: patches }).warnings
  expect(untyped).toBe('using deprecated types by name without typed_config; tls')
})

test.each([
  ['envoy.extensions.filters.http.lua.v3.Lua', true],
  ['envoy.config.cluster.v3.Cluster.CommonLbConfig', true],
  ['envoy.extensions.filters.network.mysql_proxy.v3.MySQLProxy', true],
  ['envoy.tcp.metadataexchange.config.MetadataExchange', true],
  ['io.istio.http.peer_metadata.Config', true],
  ['envoy.extensions.filters.http.squash.v3.Sqash', false],
  ['envoy.extensions.filters.http.gone.v3.Gone', false],
])('the type %s is known: %s', (type, known) => {
  const value = { name: 'a', typed_config: { nested: [{ '@type': `type.googleapis.com/${type}` }] } }
  const spec = { configPatches: [{ applyTo: 'HTTP_FILTER', patch: { operation: 'ADD', value } }] }
  const why = `Envoy filter: could not resolve Any message type: type.googleapis.com/${type}`
  expect(judge('EnvoyFilter', spec).allowed).toBe(known)
  if (!known) expect(refusal('EnvoyFilter', spec)).toBe(`referenced type unknown: ${why}`)
})

test('with a selector that is refused nothing else is said', () => {
  const selecting = (labels: Spec) => ({ workloadSelector: { labels }, configPatches: [] })
  expect(judge('EnvoyFilter', selecting({ app: '*' }))).toMatchObject({ allowed: false, warnings: [] })
  expect(judge('EnvoyFilter', selecting({})).warnings).toEqual([
    expect.stringContaining('internal implementation details'),
    'Envoy filter: workload selector specified without labels, will be applied to all services in namespace',
  ])
})
