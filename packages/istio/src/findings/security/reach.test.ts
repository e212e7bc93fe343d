import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const shop = namespace('shop')
const policy = (rules: JsonRecord[], more: { name?: string; at?: string; spec?: JsonRecord; created?: string } = {}) =>
  object('AuthorizationPolicy', more.name ?? 'a', {
    namespace: more.at ?? 'shop',
    ...(more.created !== undefined && { created: more.created }),
    spec: { rules: [...rules], ...more.spec },
  })
const to = (operation: JsonRecord) => ({ to: [{ operation }] })
const from = (source: JsonRecord) => ({ from: [{ source }] })
const web = { selector: { matchLabels: { app: 'web' } } }
const proxy = { name: 'istio-proxy', image: 'proxyv2:1' }
const podOf = (app: string, ports: JsonRecord[], at = 'shop') =>
  pod(`${app}-1`, at, {
    labels: { app },
    spec: { containers: [{ name: 'app', image: 'a', ports: [...ports] }, proxy] },
  })
const serviceOf = (app: string, ports: JsonRecord[], more: { at?: string; selector?: JsonRecord } = {}) =>
  object('Service', app, {
    namespace: more.at ?? 'shop',
    spec: { selector: more.selector ?? { app }, ports: [...ports] },
  })

describe('ports of rules', () => {
  const ofPorts = /\.(port-of-service|port-not-found)$/
  const ground = [
    shop,
    podOf('web', [{ containerPort: 8080, name: 'web' }, { containerPort: 9090 }]),
    serviceOf('web', [{ name: 'http', port: 80, targetPort: 'web' }]),
  ]
  const of = (port: string, more: { spec?: JsonRecord; at?: string } = {}, world: Partial<Case> = {}) =>
    told(ofPorts, { objects: [...ground, policy([to({ ports: [port] })], more)], ...world })
  const at = '/spec/rules/0/to/0/operation/ports/0'
  it('are those of Pods', () => {
    expect(of('8080')).toEqual([])
    expect(of('9090')).toEqual([])
    expect(of('80')).toEqual([`warning port-of-service ${at} (port-of-pods)`])
    expect(of('81')).toEqual([`warning port-not-found ${at}`])
    expect(of('80', { spec: web })).toEqual([`warning port-of-service ${at} (port-of-pods)`])
    expect(of('x')).toEqual([])
    expect(of('0')).toEqual([])
  })
  it('are named in conditions and exclusions too', () => {
    const condition = policy([{ when: [{ key: 'destination.port', values: ['80'] }] }])
    expect(told(ofPorts, { objects: [...ground, condition] })).toEqual([
      'warning port-of-service /spec/rules/0/when/0/values/0 (port-of-pods)',
    ])
    expect(told(ofPorts, { objects: [...ground, policy([to({ notPorts: ['80'] })])] })).toEqual([
      'warning port-of-service /spec/rules/0/to/0/operation/notPorts/0 (port-of-pods)',
    ])
  })
  it('are not missed where nothing is known of them', () => {
    expect(of('81', { at: 'istio-system' })).toEqual([])
    expect(of('81', { spec: { targetRefs: [{ kind: 'Gateway', name: 'x' }] } })).toEqual([])
    expect(of('81', { spec: { selector: { matchLabels: { app: 'api' } } } })).toEqual([])
    expect(of('81', {}, { unread: ['east'] })).toEqual([])
    expect(told(ofPorts, { objects: [shop, podOf('web', []), policy([to({ ports: ['81'] })])] })).toEqual([])
    const gone = [
      shop,
      serviceOf('web', [{ name: 'http', port: 80, targetPort: 8080 }]),
      policy([to({ ports: ['81'] })]),
    ]
    expect(told(ofPorts, { objects: gone })).toEqual([])
  })
  it('are corrected where it is clear to what', () => {
    const two = serviceOf('web', [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'http-b', port: 81, targetPort: 8081 },
    ])
    const objects = (port: string) => [shop, podOf('web', [{ containerPort: 7 }]), two, policy([to({ ports: [port] })])]
    expect(told(ofPorts, { objects: objects('90') })).toEqual([`warning port-not-found ${at}`])
    expect(told(ofPorts, { objects: objects('81') })).toEqual([`warning port-of-service ${at} (port-of-pods)`])
  })
})

