import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const codes = /\.(plain-to-strict|mtls-refused|mtls-without-proxy|overrides-mtls)$/
const peer = (mode: string, more: { at?: string; spec?: JsonRecord } = {}) =>
  object('PeerAuthentication', 'p', { namespace: more.at ?? 'shop', spec: { mtls: { mode }, ...more.spec } })
const web = { selector: { matchLabels: { app: 'web' } } }
const rule = (spec: JsonRecord, host = 'web', at = 'shop') =>
  object('DestinationRule', 'd', { namespace: at, spec: { host, ...spec } })
const tls = (mode: string, host?: string) => rule({ trafficPolicy: { tls: { mode } } }, host)
const ports = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'http-m', port: 90, targetPort: 9090 },
]
const service = object('Service', 'web', { namespace: 'shop', spec: { selector: { app: 'web' }, ports } })
const inside = (labels: Record<string, string> = {}) =>
  pod('w', 'shop', { labels: { app: 'web', ...labels }, by: 'default' })
const outside = pod('o', 'shop', { labels: { app: 'web' } })
const of = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  told(codes, { objects: [namespace('shop'), service, ...objects], ...more })
const at = '/spec/trafficPolicy/tls/mode'

describe('what clients send and servers accept', () => {
  const refused = [`error plain-to-strict ${at} (send-mutual)`]
  it('plain text is refused where mutual TLS is demanded', () => {
    expect(of([inside(), peer('STRICT'), tls('DISABLE')])).toEqual(refused)
    expect(of([inside(), peer('STRICT'), tls('SIMPLE')])).toEqual([`error plain-to-strict ${at}`])
    expect(of([inside(), peer('STRICT'), tls('MUTUAL')])).toEqual([])
    expect(of([inside(), peer('STRICT'), tls('ISTIO_MUTUAL')])).toEqual([])
    expect(of([inside(), peer('PERMISSIVE'), tls('DISABLE')])).toEqual([])
    expect(of([inside(), tls('DISABLE')])).toEqual([])
    expect(of([inside(), peer('STRICT', { at: 'istio-system' }), tls('DISABLE')])).toEqual(refused)
    expect(of([inside(), peer('STRICT', { at: 'far' }), tls('DISABLE')])).toEqual([])
    expect(of([outside, peer('STRICT'), tls('DISABLE')])).toEqual([])
    expect(of([inside(), peer('STRICT'), tls('DISABLE', 'gone')])).toEqual([])
    expect(of([inside(), peer('STRICT'), tls('DISABLE')], { unread: ['east'] })).toEqual([])
    expect(of([inside(), tls('DISABLE')], { without: ['security.istio.io/PeerAuthentication'] })).toEqual([])
    expect(of([peer('STRICT'), tls('DISABLE')])).toEqual([])
    const ended = pod('w', 'shop', { labels: { app: 'web' }, by: 'default', phase: 'Succeeded' })
    expect(of([ended, peer('STRICT'), tls('DISABLE')])).toEqual([])
    const selectless = object('Service', 'db', { namespace: 'shop', spec: { ports } })
    expect(of([inside(), selectless, peer('STRICT'), tls('DISABLE', 'db')])).toEqual([])
  })
  it('servers are those of any cluster', () => {
    const members = [namespace('shop'), service, inside()]
    expect(told(codes, { objects: [namespace('shop'), peer('STRICT'), tls('DISABLE')], members })).toEqual(refused)
  })
  it('is told by who demands it', () => {
    const aliases = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [service, inside(), tls('DISABLE'), ...objects] })
        .filter(({ code }) => codes.test(code))
        .flatMap((each) => each.aliases)
    expect(aliases(peer('STRICT'))).toEqual(['KIA0207'])
    expect(aliases(peer('STRICT', { at: 'istio-system' }))).toEqual(['KIA0208'])
    expect(aliases(peer('STRICT', { at: 'istio-system' }), peer('PERMISSIVE'))).toEqual([])
    expect(aliases(peer('STRICT', { at: 'istio-system' }), peer('UNSET'))).toEqual(['KIA0208'])
    const [found] = findingsOf({ objects: [service, inside(), tls('DISABLE'), peer('STRICT')] }).filter(({ code }) =>
      codes.test(code),
    )
    expect(found).toMatchObject({
      params: { host: 'web', mode: 'DISABLE', policy: 'p', level: 'namespace' },
      evidence: [{ kind: 'PeerAuthentication', name: 'p' }],
    })
  })
  it('in the root namespace is demanded for the mesh alone', () => {
    const root = 'istio-system'
    const gateway = pod('w', root, { labels: { app: 'web' }, by: 'default' })
    const objects = [
      namespace(root),
      gateway,
      object('Service', 'web', { namespace: root, spec: { selector: { app: 'web' }, ports } }),
    ]
    const plain = rule({ trafficPolicy: { tls: { mode: 'DISABLE' } } }, 'web', root)
    const aliases = (policy: KubernetesObject) =>
      findingsOf({ objects: [...objects, plain, policy] })
        .filter(({ code }) => codes.test(code))
        .flatMap((each) => each.aliases)
    expect(aliases(peer('STRICT', { at: root }))).toEqual(['KIA0208'])
    expect(aliases(peer('STRICT', { at: root, spec: web }))).toEqual([])
  })
  it('mutual TLS is refused where it is switched off', () => {
    expect(of([inside(), peer('DISABLE'), tls('ISTIO_MUTUAL')])).toEqual([`error mtls-refused ${at} (send-plain)`])
    expect(of([inside(), peer('DISABLE'), tls('DISABLE')])).toEqual([])
    expect(of([inside(), peer('PERMISSIVE'), tls('ISTIO_MUTUAL')])).toEqual([])
  })
  it('is told by who switches it off', () => {
    const aliases = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [service, inside(), tls('ISTIO_MUTUAL'), ...objects] })
        .filter(({ code }) => codes.test(code))
        .flatMap((each) => each.aliases)
    expect(aliases(peer('DISABLE'))).toEqual(['KIA0505'])
    expect(aliases(peer('DISABLE', { spec: web }))).toEqual(['KIA0505'])
    expect(aliases(peer('DISABLE', { at: 'istio-system' }))).toEqual(['KIA0506'])
  })
  it('mutual TLS is refused where nobody can end it', () => {
    expect(of([outside, tls('ISTIO_MUTUAL')])).toEqual([`error mtls-without-proxy ${at} (send-plain)`])
    expect(of([outside, inside(), tls('ISTIO_MUTUAL')])).toEqual([])
    expect(of([outside, tls('DISABLE')])).toEqual([])
    expect(of([outside, tls('ISTIO_MUTUAL')], { without: ['security.istio.io/PeerAuthentication'] })).toEqual([])
    expect(of([tls('ISTIO_MUTUAL')])).toEqual([])
    const ambient = pod('a', 'shop', {
      labels: { app: 'web' },
      annotations: { 'ambient.istio.io/redirection': 'enabled' },
    })
    expect(of([ambient, tls('ISTIO_MUTUAL')])).toEqual([])
  })
  it('differ by port', () => {
    const byPort = (port: number, mode: string) =>
      rule({ trafficPolicy: { portLevelSettings: [{ port: { number: port }, tls: { mode } }] } })
    const place = '/spec/trafficPolicy/portLevelSettings/0/tls/mode'
    const open = peer('STRICT', { spec: { ...web, portLevelMtls: { 9090: { mode: 'DISABLE' } } } })
    expect(of([inside(), open, byPort(80, 'DISABLE')])).toEqual([`error plain-to-strict ${place} (send-mutual)`])
    expect(of([inside(), open, byPort(90, 'DISABLE')])).toEqual([])
    expect(of([inside(), open, byPort(90, 'ISTIO_MUTUAL')])).toEqual([`error mtls-refused ${place} (send-plain)`])
    expect(of([inside(), open, byPort(80, 'ISTIO_MUTUAL')])).toEqual([])
    expect(of([inside(), open, byPort(91, 'ISTIO_MUTUAL')])).toEqual([])
    expect(of([inside(), open, tls('ISTIO_MUTUAL')])).toEqual([`error mtls-refused ${at}`])
    const portless = rule({ trafficPolicy: { portLevelSettings: [{ tls: { mode: 'DISABLE' } }] } })
    expect(of([inside(), peer('STRICT'), portless])).toEqual([])
    const other = peer('STRICT', {
      spec: { selector: { matchLabels: { app: 'api' } }, portLevelMtls: { 9090: { mode: 'DISABLE' } } },
    })
    expect(of([inside(), other, tls('DISABLE')])).toEqual([])
  })
  it('differ by subset', () => {
    const subset = (mode: string) =>
      rule({ subsets: [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tls: { mode } } }] })
    const strict = peer('STRICT', { spec: { selector: { matchLabels: { version: 'v1' } } } })
    const place = '/spec/subsets/0/trafficPolicy/tls/mode'
    expect(of([inside({ version: 'v1' }), strict, subset('DISABLE')])).toEqual([
      `error plain-to-strict ${place} (send-mutual)`,
    ])
    const second = {
      subsets: [
        { name: 'v2', labels: { version: 'v2' } },
        { name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tls: { mode: 'DISABLE' } } },
      ],
    }
    expect(of([inside({ version: 'v1' }), strict, rule(second)])).toEqual([
      `error plain-to-strict ${place.replace('0', '1')} (send-mutual)`,
    ])
    const v2 = pod('w2', 'shop', { labels: { app: 'web', version: 'v2' }, by: 'default' })
    expect(
      of([v2, peer('STRICT', { spec: { selector: { matchLabels: { version: 'v2' } } } }), subset('DISABLE')]),
    ).toEqual([])
  })
  it.each<[string, string, string[]]>([
    ['*.shop.svc.cluster.local', 'shop', refused],
    ['*.shop.svc.cluster.local', 'istio-system', refused],
    ['*.far.svc.cluster.local', 'shop', []],
    ['*.far.svc.cluster.local', 'istio-system', refused],
    ['*.svc.cluster.local', 'istio-system', refused],
    ['*.local', 'istio-system', refused],
    ['*', 'istio-system', refused],
    ['*.local', 'shop', []],
    ['*.example.com', 'istio-system', []],
    ['*.a.shop.svc.cluster.local', 'shop', []],
    ['*.a.shop.svc.cluster.local', 'istio-system', []],
    ['*.shop.svc.cluster.other', 'shop', []],
  ])('hosts %s, demanded in %s', (host, home, expected) => {
    expect(of([peer('STRICT', { at: home }), tls('DISABLE', host)])).toEqual(expected)
  })
})

