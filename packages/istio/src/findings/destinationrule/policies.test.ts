import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import type { Case } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

const full = 'web.shop.svc.cluster.local'
const web = {
  ...service('web', 'shop'),
  spec: { selector: { app: 'web' }, ports: [{ port: 80, name: 'http', protocol: 'TCP' }] },
}
const live = (version: string, key = 'version') =>
  pod(`web-${version}`, 'shop', { labels: { app: 'web', [key]: version }, by: 'default' })
type More = { name?: string; namespace?: string; created?: string }
const rule = (spec: JsonRecord, { name = 'rule', namespace: at = 'shop', created }: More = {}) =>
  object('DestinationRule', name, {
    namespace: at,
    ...(created === undefined ? {} : { created }),
    spec: { host: full, ...spec },
  })
const said = (slugs: string[], objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects: [web, live('v1'), live('v2'), ...objects], ...more }, 'destinationrule', slugs)
const subset = (name: string, more: JsonRecord = {}) => ({ name, labels: { version: name }, ...more })
const pool = { connectionPool: { tcp: { maxConnections: 10 } } }

describe('several rules for one host', () => {
  const old = { name: 'old', created: '2026-01-01T00:00:00Z' }
  const young = { name: 'young', created: '2026-02-01T00:00:00Z' }
  const of = (
    one: JsonRecord,
    two: JsonRecord,
    { namespace = 'shop', ...more }: Omit<Case, 'objects'> & { namespace?: string } = {},
  ) => said(['policy-dropped', 'subset-dropped'], [rule(one, old), rule(two, { ...young, namespace })], more)
  const policy = { trafficPolicy: pool }
  const subsets = { subsets: [subset('v1')] }
  const dropped = ['warning policy-dropped /spec/trafficPolicy']
  const twice = ['warning subset-dropped /spec/subsets/0 [rename]']
  const selecting = (app: string) => ({ workloadSelector: { matchLabels: { app } } })
  it.each([
    ['two policies', policy, policy, dropped],
    ['in another spelling', policy, { ...policy, host: 'web' }, dropped],
    ['one policy', policy, {}, []],
    ['the younger one’s', {}, policy, []],
    ['one subset', subsets, subsets, twice],
    ['two subsets', subsets, { subsets: [subset('v2')] }, []],
    [
      'a name that is taken',
      { subsets: [subset('v1'), subset('v1-2')] },
      subsets,
      ['warning subset-dropped /spec/subsets/0'],
    ],
    ['of other hosts', policy, { ...policy, host: 'api' }, []],
    ['for some workloads', policy, { ...policy, ...selecting('x') }, []],
    ['for the same workloads', { ...policy, ...selecting('x') }, { ...policy, ...selecting('x') }, dropped],
    ['for different workloads', { ...policy, ...selecting('x') }, { ...policy, ...selecting('y') }, []],
    ['for others', policy, { ...policy, exportTo: ['.'] }, []],
    ['for more', { ...policy, exportTo: ['.'] }, { ...policy, exportTo: ['shop', 'far'] }, dropped],
    ['for fewer', { ...policy, exportTo: ['shop', 'far'] }, { ...policy, exportTo: ['.'] }, []],
  ])('%s', (...[, one, two, expected]) => {
    expect(of(one, two)).toEqual(expected)
  })
  it('is settled by age, in one namespace, as the mesh exports', () => {
    expect(of(policy, policy, { namespace: 'far' })).toEqual([])
    expect(
      of(policy, { ...policy, exportTo: ['.'] }, { settings: { config: { defaultDestinationRuleExportTo: ['.'] } } }),
    ).toEqual(dropped)
    expect(said(['policy-dropped'], [rule(policy, old)])).toEqual([])
  })
})

