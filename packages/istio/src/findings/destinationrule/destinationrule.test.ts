import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const rule = (kind: string, spec: JsonRecord, more: { name?: string; namespace?: string } = {}) =>
  object(kind, more.name ?? 'rule', { namespace: more.namespace ?? 'shop', spec })
const policy = (spec: JsonRecord) => rule('DestinationRule', spec)
const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  return findingsOf({ objects, ...more })
    .filter(({ code }) => code.startsWith('destinationrule'))
    .map(({ severity, code, aliases }) => [severity, code.slice('destinationrule.'.length), ...aliases].join(' '))
}

describe('hosts', () => {
  const web = service('web', 'shop')
  const entry = (exportTo: string[]) => rule('ServiceEntry', { hosts: ['a.example.com'], exportTo })
  it.each([
    ['a service', { host: 'web' }, []],
    ['nobody', { host: 'gone' }, ['warning host-not-found IST0174 KIA0202']],
    ['a wildcard', { host: '*.local' }, ['info host-wildcard IST0174']],
    ['a wildcard under a wildcard', { host: '*.a.wild.com' }, []],
    ['an own entry, for all', { host: 'a.example.com', exportTo: ['*'] }, ['info host-not-everywhere IST0174']],
    ['an own entry', { host: 'a.example.com' }, []],
  ])('%s', (...[, spec, expected]) => {
    const wild = rule('ServiceEntry', { hosts: ['*.wild.com'] }, { name: 'wild' })
    expect(told([web, entry(['.']), wild, policy(spec)])).toEqual(expected)
  })
  it('of other namespaces, unread ones, and what can be meant', () => {
    const far = policy({ host: 'a.example.com', exportTo: ['far'] })
    expect(told([entry(['far']), far])).toEqual(['warning host-not-visible KIA0202'])
    expect(told([policy({ host: 'gone' })], { unread: ['east'] })).toEqual([])
    expect(told([policy({ host: 'gone' })], { without: [kinds.serviceEntry] })).toEqual([])
    const client = pod('client', 'shop', { labels: { app: 'client' } })
    const fixes = findingsOf({ objects: [client, service('web', 'far'), policy({ host: 'web' })] }).flatMap(
      (each) => each.fixes,
    )
    expect(fixes.map(({ code, params }) => [code, params['name']])).toEqual([
      ['full-name', 'web.far.svc.cluster.local'],
    ])
    const second = rule('DestinationRule', { host: 'web.far.svc.cluster.local' }, { name: 'second' })
    const both = findingsOf({ objects: [service('web', 'far'), policy({ host: 'web' }), second] })
    expect(both.filter(({ code }) => code.endsWith('host-not-found')).flatMap((each) => each.fixes)).toEqual([])
  })
})