describe('servers that accept something else than all others', () => {
  const wide = (mode: string, host = '*.local') =>
    object('DestinationRule', 'wide', { namespace: 'istio-system', spec: { host, trafficPolicy: { tls: { mode } } } })
  const switchedOff = [`error mtls-refused ${at}`]
  it('are below a rule for the mesh', () => {
    expect(of([inside(), peer('DISABLE'), wide('ISTIO_MUTUAL')])).toEqual(switchedOff)
    expect(of([inside(), peer('DISABLE', { spec: web }), wide('ISTIO_MUTUAL', '*')])).toEqual(switchedOff)
    expect(of([inside(), peer('STRICT'), wide('DISABLE', '*.svc.cluster.local')])).toEqual([
      `error plain-to-strict ${at}`,
    ])
    const [found] = findingsOf({ objects: [service, inside(), peer('DISABLE'), wide('ISTIO_MUTUAL')] }).filter(
      ({ code }) => codes.test(code),
    )
    expect(found?.params).toMatchObject({ host: 'web.shop.svc.cluster.local', policy: 'p', level: 'namespace' })
  })
  it('are in the namespace of the rule', () => {
    const own = wide('ISTIO_MUTUAL', '*.shop.svc.cluster.local')
    expect(of([inside(), peer('DISABLE', { spec: web }), own])).toEqual(switchedOff)
    expect(of([inside(), peer('DISABLE', { spec: web }), wide('ISTIO_MUTUAL', '*.pay.svc.cluster.local')])).toEqual([])
  })
  it('have a rule of their own, or nobody that reads it', () => {
    const all = [peer('DISABLE'), wide('ISTIO_MUTUAL')]
    expect(of([inside(), ...all, tls('DISABLE')])).toEqual([])
    expect(of([inside(), ...all, rule({}, '*.shop.svc.cluster.local')])).toEqual([])
    expect(of([outside, ...all])).toEqual([])
    expect(of([inside(), peer('PERMISSIVE'), wide('ISTIO_MUTUAL')])).toEqual([])
    expect(of([inside(), ...all], { unread: ['east'] })).toEqual([])
  })
  it('are at a port that the rule speaks of, and of no subset', () => {
    const open = peer('STRICT', { spec: { ...web, portLevelMtls: { 9090: { mode: 'DISABLE' } } } })
    const of90 = (number: number) => ({
      trafficPolicy: { portLevelSettings: [{ port: { number }, tls: { mode: 'ISTIO_MUTUAL' } }] },
    })
    const at90 = '/spec/trafficPolicy/portLevelSettings/0/tls/mode'
    expect(of([inside(), open, rule(of90(90), '*.local')])).toEqual([`error mtls-refused ${at90}`])
    expect(of([inside(), open, rule(of90(80), '*.local')])).toEqual([])
    const subsets = [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }]
    expect(of([inside({ version: 'v1' }), open, rule({ subsets }, '*.local')])).toEqual([])
  })
})

