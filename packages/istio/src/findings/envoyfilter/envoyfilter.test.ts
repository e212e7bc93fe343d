import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, service } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const own =
  /^envoyfilter\.(operation-ignored|bootstrap-ignored|filter-unsaid|waypoint-context|name-of-other-context|old-cluster-name|gateway-match-unread|version-unsupported|host-not-found|filter-renamed)$/
type PatchParts = { match?: JsonRecord; value?: JsonRecord }
const patch = (operation: string, applyTo: string, { match, value = {} }: PatchParts = {}): JsonRecord => ({
  applyTo,
  ...(match !== undefined && { match }),
  patch: { operation, value },
})
const filter = (...configPatches: JsonRecord[]) =>
  object('EnvoyFilter', 'f', { namespace: 'shop', spec: { priority: 1, configPatches } })
const say = (one: JsonRecord, more: Partial<Case> & { with?: KubernetesObject[] } = {}) =>
  told(own, { ...more, objects: [filter(one), ...(more.with ?? [])] })
const at = '/spec/configPatches/0'

describe('operations', () => {
  const ignored = (...fixes: string[]) => [`error operation-ignored ${at}/patch/operation${fixes.join('')}`]
  it.each<[string, string, string[]]>([
    ['INSERT_FIRST', 'ROUTE_CONFIGURATION', ignored(' (merge)')],
    ['INSERT_BEFORE', 'ROUTE_CONFIGURATION', ignored(' (merge)')],
    ['MERGE', 'ROUTE_CONFIGURATION', []],
    ['MERGE_AND_REPLACE_LIST', 'ROUTE_CONFIGURATION', []],
    ['INSERT_FIRST', 'CLUSTER', []],
    ['ADD', 'EXTENSION_CONFIG', []],
    ['INSERT_FIRST', 'EXTENSION_CONFIG', []],
    ['MERGE', 'EXTENSION_CONFIG', ignored()],
    ['REMOVE', 'EXTENSION_CONFIG', ignored()],
    ['MERGE_AND_REPLACE_LIST', 'HTTP_FILTER', ignored(' (merge)')],
    ['MERGE_AND_REPLACE_LIST', 'NETWORK_FILTER', ignored(' (merge)')],
    ['MERGE_AND_REPLACE_LIST', 'CLUSTER', []],
    ['ADD', 'HTTP_FILTER', []],
    ['MERGE', 'BOOTSTRAP', [`error bootstrap-ignored ${at}/applyTo`]],
    ['INVALID', 'BOOTSTRAP', []],
    ['ADD', 'INVALID', []],
  ])('%s of %s', (operation, applyTo, expected) => {
    expect(say(patch(operation, applyTo))).toEqual(expected)
  })
  const unsaid = [`error filter-unsaid ${at}/patch/operation`]
  it.each<[string, string, JsonRecord, string[]]>([
    ['REMOVE', 'HTTP_FILTER', {}, unsaid],
    ['REPLACE', 'HTTP_FILTER', { filterChain: { filter: { name: 'hcm' } } }, unsaid],
    ['REMOVE', 'HTTP_FILTER', { filterChain: { filter: { name: 'hcm', subFilter: { name: 'lua' } } } }, []],
    ['REMOVE', 'NETWORK_FILTER', {}, unsaid],
    ['REMOVE', 'NETWORK_FILTER', { filterChain: { filter: { name: 'hcm' } } }, []],
    ['MERGE', 'NETWORK_FILTER', {}, []],
    ['MERGE', 'LISTENER_FILTER', {}, unsaid],
    ['REMOVE', 'LISTENER_FILTER', {}, unsaid],
    ['REMOVE', 'LISTENER_FILTER', { listenerFilter: 'tls' }, []],
    ['INSERT_BEFORE', 'HTTP_FILTER', {}, []],
    ['REMOVE', 'CLUSTER', {}, []],
  ])('%s of %s with %j', (...[operation, applyTo, listener, expected]) => {
    expect(say(patch(operation, applyTo, { match: { listener } }))).toEqual(expected)
  })
})

