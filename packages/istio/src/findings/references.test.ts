import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, namespace, object, pod, service, webhooks } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { judge } from './judge.ts'
import { meshParts } from './world.ts'

const everything = Object.values(kinds)

/** Findings that have tests of their own, and speak of whatever small objects these cases are made of. */
const elsewhere =
  /^(schema|service|pod|webhook)\.|^(namespace\.not-injected|gateway\.no-servers)$|^authorizationpolicy\.(no-workload|namespace-not-found)$|^virtualservice\.(delegate-unused|destination-twice|weight-unsaid)$|^destinationrule\.subset-without-labels$/

function find(objects: KubernetesObject[], more: { unread?: string[]; members?: KubernetesObject[] } = {}) {
  const config = clusterView('hub', objects, everything)
  const clusters = more.members === undefined ? [config] : [config, clusterView('east', more.members, everything)]
  // What istiod's validation misses in these short rules is not their matter.
  return judge(meshParts({ config, clusters, unread: more.unread ?? [] })).filter(({ code }) => !elsewhere.test(code))
}
const codes = (...args: Parameters<typeof find>) =>
  find(...args).map((each) => `${each.severity} ${each.code} ${each.pointer}`)

const rule = (kind: string, spec: JsonRecord, more: { name?: string; namespace?: string; created?: string } = {}) => {
  const { name = 'rule', namespace = 'shop', created } = more
  return object(kind, name, { namespace, spec, ...(created === undefined ? {} : { created }) })
}
const route = (host: string, more: JsonRecord = {}) =>
  rule('VirtualService', { hosts: ['x'], http: [{ route: [{ destination: { host, ...more } }] }] })

describe('injection', () => {
  const tag = webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true })
  const shop = (labels: Record<string, string>) => namespace('shop', labels)

  it('says nothing of namespaces that do what they say', () => {
    const quiet = [{}, { 'istio-injection': 'enabled' }, { 'istio-injection': 'disabled' }, { 'istio.io/rev': 'v1' }]
    const revision = webhooks('revision', { revision: 'v1' })
    expect(quiet.flatMap((labels) => codes([tag, revision, shop(labels)]))).toEqual([])
  })

  it.each([
    [{ 'istio-injection': 'enabled', 'istio.io/rev': 'v1' }, 'warning namespace.injection-conflict /metadata/labels'],
    [{ 'istio-injection': 'true' }, 'warning namespace.injection-blocked /metadata/labels/istio-injection'],
    [{ 'istio.io/rev': 'v9' }, 'error namespace.revision-unserved /metadata/labels/istio.io~1rev'],
  ])('speaks of %j', (labels, expected) => {
    expect(codes([tag, shop(labels)])).toEqual([expected])
  })

  it('speaks of a default that nobody holds, and of one that two hold', () => {
    const enabled = shop({ 'istio-injection': 'enabled' })
    expect(codes([webhooks('r', { revision: 'v1' }), enabled])).toEqual([
      'error namespace.default-unserved /metadata/labels/istio-injection',
    ])
    const [twice] = find([tag, webhooks('other', { revision: 'default', isDefault: true }), enabled])
    expect(twice).toMatchObject({ code: 'namespace.injected-twice', params: { first: 'other', second: 'tag' } })
  })

  it('does not take a host-network Pod’s refusal for nobody answering', () => {
    const policy = Object.assign(
      object('ConfigMap', 'istio-sidecar-injector-v1', { namespace: 'istio-system', labels: { 'istio.io/rev': 'v1' } }),
      {
        data: { values: '{"global":{"proxy":{"autoInject":"disabled"}}}' },
      },
    )
    expect(codes([tag, policy, shop({ 'istio-injection': 'enabled' })])).toEqual([])
  })

  it('names workloads that must restart, in words of their own', () => {
    const enabled = shop({ 'istio-injection': 'enabled' })
    const owner: [string, string] = ['Deployment', 'web']
    const made = [tag, istiod('v1'), enabled, object('Deployment', 'web', { namespace: 'shop' })]
    const one = (more: Parameters<typeof pod>[2]) => find([...made, pod('a', 'shop', { owner, ...more })])
    expect(one({ by: 'v1' })).toEqual([])
    expect(one({})).toMatchObject([
      {
        code: 'workload.missing',
        ref: { kind: 'Deployment', name: 'web' },
        params: { pending: 1, total: 1 },
      },
    ])
    expect(one({ by: 'v0' })).toMatchObject([{ code: 'workload.other-revision', aliases: [] }])
    expect(one({ by: 'v1', proxy: '1.29.0' })).toMatchObject([{ code: 'workload.older-proxy', aliases: [] }])
    expect(find([tag, shop({}), pod('a', 'shop', { by: 'v1' })])).toMatchObject([
      { code: 'workload.unwanted', ref: { kind: 'Pod' } },
    ])
  })

  it('leaves system namespaces alone, and judges members by their own labels and the primary’s versions', () => {
    expect(codes([tag, namespace('istio-system'), pod('a', 'istio-system', { by: 'v1' })])).toEqual([])
    const member = [
      webhooks('tag', { revision: 'v1', isDefault: true }),
      namespace('app', { 'istio-injection': 'enabled' }),
      pod('a', 'app', { by: 'v1', proxy: '1.29.0' }),
    ]
    expect(find([istiod('v1')], { members: member })).toMatchObject([
      { code: 'workload.older-proxy', ref: { cluster: 'east' } },
    ])
  })
})