describe('servers that demand mutual TLS, where Istio does not find out', () => {
  const by = (policy: KubernetesObject, more: KubernetesObject[] = [], without: string[] = []) =>
    findingsOf({ objects: [service, inside(), policy, ...more], settings: { autoMtls: false }, without })
      .filter(({ code }) => code === 'peerauthentication.clients-plain')
      .flatMap((each) => each.aliases)
  const said = (home: string, ...more: KubernetesObject[]) => by(peer('STRICT', { at: home }), more)
  it.each([
    ['istio-system', 'KIA0401', '*.local'],
    ['shop', 'KIA0501', '*.shop.svc.cluster.local'],
  ])('%s is told as %s, unless a rule is for %s', (home, alias, host) => {
    expect(said(home)).toEqual([alias])
    expect(said(home, tls('ISTIO_MUTUAL', host))).toEqual([])
    expect(said(home, tls('DISABLE', host))).toEqual([alias])
  })
  it('are all of the mesh, or of a namespace', () => {
    expect(said('istio-system', tls('ISTIO_MUTUAL', '*.istio-system.svc.cluster.local'))).toEqual(['KIA0401'])
    expect(by(peer('STRICT', { spec: web }))).toEqual([])
    expect(by(peer('PERMISSIVE'))).toEqual([])
    expect(by(peer('STRICT'), [], ['networking.istio.io/DestinationRule'])).toEqual([])
  })
})

