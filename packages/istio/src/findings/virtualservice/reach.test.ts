import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

const labels = { istio: 'edge' }
const edge = pod('edge-1', 'edge', { labels })
const web = {
  ...service('web', 'shop'),
  spec: { selector: { app: 'web' }, ports: [{ port: 80, name: 'http', protocol: 'TCP' }] },
}
const gateway = (servers: JsonRecord[], name = 'public') =>
  object('Gateway', name, { namespace: 'edge', spec: { selector: labels, servers } })
const http = (...hosts: string[]) => ({ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts })
const rule = (spec: JsonRecord, more: { name?: string; namespace?: string; created?: string } = {}) =>
  object('VirtualService', more.name ?? 'rule', {
    namespace: more.namespace ?? 'shop',
    ...(more.created === undefined ? {} : { created: more.created }),
    spec: {
      hosts: ['a.example.com'],
      http: [{ route: [{ destination: { host: 'web.shop.svc.cluster.local' } }] }],
      ...spec,
    },
  })
const bound = { gateways: ['edge/public'] }
const said = (slugs: string[], objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects: [web, edge, ...objects], ...more }, 'virtualservice', slugs)

describe('exports', () => {
  it('reach where the gateway runs', () => {
    const of = (spec: JsonRecord, more: Omit<Case, 'objects'> = {}) =>
      said(['not-exported-to-gateway'], [gateway([http('*')]), rule({ ...bound, ...spec })], more)
    const hidden = ['error not-exported-to-gateway /spec/gateways/0 [export]']
    expect(of({})).toEqual([])
    expect(of({ exportTo: ['.'] })).toEqual(hidden)
    expect(of({ exportTo: ['.', 'edge'] })).toEqual([])
    expect(of({ exportTo: ['*'] })).toEqual([])
    expect(of({}, { settings: { config: { defaultVirtualServiceExportTo: ['.'] } } })).toEqual(hidden)
    expect(of({ exportTo: ['.'] }, { unread: ['east'] })).toEqual([])
    expect(of({ exportTo: ['.'], gateways: ['edge/gone'] })).toEqual([])
  })
  it('name namespaces that exist', () => {
    const of = (exportTo: string[], more: Omit<Case, 'objects'> = {}) =>
      said(['export-nowhere'], [namespace('shop'), rule({ exportTo })], more)
    expect(of(['*'])).toEqual([])
    expect(of(['.', 'shop'])).toEqual([])
    expect(of(['~'])).toEqual([])
    expect(of(['gone'])).toEqual(['warning export-nowhere /spec/exportTo/0'])
    expect(of(['shop', 'gone'])).toEqual(['warning export-nowhere /spec/exportTo/1 [not-there]'])
    expect(of(['gone', 'lost'])).toEqual([
      'warning export-nowhere /spec/exportTo/0',
      'warning export-nowhere /spec/exportTo/1',
    ])
    expect(of(['edge'])).toEqual([])
    expect(said(['export-nowhere'], [rule({ exportTo: ['gone'] })])).toEqual([])
    expect(of(['gone'], { unread: ['east'] })).toEqual([])
    expect(of(['far'], { members: [namespace('far')] })).toEqual([])
  })
  it('leave sidecars out where a rule is bound to gateways alone', () => {
    const of = (spec: JsonRecord, ...others: KubernetesObject[]) =>
      said(['gateway-only'], [gateway([http('*')]), rule({ ...bound, ...spec }), ...others])
    const only = 'info gateway-only /spec/gateways'
    expect(of({ hosts: ['web'] })).toEqual([only])
    expect(of({ hosts: ['web'], gateways: ['edge/public', 'mesh'] })).toEqual([])
    expect(of({ hosts: ['web'], gateways: [] })).toEqual([])
    expect(of({})).toEqual([])
    expect(of({ hosts: ['web', '*'] })).toEqual([only])
    expect(of({ hosts: ['*.shop.svc.cluster.local'] })).toEqual([])
  })
})