describe('virtualservice.host-not-found', () => {
  it.each([
    ['reviews', []],
    ['reviews.shop.svc.cluster.local', []],
    ['api.example.com', []],
    ['deep.wild.example.com', []],
    ['reviews.shop', ['error virtualservice.host-not-found /spec/http/0/route/0/destination/host']],
    ['wild.example.com', ['error virtualservice.host-not-found /spec/http/0/route/0/destination/host']],
    ['ratings', ['error virtualservice.host-not-found /spec/http/0/route/0/destination/host']],
  ])('%s', (host, expected) => {
    const entry = rule('ServiceEntry', { hosts: ['api.example.com', '*.wild.example.com'] }, { namespace: 'other' })
    expect(codes([service('reviews', 'shop'), entry, route(host)])).toEqual(expected)
  })

  it('looks at every protocol, and at mirrors', () => {
    const to = { destination: { host: 'gone' } }
    const spec = {
      http: [{ route: [{ destination: { host: 'reviews' } }], mirror: { host: 'gone' }, mirrors: [to] }],
      tcp: [{ route: [to] }],
      tls: [{ route: [to] }, { route: [{ destination: {} }] }],
    }
    const found = find([service('reviews', 'shop'), rule('VirtualService', spec)])
    const gone = found.filter(({ code }) => code === 'virtualservice.host-not-found')
    expect(gone.map((each) => each.pointer)).toEqual([
      '/spec/http/0/mirror/host',
      '/spec/http/0/mirrors/0/destination/host',
      '/spec/tcp/0/route/0/destination/host',
      '/spec/tls/0/route/0/destination/host',
    ])
  })

  it('finds services of any cluster, and says nothing while a cluster was not read', () => {
    expect(codes([route('reviews')], { members: [service('reviews', 'shop')] })).toEqual([])
    expect(codes([route('reviews')], { unread: ['east'] })).toEqual([])
  })

  it('does not see what is not exported to it', () => {
    const hidden = service('reviews', 'other')
    hidden.metadata.annotations = { 'networking.istio.io/exportTo': 'x, .' }
    expect(codes([hidden, route('reviews.other.svc.cluster.local')])).toHaveLength(1)
    const shared = service('reviews', 'other')
    shared.metadata.annotations = { 'networking.istio.io/exportTo': 'shop' }
    expect(codes([shared, route('reviews.other.svc.cluster.local')])).toEqual([])
    const own = rule('ServiceEntry', { hosts: ['api.example.com'], exportTo: ['.'] })
    expect(codes([own, route('api.example.com')])).toEqual([])
  })
})

describe('virtualservice.gateway-not-found', () => {
  const with_ = (gateways: string[]) => rule('VirtualService', { hosts: ['x'], gateways, http: [] })
  const servers = [{ port: { number: 80, protocol: 'HTTP' }, hosts: ['*'] }]
  const gateway = rule('Gateway', { selector: {}, servers }, { name: 'public', namespace: 'edge' })
  const workload = pod('gw', 'edge')

  it.each([
    [['mesh'], []],
    [['edge/public', 'mesh'], []],
    [['shop/public'], ['error virtualservice.gateway-not-found /spec/gateways/0']],
    [['mesh', 'public'], ['error virtualservice.gateway-not-found /spec/gateways/1']],
    [['edge/x~istio-autogenerated-k8s-gateway~y'], ['warning virtualservice.gateway-internal /spec/gateways/0']],
    [['edge/x-istio-autogenerated-k8s-gateway'], ['error virtualservice.gateway-not-found /spec/gateways/0']],
  ])('%j', (gateways, expected) => {
    const found = codes([workload, gateway, with_(gateways)])
    expect(found.filter((each) => each.includes('virtualservice'))).toEqual(expected)
  })

  it('looks into matches too', () => {
    const matched = rule('VirtualService', { http: [{ match: [{}, { gateways: ['mesh', 'gone'] }] }] })
    expect(codes([matched])).toEqual(['error virtualservice.matched-gateway-not-found /spec/http/0/match/1/gateways/1'])
  })
})