describe('contexts', () => {
  const other = (field: string, ...fixes: string[]) => [
    `error name-of-other-context ${at}/match/${field}/name${fixes.join('')}`,
  ]
  it.each<[string, string, JsonRecord, string[]]>([
    ['WAYPOINT', 'CLUSTER', {}, [`error waypoint-context ${at}/match/context`]],
    ['SIDECAR_INBOUND', 'LISTENER', { listener: { name: 'virtualInbound' } }, []],
    ['ANY', 'LISTENER', { listener: { name: 'virtualInbound' } }, []],
    ['GATEWAY', 'LISTENER', { listener: { name: 'virtualInbound' } }, other('listener', ' (context)')],
    ['SIDECAR_INBOUND', 'LISTENER', { listener: { name: 'virtualOutbound' } }, other('listener', ' (context)')],
    ['SIDECAR_OUTBOUND', 'LISTENER', { listener: { name: '0.0.0.0_80' } }, []],
    ['SIDECAR_INBOUND', 'CLUSTER', { cluster: { name: 'inbound|80||' } }, []],
    ['SIDECAR_INBOUND', 'CLUSTER', { cluster: { name: 'inbound-vip|80|http|web.shop' } }, []],
    ['GATEWAY', 'CLUSTER', { cluster: { name: 'inbound|80||' } }, other('cluster', ' (context)')],
    ['SIDECAR_INBOUND', 'CLUSTER', { cluster: { name: 'outbound|80||web' } }, other('cluster')],
    ['GATEWAY', 'CLUSTER', { cluster: { name: 'outbound|80||web' } }, []],
    ['GATEWAY', 'HTTP_ROUTE', { routeConfiguration: { name: 'http.8080' } }, []],
    ['SIDECAR_OUTBOUND', 'HTTP_ROUTE', { routeConfiguration: { name: '80' } }, []],
    [
      'SIDECAR_OUTBOUND',
      'HTTP_ROUTE',
      { routeConfiguration: { name: 'https.443.a.b.c' } },
      other('routeConfiguration', ' (context)'),
    ],
    ['GATEWAY', 'HTTP_ROUTE', { routeConfiguration: { name: '80' } }, other('routeConfiguration', ' (context)')],
  ])('%s %s %j', (...[context, applyTo, match, expected]) => {
    expect(say(patch('MERGE', applyTo, { match: { context, ...match } }))).toEqual(expected)
  })
  it('do not matter to a cluster that is added', () => {
    const match = { context: 'GATEWAY', cluster: { name: 'inbound|80||' } }
    expect(say(patch('ADD', 'CLUSTER', { match }))).toEqual([])
  })
  it('have clusters whose names changed', () => {
    const of = (name: string) => say(patch('MERGE', 'CLUSTER', { match: { cluster: { name } } }))
    expect(of('inbound|80|http|web.shop.svc.cluster.local')).toEqual([
      `error old-cluster-name ${at}/match/cluster/name (new-name)`,
    ])
    expect(of('inbound|80||')).toEqual([])
  })
  it('of sidecars do not look at gateways', () => {
    const of = (context: string, routeConfiguration: JsonRecord) =>
      say(patch('MERGE', 'HTTP_ROUTE', { match: { context, routeConfiguration } }))
    const unread = `warning gateway-match-unread ${at}/match/routeConfiguration`
    expect(of('SIDECAR_OUTBOUND', { gateway: 'shop/edge' })).toEqual([`${unread}/gateway (context)`])
    expect(of('SIDECAR_OUTBOUND', { gateway: 'shop/edge', name: '80' })).toEqual([`${unread}/gateway`])
    expect(of('SIDECAR_INBOUND', { portName: 'https', portNumber: 80 })).toEqual([`${unread}/portName`])
    expect(of('GATEWAY', { gateway: 'shop/edge' })).toEqual([])
    expect(of('ANY', { gateway: 'shop/edge' })).toEqual([])
  })
})

describe('versions of proxies', () => {
  it.each<[string, boolean]>([
    ['^1\\.30.*', true],
    ['^1\\.16.*', false],
    ['^1\\.(8|9)', false],
    ['^1\\.2[0-9]', true],
    ['1.31.0', true],
    ['^1\\.30$', true],
    ['^2\\.', false],
    ['^1\\.30\\.3-distroless$', true],
    ['-dev$', true],
    ['^v1\\.16', true],
    ['^1\\.30\\.10-', true],
    ['^\\d\\.16', false],
    ['^1\\.30\\D16', true],
    ['^1\\.\\d$', false],
    ['', true],
    ['(', true],
    ['^1\\.16{200}', false],
    ['((1{200}){200}){200}', true],
    ['1\\.30'.padEnd(1025, '.'), false],
  ])('%s', (proxyVersion, isFor) => {
    const found = say(patch('MERGE', 'CLUSTER', { match: { proxy: { proxyVersion } } }))
    const nobody = [`warning version-unsupported ${at}/match/proxy/proxyVersion`]
    expect(found).toEqual(isFor ? [] : nobody)
  })
})

