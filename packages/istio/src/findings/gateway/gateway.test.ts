import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'
import { lateCertificate, shopCertificate } from '../fixes/certificates.ts'
import { certificateFacts } from '../x509-facts.ts'

const labels = { istio: 'ingressgateway' }
const edge = pod('edge-1', 'edge', { labels })
const ports = (...list: JsonRecord[]) =>
  object('Service', 'edge', { namespace: 'edge', spec: { selector: labels, ports: list } })
const open = ports({ port: 80, targetPort: 8080, protocol: 'TCP' }, { port: 443, targetPort: 'https', protocol: 'TCP' })
const server = (number: number, more: JsonRecord = {}) => ({
  port: { number, name: `p${number}`, protocol: more['tls'] === undefined ? 'HTTP' : 'HTTPS' },
  hosts: ['shop.example.com'],
  ...more,
})
const gateway = (
  servers: JsonRecord[],
  more: { name?: string; namespace?: string; created?: string; selector?: JsonRecord } = {},
) => {
  const { name = 'one', namespace = 'edge', selector = labels, ...rest } = more
  return object('Gateway', name, { namespace, ...rest, spec: { selector, servers } })
}
const older =
  /^gateway\.(no-servers|host-twice|selector|pods|port|credential-(not|unusable)|duplicate|tls-server|hosts)/
const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  const found = findingsOf({ objects, ...more }).filter(({ code }) => older.test(code))
  return found.map(({ severity, code, aliases }) => [severity, code.slice('gateway.'.length), ...aliases].join(' '))
}

describe('selectors', () => {
  const nobody = ['warning selector-empty IST0101 KIA0302']
  it('select Pods that run', () => {
    expect(told([edge, open, gateway([server(80)])])).toEqual([])
    expect(told([open, gateway([server(80)])])).toEqual(nobody)
    expect(told([pod('e', 'edge', { labels, phase: 'Failed' }), open, gateway([server(80)])])).toEqual([
      'warning pods-ended KIA0302',
    ])
    expect(told([open, gateway([server(80)])], { unread: ['east'] })).toEqual([])
    const wrong = gateway([server(80)], { selector: { istio: 'x' } })
    const found = findingsOf({ objects: [edge, open, wrong] }).find(({ code }) => code === 'gateway.selector-empty')
    expect(found?.fixes.map(({ code }) => code)).toEqual(['ingress-gateway'])
    expect(told([edge, open, wrong])).toEqual(nobody)
  })
  it.each(['egressgateway', 'eastwestgateway', 'my-east-west'])(
    'of %s are not those of the ingress gateway',
    (istio) => {
      const other = gateway([server(80)], { selector: { istio } })
      const found = findingsOf({ objects: [edge, open, other] }).find(({ code }) => code === 'gateway.selector-empty')
      expect(found?.fixes).toEqual([])
    },
  )
  it('may be those of the ingress gateway, where nothing else of its proxies is in the way', () => {
    const secret = {
      ...object('Secret', 'shop', { namespace: 'edge' }),
      data: { 'tls.crt': btoa(shopCertificate), 'tls.key': btoa('key') },
    }
    const secured = (credentialName: string, host = 'a.shop.example.com') =>
      server(443, { tls: { mode: 'SIMPLE', credentialName }, hosts: [host] })
    const ways = (servers: JsonRecord[], theirs: JsonRecord) => {
      const wrong = gateway(servers, { selector: { istio: 'x' } })
      return findingsOf({ objects: [edge, open, secret, wrong, gateway([theirs], { namespace: 'far' })] })
        .filter(({ code }) => code === 'gateway.selector-empty')
        .flatMap(({ fixes }) => fixes.map(({ code }) => code))
    }
    const own = secured('shop', 'shop.example.com')
    expect(ways([own], secured('other'))).toEqual(['ingress-gateway'])
    expect(ways([own], secured('shop'))).toEqual([])
    expect(ways([server(80)], secured(''))).toEqual(['ingress-gateway'])
    expect(ways([server(80)], server(80, { hosts: ['a.example.com'] }))).toEqual(['ingress-gateway'])
    expect(ways([server(80)], server(80))).toEqual([])
  })
})

