import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { told } from '../fixes/told.ts'

const ofValues = /\.(method-unknown|path-never|star-inside|host-not-found)$/
const policy = (
  rule: JsonRecord,
  more: { name?: string; at?: string; spec?: JsonRecord; annotations?: Record<string, string> } = {},
) =>
  object('AuthorizationPolicy', more.name ?? 'a', {
    namespace: more.at ?? 'shop',
    ...(more.annotations && { annotations: more.annotations }),
    spec: { rules: [rule], ...more.spec },
  })
const to = (operation: JsonRecord) => policy({ to: [{ operation }] })
const from = (source: JsonRecord) => policy({ from: [{ source }] })
const shop = namespace('shop')

describe('values of requests', () => {
  const at = (field: string) => `/spec/rules/0/to/0/operation/${field}/0`
  it.each<[string, string, string[]]>([
    ['methods', 'GET', []],
    ['methods', 'G*', []],
    ['methods', '*T', []],
    ['methods', '*', []],
    ['methods', 'get', [`warning method-unknown ${at('methods')} (capitals)`]],
    ['methods', 'po*', [`warning method-unknown ${at('methods')} (capitals)`]],
    ['methods', 'PROPFIND', [`info method-unknown ${at('methods')}`]],
    ['methods', '/shop.Cart/Add', [`warning method-unknown ${at('methods')}`]],
    ['notMethods', 'get', [`warning method-unknown ${at('notMethods')} (capitals)`]],
    ['paths', '/a', []],
    ['paths', '*/a', []],
    ['paths', '/a*', []],
    ['paths', '/{*}/a', []],
    ['paths', '/a/{**}', []],
    ['paths', 'a', [`warning path-never ${at('paths')} (plain-path)`]],
    ['paths', '/a?b=c', [`warning path-never ${at('paths')} (plain-path)`]],
    ['paths', '/a#b', [`warning path-never ${at('paths')} (plain-path)`]],
    ['paths', '/a/*/b', [`warning star-inside ${at('paths')} (star-that-works)`]],
    ['paths', '/a/*/b*', [`warning star-inside ${at('paths')}`]],
    ['paths', '*a*', [`warning star-inside ${at('paths')}`]],
    ['notPaths', '/a/*/b', [`warning star-inside ${at('notPaths')} (star-that-works)`]],
    ['hosts', '*.example.com', []],
    ['hosts', 'a.*.com', [`warning star-inside ${at('hosts')}`]],
  ])('%s %s', (field, value, expected) => {
    expect(told(ofValues, { objects: [shop, to({ [field]: [value] })] })).toEqual(expected)
  })
  const inPrincipal = (way: string) => [`warning star-inside /spec/rules/0/from/0/source/principals/0${way}`]
  it.each<[string, string[]]>([
    ['cluster.local/ns/*/sa/web', inPrincipal(' (star-that-works)')],
    ['*/ns/shop/sa/*', inPrincipal(' (star-that-works)')],
    ['cluster.local/*/x/*/y', inPrincipal('')],
    ['*/sa/web', []],
    ['cluster.local/ns/shop/*', []],
  ])('principal %s', (value, expected) => {
    expect(
      told(ofValues, {
        objects: [shop, object('ServiceAccount', 'web', { namespace: 'shop' }), from({ principals: [value] })],
      }),
    ).toEqual(expected)
  })
})

describe('hosts', () => {
  const lost = 'warning host-not-found /spec/rules/0/to/0/operation/hosts/0'
  it.each<[string, string[]]>([
    ['web.shop.svc.cluster.local', []],
    ['web', []],
    ['web:8080', []],
    ['web.shop.svc.cluster.local:*', []],
    ['gone.shop.svc.cluster.local', [lost]],
    ['api', [`${lost} (full-name)`]],
    ['api:80', [`${lost} (full-name)`]],
    ['shop.example.com', []],
    ['web.shop', []],
    ['web.shop:80', []],
    ['gone.shop', [lost]],
    ['gone.nowhere', []],
    ['a.gone.shop', []],
    ['*', []],
    ['*.shop.svc.cluster.local', []],
  ])('%s', (host, expected) => {
    const objects = [shop, service('web', 'shop'), service('api', 'far'), to({ hosts: [host] })]
    expect(told(ofValues, { objects })).toEqual(expected)
  })
  it('are not missed where services were not read', () => {
    const objects = [to({ hosts: ['gone.shop.svc.cluster.local'] })]
    expect(told(ofValues, { objects, without: ['Service'] })).toEqual([])
    expect(told(ofValues, { objects, without: ['networking.istio.io/ServiceEntry'] })).toEqual([])
  })
})