describe('hosts', () => {
  const full = 'web.shop.svc.cluster.local'
  const of = (match: JsonRecord, more: Parameters<typeof say>[1] = {}) =>
    say(patch('MERGE', 'CLUSTER', { match }), { with: [service('web', 'shop')], ...more })
  const unknown = (field: string) => [`warning host-not-found ${at}/match/${field}`]
  it.each<[JsonRecord, string[]]>([
    [{ cluster: { service: full } }, []],
    [{ cluster: { service: 'gone.shop.svc.cluster.local' } }, unknown('cluster/service')],
    [{ cluster: { service: 'api.example.com' } }, unknown('cluster/service')],
    [{ cluster: { service: 'web' } }, []],
    [{ cluster: { service: '*.example.com' } }, []],
    [{ cluster: { name: `outbound|80|v1|${full}` } }, []],
    [{ cluster: { name: 'outbound|80||gone.shop.svc.cluster.local' } }, unknown('cluster/name')],
    [{ cluster: { name: 'outbound|80||web.shop.svc.cluster.local', service: 'gone.example.com' } }, []],
    [{ cluster: { name: 'BlackHoleCluster' } }, []],
    [{ cluster: {} }, []],
  ])('%j', (match, expected) => {
    expect(of(match)).toEqual(expected)
  })
  it('do not matter to a cluster that is added, and do to what is added to them', () => {
    const match = { cluster: { name: 'outbound|80||gone.shop.svc.cluster.local' } }
    expect(say(patch('ADD', 'CLUSTER', { match }))).toEqual([])
    const vhost = { routeConfiguration: { vhost: { name: 'gone.shop.svc.cluster.local:80' } } }
    expect(say(patch('ADD', 'HTTP_ROUTE', { match: vhost }))).toEqual(unknown('routeConfiguration/vhost/name'))
  })
  it('are those of ServiceEntries too, and nobody knows what was not read', () => {
    const entry = object('ServiceEntry', 'e', { namespace: 'shop', spec: { hosts: ['api.example.com'] } })
    expect(of({ cluster: { service: 'api.example.com' } }, { with: [entry] })).toEqual([])
    expect(of({ cluster: { service: 'api.example.com' } }, { unread: ['east'] })).toEqual([])
  })
  it('are virtual hosts', () => {
    const vhost = (name: string) =>
      say(patch('MERGE', 'VIRTUAL_HOST', { match: { routeConfiguration: { vhost: { name } } } }), {
        with: [service('web', 'shop')],
      })
    expect(vhost(`${full}:80`)).toEqual([])
    expect(vhost('gone.shop.svc.cluster.local:80')).toEqual(unknown('routeConfiguration/vhost/name'))
    expect(vhost('api.example.com:80')).toEqual([])
    expect(vhost('inbound|http|80')).toEqual([])
  })
})

describe('names of filters', () => {
  const chain = (name: string, subFilter?: string) => ({
    listener: { filterChain: { filter: { name, ...(subFilter !== undefined && { subFilter: { name: subFilter } }) } } },
  })
  const hcm = 'envoy.filters.network.http_connection_manager'
  const renamed = (place: string) => [`error filter-renamed ${at}/match/listener/${place} (new-name)`]
  const network = renamed('filterChain/filter/name')
  const http = renamed('filterChain/filter/subFilter/name')
  it.each<[string, string, JsonRecord, string[]]>([
    ['MERGE', 'NETWORK_FILTER', chain('envoy.tcp_proxy'), network],
    ['ADD', 'NETWORK_FILTER', chain('envoy.ext_authz'), network],
    ['MERGE', 'NETWORK_FILTER', chain('envoy.filters.network.tcp_proxy'), []],
    ['INSERT_BEFORE', 'HTTP_FILTER', chain(hcm, 'envoy.router'), http],
    ['INSERT_FIRST', 'HTTP_FILTER', chain(hcm, 'envoy.router'), []],
    ['ADD', 'HTTP_FILTER', chain('envoy.http_connection_manager'), network],
    ['INSERT_BEFORE', 'HTTP_FILTER', chain(hcm, 'constructor'), []],
    [
      'MERGE',
      'LISTENER_FILTER',
      { listener: { listenerFilter: 'envoy.listener.tls_inspector' } },
      renamed('listenerFilter'),
    ],
    ['MERGE', 'LISTENER', chain('envoy.tcp_proxy'), []],
  ])('%s of %s %j', (...[operation, applyTo, match, expected]) => {
    expect(say(patch(operation, applyTo, { match }))).toEqual(expected)
  })
  it('may be given by another patch', () => {
    const adds = object('EnvoyFilter', 'g', {
      namespace: 'far',
      spec: { priority: 1, configPatches: [patch('ADD', 'HTTP_FILTER', { value: { name: 'envoy.router' } })] },
    })
    expect(say(patch('MERGE', 'HTTP_FILTER', { match: chain(hcm, 'envoy.router') }), { with: [adds] })).toEqual([])
  })
  it.each<[string, JsonRecord, string]>([
    ['NETWORK_FILTER', chain('envoy.ext_authz'), 'envoy.filters.network.ext_authz'],
    ['HTTP_FILTER', chain(hcm, 'envoy.ext_authz'), 'envoy.filters.http.ext_authz'],
  ])('are of the kind that is looked for: %s', (applyTo, match, right) => {
    const renaming = findingsOf({ objects: [filter(patch('MERGE', applyTo, { match }))] })
    expect(
      renaming.filter(({ code }) => code.endsWith('.filter-renamed')).map(({ params }) => params['right']),
    ).toEqual([right])
  })
})
