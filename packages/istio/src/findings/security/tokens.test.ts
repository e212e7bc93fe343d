import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { told } from '../fixes/told.ts'

const shop = namespace('shop')
const web = { selector: { matchLabels: { app: 'web' } } }
const api = { selector: { matchLabels: { app: 'api' } } }
const attached = { targetRefs: [{ kind: 'Gateway', name: 'x' }] }
const good = { issuer: 'https://issuer.example' }
const checks = (rules: JsonRecord[], more: { at?: string; spec?: JsonRecord } = {}) =>
  object('RequestAuthentication', 'jwt', {
    namespace: more.at ?? 'shop',
    spec: { ...(rules.length > 0 && { jwtRules: [...rules] }), ...more.spec },
  })
const asks = (rule: JsonRecord, more: { at?: string; spec?: JsonRecord } = {}) =>
  object('AuthorizationPolicy', 'a', { namespace: more.at ?? 'shop', spec: { rules: [rule], ...more.spec } })
const principal = { from: [{ source: { requestPrincipals: ['*'] } }] }

describe('tokens that rules ask for', () => {
  const of = (...objects: KubernetesObject[]) => told(/\.token-unread$/, { objects: [shop, ...objects] })
  const unread = ['error token-unread /spec/rules/0']
  it.each<[JsonRecord, string[]]>([
    [principal, unread],
    [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }, unread],
    [{ when: [{ key: 'request.auth.claims[a]', values: ['b'] }] }, unread],
    [{ when: [{ key: 'request.headers[a]', values: ['b'] }] }, []],
    [{ from: [{ source: { namespaces: ['shop'] } }] }, []],
  ])('%j', (rule, expected) => {
    expect(of(asks(rule))).toEqual(expected)
    expect(of(asks(rule), checks([good]))).toEqual([])
  })
  it('are checked for the same workloads', () => {
    expect(of(asks(principal), checks([]))).toEqual(unread)
    expect(of(asks(principal), checks([good], { at: 'far' }))).toEqual(unread)
    expect(of(asks(principal), checks([good], { at: 'istio-system' }))).toEqual([])
    expect(of(asks(principal, { spec: web }), checks([good], { spec: web }))).toEqual([])
    expect(of(asks(principal, { spec: web }), checks([good], { spec: api }))).toEqual(unread)
    expect(of(asks(principal, { spec: web }), checks([good], { spec: { ...api, ...attached } }))).toEqual([])
    expect(of(asks(principal, { spec: { ...web, ...attached } }), checks([good], { spec: api }))).toEqual([])
    expect(of(asks(principal, { at: 'istio-system' }), checks([good], { at: 'far' }))).toEqual([])
    expect(of(asks(principal, { at: 'istio-system' }))).toEqual(unread)
    const without = ['security.istio.io/RequestAuthentication']
    expect(told(/\.token-unread$/, { objects: [shop, asks(principal)], without })).toEqual([])
  })
})

describe('issuers of tokens', () => {
  const of = (principal: string, ...rules: JsonRecord[]) =>
    told(/\.issuer-unknown$/, {
      objects: [shop, checks(rules), asks({ from: [{ source: { requestPrincipals: [principal] } }] })],
    })
  const unknown = 'warning issuer-unknown /spec/rules/0/from/0/source/requestPrincipals/0'
  it.each<[string, string[]]>([
    ['https://issuer.example/me', []],
    ['https://isuer.example/me', [`${unknown} (known-issuer)`]],
    ['somebody/me', [unknown]],
    ['*', []],
    ['https://issuer.example/*', []],
    ['somebody/*', []],
    ['*/me', []],
    ['me', []],
    ['/me', []],
  ])('%s', (principal, expected) => {
    expect(of(principal, good)).toEqual(expected)
  })
  it('may be any', () => {
    expect(of('somebody/me', { jwksUri: 'https://a.example' })).toEqual([])
    const condition = asks({ when: [{ key: 'request.auth.principal', values: ['somebody/me'] }] })
    expect(told(/\.issuer-unknown$/, { objects: [shop, checks([good]), condition] })).toEqual([
      'warning issuer-unknown /spec/rules/0/when/0/values/0',
    ])
  })
})