describe('identities', () => {
  const ofIdentities =
    /^authorizationpolicy\.(principal-form|trust-domain-unknown|account-not-found|account-elsewhere)$/
  const account = (name: string, at = 'shop') => object('ServiceAccount', name, { namespace: at })
  const at = (field = 'principals') => `/spec/rules/0/from/0/source/${field}/0`
  const known = [
    shop,
    namespace('far'),
    account('web'),
    account('api', 'far'),
    account('old', 'far'),
    account('old', 'shop'),
    account('default'),
    account('default', 'far'),
  ]
  const settings = { config: { trustDomain: 'td', trustDomainAliases: ['was'] } }
  it.each<[string, string[]]>([
    ['td/ns/shop/sa/web', []],
    ['cluster.local/ns/shop/sa/web', []],
    ['was/ns/shop/sa/web', []],
    ['*/ns/shop/sa/web', []],
    ['*', []],
    ['td/ns/shop/*', []],
    ['td/some/other/path', []],
    ['spiffe://td/ns/shop/sa/web', [`error principal-form ${at()} (as-istio-writes)`]],
    ['ns/shop/sa/web', [`error principal-form ${at()} (as-istio-writes)`]],
    ['/ns/shop/sa/web', [`error principal-form ${at()} (as-istio-writes)`]],
    ['spiffe://td/ns/shop/sa/gone', [`error principal-form ${at()}`]],
    ['other/ns/shop/sa/web', [`warning trust-domain-unknown ${at()} (own-trust-domain)`]],
    ['other/ns/shop/sa/gone', [`warning trust-domain-unknown ${at()}`]],
    ['oth*/ns/shop/sa/web', []],
    ['td/ns/shop/sa/default', []],
    ['td/ns/lost/sa/default', [`error account-not-found ${at()}`]],
    ['td/ns/shop/sa/api', [`error account-not-found ${at()} (known-account)`]],
    ['td/ns/shop/sa/wep', [`error account-not-found ${at()} (known-account)`]],
    ['td/ns/lost/sa/old', [`error account-not-found ${at()}`]],
    ['td/ns/shop/sa/gone', [`error account-not-found ${at()}`]],
  ])('%s', (principal, expected) => {
    expect(told(ofIdentities, { objects: [...known, from({ principals: [principal] })], settings })).toEqual(expected)
  })
  it('are missing in a namespace of which something is known alone', () => {
    const lost = from({ principals: ['td/ns/lost/sa/gone'] })
    const found = [`error account-not-found ${at()}`]
    const given = [shop, account('web'), lost]
    expect(told(ofIdentities, { objects: given, settings })).toEqual([])
    expect(told(ofIdentities, { objects: [...given, namespace('lost')], settings })).toEqual([])
    const silent = object('Deployment', 'a', { namespace: 'lost', spec: { template: { spec: { containers: [] } } } })
    expect(told(ofIdentities, { objects: [...given, silent], settings })).toEqual(found)
    expect(told(ofIdentities, { objects: [...given, account('other', 'lost')], settings })).toEqual(found)
    expect(told(ofIdentities, { objects: given, members: [account('default', 'far')], settings })).toEqual(found)
    const runs = pod('a', 'far', { spec: { serviceAccountName: 'default' } })
    expect(told(ofIdentities, { objects: [...given, runs], settings })).toEqual([])
  })
  it('are `default` wherever the namespace is, seen or not', () => {
    const named = from({ principals: ['td/ns/shop/sa/default'] })
    const members = [account('default')]
    expect(told(ofIdentities, { objects: [shop, named], members, settings })).toEqual([])
    expect(told(ofIdentities, { objects: [named], members: [namespace('shop')], settings })).toEqual([
      `info account-elsewhere ${at()}`,
    ])
    expect(told(ofIdentities, { objects: [named], members, settings })).toEqual([`info account-elsewhere ${at()}`])
  })
  it('are named in conditions and exclusions too', () => {
    const condition = policy({ when: [{ key: 'source.principal', values: ['td/ns/shop/sa/gone'] }] })
    expect(told(ofIdentities, { objects: [...known, condition], settings })).toEqual([
      'error account-not-found /spec/rules/0/when/0/values/0',
    ])
    expect(
      told(ofIdentities, { objects: [...known, from({ notPrincipals: ['td/ns/shop/sa/gone'] })], settings }),
    ).toEqual([`error account-not-found ${at('notPrincipals')}`])
  })
  it.each<[JsonRecord, string[]]>([
    [{ serviceAccounts: ['web'] }, []],
    [{ serviceAccounts: ['shop/web'] }, []],
    [{ serviceAccounts: ['far/api'] }, []],
    [{ serviceAccounts: ['api'] }, [`error account-not-found ${at('serviceAccounts')} (known-account)`]],
    [{ serviceAccounts: ['far/web'] }, [`error account-not-found ${at('serviceAccounts')} (known-account)`]],
    [{ trustDomains: ['td'] }, []],
    [{ trustDomains: ['*'] }, []],
    [{ trustDomains: ['cluster.local'] }, [`warning trust-domain-unknown ${at('trustDomains')} (own-trust-domain)`]],
  ])('%j', (source, expected) => {
    expect(told(ofIdentities, { objects: [...known, from(source)], settings })).toEqual(expected)
  })
  it('are those that something runs as, in any cluster, where all was read', () => {
    const named = from({ principals: ['cluster.local/ns/shop/sa/gone'] })
    const runs = pod('p', 'shop', { spec: { serviceAccountName: 'gone' } })
    const deployed = object('Deployment', 'd', {
      namespace: 'shop',
      spec: { template: { spec: { serviceAccountName: 'gone' } } },
    })
    const machine = object('WorkloadEntry', 'w', { namespace: 'shop', spec: { serviceAccount: 'gone' } })
    const machines = object('WorkloadGroup', 'w', { namespace: 'shop', spec: { template: { serviceAccount: 'gone' } } })
    for (const each of [runs, deployed, machine, machines]) {
      expect(told(ofIdentities, { objects: [shop, each, named] })).toEqual([])
    }
    expect(told(ofIdentities, { objects: [shop, named], members: [account('gone')] })).toEqual([
      `info account-elsewhere ${at()}`,
    ])
    expect(told(ofIdentities, { objects: [shop, named], without: ['ServiceAccount'] })).toEqual([])
    expect(told(ofIdentities, { objects: [shop, named], unread: ['east'] })).toEqual([])
    expect(told(ofIdentities, { objects: [named], without: ['Namespace'] })).toEqual([])
  })
})