describe('ports', () => {
  const unserved = ['warning port-not-served IST0162']
  it.each([
    ['of the Service', open, 80, []],
    ['of the Pods', open, 8080, []],
    ['by a name', open, 443, []],
    ['of nobody', open, 81, unserved],
    ['in digits', ports({ port: 80, targetPort: '9090', protocol: 'TCP' }), 9090, []],
    ['of UDP', ports({ port: 80, protocol: 'UDP' }), 80, unserved],
    ['of no protocol', ports({ port: 80 }), 80, ['info port-protocol-unsaid IST0162']],
    [
      'of another service',
      { ...open, spec: { selector: { app: 'x' }, ports: [{ port: 80, protocol: 'TCP' }] } },
      80,
      unserved,
    ],
    [
      'of another namespace',
      object('Service', 'edge', {
        namespace: 'far',
        spec: { selector: labels, ports: [{ port: 80, protocol: 'TCP' }] },
      }),
      80,
      unserved,
    ],
  ])('%s', (...[, service, number, expected]) => {
    expect(told([edge, service, gateway([server(number)])])).toEqual(expected)
  })
  it('are not asked for where there is none, or where Services were not read', () => {
    expect(told([edge, open, gateway([{ hosts: ['a'] }])])).toEqual([])
    expect(told([edge, gateway([server(80)])])).toEqual(unserved)
    expect(told([edge, open, gateway([server(81)])], { unread: ['east'] })).toEqual([])
  })
  it('are looked for in each Service of the Pods', () => {
    const [first] = findingsOf({
      objects: [
        edge,
        open,
        { ...ports({ port: 90 }), metadata: { name: 'more', namespace: 'edge' } },
        gateway([server(81)]),
      ],
    }).filter(({ code }) => code === 'gateway.port-not-served')
    expect(first?.params['services']).toBe('edge, more')
    expect(first?.evidence.map(({ name }) => name)).toEqual(['edge', 'more'])
  })
})

describe('credentials', () => {
  const secret = (data: JsonRecord | undefined, name = 'shop', namespace = 'edge') => ({
    ...object('Secret', name, { namespace }),
    ...(data === undefined ? {} : { data }),
  })
  const pair = (certificate: string) => ({ 'tls.crt': btoa(certificate), 'tls.key': btoa('key') })
  const secured = (credentialName: string, mode = 'SIMPLE') => gateway([server(443, { tls: { mode, credentialName } })])
  const missing = ['error credential-not-found IST0101']
  const other = secret(pair(shopCertificate), 'other', 'far')
  const unusable = ['error credential-unusable IST0161']
  const said = (...objects: KubernetesObject[]) => told([edge, open, ...objects])
  it.each([
    ['a certificate', pair(shopCertificate), []],
    ['another layout', { cert: btoa(shopCertificate), key: btoa('key') }, []],
    ['no key', { 'tls.crt': btoa(shopCertificate) }, unusable],
    ['no certificate', pair('nothing'), unusable],
    ['a broken one', pair('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'), unusable],
    ['one of later', pair(lateCertificate), unusable],
    ['no data', undefined, []],
    ['keys without values', { 'tls.crt': '', 'tls.key': '' }, []],
  ])('%s', (...[, data, expected]) => {
    expect(said(secured('shop'), secret(data))).toEqual(expected)
  })
  it('end', () => {
    const objects = [edge, open, secured('shop'), secret(pair(shopCertificate))]
    const fault = (now: string) =>
      findingsOf({ objects, now: new Date(now) }).flatMap(({ params }) => params['fault'] ?? [])
    expect(fault('2026-07-02')).toEqual(['ended'])
    expect(fault('2025-12-31')).toEqual(['not-yet'])
    expect(fault('2026-06-30')).toEqual([])
  })
  it('are where the Pods are', () => {
    expect(said(secured('shop'))).toEqual(['warning credential-not-found IST0101'])
    expect(said(secured('shop'), other)).toEqual(missing)
    expect(said(secured('shop'), secret(pair(shopCertificate), 'shop', 'far'))).toEqual(missing)
    expect(said(secured('far/shop'), secret(pair(shopCertificate), 'shop', 'far'))).toEqual([])
    expect(said(secured('configmap://shop'))).toEqual([])
    expect(said(secured(''))).toEqual([])
    expect(
      said(gateway([server(443, { tls: { mode: 'SIMPLE', serverCertificate: '/a', privateKey: '/b' } })])),
    ).toEqual([])
    expect(
      told([open, secured('shop'), pod('edge-1', 'far', { labels }), edge, secret(pair(shopCertificate))]).filter(
        (each) => each.includes('cred'),
      ),
    ).toEqual(['warning credential-not-everywhere'])
    expect(told([edge, open, secured('shop')], { unread: ['east'] })).toEqual([])
    expect(told([edge, open, secured('shop')], { without: [kinds.secret] })).toEqual([])
  })
  it('of another cluster are taken from the cluster of the configuration', () => {
    expect(told([secured('shop'), secret(pair(shopCertificate))], { members: [edge, open] })).toEqual([])
    expect(told([secured('shop')], { members: [edge, open, secret(pair(shopCertificate))] })).toEqual([])
    expect(told([secured('shop'), other], { members: [edge, open] })).toEqual(missing)
  })
  it('may be the only one there', () => {
    const fixes = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [edge, open, ...objects] }).flatMap((each) =>
        each.code.startsWith('gateway.') ? each.fixes.map(({ params }) => params['name']) : [],
      )
    expect(fixes(secured('shop'), secret(pair(shopCertificate), 'other'))).toEqual(['other'])
    expect(
      fixes(secured('shop'), secret(pair(shopCertificate), 'other'), secret(pair(shopCertificate), 'third')),
    ).toEqual([])
    expect(fixes(secured('shop'), secret(pair('x'), 'other'))).toEqual([])
    expect(fixes(secured('shop'), secret({ 'ca.crt': 'x' }, 'other'))).toEqual([])
  })
})