describe('the CA of TLS', () => {
  const tls = (settings: JsonRecord, more: JsonRecord = {}) =>
    told([service('web', 'shop'), policy({ host: 'web', trafficPolicy: { tls: settings }, ...more })])
  it.each([
    [{ mode: 'SIMPLE' }, ['info system-ca IST0128']],
    [{ mode: 'MUTUAL' }, ['info system-ca IST0128']],
    [{ mode: 'ISTIO_MUTUAL' }, []],
    [{ mode: 'DISABLE' }, []],
    [{ mode: 'SIMPLE', caCertificates: '/ca' }, []],
    [{ mode: 'SIMPLE', caCertificates: '' }, ['info system-ca IST0128']],
    [{ mode: 'SIMPLE', credentialName: 'ca' }, ['info system-ca IST0128']],
    [{ mode: 'SIMPLE', insecureSkipVerify: true }, ['warning server-unverified IST0128']],
    [{ mode: 'SIMPLE', insecureSkipVerify: false }, ['info system-ca IST0128']],
  ])('%j', (settings, expected) => {
    expect(tls(settings)).toEqual(expected)
  })
  it('comes with a credential where workloads are selected', () => {
    const workloadSelector = { matchLabels: { app: 'x' } }
    expect(tls({ mode: 'SIMPLE', credentialName: 'ca' }, { workloadSelector })).toEqual([])
    expect(tls({ mode: 'SIMPLE' }, { workloadSelector })).toEqual(['info system-ca IST0128'])
  })
  it('may be that of the image', () => {
    const left = (settings: JsonRecord) => {
      const objects = [service('web', 'shop'), policy({ host: 'web', trafficPolicy: { tls: settings } })]
      return findingsOf({ objects })
        .filter(({ aliases }) => aliases.includes('IST0128'))
        .flatMap(({ fixes }) => fixes.map(({ patches }) => patches[0]?.operations))
    }
    const named = {
      op: 'add',
      path: '/spec/trafficPolicy/tls/caCertificates',
      value: '/etc/ssl/certs/ca-certificates.crt',
    }
    const verified = { op: 'remove', path: '/spec/trafficPolicy/tls/insecureSkipVerify' }
    expect(left({ mode: 'SIMPLE' })).toEqual([[named]])
    expect(left({ mode: 'SIMPLE', insecureSkipVerify: true })).toEqual([[verified, named]])
    // istiod refuses a file beside a credential.
    expect(left({ mode: 'SIMPLE', credentialName: 'ca' })).toEqual([])
  })
  it('is asked for port by port', () => {
    const ports = (settings: JsonRecord) =>
      told([
        service('web', 'shop'),
        policy({ host: 'web', trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: settings }] } }),
      ])
    expect(ports({ mode: 'SIMPLE' })).toEqual(['info port-system-ca IST0129'])
    expect(ports({ mode: 'SIMPLE', insecureSkipVerify: true })).toEqual(['warning port-server-unverified IST0129'])
    expect(ports({ mode: 'DISABLE' })).toEqual([])
  })
})