describe('rules for HTTP over TCP', () => {
  const ofTcp = /\.(tcp-shut|tcp-denied)$/
  const db = [
    podOf('db', [{ containerPort: 5432, name: 'sql' }]),
    serviceOf('db', [{ name: 'tcp-sql', port: 5432, targetPort: 'sql' }]),
  ]
  const of = (...objects: KubernetesObject[]) => told(ofTcp, { objects: [shop, ...db, ...objects] })
  const shut = ['warning tcp-shut /spec/rules (allow-port)']
  const get = to({ methods: ['GET'] })
  it.each<[JsonRecord, string[]]>([
    [get, shut],
    [to({ paths: ['/a'] }), shut],
    [to({ hosts: ['a.b'] }), shut],
    [to({ notPaths: ['/a'], ports: ['5432'] }), shut],
    [from({ requestPrincipals: ['*'] }), shut],
    [{ when: [{ key: 'request.headers[a]', values: ['b'] }] }, shut],
    [from({ namespaces: ['shop'] }), []],
    [to({ ports: ['5432'] }), []],
    [{ when: [{ key: 'source.ip', values: ['10.0.0.1'] }] }, []],
  ])('ALLOW %j', (rule, expected) => {
    expect(of(policy([rule]))).toEqual(expected)
  })
  it('shut where nothing else allows', () => {
    const open = policy([to({ ports: ['5432'] })], { name: 'b' })
    expect(of(policy([get]), open)).toEqual([])
    expect(of(policy([get, to({ ports: ['5432'] })]))).toEqual([])
    expect(of(policy([get, to({ ports: ['1'] })]))).toEqual(shut)
    expect(of(policy([get, to({ notPorts: ['5432'] })]))).toEqual(shut)
    expect(of(policy([get, to({ notPorts: ['1'] })]))).toEqual([])
    expect(of(policy([get]), policy([from({ ipBlocks: ['10.0.0.1'] })], { name: 'b', at: 'istio-system' }))).toEqual([])
    expect(of(policy([get]), policy([to({ ports: ['1'] })], { name: 'b' }))).toEqual(shut)
    const deny = policy([to({ ports: ['5432'] })], { name: 'b', spec: { action: 'DENY' } })
    // A port that is opened here is denied there: that is no way out.
    expect(of(policy([get]), deny).slice(0, 1)).toEqual(['warning tcp-shut /spec/rules'])
    const attached = { targetRefs: [{ kind: 'Gateway', name: 'x' }] }
    expect(of(policy([get]), policy([from({ ipBlocks: ['10.0.0.1'] })], { name: 'b', spec: attached }))).toEqual(shut)
  })
  it('where there is a TCP port', () => {
    const http = [podOf('web', [{ containerPort: 80 }]), serviceOf('web', [{ name: 'http', port: 80 }])]
    expect(told(ofTcp, { objects: [shop, ...http, policy([get])] })).toEqual([])
    const detected = [podOf('web', [{ containerPort: 80 }]), serviceOf('web', [{ port: 80 }])]
    expect(
      told(ofTcp, { objects: [shop, ...detected, policy([get])] }).filter((each) => !each.includes('say-tcp')),
    ).toEqual([])
    expect(of(policy([get], { spec: web }))).toEqual([])
    expect(of(policy([get], { spec: { selector: { matchLabels: { app: 'db' } } } }))).toEqual(shut)
    expect(of(policy([get], { spec: { targetRef: { kind: 'Gateway', name: 'x' } } }))).toEqual([])
    expect(told(ofTcp, { objects: [namespace('far'), ...db, policy([get], { at: 'far' })] })).toEqual([])
    expect(of(policy([get], { at: 'istio-system' }))).toEqual(['warning tcp-shut /spec/rules'])
    expect(
      told(ofTcp, { objects: [shop, serviceOf('db', [{ name: 'tcp', port: 1, targetPort: 'sql' }]), policy([get])] }),
    ).toEqual([])
    expect(told(ofTcp, { objects: [shop, serviceOf('db', [{ name: 'tcp', port: 1 }]), policy([get])] })).toEqual(shut)
  })
  const denied = ['warning tcp-denied /spec/rules/0 (except-ports)']
  const deny = { spec: { action: 'DENY' } }
  it.each<[JsonRecord, string[]]>([
    [get, denied],
    [from({ requestPrincipals: ['a/b'] }), denied],
    [to({ methods: ['GET'], ports: ['80'] }), []],
    [to({ methods: ['GET'], notPorts: ['5432'] }), []],
    [to({ methods: ['GET'], ports: ['5432'] }), ['warning tcp-denied /spec/rules/0']],
    [to({ ports: ['5432'] }), []],
    [{ to: [{ operation: { methods: ['GET'] } }, { operation: { paths: ['/a'] } }] }, denied],
  ])('DENY %j', (rule, expected) => {
    expect(of(policy([rule], deny))).toEqual(expected)
  })
  it('other actions are let be', () => {
    expect(of(policy([get], { spec: { action: 'AUDIT' } }))).toEqual([])
  })
})