describe('workloads whose tokens are checked', () => {
  const of = (policy: KubernetesObject, ...objects: KubernetesObject[]) =>
    told(/^requestauthentication\.no-workload$/, { objects: [shop, policy, ...objects] })
  const running = pod('web-1', 'shop', { labels: { app: 'web' } })
  const nobody = ['warning no-workload /spec/selector/matchLabels']
  it('are there', () => {
    expect(of(checks([good], { spec: web }), running)).toEqual([])
    expect(of(checks([good], { spec: api }), running)).toEqual(nobody)
    expect(of(checks([good], { spec: web }))).toEqual(nobody)
    expect(of(checks([good], { spec: web }), pod('web-1', 'far', { labels: { app: 'web' } }))).toEqual(nobody)
    const deployed = object('Deployment', 'web', {
      namespace: 'shop',
      spec: { template: { metadata: { labels: { app: 'web' } } } },
    })
    expect(of(checks([good], { spec: web }), deployed)).toEqual([])
    expect(of(checks([good]))).toEqual([])
    expect(of(checks([good], { spec: { ...web, ...attached } }))).toEqual([])
    const objects = [shop, checks([good], { spec: web })]
    expect(told(/^requestauthentication\.no-workload$/, { objects, unread: ['east'] })).toEqual([])
  })
})

describe('workloads of any namespace whose tokens are checked', () => {
  const ofMesh = checks([good], { spec: web, at: 'istio-system' })
  const of = (...objects: KubernetesObject[]) =>
    told(/^requestauthentication\.no-workload/, { objects: [shop, ofMesh, ...objects] })
  it('are there', () => {
    expect(of()).toEqual(['warning no-workload-of-mesh /spec/selector/matchLabels'])
    expect(of(pod('web-1', 'shop', { labels: { app: 'web' } }))).toEqual([])
    const template = { metadata: { labels: { app: 'web' } } }
    expect(of(object('Deployment', 'web', { namespace: 'pay', spec: { template } }))).toEqual([])
    const objects = [shop, ofMesh]
    expect(told(/^requestauthentication\.no-workload/, { objects, unread: ['east'] })).toEqual([])
  })
})

describe('tokens that nobody asks for', () => {
  const codes = /\.token-optional$/
  const of = (...objects: KubernetesObject[]) => told(codes, { objects: [shop, ...objects] })
  const open = 'warning token-optional /spec/jwtRules'
  const proxy = { name: 'istio-proxy', image: 'proxyv2:1' }
  const running = pod('web-1', 'shop', { labels: { app: 'web' }, spec: { containers: [proxy] } })
  const outside = pod('web-1', 'shop', { labels: { app: 'web' } })
  const serving = (port: JsonRecord) =>
    object('Service', 'web', { namespace: 'shop', spec: { selector: { app: 'web' }, ports: [{ port: 80, ...port }] } })
  it('may be missing', () => {
    expect(of(checks([good]))).toEqual([open])
    expect(of(checks([]))).toEqual([])
    expect(of(checks([good]), asks(principal))).toEqual([])
    expect(of(checks([good], { spec: web }), asks(principal, { spec: api }), outside)).toEqual([open])
    expect(told(codes, { objects: [checks([good])], without: ['security.istio.io/AuthorizationPolicy'] })).toEqual([])
  })
  it('can be demanded where it is clear of whom', () => {
    const http = serving({ name: 'http' })
    expect(of(checks([good], { spec: web }), running, http)).toEqual([`${open} (require-token)`])
    expect(of(checks([good]), running, http)).toEqual([`${open} (require-token)`])
    const injected = [namespace('shop', { 'istio-injection': 'enabled' }), outside, http]
    const objects = [shop, checks([good])]
    expect(told(codes, { objects, members: injected })).toEqual([`${open} (require-token)`])
    expect(told(codes, { objects, members: [shop, outside, http] })).toEqual([open])
    expect(of(checks([good]), running, serving({ name: 'tcp' }))).toEqual([open])
    expect(of(checks([good]), http)).toEqual([open])
    expect(of(checks([good], { spec: attached }), running, http)).toEqual([open])
    expect(of(checks([good]), outside, http)).toEqual([open])
    const taken = object('AuthorizationPolicy', 'jwt-required', {
      namespace: 'shop',
      spec: { rules: [{ to: [{ operation: { ports: ['80'] } }] }] },
    })
    expect(of(checks([good]), running, http, taken)).toEqual([open])
    const both = object('Service', 'db', {
      namespace: 'shop',
      spec: { selector: { app: 'web' }, ports: [{ port: 81, targetPort: 80, name: 'tcp' }] },
    })
    expect(of(checks([good], { spec: web }), running, http, both)).toEqual([open])
    const managed = pod('web-1', 'shop', {
      labels: { app: 'web', 'gateway.networking.k8s.io/gateway-name': 'g' },
      spec: { containers: [proxy] },
    })
    expect(of(checks([good], { spec: web }), managed, http)).toEqual([open])
    const there = { ...running, metadata: { ...running.metadata, namespace: 'istio-system' } }
    const root = { ...http, metadata: { ...http.metadata, namespace: 'istio-system' } }
    expect(of(checks([good], { at: 'istio-system' }), there, root)).toEqual([open])
  })
})

