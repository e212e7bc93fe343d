import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { patched } from '../fixes/apply.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const mine = /^(annotation|condition|crd|deprecated|metadata)\./
const told = (...objects: KubernetesObject[]) => {
  expect(faultsOfFixes({ objects })).toEqual([])
  return findingsOf({ objects }).filter(({ code }) => mine.test(code))
}
const taken = (...objects: KubernetesObject[]) =>
  told(...objects)
    .filter(({ code }) => code === 'metadata.not-text')
    .toSorted((a, b) => (a.pointer < b.pointer ? -1 : 1))
const said = (...objects: KubernetesObject[]) =>
  told(...objects).map(({ code, pointer, aliases, fixes }) =>
    [code, pointer, ...aliases, ...fixes.map((each) => each.code)].join(' '),
  )

describe('annotations', () => {
  const codes = (name: string, value: string, on: KubernetesObject = pod('web', 'shop')) =>
    said({ ...on, metadata: { ...on.metadata, annotations: { ...on.metadata.annotations, [name]: value } } }).map(
      (each) => each.replace(/ \S+ /, ' '),
    )
  const deployment = (template?: JsonRecord) =>
    object('Deployment', 'web', { namespace: 'shop', ...(template === undefined ? {} : { spec: { template } }) })

  it.each([
    ['example.com/note', []],
    ['kubernetes.io/ingress.class', ['annotation.misplaced IST0107']],
    ['networking.istio.io/whatever', ['annotation.unknown IST0108']],
    ['constructor.istio.io', ['annotation.unknown IST0108']],
    ['prometheus.istio.io/merge-metric', ['annotation.unknown IST0108 rename']],
    ['galley.istio.io/analyze-supress', ['annotation.unknown IST0108 rename']],
    ['networking.istio.io/exportT', ['annotation.unknown IST0108']],
    ['sidecar.istio.io/status', []],
    ['gateway.istio.io/controller-version', []],
    ['istio.io/rev', []],
    ['galley.istio.io/analyze-suppress', []],
    ['networking.istio.io/exportTo', ['annotation.misplaced IST0107']],
    ['sidecar.istio.io/inject', ['annotation.deprecated IST0135 to-label']],
    ['sidecar.istio.io/discoveryAddress', ['annotation.deprecated IST0135']],
  ])('%s of a Pod', (name, expected) => {
    expect(codes(name, 'true')).toEqual(expected)
  })
  it('stand on other kinds', () => {
    expect(codes('networking.istio.io/exportTo', '.', service('web', 'shop'))).toEqual([])
    expect(codes('topology.istio.io/controlPlaneClusters', '*', namespace('shop'))).toEqual([])
    expect(codes('sidecar.istio.io/inject', 'true', namespace('shop'))).toEqual([
      'annotation.misplaced IST0107',
      'annotation.deprecated IST0135',
    ])
    expect(codes('networking.istio.io/exportTo', '.', object('VirtualService', 'web', { spec: {} }))).toEqual([])
  })
  it('of Pods belong into the template of a Deployment', () => {
    const name = 'sidecar.istio.io/logLevel'
    expect(codes(name, 'debug', deployment())).toEqual(['annotation.misplaced IST0107'])
    const moved = ['annotation.misplaced IST0107 to-template']
    for (const metadata of [undefined, { labels: {} }, { annotations: { a: 'b' } }]) {
      expect(codes(name, 'debug', deployment(metadata === undefined ? {} : { metadata }))).toEqual(moved)
    }
    expect(codes('networking.istio.io/exportTo', '.', deployment({}))).toEqual(['annotation.misplaced IST0107'])
    expect(codes('sidecar.istio.io/inject', 'true', deployment({ metadata: {} }))).toEqual([
      'annotation.misplaced IST0107 to-template',
      'annotation.deprecated IST0135 to-label',
    ])
  })
  it('are not moved to where they say nothing', () => {
    expect(codes('sidecar.istio.io/inject', 'odd', deployment({ metadata: {} }))).toEqual([
      'annotation.misplaced IST0107',
      'annotation.deprecated IST0135',
    ])
    expect(codes('proxy.istio.io/confg', 'concurrency: 2')).toEqual(['annotation.unknown IST0108 rename'])
    expect(codes('proxy.istio.io/confg', 'concurrency: [')).toEqual(['annotation.unknown IST0108'])
  })
  it('are left alone where the label says the same', () => {
    const labelled = pod('web', 'shop', { labels: { 'sidecar.istio.io/inject': 'true' } })
    expect(codes('sidecar.istio.io/inject', 'true', labelled)).toEqual([])
    expect(codes('sidecar.istio.io/statsCompression', 'true', labelled)).toEqual(['annotation.deprecated IST0135'])
  })
  it('are renamed to what has the value', () => {
    expect(codes('prometheus.istio.io/merge-metric', 'some')).toEqual(['annotation.unknown IST0108'])
    const both = pod('web', 'shop', { annotations: { 'prometheus.istio.io/merge-metrics': 'true' } })
    expect(codes('prometheus.istio.io/merge-metric', 'true', both)).toEqual(['annotation.unknown IST0108'])
    expect(codes('sidecar.istio.io/injec', 'true')).toEqual(['annotation.unknown IST0108'])
  })
  const range = 'traffic.sidecar.istio.io/includeOutboundIPRanges'
  const ports = 'traffic.sidecar.istio.io/includeInboundPorts'
  const interfaces = 'traffic.sidecar.istio.io/excludeInterfaces'
  it.each<[string, string[], string[]]>([
    ['sidecar.istio.io/interceptionMode', ['REDIRECT', 'TPROXY', 'NONE'], ['', 'none']],
    ['status.sidecar.istio.io/port', ['0', ' 15021 ', '65535'], ['', '65536', '-1', 'x']],
    ['readiness.status.sidecar.istio.io/initialDelaySeconds', ['0', '4294967295'], ['4294967296', ' 1', '']],
    ['readiness.status.sidecar.istio.io/periodSeconds', ['2'], ['-2']],
    ['readiness.status.sidecar.istio.io/failureThreshold', ['2'], ['two']],
    [range, ['*', '', '10.0.0.0/8,2001:db8::/32'], ['10.0.0.1', '10/8', '10.0.0.0/8,', ' 10.0.0.0/8']],
    ['traffic.sidecar.istio.io/excludeOutboundIPRanges', ['', '10.0.0.0/8'], ['*']],
    [ports, ['*', '', ' ', '80, 81'], ['80,', 'http']],
    ['traffic.sidecar.istio.io/excludeInboundPorts', ['80'], ['*']],
    ['traffic.sidecar.istio.io/excludeOutboundPorts', ['80'], ['*']],
    [interfaces, ['', 'eth0, net1', 'abcdefghijklmno'], ['eth0,', 'abcdefghijklmnop', '0eth', 'a b']],
    ['istio.io/reroute-virtual-interfaces', ['net1'], ['1']],
    ['prometheus.istio.io/merge-metrics', ['T', 'false', '0'], ['yes', '']],
    [
      'sidecar.istio.io/proxyCPU',
      ['100m', '1.5', '-', 'Mi', '.', '1e3', '1E-3', '0Ki', '+2'],
      ['', '1e', '1mm', 'lots', '1Ki2', 'a1'],
    ],
    [
      'proxy.istio.io/config',
      ['', 'concurrency: 2', 'holdApplicationUntilProxyStarts: yes'],
      ['{', '-1', 'concurrency: two'],
    ],
    ['sidecar.istio.io/proxyMemory', ['64Mi'], ['64MB']],
    ['sidecar.istio.io/proxyCPULimit', ['2'], ['x']],
    ['sidecar.istio.io/proxyMemoryLimit', ['2'], ['x']],
  ])('%s has a value', (name, good, bad) => {
    for (const value of good) expect([value, codes(name, value)]).toEqual([value, []])
    const said = bad.map((value) => codes(name, value).map((each) => each.replace(' use-value', '')))
    expect(said).toEqual(bad.map(() => ['annotation.invalid IST0125']))
  })
  it.each<[name: string, value: string, meant: string | undefined]>([
    ['sidecar.istio.io/interceptionMode', 'none', 'NONE'],
    ['sidecar.istio.io/interceptionMode', 'REDIRCT', 'REDIRECT'],
    ['sidecar.istio.io/interceptionMode', 'whole', undefined],
    ['readiness.status.sidecar.istio.io/periodSeconds', ' "2" ', '2'],
    ['readiness.status.sidecar.istio.io/periodSeconds', '"2"', '2'],
    [range, '10.0.0.1, 2001:db8::1', '10.0.0.1/32,2001:db8::1/128'],
    [range, '10.0.0.0/8;10.1.0.1', '10.0.0.0/8,10.1.0.1/32'],
    [range, '10/8', undefined],
    [ports, '80;81,', '80,81'],
    [ports, 'http', undefined],
    [interfaces, 'a b', undefined],
    ['prometheus.istio.io/merge-metrics', 'Yes', 'true'],
    ['prometheus.istio.io/merge-metrics', 'OFF', 'false'],
    ['sidecar.istio.io/proxyMemory', '64MB', undefined],
  ])('%s: %s is meant as it is certain', (name, value, meant) => {
    const objects = [pod('web', 'shop', { annotations: { [name]: value } })]
    const fixes = findingsOf({ objects }).flatMap((each) => (each.code === 'annotation.invalid' ? each.fixes : []))
    expect(fixes.map(({ params }) => params['meant'])).toEqual(meant === undefined ? [] : [meant])
    expect(faultsOfFixes({ objects })).toEqual([])
  })
  it('are of old and wrong at once', () => {
    expect(codes('traffic.sidecar.istio.io/kubevirtInterfaces', '1')).toEqual([
      'annotation.invalid IST0125',
      'annotation.deprecated IST0135',
    ])
    expect(codes('traffic.sidecar.istio.io/kubevirtInterfaces', 'net1')).toEqual(['annotation.deprecated IST0135'])
  })
})

