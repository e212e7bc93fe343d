import { describe, expect, it } from 'vitest'
import { type Asked, ask as asked, cart, codes, decided, plain, told } from '../samples.ts'

const group = 'apiVersion: gateway.networking.k8s.io/v1'
const gateway = (listeners: string) =>
  `{${group}, kind: Gateway, metadata: {name: k8s-web, namespace: edge}, spec: {gatewayClassName: istio, listeners: [${listeners}]}}\n---\n`
const listener = (more = 'allowedRoutes: {namespaces: {from: All}}', name = 'a') =>
  `{name: ${name}, port: 80, protocol: HTTP, ${more}}`
const route = (name: string, spec: string, more: { kind?: string; namespace?: string; created?: string } = {}) =>
  `{${group}, kind: ${more.kind ?? 'HTTPRoute'}, metadata: {name: ${name}, namespace: ${more.namespace ?? 'shop'}, creationTimestamp: '${more.created ?? '2026-01-01'}T00:00:00Z'}, spec: ${spec}}\n---\n`
const web = 'parentRefs: [{name: k8s-web, namespace: edge}]'
const toReviews = 'backendRefs: [{name: reviews, port: 9080}]'
const toCart = 'backendRefs: [{name: cart, port: 9080}]'

const ask = (yaml: string, question: Asked = {}) =>
  asked({ yaml, question: { gateway: 'k8s-web', host: 'shop.example', port: 80, ...question } })
const inMesh = (yaml: string, question: Asked = {}) => asked({ yaml, question })

it.each([
  [1, 'outbound|9080||reviews.shop.svc.cluster.local 100'],
  [0, 'no-route'],
])('a TLSRoute that sends everything to a backend of weight %i', (weight, outcome) => {
  const tls = gateway(
    '{name: a, port: 443, protocol: TLS, tls: {mode: Passthrough}, allowedRoutes: {namespaces: {from: All}}}',
  )
  const spec = `{${web}, hostnames: [shop.example], rules: [{backendRefs: [{name: reviews, port: 9080, weight: ${weight}}]}]}`
  const explained = ask(tls + route('passed', spec, { kind: 'TLSRoute' }), { port: 443, protocol: 'tls' })
  expect(told(explained)).toBe(outcome)
})

