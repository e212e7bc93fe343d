import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

const served = (name: string, ...ports: JsonRecord[]) => ({
  ...service(name, 'shop'),
  spec: { selector: { app: name }, ports: ports.map((port) => ({ protocol: 'TCP', ...port })) },
})
const port = (number: number, name: string, more: JsonRecord = {}) => ({ port: number, name, ...more })
const rule = (spec: JsonRecord, at = 'shop', name = 'rule') => object('VirtualService', name, { namespace: at, spec })
const to = [{ destination: { host: 'web.shop.svc.cluster.local', port: { number: 80 } } }]
const said = (slugs: string[], objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects, ...more }, 'virtualservice', slugs)

describe('routes of a protocol', () => {
  const lists = { http: [{ route: to }], tcp: [{ route: to }], tls: [{ match: [{ sniHosts: ['web'] }], route: to }] }
  const of = (
    wanted: 'http' | 'tcp' | 'tls',
    ports: JsonRecord[],
    { spec = {}, ...more }: Omit<Case, 'objects'> & { spec?: JsonRecord } = {},
  ) =>
    said(
      ['routes-of-other-protocol'],
      [served('web', ...ports), rule({ hosts: ['web'], [wanted]: lists[wanted], ...spec })],
      more,
    )
  const unused = (wanted: string) => [`warning routes-of-other-protocol /spec/${wanted} [say-protocol]`]
  it.each([
    ['http', port(80, 'http'), []],
    ['http', port(80, 'HTTP-web'), []],
    ['http', port(80, 'grpc-web-x'), []],
    ['http', port(80, 'web'), []],
    ['http', port(80, 'tcp'), unused('http')],
    ['http', port(80, 'tcp-web', { appProtocol: 'http' }), []],
    ['http', port(80, 'http', { appProtocol: 'redis' }), unused('http')],
    ['http', port(80, 'web', { appProtocol: 'kubernetes.io/h2c' }), []],
    ['http', port(80, 'https'), unused('http')],
    ['http', port(80, 'constructor'), []],
    ['tcp', port(80, 'tcp'), []],
    ['tcp', port(80, 'web'), []],
    ['tcp', port(80, 'http'), unused('tcp')],
    ['tls', port(80, 'tls'), []],
    ['tls', port(80, 'web'), unused('tls')],
    ['tls', port(80, 'tcp'), unused('tls')],
  ] satisfies ['http' | 'tcp' | 'tls', JsonRecord, string[]][])('%s on %j', (wanted, ports, expected) => {
    expect(of(wanted, [ports])).toEqual(expected)
  })
  it('is TCP on ports where servers speak first, and nothing on UDP', () => {
    const far = [{ destination: { host: 'web', port: { number: 3306 } } }]
    expect(of('http', [port(3306, 'web')], { spec: { http: [{ route: far }] } })).toEqual(unused('http'))
    expect(of('http', [port(80, 'dns', { protocol: 'UDP' })])).toEqual([])
  })
  it('is for ports that matches name, and for any port of any host', () => {
    const two = [port(80, 'http'), port(81, 'tcp')]
    expect(of('http', two)).toEqual([])
    const on = (...numbers: JsonRecord[]) => ({ spec: { http: [{ match: numbers, route: to }] } })
    expect(of('http', two, on({ port: 81 }))).toEqual(unused('http'))
    expect(of('http', two, on({ port: 80 }))).toEqual([])
    expect(of('http', two, on({ port: 81 }, {}))).toEqual([])
    expect(of('http', two, on({ port: 82 }))).toEqual([])
    const both = [port(80, 'tcp'), port(81, 'tcp')]
    expect(of('http', both)).toEqual(['warning routes-of-other-protocol /spec/http'])
    expect(of('http', [port(80, 'tcp')], { spec: { hosts: ['web', 'gone'] } })).toEqual([])
    expect(of('http', [port(80, 'tcp')], { spec: { hosts: ['web', '*.example.com'] } })).toEqual([])
  })
  it('may be for other routes too, and is then not to be changed', () => {
    const tcp = [port(80, 'tcp')]
    const unchanged = ['warning routes-of-other-protocol /spec/http']
    expect(of('http', tcp, { spec: { tcp: [{ route: to }] } })).toEqual(unchanged)
    const other = rule({ hosts: ['web'], tcp: [{ route: to }] }, 'shop', 'other')
    const both = [served('web', ...tcp), rule({ hosts: ['web'], http: [{ route: to }] }), other]
    expect(said(['routes-of-other-protocol'], both)).toEqual(unchanged)
  })
  it('of gateways is another matter, and unread services are none', () => {
    expect(of('http', [port(80, 'tcp')], { spec: { gateways: ['gone', 'mesh'] } })).toEqual([])
    expect(of('http', [port(80, 'tcp')], { unread: ['east'] })).toEqual([])
    expect(of('http', [port(80, 'tcp')], { without: [kinds.serviceEntry] })).toEqual([])
  })
  it('is said by ServiceEntries too, one alone can say another', () => {
    const entry = (name: string) =>
      object('ServiceEntry', name, {
        namespace: 'shop',
        spec: {
          hosts: ['a.example.com'],
          resolution: 'DNS',
          addresses: ['10.0.0.1'],
          ports: [{ number: 80, name: 'x', protocol: 'TCP' }],
        },
      })
    const route = rule({ hosts: ['a.example.com'], http: [{ route: [{ destination: { host: 'a.example.com' } }] }] })
    expect(said(['routes-of-other-protocol'], [entry('a'), route])).toEqual(unused('http'))
    expect(said(['routes-of-other-protocol'], [entry('a'), entry('b'), route])).toEqual([
      'warning routes-of-other-protocol /spec/http',
    ])
  })
  it('is said as the object that has the port says it, and not of HTTP on 443 outside', () => {
    const host = 'a.example.com'
    const entry = (number: number, protocol: string) =>
      object('ServiceEntry', 'e', {
        namespace: 'shop',
        spec: { hosts: [host], resolution: 'DNS', addresses: ['10.0.0.1'], ports: [{ number, name: 'x', protocol }] },
      })
    const ways = (owner: KubernetesObject, spec: JsonRecord) =>
      findingsOf({ objects: [owner, rule(spec)] })
        .filter(({ code }) => code === 'virtualservice.routes-of-other-protocol')
        .flatMap(({ fixes }) => fixes.flatMap(({ patches }) => patches.flatMap(({ operations }) => operations)))
    const outside = [{ route: [{ destination: { host } }] }]
    const path = '/spec/ports/0/protocol'
    expect(ways(served('web', port(443, 'tcp')), { hosts: ['web'], http: [{ route: to }] })).toMatchObject([
      { path: '/spec/ports/0/appProtocol', value: 'http' },
    ])
    expect(ways(entry(80, 'TCP'), { hosts: [host], http: outside })).toMatchObject([{ path, value: 'HTTP' }])
    expect(ways(entry(443, 'TCP'), { hosts: [host], http: outside })).toEqual([])
    expect(ways(entry(443, 'HTTP'), { hosts: [host], tcp: outside })).toMatchObject([{ path, value: 'TCP' }])
  })
})