describe('the owner’s rule', () => {
  const owners = rule({ subsets: [subset('v1')], trafficPolicy: pool }, { name: 'owners' })
  const of = (spec: JsonRecord, others: KubernetesObject[] = [owners], more: Omit<Case, 'objects'> = {}) =>
    said(['hides-owners'], [rule(spec, { namespace: 'far' }), pod('client', 'far'), ...others], more)
  const hidden = ['warning hides-owners /spec/host [take-over]']
  it('is nothing to clients that have one of their own', () => {
    expect(of({})).toEqual(hidden)
    expect(of({ subsets: [subset('v1')] })).toEqual(hidden)
    expect(of({ trafficPolicy: pool })).toEqual(hidden)
    expect(of({ subsets: [subset('v2')], trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } })).toEqual(hidden)
    expect(of({ subsets: [subset('v1')], trafficPolicy: pool })).toEqual([])
    expect(
      of({ trafficPolicy: pool }, [owners, rule({ subsets: [subset('v1')] }, { name: 'more', namespace: 'far' })]),
    ).toEqual([])
  })
  it('is one that they would see', () => {
    expect(of({}, [])).toEqual([])
    expect(of({}, [rule({ exportTo: ['.'], trafficPolicy: pool }, { name: 'owners' })])).toEqual([])
    const settings = { config: { defaultDestinationRuleExportTo: ['.'] } }
    expect(of({}, [owners], { settings })).toEqual([])
    expect(of({}, [rule({ trafficPolicy: pool, workloadSelector: {} }, { name: 'owners' })])).toEqual([])
    expect(of({}, [rule({ trafficPolicy: pool }, { name: 'third', namespace: 'third' })])).toEqual([])
    expect(of({ workloadSelector: {} })).toEqual([])
    expect(of({ host: '*.shop.svc.cluster.local' })).toEqual([])
    expect(of({ host: 'gone' })).toEqual([])
    expect(said(['hides-owners'], [owners, rule({}, { namespace: 'istio-system' })])).toEqual([])
    expect(said(['hides-owners'], [owners, rule({}, { name: 'second' })])).toEqual([])
  })
  it('is for nobody where no client runs', () => {
    const none = (spec: JsonRecord, at: string, { objects = [], ...more }: Partial<Case> = {}) =>
      said(['no-clients'], [rule(spec, { namespace: at }), ...objects], more)
    const nobody = ['warning no-clients /spec/host']
    expect(none({}, 'far')).toEqual(nobody)
    expect(none({}, 'far', { objects: [pod('client', 'far')] })).toEqual([])
    expect(none({}, 'far', { objects: [pod('client', 'far', { phase: 'Failed' })] })).toEqual(nobody)
    expect(none({}, 'far', { members: [pod('client', 'far')] })).toEqual([])
    expect(none({}, 'shop')).toEqual([])
    expect(none({}, 'istio-system')).toEqual([])
    expect(none({ host: '*.shop.svc.cluster.local' }, 'far')).toEqual([])
    expect(none({ host: 'gone' }, 'far')).toEqual([])
    expect(none({}, 'far', { unread: ['east'] })).toEqual([])
  })
})

describe('settings that replace others', () => {
  const ports = (...list: JsonRecord[]) => list.map((each) => ({ port: { number: 80 }, ...each }))
  const of = (trafficPolicy: JsonRecord, subsets: JsonRecord[] = []) =>
    said(['port-drops-policy', 'subset-drops-policy'], [rule({ trafficPolicy, subsets })])
  const place = '/spec/trafficPolicy/portLevelSettings/0 [repeat]'
  it('of a port', () => {
    const balance = { loadBalancer: { simple: 'RANDOM' } }
    expect(of({ ...pool, portLevelSettings: ports(balance) })).toEqual([`info port-drops-policy ${place}`])
    expect(of({ ...pool, portLevelSettings: ports(pool) })).toEqual([])
    expect(of({ ...pool })).toEqual([])
    expect(of({ portLevelSettings: ports(balance) })).toEqual([])
    expect(of({ tls: { mode: 'ISTIO_MUTUAL' }, portLevelSettings: ports(balance) })).toEqual([
      `warning port-drops-policy ${place}`,
    ])
    expect(
      of({
        tunnel: { protocol: 'CONNECT', targetHost: 'a.example.com', targetPort: 1 },
        portLevelSettings: ports(balance),
      }),
    ).toEqual([])
  })
  it('of a subset', () => {
    const http = { connectionPool: { http: { http1MaxPendingRequests: 1 } } }
    const path = '/spec/subsets/0/trafficPolicy/connectionPool [repeat]'
    expect(of(pool, [subset('v1', { trafficPolicy: http })])).toEqual([`info subset-drops-policy ${path}`])
    expect(of(pool, [subset('v1', { trafficPolicy: pool })])).toEqual([])
    expect(of(pool, [subset('v1', { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } })])).toEqual([])
    expect(of({ loadBalancer: { simple: 'RANDOM' } }, [subset('v1', { trafficPolicy: http })])).toEqual([])
  })
})