describe('rules for tokens', () => {
  const codes = /^requestauthentication\.(keys|issuer|place|no-rules)/
  const demanded = asks(principal)
  const services = object('Service', 'idp', {
    namespace: 'shop',
    spec: { selector: { app: 'idp' }, ports: [{ name: 'http', port: 8080 }] },
  })
  const of = (...rules: JsonRecord[]) => told(codes, { objects: [shop, demanded, services, checks(rules)] })
  const keys = '{"keys":[{"kty":"RSA","n":"x","e":"AQAB"}]}'
  const at = '/spec/jwtRules/0'
  it.each<[JsonRecord, string[]]>([
    [good, []],
    [{ issuer: 'http://issuer.example' }, []],
    [{ issuer: 'me' }, [`error keys-missing ${at}`]],
    [{ issuer: 'me', jwks: keys }, []],
    [{ issuer: 'me', jwksUri: 'https://a.example/keys' }, []],
    [{ issuer: 'me', jwks: '{"keys":[]}' }, [`error keys-missing ${at}/jwks`]],
    [{ issuer: 'me', jwks: 'x' }, []],
    [{ issuer: 'me', jwks: keys, jwksUri: 'https://a.example' }, [`warning keys-twice ${at}/jwksUri (keep-keys)`]],
    [{ issuer: 'me', jwks: keys, jwks_uri: 'https://a.example' }, [`warning keys-twice ${at}/jwks_uri (keep-keys)`]],
    [{ issuer: 'me', jwksUri: 'http://idp.shop.svc.cluster.local:8080/keys' }, []],
    [{ issuer: 'me', jwksUri: 'http://idp.shop.svc:8080/keys' }, []],
    [
      { issuer: 'me', jwksUri: 'http://idp.shop.svc.cluster.local/keys' },
      [`error keys-unreachable ${at}/jwksUri (port-of-service)`],
    ],
    [
      { issuer: 'me', jwksUri: 'http://idp.shop.svc:81/keys' },
      [`error keys-unreachable ${at}/jwksUri (port-of-service)`],
    ],
    [{ issuer: 'me', jwksUri: 'https://gone.shop.svc.cluster.local/keys' }, [`error keys-unreachable ${at}/jwksUri`]],
  ])('%j', (rule, expected) => {
    expect(of(rule)).toEqual(expected)
  })
  it('are there', () => {
    expect(of()).toEqual(['info no-rules /spec'])
  })
  it('ask at the port of the scheme', () => {
    const idp = (port: number) =>
      object('Service', 'idp', {
        namespace: 'shop',
        spec: {
          selector: { app: 'idp' },
          ports: [
            { name: 'http', port },
            { name: 'http-b', port: 1 },
          ],
        },
      })
    const rule = (scheme: string) => checks([{ issuer: 'me', jwksUri: `${scheme}://idp.shop.svc.cluster.local` }])
    const lost = [`error keys-unreachable ${at}/jwksUri`]
    expect(told(codes, { objects: [demanded, idp(80), rule('http')] })).toEqual([])
    expect(told(codes, { objects: [demanded, idp(443), rule('https')] })).toEqual([])
    expect(told(codes, { objects: [demanded, idp(80), rule('https')] })).toEqual(lost)
    expect(told(codes, { objects: [demanded, idp(443), rule('http')] })).toEqual(lost)
    expect(told(codes, { objects: [demanded, rule('http')], unread: ['east'] })).toEqual([])
  })
  it.each<[JsonRecord, string[]]>([
    [{ fromHeaders: [{ name: 'a' }, { name: 'A' }] }, [`info place-twice ${at}/fromHeaders/1 (once)`]],
    [{ fromHeaders: [{ name: 'a' }, { name: 'a', prefix: 'B ' }] }, []],
    [{ fromHeaders: [{ name: 'a' }, { name: 'b' }] }, []],
    [{ fromParams: ['a', 'a'] }, [`info place-twice ${at}/fromParams/1 (once)`]],
    [{ fromParams: ['a', 'A'] }, []],
    [{ fromCookies: ['a', 'a'] }, [`info place-twice ${at}/fromCookies/1 (once)`]],
  ])('%j', (rule, expected) => {
    expect(of({ ...good, ...rule })).toEqual(expected)
  })
  it('are one for an issuer', () => {
    expect(of(good, { issuer: 'https://other.example' })).toEqual([])
    expect(of(good, good)).toEqual(['warning issuer-twice /spec/jwtRules/1 (one-rule)'])
    expect(of(good, { ...good, audiences: ['a'] })).toEqual(['warning issuer-twice /spec/jwtRules/1'])
    const unnamed = { jwksUri: 'https://a.example' }
    expect(of(unnamed, unnamed)).toEqual([])
  })
})