describe('routes at a Gateway', () => {
  const served = gateway(listener())
  it('take requests by what is most specific, whatever their age', () => {
    const wide = route('wide', `{${web}, rules: [{${toReviews}}]}`)
    const narrow = route('narrow', `{${web}, rules: [{matches: [{path: {value: /api}}], ${toCart}}]}`, {
      created: '2026-02-01',
    })
    expect(told(ask(served + wide + narrow, { path: '/api/x' }))).toBe(cart)
    expect(told(ask(served + wide + narrow, { path: '/apis' }))).toBe(plain)
    const explained = ask(served + wide + narrow, { path: '/api' })
    expect(decided(explained)).toBe('narrow/spec/rules/0')
  })
  it('of equals the older goes first, then by name', () => {
    const one = (name: string, to: string, created: string) =>
      route(name, `{${web}, rules: [{matches: [{path: {value: /}}], ${to}}]}`, { created })
    expect(told(ask(served + one('a', toReviews, '2026-02-01') + one('b', toCart, '2026-01-01')))).toBe(cart)
    expect(told(ask(served + one('b', toReviews, '2026-01-01') + one('a', toCart, '2026-01-01')))).toBe(cart)
  })
  it.each([
    ['exact before prefix', '{path: {type: Exact, value: /api}}', '{path: {value: /api}}'],
    ['longer before shorter', '{path: {value: /ap}}', '{path: {value: /}}'],
    ['a method before none', '{path: {value: /}, method: GET}', '{path: {value: /}}'],
    ['more headers before fewer', '{path: {value: /}, headers: [{name: a, value: b}]}', '{path: {value: /}}'],
    ['more parameters before fewer', '{path: {value: /}, queryParams: [{name: q, value: x}]}', '{path: {value: /}}'],
  ])('%s', (_, first, second) => {
    const both = route(
      'one',
      `{${web}, rules: [{matches: [${second}], ${toReviews}}, {matches: [${first}], ${toCart}}]}`,
    )
    const path = first.includes('Exact') ? '/api' : first.includes('/ap}') ? '/ap/x' : '/?q=x'
    expect(told(ask(served + both, { path, headers: { a: 'b' } }))).toBe(cart)
  })
  it.each([
    ['allowedRoutes: {namespaces: {from: Same}}', false],
    ['allowedRoutes: {namespaces: {from: All}}', true],
    [
      'allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}}',
      true,
    ],
    ['allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: none}}}}', false],
    ['allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}', false],
    ['hostname: "*.example", allowedRoutes: {namespaces: {from: All}}', true],
    ['hostname: other.example, allowedRoutes: {namespaces: {from: All}}', false],
  ])('a listener with %s', (said, takes) => {
    const one = route('one', `{${web}, hostnames: [shop.example], rules: [{${toCart}}]}`)
    expect(told(ask(gateway(listener(said)) + one))).toBe(takes ? cart : 'no-route 404')
  })
  it('a host is the most specific listener’s', () => {
    const two = gateway(
      `${listener()}, ${listener('hostname: shop.example, allowedRoutes: {namespaces: {from: All}}', 'b')}`,
    )
    const wide = route(
      'one',
      `{parentRefs: [{name: k8s-web, namespace: edge, sectionName: a}], hostnames: [shop.example], rules: [{${toCart}}]}`,
    )
    expect(told(ask(two + wide))).toBe('no-route 404')
  })
  it('backends of another namespace need a grant there', () => {
    const away = route('one', `{${web}, rules: [{backendRefs: [{name: cart, namespace: shop, port: 9080}]}]}`, {
      namespace: 'edge',
    })
    const grant = `{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: shop}, spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}], to: [{group: '', kind: Service}]}}\n---\n`
    expect(told(ask(served + away))).toBe('UnknownService 100 backend-refused')
    expect(told(ask(served + away + grant))).toBe(cart)
  })
  it('without a backend that has a weight the answer is 500', () => {
    expect(told(ask(served + route('one', `{${web}, rules: [{backendRefs: []}]}`)))).toBe('direct 500')
    const missing = ask(served + route('one', `{${web}, rules: [{backendRefs: [{name: none, port: 1}]}]}`))
    expect(missing.trail.find(({ code }) => code === 'host-not-found')?.params.status).toBe(500)
  })
  it('filters are policies, each with its place', () => {
    const filters =
      'filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}, {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: b}]}}]'
    const { policies } = ask(
      served + route('one', `{${web}, rules: [{${filters}, timeouts: {request: 3s}, ${toCart}}]}`),
    )
    const said = (name: string) => policies.find((each) => each.name === name)
    expect(said('rewrite')).toMatchObject({ value: { uri: '/new' }, by: { pointer: '/spec/rules/0/filters/0' } })
    expect(said('headers')).toMatchObject({ value: { request: { set: { a: 'b' } } } })
    expect(said('timeout')).toMatchObject({ value: '3s', by: { pointer: '/spec/rules/0/timeouts' } })
  })
  it.each([
    ['{type: PathPrefix, value: /v1}', '/v1/items', '/new/items'],
    ['{type: Exact, value: /v1}', '/v1', '/new'],
    ['{type: RegularExpression, value: /v.*}', '/v1/items', '/new'],
  ])('a redirect replaces what of the path was matched by %s', (path, asking, location) => {
    const filters =
      '[{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}]'
    const yaml = served + route('one', `{${web}, rules: [{matches: [{path: ${path}}], filters: ${filters}}]}`)
    expect(told(ask(yaml, { path: asking })).endsWith(location)).toBe(true)
  })
  it('a redirect keeps the port of the request where no scheme is said', () => {
    const to = (more: string) =>
      told(
        ask(
          served + route('one', `{${web}, rules: [{filters: [{type: RequestRedirect, requestRedirect: {${more}}}]}]}`),
        ),
      )
    expect(to('scheme: https, statusCode: 301')).toBe('301 https://shop.example/')
    expect(to('hostname: new.example')).toBe('302 http://new.example/')
    expect(to('hostname: new.example, statusCode: 302')).toBe('302 http://new.example/')
    expect(to('hostname: new.example, statusCode: 308')).toBe('308 http://new.example/')
  })
  it('TLS without its certificate is not served', () => {
    const tls = gateway('{name: a, port: 80, protocol: HTTPS, tls: {certificateRefs: [{name: none}]}}')
    expect(codes(ask(tls, { protocol: 'https' }))).toContain('listener-invalid')
  })
})

describe('routes in the mesh', () => {
  const of = (more = '') => `parentRefs: [{group: '', kind: Service, name: reviews, namespace: shop${more}}]`
  it('of the service’s namespace are for all, those of a client’s for that client', () => {
    const own = route('own', `{${of()}, rules: [{${toCart}}]}`)
    expect(told(inMesh(own))).toBe(cart)
    expect(told(inMesh(own, { client: 'other', host: 'reviews.shop' }))).toBe(cart)
    const theirs = route('theirs', `{${of()}, rules: [{backendRefs: [{name: cart, namespace: shop, port: 9080}]}]}`, {
      namespace: 'other',
    })
    expect(told(inMesh(theirs))).toBe(plain)
    expect(told(inMesh(theirs, { client: 'other', host: 'reviews.shop' }))).toBe(cart)
  })
  it('may be for one port', () => {
    expect(told(inMesh(route('own', `{${of(', port: 9080')}, rules: [{${toCart}}]}`)))).toBe(cart)
    expect(told(inMesh(route('own', `{${of(', port: 1')}, rules: [{${toCart}}]}`)))).toBe(plain)
  })
  it('TCP and TLS have routes of their own', () => {
    const tcp = route('own', `{${of()}, rules: [{${toCart}}]}`, { kind: 'TCPRoute' })
    expect(told(inMesh(tcp, { port: 9000, protocol: 'tcp' }))).toBe(cart)
  })
  it('gRPC is told by its method', () => {
    const grpc = route('own', `{${of()}, rules: [{matches: [{method: {service: a.B, method: C}}], ${toCart}}]}`, {
      kind: 'GRPCRoute',
    })
    expect(told(inMesh(grpc, { path: '/a.B/C' }))).toBe(cart)
    expect(told(inMesh(grpc, { path: '/a.B/D' }))).toBe('no-route 404')
  })
})