describe('a narrower rule, where Istio does not find out', () => {
  const settings = { autoMtls: false }
  const below = (host: string) =>
    object('DestinationRule', 'wide', {
      namespace: 'istio-system',
      spec: { host, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    })
  const wide = below('*.local')
  const plain = ['warning overrides-mtls /spec (send-mutual)']
  it('sends plain text unless it says otherwise', () => {
    expect(of([wide, rule({})], { settings })).toEqual(plain)
    expect(of([wide, rule({ trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } })], { settings })).toEqual(plain)
    expect(of([wide, rule({})])).toEqual([])
    expect(of([wide, tls('ISTIO_MUTUAL')], { settings })).toEqual([])
    expect(of([wide, tls('DISABLE')], { settings })).toEqual([])
    expect(of([rule({})], { settings })).toEqual([])
    expect(of([wide, rule({}, '*.local')], { settings })).toEqual([])
    expect(of([wide, rule({}, 'a.example.com')], { settings })).toEqual([])
    const byPorts = (...numbers: number[]) =>
      rule({
        trafficPolicy: {
          portLevelSettings: numbers.map((number) => ({ port: { number }, tls: { mode: 'ISTIO_MUTUAL' } })),
        },
      })
    expect(of([wide, byPorts(80)], { settings })).toEqual(plain)
    expect(of([wide, byPorts(80, 90)], { settings })).toEqual([])
    expect(of([wide, byPorts(80, 91)], { settings })).toEqual(plain)
    const paths = (own: JsonRecord) =>
      findingsOf({ objects: [namespace('shop'), service, wide, rule(own)], settings })
        .filter(({ code }) => code === 'destinationrule.overrides-mtls')
        .flatMap(({ fixes }) => fixes.flatMap(({ patches }) => patches.flatMap(({ operations }) => operations)))
        .map(({ path }) => path)
    expect(paths({})).toEqual(['/spec/trafficPolicy'])
    expect(paths({ trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } })).toEqual(['/spec/trafficPolicy/tls'])
    const ofDomain = { settings: { ...settings, domain: 'corp.local' } }
    const corp = below('*.svc.corp.local')
    expect(of([corp, rule({})], ofDomain)).toEqual(plain)
    expect(of([corp, byPorts(80, 90)], ofDomain)).toEqual([])
    const bySubset = { subsets: [{ name: 'v1', labels: { a: 'b' }, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }] }
    expect(of([wide, rule(bySubset)], { settings })).toEqual(plain)
  })
})