describe('gateways', () => {
  it('serve each host', () => {
    const of = (spec: JsonRecord, ...others: KubernetesObject[]) =>
      said(['host-unserved'], [gateway([http('a.example.com')]), rule({ ...bound, ...spec }), ...others])
    const hosts = ['a.example.com', 'b.example.com']
    const second = gateway([http('b.example.com')], 'second')
    const unserved = 'warning host-unserved /spec/hosts/1'
    expect(of({})).toEqual([])
    expect(of({ hosts })).toEqual([`${unserved} [serve-host]`])
    expect(of({ hosts: ['b.example.com'] })).toEqual([])
    expect(of({ hosts, gateways: ['edge/public', 'mesh'] })).toEqual([])
    expect(of({ hosts, gateways: ['edge/public', 'edge/second'] }, second)).toEqual([])
    expect(of({ hosts: [...hosts, 'c.example.com'], gateways: ['edge/public', 'edge/second'] }, second)).toEqual([
      'warning host-unserved /spec/hosts/2',
    ])
    expect(of({ hosts, gateways: ['edge/public', 'edge/gone'] })).toEqual([])
  })
  it('are named by namespace and name', () => {
    const slugs = ['gateway-spelling', 'gateway-not-found', 'matched-gateway-not-found']
    const of = (name: string, namespace = 'edge') =>
      said(slugs, [gateway([http('*')]), rule({ gateways: [name] }, { namespace })])
    const old = ['info gateway-spelling /spec/gateways/0 [full-gateway]']
    expect(of('edge/public')).toEqual([])
    expect(of('public')).toEqual([])
    expect(of('./public')).toEqual(old)
    expect(of('public.edge')).toEqual(old)
    expect(of('public.edge.svc.cluster.local', 'shop')).toEqual(old)
    expect(of('./public', 'shop')).toEqual(['error gateway-not-found /spec/gateways/0 [full-gateway]'])
    expect(of('gone.edge')).toEqual(['error gateway-not-found /spec/gateways/0'])
    expect(of('edge.public/x')).toEqual(['error gateway-not-found /spec/gateways/0'])
    const matched = (name: string) =>
      said(slugs, [gateway([http('*')]), rule({ http: [{ match: [{ gateways: [name] }] }] })])
    expect(matched('public.edge')).toEqual([])
    expect(matched('public.far')).toEqual(['error matched-gateway-not-found /spec/http/0/match/0/gateways/0'])
  })
  it('take routes of their protocol', () => {
    const to = [{ destination: { host: 'web.shop.svc.cluster.local' } }]
    const lists = {
      http: [{ route: to }],
      tcp: [{ route: to }],
      tls: [{ match: [{ port: 443, sniHosts: ['a.example.com'] }], route: to }],
    }
    const of = (served: string, wanted: 'http' | 'tcp' | 'tls', spec: JsonRecord = {}) => {
      const [protocol = '', mode] = served.split(' ')
      const server = {
        ...http('*'),
        port: { number: 443, name: 'p', protocol },
        ...(mode === undefined ? {} : { tls: { mode } }),
      }
      const routes = rule({ ...bound, http: undefined, [wanted]: lists[wanted], ...spec })
      return said(['routes-not-at-gateway'], [gateway([server]), routes]).filter((each) => !each.startsWith('FAULT'))
    }
    const not = (wanted: string) => [`warning routes-not-at-gateway /spec/${wanted}`]
    expect(of('HTTP', 'http')).toEqual([])
    expect(of('HTTP2', 'tcp')).toEqual(not('tcp'))
    expect(of('HTTPS SIMPLE', 'http')).toEqual([])
    expect(of('HTTPS SIMPLE', 'tls')).toEqual(not('tls'))
    expect(of('HTTPS PASSTHROUGH', 'tls')).toEqual([])
    expect(of('HTTPS PASSTHROUGH', 'http')).toEqual(not('http'))
    expect(of('TLS PASSTHROUGH', 'tls')).toEqual([])
    expect(of('TLS AUTO_PASSTHROUGH', 'http')).toEqual(not('http'))
    expect(of('TLS SIMPLE', 'tcp')).toEqual([])
    expect(of('TLS SIMPLE', 'tls')).toEqual(not('tls'))
    expect(of('TCP', 'tcp')).toEqual([])
    expect(of('TCP', 'http')).toEqual(not('http'))
    expect(of('TCP', 'http', { gateways: ['edge/public', 'mesh'] })).toEqual([])
    expect(of('TCP', 'http', { gateways: ['edge/public', 'edge/gone'] })).toEqual([])
    const other = gateway([{ ...http('shop/b.example.com'), port: { number: 1, name: 'p', protocol: 'TCP' } }])
    expect(said(['routes-not-at-gateway'], [other, rule(bound)])).toEqual([])
    const own = gateway([{ ...http('shop/a.example.com'), port: { number: 1, name: 'p', protocol: 'TCP' } }])
    expect(said(['routes-not-at-gateway'], [own, rule(bound)])).toEqual(not('http'))
    const told = findingsOf({ objects: [web, edge, own, rule(bound)] })
    expect(told.filter(({ code }) => code === 'virtualservice.routes-not-at-gateway')).toMatchObject([
      { params: { protocol: 'http', servers: 'tcp' }, evidence: [{ kind: 'Gateway', name: 'public' }] },
    ])
  })
})