describe('hosts', () => {
  const web = served('web', port(80, 'http'))
  it('are named in full, or by one word', () => {
    const of = (host: string, ...others: KubernetesObject[]) =>
      said(['host-half-named'], [web, rule({ hosts: [host], http: [{ route: to }] }, 'far'), ...others])
    const half = 'warning host-half-named /spec/hosts/0'
    expect(of('web.shop')).toEqual([`${half} [full-name]`])
    expect(of('web.shop.svc')).toEqual([`${half} [full-name]`])
    expect(of('web')).toEqual([])
    expect(of('web.shop.svc.cluster.local')).toEqual([])
    expect(of('web.other')).toEqual([])
    expect(of('web.shop.example.com')).toEqual([])
    expect(of('*.shop')).toEqual([])
    expect(of('web.shop', rule({ hosts: ['web'], http: [{ route: to }] }, 'shop', 'own'))).toEqual([half])
    const known = object('ServiceEntry', 'e', {
      namespace: 'far',
      spec: { hosts: ['web.shop'], ports: [], resolution: 'DNS' },
    })
    expect(of('web.shop', known)).toEqual([])
    const bound = rule({ hosts: ['web.shop'], gateways: ['gone'], http: [{ route: to }] }, 'far')
    expect(said(['host-half-named'], [web, bound])).toEqual([])
    expect(said(['host-half-named'], [web, rule({ hosts: ['web.shop'] })], { unread: ['east'] })).toEqual([])
  })
  it('have an HTTPRoute too', () => {
    const of = (parent: JsonRecord, spec: JsonRecord = {}, at = 'shop') =>
      said(
        ['http-route-too'],
        [
          web,
          rule({ hosts: ['web'], http: [{ route: to }], ...spec }),
          object('HTTPRoute', 'route', { namespace: at, spec: { parentRefs: [parent] } }),
        ],
      )
    const too = ['warning http-route-too /spec/hosts/0']
    expect(of({ kind: 'Service', group: '', name: 'web' })).toEqual(too)
    expect(of({ kind: 'Service', name: 'web' })).toEqual(too)
    expect(of({ kind: 'Service', name: 'web', namespace: 'shop' }, {}, 'far')).toEqual(too)
    expect(of({ kind: 'Service', name: 'web' }, {}, 'far')).toEqual([])
    expect(of({ kind: 'Service', group: 'x', name: 'web' })).toEqual([])
    expect(of({ kind: 'Gateway', name: 'web' })).toEqual([])
    expect(of({ kind: 'Service' })).toEqual([])
    expect(of({ kind: 'Service', name: 'web' }, { hosts: ['web.example.com'] })).toEqual([])
    expect(of({ kind: 'Service', name: 'web' }, { gateways: ['gone'] })).toEqual([])
  })
})