describe('gateways of the same proxies', () => {
  const old = { created: '2026-01-01T00:00:00Z' }
  const young = { created: '2026-02-01T00:00:00Z', name: 'two' }
  const tls = (more: JsonRecord) => server(443, { tls: { mode: 'SIMPLE', ...more } })
  const found = (code: string, ...objects: KubernetesObject[]) =>
    findingsOf({ objects: [edge, open, ...objects] })
      .filter((each) => each.code === `gateway.${code}`)
      .map(({ ref }) => ref.name)
      .toSorted((a, b) => a.localeCompare(b))
  it('show one certificate', () => {
    const of = (one: JsonRecord, two: JsonRecord, more: { selector?: JsonRecord } = {}) =>
      found('duplicate-certificate', gateway([tls(one)]), gateway([tls(two)], { name: 'two', ...more }))
    const files = { serverCertificate: '/a', privateKey: '/b' }
    expect(of({ credentialName: 'a' }, { credentialName: 'a' })).toEqual(['one', 'two'])
    expect(of({ credentialName: 'a' }, { credentialName: 'b' })).toEqual([])
    expect(of(files, files)).toEqual(['one', 'two'])
    expect(of(files, { ...files, privateKey: '/c' })).toEqual([])
    expect(of(files, { ...files, credentialName: 'a' })).toEqual([])
    expect(of({}, {})).toEqual([])
    expect(of({ credentialName: 'a' }, { credentialName: 'a' }, { selector: { ...labels, x: 'y' } })).toEqual(['one'])
    expect(of({ credentialName: 'a' }, { credentialName: 'a' }, { selector: { x: 'y' } })).toEqual([])
    expect(of({ credentialName: 'a' }, { credentialName: 'a' }, { selector: {} })).toEqual(['two'])
    expect(found('duplicate-certificate', gateway([server(80)]), gateway([server(80)], { name: 'two' }))).toEqual([])
  })
  it('serve one host', () => {
    const of = (one: JsonRecord, two: JsonRecord, more: { selector?: JsonRecord } = {}) => {
      const both = [gateway([one], old), gateway([two], { ...young, ...more })]
      return [
        ...found('hosts-shared', ...both),
        ...found('tls-server-dropped', ...both).map((each) => `${each} dropped`),
      ]
    }
    expect(of(server(80), server(80))).toEqual(['one', 'two'])
    expect(of(server(80), server(8080))).toEqual([])
    expect(of(server(80), server(80, { hosts: ['*'] }))).toEqual([])
    expect(of(server(80), server(80, { bind: '10.0.0.1' }))).toEqual([])
    expect(of(tls({}), tls({}))).toEqual(['one', 'two dropped'])
    expect(of(server(80), server(80), { selector: { x: 'y' } })).toEqual([])
    expect(of(server(80), server(80), { selector: { ...labels, x: 'y' } })).toEqual([])
    const more = { selector: { ...labels, x: 'y' } }
    const shared = [
      gateway([server(80)], old),
      gateway([server(80)], { ...young, ...more }),
      pod('both', 'edge', { labels: { ...labels, x: 'y' } }),
    ]
    expect(found('hosts-shared', ...shared)).toEqual(['one', 'two'])
    expect(told(shared, { unread: ['east'] })).toEqual([])
  })
})