describe('several rules for one host at one Gateway', () => {
  const old = { name: 'old', created: '2026-01-01T00:00:00Z' }
  const young = { name: 'young', created: '2026-02-01T00:00:00Z', namespace: 'far' }
  const to = [{ destination: { host: 'web.shop.svc.cluster.local' } }]
  const at = (prefix: string) => ({ match: [{ uri: { prefix } }], route: to })
  const of = (one: JsonRecord, two: JsonRecord, second: { created?: string; name?: string } = {}) =>
    said(
      ['route-taken'],
      [
        gateway([http('*')]),
        gateway([http('*')], 'second'),
        rule({ ...bound, ...one }, old),
        rule({ ...bound, ...two }, { ...young, ...second }),
      ],
    )
  const all = { http: [{ route: to }] }
  const taken = ['warning route-taken /spec/http/0']
  const match = ['warning route-taken /spec/http/0/match/0']
  it.each([
    ['both for all', all, all, taken],
    ['of two hosts', all, { hosts: ['b.example.com'], ...all }, []],
    ['one host of two', all, { hosts: ['a.example.com', 'b.example.com'], ...all }, []],
    ['in another case', { hosts: ['A.example.com'], ...all }, all, taken],
    ['for a path, after all', all, { http: [at('/a')] }, []],
    ['for all, after a path', { http: [at('/a')] }, all, []],
    ['for a longer path', { http: [at('/a')] }, { http: [at('/a/b')] }, match],
    ['for a shorter path', { http: [at('/a/b')] }, { http: [at('/a')] }, []],
    ['for all by its path', all, { http: [at('/')] }, match],
    ['of another gateway', all, { ...all, gateways: ['edge/second'] }, []],
    ['of both gateways', { ...all, gateways: ['edge/second', 'edge/public'] }, all, taken],
    ['of another export', all, { ...all, exportTo: ['edge', 'far'] }, []],
    ['for all, unsaid and said', all, { ...all, exportTo: ['*'] }, taken],
    ['of one export', { ...all, exportTo: ['edge'] }, { ...all, exportTo: ['edge'] }, taken],
    ['without HTTP', all, { http: undefined, tcp: [{ route: to }] }, []],
  ])('%s', (...[, one, two, expected]) => {
    expect(of(one, two)).toEqual(expected)
  })
  it('are in order of age, then of name', () => {
    expect(of(all, all, { created: '2025-01-01T00:00:00Z' })).toEqual(taken)
    expect(of(all, { http: [at('/a')] }, { created: '2025-01-01T00:00:00Z' })).toEqual([])
  })
})

describe('subsets at a gateway', () => {
  const full = 'web.shop.svc.cluster.local'
  const subsets = (spec: JsonRecord = {}, at = 'shop', name = 'subsets') =>
    object('DestinationRule', name, {
      namespace: at,
      spec: { host: full, subsets: [{ name: 'v1', labels: { version: 'v1' } }], ...spec },
    })
  const of = (rules: KubernetesObject[], spec: JsonRecord = {}, more: Omit<Case, 'objects'> = {}) => {
    const to = [{ destination: { host: full, subset: 'v1' } }]
    return said(
      ['subset-hidden-from-gateway'],
      [gateway([http('*')]), rule({ ...bound, http: [{ route: to }], ...spec }), ...rules],
      more,
    )
  }
  const hidden = 'error subset-hidden-from-gateway /spec/http/0/route/0/destination/subset'
  it('are of rules that it looks at', () => {
    expect(of([subsets()])).toEqual([])
    expect(of([subsets({ exportTo: ['.'] })])).toEqual([`${hidden} [export]`])
    expect(of([subsets({ exportTo: ['.', 'edge'] })])).toEqual([])
    expect(of([subsets({ host: '*.shop.svc.cluster.local', exportTo: ['.'] })])).toEqual([`${hidden} [export]`])
    expect(of([subsets({ exportTo: ['.'] }), subsets({}, 'edge')])).toEqual([])
    expect(of([subsets({ exportTo: ['.'] }), subsets({ exportTo: ['.'] }, 'shop', 'second')])).toEqual([hidden])
    expect(of([subsets({}, 'far')])).toEqual([hidden])
    expect(of([subsets({}, 'istio-system')])).toEqual([])
    expect(of([subsets()], {}, { settings: { config: { defaultDestinationRuleExportTo: ['.'] } } })).toEqual([
      `${hidden} [export]`,
    ])
  })
  it('are defined, of a host that is known, at a gateway that runs', () => {
    const own = [subsets({ exportTo: ['.'] })]
    expect(of([])).toEqual([])
    expect(of([subsets({ exportTo: ['.'], subsets: [{ name: 'v2', labels: { version: 'v2' } }] })])).toEqual([])
    expect(of(own, { gateways: ['mesh'] })).toEqual([])
    expect(of(own, { gateways: ['edge/gone'] })).toEqual([])
    expect(of(own, { http: [{ route: [{ destination: { host: full } }] }] })).toEqual([])
    expect(of(own, {}, { unread: ['east'] })).toEqual([])
    const gone = [{ destination: { host: 'gone.shop.svc.cluster.local', subset: 'v1' } }]
    expect(
      of([subsets({ host: 'gone.shop.svc.cluster.local', exportTo: ['.'] })], { http: [{ route: gone }] }),
    ).toEqual([])
  })
})