describe('identities without mutual TLS', () => {
  const ofMtls = /\.(needs-mtls|plain-text-passes)$/
  const mode = (mode: string, at = 'shop') =>
    object('PeerAuthentication', 'm', { namespace: at, spec: { mtls: { mode } } })
  const of = (...objects: KubernetesObject[]) => told(ofMtls, { objects: [shop, ...objects] })
  const needs = (place: string) => [`error needs-mtls /spec/rules/0/${place}`]
  it.each<[JsonRecord, string[]]>([
    [from({ principals: ['*'], ipBlocks: ['10.0.0.1'] }), needs('from/0/source/principals')],
    [from({ namespaces: ['shop'] }), needs('from/0/source/namespaces')],
    [from({ notNamespaces: ['shop'] }), needs('from/0/source/notNamespaces')],
    [from({ namespaces: [], ipBlocks: ['10.0.0.1'] }), []],
    [from({ serviceAccounts: ['default'] }), needs('from/0/source/serviceAccounts')],
    [from({ trustDomains: ['cluster.local'] }), needs('from/0/source/trustDomains')],
    [from({ ipBlocks: ['10.0.0.1'] }), []],
    [{ when: [{ key: 'source.namespace', values: ['shop'] }] }, needs('when/0/key')],
    [{ when: [{ key: 'connection.sni', values: ['a.example'] }] }, needs('when/0/key')],
    [{ when: [{ key: 'source.ip', values: ['10.0.0.1'] }] }, []],
  ])('%j', (rule, expected) => {
    expect(of(mode('DISABLE'), policy([rule]))).toEqual(expected.map((each) => `${each} (other-mode)`))
    expect(of(mode('PERMISSIVE'), policy([rule]))).toEqual([])
  })
  it('are told as the rule says them, with the policy that takes them away', () => {
    const params = (rule: JsonRecord) =>
      findingsOf({ objects: [shop, mode('DISABLE'), policy([rule])] })
        .filter(({ code }) => ofMtls.test(code))
        .map(({ params, evidence }) => [params['field'], params['policy'], ...evidence.map(({ name }) => name)])
    expect(params(from({ namespaces: ['shop'] }))).toEqual([['namespaces', 'm', 'm']])
    expect(params(from({ notNamespaces: ['shop'] }))).toEqual([['notNamespaces', 'm', 'm']])
    expect(params(from({ namespaces: ['shop'], notNamespaces: ['far'] }))).toEqual([['namespaces', 'm', 'm']])
  })
  it('are needed at the workloads of the policy', () => {
    const rule = from({ namespaces: ['shop'] })
    const of2 = object('PeerAuthentication', 'w', { namespace: 'shop', spec: { ...web, mtls: { mode: 'STRICT' } } })
    expect(of(mode('DISABLE'), of2, policy([rule], { spec: web }))).toEqual([])
    expect(of(mode('DISABLE', 'istio-system'), policy([rule]))).toEqual([
      `${String(needs('from/0/source/namespaces')[0])} (other-mode)`,
    ])
    expect(of(mode('DISABLE', 'far'), policy([rule]))).toEqual([])
    expect(of(mode('DISABLE'), policy([rule], { spec: { targetRefs: [{ kind: 'Gateway', name: 'x' }] } }))).toEqual([])
    expect(
      told(ofMtls, {
        objects: [shop, policy([rule], { spec: { action: 'DENY' } })],
        without: ['security.istio.io/PeerAuthentication'],
      }),
    ).toEqual([])
  })
  it('come back by another mode, where that suits all', () => {
    const rule = from({ namespaces: ['shop'] })
    const needed = needs('from/0/source/namespaces')[0] ?? ''
    const inside = pod('w', 'shop', { labels: { app: 'web' }, by: 'default' })
    const client = object('DestinationRule', 'd', {
      namespace: 'shop',
      spec: { host: 'a.example', trafficPolicy: { tls: { mode: 'DISABLE' } } },
    })
    expect(of(mode('DISABLE'), inside, policy([rule]))).toEqual([`${needed} (other-mode)`])
    expect(of(mode('DISABLE'), inside, client, policy([rule]))).toEqual([needed])
    expect(of(mode('DISABLE'), policy([rule], { spec: { action: 'DENY' } }))).toEqual([needed])
    const off = object('PeerAuthentication', 'w', { namespace: 'shop', spec: { ...web, mtls: { mode: 'DISABLE' } } })
    expect(of(off, inside, client, policy([rule], { spec: web }))).toEqual([`${needed} (other-mode)`])
  })
  it('do not stop plain text', () => {
    const deny = { spec: { action: 'DENY' } }
    const passes = ['warning plain-text-passes /spec/rules/0/from/0/source (deny-strangers)']
    expect(of(policy([from({ namespaces: ['shop'] })], deny))).toEqual(passes)
    expect(of(policy([from({ namespaces: ['shop'] })]))).toEqual([])
    expect(of(mode('STRICT'), policy([from({ namespaces: ['shop'] })], deny))).toEqual([])
    expect(of(policy([from({ notNamespaces: ['shop'] })], deny))).toEqual([])
    expect(of(policy([from({ ipBlocks: ['10.0.0.1'] })], deny))).toEqual([])
    expect(of(policy([from({ namespaces: ['shop'] }), from({ notPrincipals: ['*'] })], deny))).toEqual([])
    expect(of(policy([from({ namespaces: ['shop'] }), {}], deny)).filter((each) => each.includes(' plain'))).toEqual([])
    const partly = { ...from({ notPrincipals: ['*'] }), ...to({ ports: ['1'] }) }
    expect(of(policy([from({ namespaces: ['shop'] }), partly], deny))).toEqual(passes)
    const mixed = from({ notPrincipals: ['*'], ipBlocks: ['10.0.0.1'] })
    expect(of(policy([from({ namespaces: ['shop'] }), mixed], deny))).toEqual(passes)
    const condition = { when: [{ key: 'source.namespace', values: ['shop'] }] }
    expect(of(policy([condition], deny))).toEqual([])
  })
})

