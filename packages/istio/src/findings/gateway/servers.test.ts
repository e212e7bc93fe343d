import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { bothCertificate, lateCertificate, shopCertificate } from '../fixes/certificates.ts'
import { saidOf } from '../fixes/said.ts'

const labels = { istio: 'edge' }
const edge = pod('edge-1', 'edge', { labels })
const open = object('Service', 'edge', {
  namespace: 'edge',
  spec: { selector: labels, ports: [80, 443].map((port) => ({ port, name: `tcp-${port}`, protocol: 'TCP' })) },
})
type More = { name?: string; namespace?: string; created?: string; selector?: JsonRecord }
const gateway = (
  servers: JsonRecord[],
  { name = 'one', namespace = 'edge', created = '2026-01-01T00:00:00Z', selector = labels }: More = {},
) => object('Gateway', name, { namespace, created, spec: { selector, servers } })
const server = (number: number, protocol: string, more: JsonRecord = {}) => ({
  port: { number, name: `${protocol.toLowerCase()}-${number}`, protocol },
  hosts: ['shop.example.com'],
  ...more,
})
const tls = (more: JsonRecord = {}, rest: JsonRecord = {}) =>
  server(443, 'HTTPS', { tls: { mode: 'SIMPLE', credentialName: 'shop', ...more }, ...rest })
const said = (slugs: string[], objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects: [edge, open, ...objects], ...more }, 'gateway', slugs)
const secret = (data: JsonRecord | undefined, name = 'shop', namespace = 'edge') => ({
  ...object('Secret', name, { namespace }),
  ...(data === undefined ? {} : { data }),
})
const pair = (certificate: string, more: JsonRecord = {}) => ({
  'tls.crt': btoa(certificate),
  'tls.key': btoa('key'),
  ...more,
})

describe('certificates', () => {
  const slugs = ['certificate-of-other-hosts', 'certificate-ends-soon']
  const of = (
    hosts: string[],
    others: KubernetesObject[] = [secret(pair(shopCertificate))],
    more: Omit<Case, 'objects'> = {},
  ) => said(slugs, [gateway([tls({}, { hosts })]), ...others], more)
  const other = ['warning certificate-of-other-hosts /spec/servers/0/hosts']
  it.each([
    [['shop.example.com'], []],
    [['SHOP.example.com'], []],
    [['a.shop.example.com'], []],
    [['a.b.shop.example.com'], other],
    [['*.shop.example.com'], []],
    [['*.a.shop.example.com'], other],
    [['api.example.com'], other],
    [['shop.example.com', 'api.example.com'], other],
    [['*'], []],
    [['shop/shop.example.com'], []],
    [['shop/api.example.com'], other],
  ])('are for %j', (hosts, expected) => {
    expect(of(hosts)).toEqual(expected)
  })
  it('that say no names are not judged, nor those that are held without data', () => {
    expect(of(['api.example.com'], [secret(pair(lateCertificate))])).toEqual([])
    expect(of(['api.example.com'], [secret(undefined)])).toEqual([])
    expect(of(['api.example.com'], [])).toEqual([])
    expect(of(['api.example.com'], [secret(pair(shopCertificate))], { unread: ['east'] })).toEqual([])
    expect(said(slugs, [gateway([tls({ credentialName: 'builtin://x' })])])).toEqual([])
  })
  it('end some day', () => {
    const at = (now: string) => of(['shop.example.com'], [secret(pair(shopCertificate))], { now: new Date(now) })
    const soon = ['warning certificate-ends-soon /spec/servers/0/tls/credentialName']
    expect(at('2026-06-16T23:59:59Z')).toEqual([])
    expect(at('2026-06-17')).toEqual(soon)
    expect(at('2026-07-01')).toEqual(soon)
    expect(at('2026-07-02')).toEqual([])
  })
  it('may be another one of those there', () => {
    const both = (name: string) => secret(pair(bothCertificate), name)
    const better = ['warning certificate-of-other-hosts /spec/servers/0/hosts [other-secret]']
    expect(of(['api.example.com'], [secret(pair(shopCertificate)), both('both')])).toEqual(better)
    expect(of(['api.example.com'], [secret(pair(shopCertificate)), both('both'), both('twin')])).toEqual(other)
    expect(of(['www.example.com'], [secret(pair(shopCertificate)), both('both')])).toEqual(other)
    const ending = { now: new Date('2026-06-20') }
    expect(of(['shop.example.com'], [secret(pair(shopCertificate)), both('both')], ending)).toEqual([
      'warning certificate-ends-soon /spec/servers/0/tls/credentialName [other-secret]',
    ])
    expect(
      of(['shop.example.com'], [secret(pair(shopCertificate)), secret(pair(shopCertificate), 'twin')], ending),
    ).toEqual(['warning certificate-ends-soon /spec/servers/0/tls/credentialName'])
  })
  it('may be another one where it is of one name wherever the Pods are', () => {
    const far = (name: string) => secret(pair(bothCertificate), name, 'far')
    const places = (...others: KubernetesObject[]) =>
      of(
        ['api.example.com'],
        [
          pod('edge-2', 'far', { labels }),
          secret(pair(shopCertificate)),
          secret(pair(bothCertificate), 'both'),
          ...others,
        ],
      )
    expect(places(far('both'))).toEqual(['warning certificate-of-other-hosts /spec/servers/0/hosts [other-secret]'])
    expect(places(far('third'))).toEqual(other)
    expect(places()).toEqual(other)
  })
})