describe('subsets', () => {
  const of = (spec: JsonRecord, pods: KubernetesObject[] = []) =>
    said(['subset-without-labels', 'subset-empty', 'subset-of-others'], [rule(spec), ...pods])
  it('select by labels', () => {
    expect(of({ subsets: [subset('v1')] })).toEqual([])
    expect(of({ subsets: [{ name: 'v1' }] })).toEqual(['info subset-without-labels /spec/subsets/0 [by-version]'])
    expect(of({ subsets: [{ name: 'all', labels: {} }] })).toEqual(['info subset-without-labels /spec/subsets/0'])
    expect(of({ host: 'gone', subsets: [{ name: 'v1' }] })).toEqual(['info subset-without-labels /spec/subsets/0'])
  })
  it('may select by another label for the version', () => {
    const recommended = 'app.kubernetes.io/version'
    const empty = 'info subset-empty /spec/subsets/0'
    expect(of({ subsets: [subset('v3')] }, [live('v3', recommended)])).toEqual([`${empty} [other-label]`])
    expect(of({ subsets: [subset('v3')] })).toEqual([empty])
    expect(of({ subsets: [{ name: 'v3', labels: { tier: 'v3' } }] }, [live('v3', recommended)])).toEqual([empty])
    expect(of({ subsets: [{ name: 'v3', labels: { version: 'v3', app: 'web' } }] }, [live('v3', recommended)])).toEqual(
      [empty],
    )
    const both = [live('v3', recommended), { ...live('v3', 'service.istio.io/canonical-revision'), kind: 'Pod' }]
    const [first, second] = both
    const twin = second === undefined ? [] : [{ ...second, metadata: { ...second.metadata, name: 'twin' } }]
    expect(of({ subsets: [subset('v3')] }, [...(first === undefined ? [] : [first]), ...twin])).toEqual([empty])
  })
})

describe('TLS', () => {
  const entry = (...ports: JsonRecord[]) =>
    object('ServiceEntry', 'out', {
      namespace: 'shop',
      spec: { hosts: ['a.example.com'], resolution: 'DNS', location: 'MESH_EXTERNAL', ports },
    })
  const https = { number: 443, name: 'https', protocol: 'HTTPS' }
  const ca = { caCertificates: '/ca' }
  const policy = (trafficPolicy: JsonRecord, more: JsonRecord = {}) =>
    rule({ host: 'a.example.com', trafficPolicy, ...more })
  const of = (
    trafficPolicy: JsonRecord,
    others: KubernetesObject[] = [entry(https)],
    more: Omit<Case, 'objects'> = {},
  ) => said(['tls-twice'], [policy(trafficPolicy), ...others], more)
  const twice = ['warning tls-twice /spec/trafficPolicy/tls [no-tls]']
  const route = (destination: JsonRecord, list = 'http') =>
    object('VirtualService', 'r', {
      namespace: 'shop',
      spec: {
        hosts: ['a.example.com'],
        [list]: [{ route: [{ destination: { host: 'a.example.com', ...destination } }] }],
      },
    })
  it('is ended once', () => {
    expect(of({ tls: { mode: 'SIMPLE', ...ca } })).toEqual(twice)
    expect(of({ tls: { mode: 'MUTUAL', ...ca, clientCertificate: '/c', privateKey: '/k' } })).toEqual(twice)
    expect(of({ tls: { mode: 'DISABLE' } })).toEqual([])
    expect(of({ tls: { mode: 'ISTIO_MUTUAL' } })).toEqual([])
    expect(of({})).toEqual([])
    expect(of({ tls: { mode: 'SIMPLE', ...ca } }, [entry({ ...https, protocol: 'HTTP' })])).toEqual([])
    expect(of({ tls: { mode: 'SIMPLE', ...ca } }, [])).toEqual([])
    const ours = rule({ trafficPolicy: { tls: { mode: 'SIMPLE', ...ca } } })
    expect(said(['tls-twice'], [{ ...web, spec: { ports: [{ port: 443, name: 'https' }] } }, ours])).toEqual([])
    const wild = rule({ host: '*.example.com', trafficPolicy: { tls: { mode: 'SIMPLE', ...ca } } })
    expect(said(['tls-twice'], [entry(https), wild])).toEqual([])
  })
  it('is said for a port', () => {
    const single = (number: number, mode: string) => ({ port: { number }, tls: { mode, ...ca } })
    expect(of({ portLevelSettings: [single(443, 'SIMPLE')] })).toEqual([
      'warning tls-twice /spec/trafficPolicy/portLevelSettings/0/tls [no-tls]',
    ])
    expect(of({ portLevelSettings: [single(80, 'SIMPLE')] })).toEqual([])
    expect(
      of({ tls: { mode: 'SIMPLE', ...ca }, portLevelSettings: [{ port: { number: 443 }, tls: { mode: 'DISABLE' } }] }),
    ).toEqual([])
  })
  it('is wanted where plain requests are routed to the port', () => {
    const simple = { tls: { mode: 'SIMPLE', ...ca } }
    expect(of(simple, [entry(https), route({ port: { number: 443 } })])).toEqual([])
    expect(of(simple, [entry(https), route({})])).toEqual([])
    expect(of(simple, [entry(https), route({ port: { number: 80 } })])).toEqual(twice)
    expect(of(simple, [entry(https), route({ port: { number: 443 } }, 'tcp')])).toEqual(twice)
    expect(of(simple, [entry(https)], { without: [kinds.virtualService] })).toEqual([])
  })
})