describe('servers', () => {
  const nothing = gateway([])
  const both = (servers: JsonRecord[]) =>
    told([edge, open, gateway(servers), gateway([server(80)], { name: 'two' })]).filter((each) =>
      each.includes('hosts-shared'),
    )
  it('are there', () => {
    expect(told([edge, nothing])).toEqual(['rejected no-servers IST0101'])
    expect(told([edge, gateway([], { selector: {} })])).toEqual([])
    expect(told([edge, open, nothing, gateway([server(80)], { name: 'two' })])).toEqual([])
    expect(told([edge, nothing, gateway([], { name: 'two' })])).toHaveLength(2)
    const elsewhere = gateway([server(80)], { name: 'two', selector: { x: 'y' } })
    expect(told([edge, open, nothing, elsewhere])).toContain('rejected no-servers IST0101')
  })
  it('of one port are remembered by the last one alone', () => {
    const other = server(80, { hosts: ['other.example.com'] })
    const seen = 'info hosts-shared IST0145 KIA0301'
    expect(both([other, server(80)])).toEqual([seen, seen])
    expect(both([server(80), other]).toSorted()).toEqual([seen, 'info hosts-shared KIA0301'])
    expect(both([server(80), server(8080)])).toEqual([seen, seen])
  })
  it('of one port hide each other’s hosts from istioctl', () => {
    const elsewhere = server(80, { bind: '10.0.0.1' })
    const seen = 'info hosts-shared IST0145 KIA0301'
    expect(both([elsewhere, server(80)]).toSorted()).toEqual([seen, 'info hosts-shared KIA0301'])
    expect(both([server(80), elsewhere]).toSorted()).toEqual([seen, 'info hosts-shared KIA0301'])
  })
  it('of one port have different hosts', () => {
    const twice = (servers: JsonRecord[], ...more: KubernetesObject[]) =>
      told([edge, open, gateway(servers), ...more]).filter((each) => each.includes('host-twice'))
    const other = server(80, { hosts: ['other.example.com'] })
    expect(twice([server(80), server(80)])).toEqual(['info host-twice KIA0301'])
    expect(twice([server(443, { tls: {} }), server(443, { tls: {} })])).toEqual(['warning host-twice KIA0301'])
    expect(twice([server(80), other])).toEqual([])
    expect(twice([server(80), server(8080)])).toEqual([])
    expect(twice([server(80), server(80, { bind: '10.0.0.1' })])).toEqual([])
    const two = (port: number, selector: JsonRecord = labels) =>
      gateway([server(port, { hosts: ['two.example.com'] })], { name: 'two', selector })
    expect(twice([server(80), server(80)], two(80))).toEqual(['info host-twice IST0145 KIA0301'])
    expect(twice([server(80), server(80)], two(443))).toEqual(['info host-twice KIA0301'])
    expect(twice([server(80), server(80)], two(80, { x: 'y' }))).toEqual(['info host-twice KIA0301'])
  })
})

it('what a certificate tells is read', () => {
  expect(certificateFacts(shopCertificate)).toEqual({
    notBefore: Date.parse('2026-01-01'),
    notAfter: Date.parse('2026-07-01'),
    names: ['shop.example.com', '*.shop.example.com'],
  })
  expect(certificateFacts(lateCertificate)).toEqual({
    notBefore: Date.parse('2060-01-01'),
    notAfter: Date.parse('2061-01-01'),
    names: [],
  })
  expect(certificateFacts('')).toBeUndefined()
})