describe('conditions', () => {
  const of = (kind: string, condition: JsonRecord, apiVersion = 'networking.istio.io/v1') => {
    const { apiVersion: usual, ...rest } = object(kind, 'web', { namespace: 'shop' })
    const conditions = [condition]
    const status = kind.endsWith('Route') ? { parents: [{ conditions }] } : { conditions }
    return said({ ...rest, apiVersion: kind === 'Gateway' || kind.endsWith('Route') ? apiVersion : usual, status })
  }
  const gatewayApi = 'gateway.networking.k8s.io/v1'
  it.each([
    ['Service', 'istio.io/WaypointBound'],
    ['ServiceEntry', 'istio.io/WaypointBound'],
    ['WorkloadEntry', 'istio.io/WaypointBound'],
    ['AuthorizationPolicy', 'ZtunnelAccepted'],
    ['AuthorizationPolicy', 'WaypointAccepted'],
  ])('%s %s', (kind, type) => {
    expect(of(kind, { type, status: 'False' })).toEqual(['condition.negative /status/conditions/0 IST0171'])
    for (const status of ['True', 'Unknown']) expect(of(kind, { type, status })).toEqual([])
    expect(of(kind, { type })).toEqual([])
  })
  it.each(['Accepted', 'Programmed', 'ResolvedRefs'])('%s of the Gateway API', (type) => {
    const bad = { type, status: 'False' }
    expect(of('Gateway', bad, gatewayApi)).toEqual(['condition.gateway-api /status/conditions/0 IST0171'])
    const ofRoute = ['condition.gateway-api /status/parents/0/conditions/0 IST0171']
    expect(of('HTTPRoute', bad, gatewayApi)).toEqual(ofRoute)
    expect(of('GRPCRoute', bad, gatewayApi)).toEqual(ofRoute)
    expect(of('HTTPRoute', { type, status: 'True' }, gatewayApi)).toEqual([])
    expect(of('Gateway', bad)).toEqual([])
  })
  it('of other types are told where they have no status', () => {
    expect(of('Service', { type: 'Ready', status: 'False' })).toEqual([])
    expect(of('Service', { type: 'Ready' })).toEqual(['condition.negative /status/conditions/0 IST0171'])
    expect(of('VirtualService', { type: 'Ready' })).toEqual([])
  })
  it('may hold in part', () => {
    const partial = { status: 'True', reason: 'PartiallyInvalid' }
    expect(of('AuthorizationPolicy', { type: 'WaypointAccepted', ...partial })).toHaveLength(1)
    expect(of('AuthorizationPolicy', { type: 'ZtunnelAccepted', ...partial })).toEqual([])
    expect(of('AuthorizationPolicy', { type: 'WaypointAccepted', status: 'True', reason: 'Accepted' })).toEqual([])
  })
})