describe('ambient mode', () => {
  const mode = { 'istio.io/dataplane-mode': 'ambient' }
  const waypoint = { 'istio.io/use-waypoint': 'waypoint' }
  const slugs = ['ambient-without-waypoint', 'ambient-elsewhere']
  type More = { own?: Record<string, string>; from?: string; spec?: JsonRecord }
  const of = (home: Record<string, string>, { own = {}, from = 'shop', spec = {} }: More = {}) => {
    const web = { ...served('web', port(80, 'http')), metadata: { name: 'web', namespace: 'shop', labels: own } }
    return said(slugs, [
      namespace('shop', home),
      namespace('far'),
      web,
      rule({ hosts: ['web.shop.svc.cluster.local'], http: [{ route: to }], ...spec }, from),
    ])
  }
  const without = ['warning ambient-without-waypoint /spec/hosts/0']
  it('takes HTTP routes at a waypoint', () => {
    expect(of({})).toEqual([])
    expect(of(mode)).toEqual(without)
    expect(of({ ...mode, 'istio-injection': 'enabled' })).toEqual([])
    expect(of({ ...mode, ...waypoint })).toEqual([])
    expect(of(mode, { own: waypoint })).toEqual([])
    expect(of({ ...mode, ...waypoint }, { own: { 'istio.io/use-waypoint': 'none' } })).toEqual(without)
    expect(of(mode, { spec: { gateways: ['gone'] } })).toEqual([])
    expect(of(mode, { spec: { http: undefined, tcp: [{ route: to }] } })).toEqual([])
    expect(of(mode, { spec: { hosts: ['a.example.com'] } })).toEqual([])
  })
  it('takes them from the namespaces of the service and of the waypoint', () => {
    expect(of({ ...mode, ...waypoint }, { from: 'far' })).toEqual(['warning ambient-elsewhere /spec/hosts/0'])
    expect(of({ ...mode, ...waypoint, 'istio.io/use-waypoint-namespace': 'far' }, { from: 'far' })).toEqual([])
    expect(said(slugs, [served('web'), rule({ hosts: ['web'], http: [{ route: to }] })])).toEqual([])
  })
})