describe('who authorizes', () => {
  const ofProviders = /\.provider(-|s-)/
  const authorizer = { name: 'opa', envoyExtAuthzGrpc: { service: 'opa.shop.svc.cluster.local', port: 9191 } }
  const opa = serviceOf('opa', [{ name: 'grpc', port: 9191 }])
  const settings = (...extensionProviders: JsonRecord[]) => ({ config: { extensionProviders } })
  const asks = (name: string, more: { name?: string; spec?: JsonRecord; created?: string; at?: string } = {}) =>
    policy([to({ paths: ['/a'] })], { ...more, spec: { action: 'CUSTOM', provider: { name }, ...more.spec } })
  const of = (config: ReturnType<typeof settings>, ...objects: KubernetesObject[]) =>
    told(ofProviders, { objects: [shop, opa, ...objects], settings: config })
  const at = '/spec/provider/name'
  it('is declared, authorizes, and is there', () => {
    const known = settings(authorizer, { name: 'otel', opentelemetry: {} })
    expect(of(known, asks('opa'))).toEqual([])
    expect(of(known, asks('gone'))).toEqual([`error provider-not-found ${at} (declared-provider)`])
    expect(of(known, asks('otel'))).toEqual([`error provider-unfit ${at} (declared-provider)`])
    expect(of(settings(authorizer, { ...authorizer, name: 'b' }), asks('gone'))).toEqual([
      `error provider-not-found ${at}`,
    ])
    expect(of(settings({ name: 'otel', opentelemetry: {} }), asks('gone'))).toEqual([`error provider-not-found ${at}`])
    expect(of(settings(), asks('gone'))).toEqual([])
    expect(of(known, policy([to({ paths: ['/a'] })], { spec: { provider: { name: 'gone' } } }))).toEqual([])
  })
  it.each<[JsonRecord, boolean]>([
    [{ service: 'opa.shop.svc.cluster.local', port: 9191 }, true],
    [{ service: 'shop/opa.shop.svc.cluster.local', port: 9191 }, true],
    [{ service: 'opa.shop.svc.cluster.local', port: 80 }, false],
    [{ service: 'gone.shop.svc.cluster.local', port: 9191 }, false],
    [{ service: 'opa', port: 9191 }, false],
  ])('%j', (envoyExtAuthzHttp, isThere) => {
    const found = of(settings({ name: 'opa', envoyExtAuthzHttp }), asks('opa'))
    expect(found).toEqual(isThere ? [] : [`error provider-unreachable ${at}`])
    const fixless = of(settings({ name: 'opa', envoyExtAuthzHttp }), asks('gone'))
    expect(fixless).toEqual([`error provider-not-found ${at}${isThere ? ' (declared-provider)' : ''}`])
  })
  it('is not missed where services were not read', () => {
    const lost = settings({ name: 'opa', envoyExtAuthzHttp: { service: 'gone.x.svc.cluster.local', port: 1 } })
    expect(told(ofProviders, { objects: [shop, asks('opa')], settings: lost, unread: ['east'] })).toEqual([])
  })
  it('is one for a workload', () => {
    const both = settings(authorizer, { ...authorizer, name: 'b' })
    const old = asks('opa', { name: 'old', created: '2026-01-01T00:00:00Z' })
    const young = (more: Parameters<typeof asks>[1] = {}) => asks('b', { created: '2026-02-01T00:00:00Z', ...more })
    const differ = [`error providers-differ ${at} (same-provider)`]
    expect(of(both, old, young())).toEqual(differ)
    expect(of(both, old, young({ spec: web }))).toEqual(differ)
    const first = policy([to({ paths: ['/a'] })], { name: 'first', created: '2025-01-01T00:00:00Z' })
    expect(of(both, first, old, young())).toEqual(differ)
    expect(of(both, { ...old, metadata: { ...old.metadata, namespace: 'istio-system' } }, young())).toEqual(differ)
    expect(of(both, { ...old, metadata: { ...old.metadata, namespace: 'far' } }, young())).toEqual([])
    expect(of(both, old, asks('opa', { created: '2026-02-01T00:00:00Z' }))).toEqual([])
    const api = asks('opa', {
      name: 'old',
      created: '2026-01-01T00:00:00Z',
      spec: { selector: { matchLabels: { app: 'api' } } },
    })
    expect(of(both, api, young({ spec: web }))).toEqual([])
    const attached = { targetRefs: [{ kind: 'Gateway', name: 'x' }] }
    expect(of(both, old, young({ spec: attached }))).toEqual([])
    expect(of(both, asks('opa', { name: 'old', created: '2026-01-01T00:00:00Z', spec: attached }), young())).toEqual([])
  })
})