describe('endpoints of subsets', () => {
  const nobody = ['info subset-empty IST0173 KIA0203']
  const others = ['info subset-of-others KIA0203']
  const web = service('web', 'shop')
  const labels = { version: 'v1' }
  const of = (wanted: JsonRecord, host = 'web') => policy({ host, subsets: [{ name: 'v1', labels: wanted }] })
  const live = (more: Record<string, string>, spec: JsonRecord = {}) =>
    pod('p', 'shop', { labels: { app: 'web', ...more }, spec })
  it.each([
    ['a Pod', [live(labels)], []],
    ['no Pod', [live({})], nobody],
    ['a Pod of another service', [pod('p', 'shop', { labels })], others],
    ['a Pod of another namespace', [pod('p', 'far', { labels: { app: 'web', ...labels } })], others],
    ['a Pod that has ended', [pod('p', 'shop', { labels: { app: 'web', ...labels }, phase: 'Failed' })], others],
    ['a WorkloadEntry', [rule('WorkloadEntry', { labels: { app: 'web', ...labels } })], []],
    ['a WorkloadEntry of another service', [rule('WorkloadEntry', { labels })], nobody],
  ])('%s', (...[, objects, expected]) => {
    expect(told([web, of(labels), ...objects])).toEqual(expected)
  })
  it('are where their node is', () => {
    const node = object('Node', 'n', { labels: { 'topology.kubernetes.io/zone': 'a' } })
    const placed = live({}, { nodeName: 'n' })
    const zone = (name: string) => of({ 'topology.kubernetes.io/zone': name })
    expect(told([web, node, placed, zone('a')])).toEqual([])
    expect(told([web, node, placed, zone('b')])).toEqual(nobody)
    expect(told([web, live({}), zone('a')])).toEqual(nobody)
    expect(told([web, live({ 'topology.kubernetes.io/zone': 'a' }), zone('a')])).toEqual([])
    expect(told([web, placed, of({ 'kubernetes.io/hostname': 'n' })])).toEqual([])
    expect(told([web, live({}), of({ 'topology.istio.io/cluster': 'x' })])).toEqual([])
  })
  it('of entries', () => {
    const entry = (spec: JsonRecord) => rule('ServiceEntry', { hosts: ['a.example.com'], ...spec }, { name: 'entry' })
    const said = (spec: JsonRecord, ...more: KubernetesObject[]) =>
      told([entry(spec), of(labels, 'a.example.com'), ...more])
    expect(said({ resolution: 'DNS' })).toEqual(nobody)
    expect(said({ resolution: 'NONE' })).toEqual([])
    expect(said({ resolution: 'STATIC', endpoints: [{ address: '1.2.3.4', labels }] })).toEqual([])
    expect(said({ resolution: 'STATIC', endpoints: [{ address: '1.2.3.4' }] })).toEqual(nobody)
    const selecting = { workloadSelector: { labels: { app: 'web' } }, resolution: 'STATIC' }
    expect(said(selecting, live(labels))).toEqual([])
    expect(said(selecting, rule('WorkloadEntry', { labels: { app: 'web', ...labels } }))).toEqual([])
    expect(said(selecting, pod('p', 'far', { labels: { app: 'web', ...labels } }))).toEqual(others)
  })
  it('of a wildcard are missed where somebody routes to one of its hosts', () => {
    const entry = rule('ServiceEntry', { hosts: ['*.wild.com'], resolution: 'DNS' }, { name: 'entry' })
    const to = (host: string) =>
      rule('VirtualService', { hosts: ['x'], http: [{ route: [{ destination: { host, subset: 'v1' } }] }] })
    const empty = 'subset-empty IST0173 KIA0203'
    expect(told([entry, of(labels, '*.wild.com'), to('a.wild.com')])).toEqual([`error ${empty}`])
    expect(told([entry, of(labels, '*.wild.com'), to('a.tame.com')])).toEqual([`info ${empty}`])
  })
  it('are missed under another domain too, by whichever name they are routed to', () => {
    const settings = { domain: 'corp.local' }
    const inFull = 'web.shop.svc.corp.local'
    const to = (host: string) =>
      rule('VirtualService', { hosts: ['x'], http: [{ route: [{ destination: { host, subset: 'v1' } }] }] })
    const empty = 'subset-of-others KIA0203'
    const severities = (host: string, ...more: KubernetesObject[]) =>
      told([web, of(labels, host), pod('p', 'far', { labels }), ...more], { settings })
    expect(severities('web')).toEqual([`info ${empty}`])
    expect(severities('web', to('web'))).toEqual([`error ${empty}`])
    expect(severities('web', to(inFull))).toEqual([`error ${empty}`])
    expect(severities(inFull, to('web'))).toEqual([`error ${empty}`])
    expect(severities(inFull, to('web.shop.svc.other.local'))).toEqual([`info ${empty}`])
  })
  it('are told as istioctl tells them, where it is not wrong', () => {
    const unlabelled = 'info subset-without-labels KIA0209'
    const without = of({})
    expect(told([service('web', 'shop'), without])).toEqual([...nobody, unlabelled])
    expect(told([service('web', 'shop'), pod('x', 'far'), without])).toEqual([unlabelled])
    const entry = (more: JsonRecord) => rule('ServiceEntry', { hosts: ['a.com'], resolution: 'STATIC', ...more })
    const selecting = entry({ workloadSelector: { labels: { app: 'vm' } } })
    const v1 = of({ version: 'v1' }, 'a.com')
    const stranger = pod('x', 'far', { labels: { version: 'v1' } })
    expect(told([selecting, stranger, v1])).toEqual(nobody)
    expect(told([selecting, pod('x', 'far', { labels: { version: 'v1', app: 'vm' } }), v1])).toEqual(others)
    expect(told([entry({}), stranger, v1])).toEqual(others)
    const east = of({ app: 'gone', 'topology.istio.io/cluster': 'east' })
    expect(told([service('web', 'shop'), pod('x', 'far', { labels: { app: 'gone' } }), east])).toEqual(nobody)
  })
})