describe('what is of old', () => {
  const route = (delay: JsonRecord) =>
    object('VirtualService', 'web', {
      namespace: 'shop',
      spec: { hosts: ['web'], http: [{ fault: { delay }, route: [{ destination: { host: 'web' } }] }] },
    })
  it('percent of a delay', () => {
    const path = '/spec/http/0/fault/delay/percent'
    const web = service('web', 'shop')
    const expected = [`deprecated.delay-percent ${path} IST0002 percentage`]
    expect(said(web, route({ percent: 5, fixedDelay: '1s' }))).toEqual(expected)
    expect(said(web, route({ percent: 5, percentage: { value: 1 }, fixedDelay: '1s' }))).toEqual(expected)
    expect(said(web, route({ percent: 0, fixedDelay: '1s' }))).toEqual([])
    expect(said(web, route({ percentage: { value: 5 }, fixedDelay: '1s' }))).toEqual([])
  })
  it('a proxy for what leaves', () => {
    const sidecar = (outboundTrafficPolicy: JsonRecord) =>
      said(object('Sidecar', 'default', { namespace: 'shop', spec: { outboundTrafficPolicy } }))
    const path = '/spec/outboundTrafficPolicy/egressProxy'
    const out = { host: 'out.shop.svc.cluster.local', port: { number: 80 } }
    expect(sidecar({ mode: 'ALLOW_ANY', egressProxy: out })).toEqual([
      `deprecated.egress-proxy ${path} IST0002 leave-out`,
    ])
    expect(sidecar({ mode: 'ALLOW_ANY' })).toEqual([])
  })
  it('kinds', () => {
    const crd = (group: string, kind: string) =>
      said(object('CustomResourceDefinition', `x.${group}`, { spec: { group, names: { kind } } }))
    for (const kind of ['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding']) {
      expect(crd('rbac.istio.io', kind)).toEqual(['deprecated.kind /spec/names/kind IST0002'])
      expect(crd('example.com', kind)).toEqual([])
    }
    expect(crd('rbac.istio.io', 'Other')).toEqual([])
  })
})

describe('labels and annotations', () => {
  const fields = { labels: { version: 1, 'a/b': 'c', none: null }, annotations: { on: true, list: ['a'] } }
  const labelled = patched(namespace('shop'), [
    { op: 'replace', path: '/metadata', value: { name: 'shop', ...fields } },
  ])
  const templated = object('Deployment', 'web', { namespace: 'shop', spec: { template: { metadata: fields } } })
  it.each([
    [labelled, '/metadata'],
    [templated, '/spec/template/metadata'],
  ])('are text: %#', (of, place) => {
    expect(taken(of).map(({ pointer, fixes }) => [pointer, ...fixes.map(({ params }) => params['value'])])).toEqual([
      [`${place}/annotations/list`],
      [`${place}/annotations/on`, 'true'],
      [`${place}/labels/version`, '1'],
    ])
  })
})