describe('Secrets', () => {
  const slugs = ['credential-of-other-namespace', 'mutual-without-ca', 'credential-unusable']
  const place = '/spec/servers/0/tls'
  it('are of the gateway’s own namespace', () => {
    const of = (name: string, ...others: KubernetesObject[]) =>
      said(slugs, [gateway([tls({ credentialName: name })]), secret(pair(shopCertificate), 'shop', 'far'), ...others])
    expect(of('far/shop')).toEqual([`error credential-of-other-namespace ${place}/credentialName`])
    expect(of('far/shop', secret(pair(shopCertificate)))).toEqual([
      `error credential-of-other-namespace ${place}/credentialName [own-secret]`,
    ])
    expect(of('edge/shop', secret(pair(shopCertificate)))).toEqual([])
    expect(of('shop', secret(pair(shopCertificate)))).toEqual([])
    expect(of('configmap://far/shop')).toEqual([])
    const unread = said(slugs, [gateway([tls({ credentialName: 'far/shop' })])], { without: [kinds.secret] })
    expect(unread).toEqual([])
  })
  it('say which clients to trust', () => {
    const of = (mode: string | JsonRecord, data: JsonRecord | undefined, others: KubernetesObject[] = []) =>
      said(slugs, [
        gateway([tls(typeof mode === 'string' ? { mode } : { mode: 'MUTUAL', ...mode })]),
        secret(data),
        ...others,
      ])
    const lacks = [`error mutual-without-ca ${place}/mode`]
    expect(of('MUTUAL', pair(shopCertificate))).toEqual(lacks)
    expect(of('OPTIONAL_MUTUAL', pair(shopCertificate))).toEqual(lacks)
    expect(of('SIMPLE', pair(shopCertificate))).toEqual([])
    expect(of('ISTIO_MUTUAL', pair(shopCertificate))).toEqual([])
    expect(of('MUTUAL', pair(shopCertificate, { 'ca.crt': btoa('x') }))).toEqual([])
    expect(of('MUTUAL', { cert: btoa(shopCertificate), key: btoa('k'), cacert: btoa('x') })).toEqual([])
    expect(of('MUTUAL', undefined)).toEqual([])
    expect(of('MUTUAL', pair(shopCertificate), [secret({ cacert: 'x' }, 'shop-cacert')])).toEqual([])
    expect(of({ caCertificates: '/ca' }, pair(shopCertificate))).toEqual([])
    expect(of({ caCertCredentialName: 'ca' }, pair(shopCertificate))).toEqual([])
  })
  it('that cannot be used may be another one', () => {
    const broken = secret(pair('nothing'))
    const unusable = `error credential-unusable ${place}/credentialName`
    expect(said(slugs, [gateway([tls()]), broken])).toEqual([unusable])
    expect(said(slugs, [gateway([tls()]), broken, secret(pair(shopCertificate), 'good')])).toEqual([
      `${unusable} [other-secret]`,
    ])
  })
})