describe('subsets', () => {
  const reviews = service('reviews', 'shop')
  const live = (version: string) => pod(`p-${version}`, 'shop', { labels: { app: 'reviews', version } })
  const subsets = (host: string, more: JsonRecord = {}, at = 'shop') =>
    rule(
      'DestinationRule',
      { host, subsets: [{ name: 'v1', labels: { version: 'v1' } }], ...more },
      { namespace: at, name: `${host}-${at}`.replaceAll('*', 'x') },
    )

  it.each([
    ['reviews', 'shop', {}, true],
    ['reviews.shop.svc.cluster.local', 'other', {}, true],
    ['*.shop.svc.cluster.local', 'other', {}, true],
    ['reviews', 'other', {}, false],
    ['reviews.shop.svc.cluster.local', 'other', { exportTo: ['.'] }, false],
  ])('are found in %s of %s', (...[host, at, more, found]) => {
    const result = find([
      reviews,
      live('v1'),
      service('reviews', 'other'),
      subsets(host, more, at),
      route('reviews', { subset: 'v1' }),
    ])
    expect(result.some((each) => /^virtualservice.subset-not-(found|visible)$/.test(each.code))).toBe(!found)
  })

  it('name the rules that could have defined them', () => {
    const [first] = find([reviews, live('v1'), subsets('reviews'), route('reviews', { subset: 'v2' })])
    expect(first).toMatchObject({
      code: 'virtualservice.subset-not-found',
      evidence: [{ kind: 'DestinationRule' }],
      params: { subset: 'v2' },
    })
  })

  it('are empty without a Pod: an error where something routes there', () => {
    expect(codes([reviews, live('v1'), subsets('reviews')])).toEqual([])
    expect(codes([reviews, live('v2'), subsets('reviews')])).toEqual([
      'info destinationrule.subset-empty /spec/subsets/0',
    ])
    const maker = (labels: Record<string, string>, replicas = 1) =>
      object('Deployment', 'reviews', { namespace: 'shop', spec: { replicas, template: { metadata: { labels } } } })
    const promised = (...more: KubernetesObject[]) =>
      codes([reviews, subsets('reviews'), route('reviews', { subset: 'v1' }), ...more]).filter((each) =>
        each.includes('subset-empty'),
      )
    const [error, info] = ['error', 'info'].map((each) => `${each} destinationrule.subset-empty /spec/subsets/0`)
    const labels = { app: 'reviews', version: 'v1' }
    expect(promised()).toEqual([error])
    expect(promised(maker(labels))).toEqual([info])
    expect(promised(maker(labels, 0))).toEqual([error])
    expect(promised(maker({ ...labels, version: 'v2' }))).toEqual([error])
    expect(promised(maker({ version: 'v1' }))).toEqual([error])
    expect(promised(maker(labels), live('v2'))).toEqual([error])
    const used = find([reviews, live('v2'), subsets('reviews'), route('reviews', { subset: 'v1' })])
    expect(used).toMatchObject([
      { severity: 'error', code: 'destinationrule.subset-empty', params: { labels: 'version=v1' } },
    ])
  })

  it('are filled by Pods of any cluster, but not by finished ones', () => {
    expect(codes([reviews, subsets('reviews')], { members: [reviews, live('v1')] })).toEqual([])
    const done = pod('done', 'shop', { labels: { app: 'reviews', version: 'v1' }, phase: 'Succeeded' })
    expect(codes([reviews, done, subsets('reviews')])).toHaveLength(1)
  })

  it('of wildcard hosts are not judged for Pods, but found', () => {
    const wild = subsets('*.shop.svc.cluster.local')
    expect(codes([reviews, live('v2'), wild, route('reviews', { subset: 'v1' })])).toEqual([
      'info destinationrule.host-wildcard /spec/host',
      'info virtualservice.subset-elsewhere /spec/http/0/route/0/destination/subset',
    ])
  })

  it('are not judged without labels where there are Pods, for entries, or while Pods are unread', () => {
    const bare = rule('DestinationRule', { host: 'reviews', subsets: [{ name: 'all' }, {}] })
    const headless = object('Service', 'reviews', { namespace: 'shop', spec: {} })
    const entry = rule('ServiceEntry', { hosts: ['api.example.com'] })
    expect(codes([reviews, live('v1'), bare])).toEqual([])
    expect(codes([headless, live('v1'), subsets('reviews')])).toEqual([])
    expect(codes([entry, subsets('api.example.com')])).toEqual([])
    expect(codes([reviews, subsets('reviews')], { unread: ['east'] })).toEqual([])
  })
})