describe('exports and ambient mode', () => {
  it('of namespaces that exist', () => {
    const of = (exportTo: string[]) => said(['export-nowhere'], [namespace('shop'), rule({ exportTo })])
    expect(of(['.'])).toEqual([])
    expect(of(['gone'])).toEqual(['warning export-nowhere /spec/exportTo/0'])
  })
  it('of hosts', () => {
    const entry = (exportTo: string[], name = 'e') =>
      object('ServiceEntry', name, {
        namespace: 'far',
        spec: { hosts: ['a.example.com'], exportTo, resolution: 'DNS', ports: [] },
      })
    const slugs = ['host-not-visible', 'host-not-everywhere']
    const of = (spec: JsonRecord, ...others: KubernetesObject[]) =>
      said(slugs, [rule({ host: 'a.example.com', ...spec }), ...others])
    expect(of({ exportTo: ['far'] }, entry(['far']))).toEqual(['warning host-not-visible /spec/host [export]'])
    expect(of({ exportTo: ['far'] }, entry(['far']), entry(['far'], 'second'))).toEqual([
      'warning host-not-visible /spec/host',
    ])
    expect(of({ exportTo: ['*'] }, entry(['shop']))).toEqual(['info host-not-everywhere /spec/host [own-namespace]'])
  })
  it('takes policies at a waypoint', () => {
    const mode = { 'istio.io/dataplane-mode': 'ambient' }
    const waypoint = { ...mode, 'istio.io/use-waypoint': 'waypoint' }
    const of = (labels: Record<string, string>, at = 'shop', spec: JsonRecord = { trafficPolicy: pool }) =>
      said(
        ['ambient-without-waypoint', 'ambient-elsewhere'],
        [namespace('shop', labels), rule(spec, { namespace: at })],
      )
    const without = ['warning ambient-without-waypoint /spec/host']
    expect(of({})).toEqual([])
    expect(of(mode)).toEqual(without)
    expect(of(mode, 'shop', { subsets: [subset('v1')] })).toEqual([])
    expect(of(mode, 'shop', { subsets: [subset('v1', { trafficPolicy: pool })] })).toEqual(without)
    expect(of(mode, 'shop', { host: undefined, trafficPolicy: pool })).toEqual([])
    expect(of(waypoint)).toEqual([])
    expect(of(waypoint, 'far')).toEqual(['warning ambient-elsewhere /spec/host'])
    expect(of({ ...waypoint, 'istio.io/use-waypoint-namespace': 'far' }, 'far')).toEqual([])
    expect(of(waypoint, 'istio-system')).toEqual([])
  })
})