describe('rules that a DENY stops', () => {
  const ofShadow = /\.shadowed$/
  const allow = (rule: JsonRecord, selector?: JsonRecord) =>
    policy(rule, selector && { spec: { selector: { matchLabels: selector } } })
  const deny = (
    rule: JsonRecord,
    more: { at?: string; spec?: JsonRecord; annotations?: Record<string, string> } = {},
  ) => policy(rule, { name: 'd', ...more, spec: { action: 'DENY', ...more.spec } })
  const f = (source: JsonRecord) => ({ from: [{ source }] })
  const o = (operation: JsonRecord) => ({ to: [{ operation }] })
  const w = (key: string, values: string[]) => ({ when: [{ key, values }] })
  const no = ['warning shadowed /spec/rules/0']
  it.each<[JsonRecord, JsonRecord, string[]]>([
    [f({ namespaces: ['shop'] }), {}, no],
    [f({ namespaces: ['shop'] }), f({ namespaces: ['*'] }), no],
    [f({ namespaces: ['shop'] }), f({ namespaces: ['far'] }), []],
    [f({ namespaces: ['shop', 'far'] }), f({ namespaces: ['far'] }), []],
    [{}, f({ namespaces: ['far'] }), []],
    [f({ principals: ['x'] }), f({ namespaces: ['far'] }), []],
    [o({ paths: ['/a'] }), o({ paths: ['/*'] }), no],
    [o({ paths: ['/a'] }), o({ paths: ['/*'], methods: ['GET'] }), []],
    [o({ paths: ['/a'], methods: ['GET'] }), o({ paths: ['/*'] }), no],
    [o({ methods: ['GET'], paths: ['/a'] }), o({ paths: ['/*'] }), no],
    [o({ hosts: ['/a'], paths: ['/b'] }), o({ paths: ['/a'] }), []],
    [o({ notPaths: ['/a'] }), o({ paths: ['/*'] }), []],
    [f({ namespaces: ['shop'] }), f({ notNamespaces: ['shop'] }), []],
    [f({ notNamespaces: ['shop', 'far'] }), f({ notNamespaces: ['shop'] }), no],
    [f({ notNamespaces: ['far'] }), f({ notNamespaces: ['shop'] }), []],
    [{ ...f({ namespaces: ['shop'] }), ...w('source.ip', ['10.0.0.1']) }, w('source.ip', ['10.0.0.1']), no],
    [{ ...f({ namespaces: ['shop'] }), ...w('source.ip', ['10.0.0.1']) }, w('source.ip', ['10.0.0.2']), []],
    [f({ namespaces: ['shop'] }), w('source.ip', ['10.0.0.1']), []],
    [{ ...f({ namespaces: ['shop'] }), ...w('remote.ip', ['10.0.0.1']) }, w('source.ip', ['10.0.0.1']), []],
    [
      { from: [{ source: { namespaces: ['shop'] } }, { source: { namespaces: ['far'] } }] },
      f({ namespaces: ['far'] }),
      [],
    ],
    [
      f({ namespaces: ['far'] }),
      { from: [{ source: { namespaces: ['shop'] } }, { source: { namespaces: ['far'] } }] },
      no,
    ],
  ])('%j by %j', (rule, denial, expected) => {
    expect(told(ofShadow, { objects: [shop, namespace('far'), allow(rule), deny(denial)] })).toEqual(expected)
  })
  it('over the same workloads, in force', () => {
    const rule = f({ namespaces: ['shop'] })
    const web = { selector: { matchLabels: { app: 'web' } } }
    const of = (...objects: ReturnType<typeof policy>[]) => told(ofShadow, { objects: [shop, ...objects] })
    expect(of(allow(rule, { app: 'web' }), deny({}))).toEqual(no)
    expect(of(allow(rule, { app: 'web', tier: 'a' }), deny({}, { spec: web }))).toEqual(no)
    expect(of(allow(rule), deny({}, { spec: web }))).toEqual([])
    expect(of(allow(rule, { app: 'api' }), deny({}, { spec: web }))).toEqual([])
    expect(of(allow(rule), deny({}, { at: 'istio-system' }))).toEqual(no)
    expect(of(allow(rule), deny({}, { at: 'far' }))).toEqual([])
    const tried = of(allow(rule), deny({}, { annotations: { 'istio.io/dry-run': 'true' } }))
    expect(tried.filter((each) => !each.includes('enforce brings'))).toEqual([])
    expect(of(allow(rule), deny({}, { spec: { targetRefs: [{ kind: 'Gateway', name: 'x' }] } }))).toEqual([])
    expect(of(policy(rule, { spec: { action: 'AUDIT' } }), deny({}))).toEqual([])
    expect(of(allow(rule), policy({}, { name: 'd', spec: { action: 'AUDIT' } }))).toEqual([])
  })
})

describe('what is only tried', () => {
  const tried = (value: string) =>
    told(/\.dry-run/, {
      objects: [
        policy({ from: [{ source: { ipBlocks: ['10.0.0.1'] } }] }, { annotations: { 'istio.io/dry-run': value } }),
      ],
    })
  const at = '/metadata/annotations/istio.io~1dry-run (enforce)'
  it.each([
    ['true', [`info dry-run ${at}`]],
    ['T', [`info dry-run ${at}`]],
    ['false', []],
    ['0', []],
    ['yes', [`warning dry-run-unclear ${at}`]],
  ])('%s', (value, expected) => {
    expect(tried(value)).toEqual(expected)
  })
})