describe('routes', () => {
  const of = (gateways: string[], more: Omit<Case, 'objects'> = {}, servers: JsonRecord[] = [server(80, 'HTTP')]) =>
    said(
      ['no-routes'],
      [
        gateway(servers),
        object('VirtualService', 'r', { namespace: 'edge', spec: { hosts: ['shop.example.com'], gateways } }),
      ],
      more,
    )
  it('are bound to each Gateway', () => {
    const none = ['info no-routes /spec/servers']
    expect(of(['one'])).toEqual([])
    expect(of(['mesh'])).toEqual(none)
    expect(of(['far/one'])).toEqual(none)
    expect(of(['mesh'], {}, [])).toEqual([])
    expect(of(['mesh'], {}, [server(15443, 'TLS', { tls: { mode: 'AUTO_PASSTHROUGH' } })])).toEqual([])
    expect(said(['no-routes'], [gateway([server(80, 'HTTP')])], { without: [kinds.virtualService] })).toEqual([])
    const matched = object('VirtualService', 'r', {
      namespace: 'edge',
      spec: { hosts: ['x'], http: [{ match: [{ gateways: ['one'] }] }] },
    })
    expect(said(['no-routes'], [gateway([server(80, 'HTTP')]), matched])).toEqual([])
  })
})

describe('servers of the same proxies', () => {
  const of = (one: JsonRecord[], two?: JsonRecord[], more: More = {}) =>
    said(
      ['protocol-dropped', 'redirect-to-nothing', 'plain-too', 'only-old-tls'],
      [
        gateway(one),
        ...(two === undefined ? [] : [gateway(two, { name: 'two', created: '2026-02-01T00:00:00Z', ...more })]),
      ],
    )
  it('are of one kind on one port', () => {
    const dropped = ['error protocol-dropped /spec/servers/0/port']
    expect(of([server(80, 'HTTP')], [server(80, 'TCP')])).toEqual(dropped)
    expect(of([server(80, 'HTTP')], [server(80, 'HTTP2')])).toEqual([])
    expect(of([server(80, 'TCP')], [server(80, 'TCP')])).toEqual(dropped)
    expect(of([server(80, 'HTTP')], [server(81, 'TCP')])).toEqual([])
    expect(of([server(80, 'HTTP')], [server(80, 'TCP', { bind: '10.0.0.1' })])).toEqual([])
    expect(of([server(80, 'HTTP')], [server(80, 'TCP')], { selector: { istio: 'other' } })).toEqual([])
    expect(of([server(80, 'HTTP')], [server(80, 'TCP')], { namespace: 'far' })).toEqual(dropped)
    expect(of([server(80, 'HTTP'), server(80, 'TCP')])).toEqual(['error protocol-dropped /spec/servers/1/port'])
    expect(of([server(443, 'TLS', { tls: { mode: 'PASSTHROUGH' } })], [tls({}, { hosts: ['b.example.com'] })])).toEqual(
      [],
    )
    expect(of([{ hosts: ['a'] }, { hosts: ['b'] }])).toEqual([])
  })
  it('name the Gateway that decides, where it is another', () => {
    const by = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [edge, open, ...objects] })
        .filter(({ code }) => code === 'gateway.protocol-dropped')
        .map(({ params, evidence }) => [params['other'], ...evidence.map(({ name }) => name)].join(' '))
    expect(by(gateway([server(80, 'HTTP'), server(80, 'TCP')]))).toEqual(['edge/one'])
    const young = { name: 'two', created: '2026-02-01T00:00:00Z' }
    expect(by(gateway([server(80, 'HTTP')]), gateway([server(80, 'TCP')], young))).toEqual(['edge/one one'])
  })
  it('name both protocols as they are written', () => {
    const found = findingsOf({ objects: [edge, open, gateway([server(80, 'TCP'), server(80, 'Mongo')])] })
    const dropped = found.find(({ code }) => code === 'gateway.protocol-dropped')
    expect(dropped?.params).toMatchObject({ first: 'TCP', protocol: 'Mongo' })
  })
  it('are so by their selector, in whatever order it is written', () => {
    const both = { ...labels, app: 'edge' }
    const turned = { app: 'edge', ...labels }
    const twice = (selector: JsonRecord) =>
      said(
        ['protocol-dropped'],
        [gateway([server(80, 'HTTP')], { selector: both }), gateway([server(80, 'TCP')], { name: 'two', selector })],
      )
    expect(twice(turned)).toEqual(['error protocol-dropped /spec/servers/0/port'])
    expect(twice({ ...turned, app: 'else' })).toEqual([])
  })
  it('send clients where they are served', () => {
    const redirecting = server(80, 'HTTP', { tls: { httpsRedirect: true } })
    const nowhere = ['warning redirect-to-nothing /spec/servers/0/tls/httpsRedirect [no-redirect]']
    expect(of([redirecting])).toEqual(nowhere)
    expect(of([redirecting, tls()])).toEqual([])
    expect(of([redirecting, tls({}, { hosts: ['*.example.com'] })])).toEqual([])
    expect(of([redirecting, tls({}, { hosts: ['*'] })])).toEqual([])
    expect(of([redirecting, tls({}, { hosts: ['shop/shop.example.com'] })])).toEqual([])
    expect(of([redirecting, tls({}, { hosts: ['api.example.com'] })])).toEqual(nowhere)
    expect(of([{ ...redirecting, hosts: ['*'] }, tls()])).toEqual([])
    expect(of([redirecting], [tls()])).toEqual([])
    expect(of([redirecting], [tls()], { selector: { istio: 'other' } })).toEqual(nowhere)
  })
  it('serve a host by TLS alone', () => {
    const plain = 'info plain-too /spec/servers/0'
    expect(of([server(80, 'HTTP'), tls()])).toEqual([`${plain} [redirect]`])
    expect(of([server(80, 'HTTP'), tls({}, { hosts: ['*'] })])).toEqual([`${plain} [redirect]`])
    expect(of([server(80, 'HTTP'), tls({}, { hosts: ['*.example.com'] })])).toEqual([`${plain} [redirect]`])
    expect(of([server(80, 'HTTP', { hosts: ['*'] }), tls()])).toEqual([])
    expect(of([server(80, 'HTTP')])).toEqual([])
    expect(of([server(80, 'HTTP', { hosts: ['shop.example.com', 'api.example.com'] }), tls()])).toEqual([plain])
    expect(of([server(80, 'HTTP', { hosts: [] }), tls()])).toEqual([])
    expect(of([server(80, 'TCP'), tls()])).toEqual([])
  })
  it('speak TLS of today', () => {
    const old = ['warning only-old-tls /spec/servers/0/tls/maxProtocolVersion [tls13]']
    expect(of([tls({ maxProtocolVersion: 'TLSV1_1' })])).toEqual(old)
    expect(of([tls({ maxProtocolVersion: 'TLSV1_0' })])).toEqual(old)
    expect(of([tls({ maxProtocolVersion: 'TLSV1_2' })])).toEqual([])
  })
})

it('a server whose host is taken keeps the others', () => {
  const young = gateway([tls({}, { hosts: ['shop.example.com', 'api.example.com'] })], {
    name: 'two',
    created: '2026-02-01T00:00:00Z',
  })
  const alone = gateway([tls()], { name: 'three', created: '2026-03-01T00:00:00Z' })
  expect(said(['tls-server-dropped'], [gateway([tls()]), young])).toEqual([
    'error tls-server-dropped /spec/servers/0/hosts [leave-hosts]',
  ])
  expect(said(['tls-server-dropped'], [gateway([tls()]), alone])).toEqual([
    'error tls-server-dropped /spec/servers/0/hosts',
  ])
})
