import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { type Asked, ask as asked, cart, codes, decided, plain, rule, told, toCart } from './samples.ts'

const ask = (yaml: string, question: Asked = {}, config: JsonRecord = {}) => asked({ yaml, question, config })

describe('without rules', () => {
  it('a request goes to the Service that its name means to the client', () => {
    const explained = ask('')
    expect(told(explained)).toBe(plain)
    expect(explained.decidedBy).toBeNull()
    const [destination] = explained.outcome.kind === 'routed' ? explained.outcome.destinations : []
    expect(destination?.endpoints.map(({ pod, address, port, ready }) => [pod, address, port, ready])).toEqual([
      ['r1', '10.1.0.1', 9080, true],
      ['r2', '10.1.0.2', 9080, false],
    ])
  })
  it.each([
    ['reviews', 'other', 'passthrough'],
    ['reviews.shop', 'other', plain],
    ['reviews.shop.svc.cluster.local', 'other', plain],
    ['reviews.shop.svc', 'shop', plain],
    ['10.0.0.1', 'other', plain],
    ['nowhere.example', 'shop', 'passthrough'],
  ])('%s said in %s', (host, client, outcome) => {
    expect(told(ask('', { host, client }))).toBe(outcome)
  })
  it('what the mesh does not know is refused where that is said: over HTTP with 502', () => {
    const closed = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
    expect(told(ask('', { host: 'nowhere.example' }, closed))).toBe('blackhole 502')
    expect(told(ask('', { host: 'nowhere.example', port: 1 }, closed))).toBe('blackhole')
  })
  it('a port that the Service has not is told with those it has', () => {
    const steps = ask('', { port: 1 }).trail.filter(({ code }) => code === 'service-no-port')
    expect(steps.map(({ params }) => [params.port, String(params.ports).split(', ')])).toEqual([
      [1, expect.arrayContaining(['9080', '9000'])],
    ])
    expect(codes(ask(''))).not.toContain('service-no-port')
  })
  it('HTTP on a port of TCP is a connection like any other', () => {
    const explained = ask(rule('all', `{hosts: [reviews], http: [{${toCart}}]}`), { port: 9000 })
    expect(told(explained)).toBe('outbound|9000||reviews.shop.svc.cluster.local 100')
    expect(codes(explained)).toContain('not-http')
  })
})

describe('matches', () => {
  const matched = (match: string, asked: Asked) =>
    told(ask(rule('one', `{hosts: [reviews], http: [{match: [${match}], ${toCart}}]}`), asked))
  it.each<[string, Asked, boolean]>([
    ['{uri: {exact: /api}}', { path: '/api?x=1' }, true],
    ['{uri: {exact: /api}}', { path: '/api/' }, false],
    ['{uri: {prefix: /api}}', { path: '/apis' }, true],
    ['{uri: {prefix: /api}}', { path: '/API' }, false],
    ['{uri: {prefix: /api}, ignoreUriCase: true}', { path: '/API/x' }, true],
    ['{uri: {regex: "/a.*"}}', { path: '/abc' }, true],
    ['{uri: {regex: "/a"}}', { path: '/abc' }, false],
    ['{uri: {prefix: /api}}', { path: '/x/../api' }, true],
    ['{method: {exact: GET}}', { method: 'POST' }, false],
    ['{headers: {X-User: {exact: jo}}}', { headers: { 'x-user': 'jo' } }, true],
    ['{headers: {x-user: {exact: jo}}}', {}, false],
    ['{headers: {x-user: {}}}', { headers: { 'X-USER': 'any' } }, true],
    ['{headers: {x-user: {regex: "*"}}}', {}, false],
    ['{headers: {"@request.auth.claims.sub": {exact: jo}}}', {}, false],
    ['{withoutHeaders: {x-user: {exact: jo}}}', {}, true],
    ['{withoutHeaders: {x-user: {exact: jo}}}', { headers: { 'x-user': 'jo' } }, false],
    ['{withoutHeaders: {x-user: {}}}', { headers: { 'x-user': 'jo' } }, false],
    ['{queryParams: {q: {exact: one}}}', { path: '/?q=one&q=two' }, true],
    ['{queryParams: {q: {exact: one}}}', { path: '/?p=one' }, false],
    ['{queryParams: {q: {}}}', { path: '/?q' }, true],
    ['{authority: {prefix: reviews.}}', { host: 'reviews.shop' }, true],
    ['{authority: {exact: reviews}}', { host: 'reviews.shop' }, false],
    ['{scheme: {exact: https}}', {}, false],
    ['{port: 9080}', {}, true],
    ['{sourceLabels: {tier: front}}', {}, true],
    ['{sourceLabels: {tier: front}}', { client: 'other', host: 'reviews.shop' }, false],
    ['{sourceNamespace: shop}', {}, true],
    ['{sourceNamespace: other}', {}, false],
    ['{gateways: [mesh], sourceLabels: {tier: none}}', {}, true],
    ['{gateways: [edge]}', {}, false],
  ])('%s and %o', (match, asked, takes) => {
    expect(matched(match, asked) === cart).toBe(takes)
  })
  it('say why they do not', () => {
    const explained = ask(rule('one', `{hosts: [reviews], http: [{match: [{uri: {prefix: /api}}], ${toCart}}]}`), {
      path: '/x',
    })
    const step = explained.trail.find(({ code }) => code === 'mismatch-path')
    expect(step).toMatchObject({ params: { wanted: '/api*', path: '/x' }, pointer: '/spec/http/0/match/0' })
    expect(told(explained)).toBe('no-route 404')
  })
  it('rules that no client gets leave the Service as it is', () => {
    const none = rule('one', `{hosts: [reviews], http: [{match: [{port: 1}], ${toCart}}]}`)
    expect([told(ask(none)), codes(ask(none)).includes('rule-without-route')]).toEqual([plain, true])
  })
})

describe('which rule speaks', () => {
  const old = ", creationTimestamp: '2026-01-01T00:00:00Z'"
  const young = ", creationTimestamp: '2026-02-01T00:00:00Z'"
  it('the oldest, whatever its name', () => {
    const two =
      rule('a', '{hosts: [reviews], http: [{directResponse: {status: 418}}]}', young) +
      rule('b', `{hosts: [reviews], http: [{${toCart}}]}`, old)
    const explained = ask(two)
    expect([told(explained), decided(explained)]).toEqual([cart, 'b/spec/http/0'])
    expect(explained.trail.find(({ code }) => code === 'rule-shadowed')?.params).toMatchObject({ rule: 'a', by: 'b' })
  })
  it('one of its own name before one of a wildcard, the longer wildcard before the shorter', () => {
    const wide = rule('wide', '{hosts: ["*.svc.cluster.local"], http: [{directResponse: {status: 401}}]}', old)
    const narrow = rule(
      'narrow',
      '{hosts: ["*.shop.svc.cluster.local"], http: [{directResponse: {status: 402}}]}',
      young,
    )
    const exact = rule('exact', `{hosts: [reviews], http: [{${toCart}}]}`, young)
    expect(told(ask(wide))).toBe('direct 401')
    expect(told(ask(wide + narrow))).toBe('direct 402')
    expect(told(ask(wide + narrow + exact))).toBe(cart)
  })
  it.each([
    ['exportTo: [.]', 'shop', true],
    ['exportTo: [.]', 'other', false],
    ['exportTo: [other]', 'other', true],
    ['exportTo: [other]', 'shop', false],
    ['exportTo: ["*"]', 'other', true],
    ['gateways: [edge]', 'shop', false],
    ['gateways: [edge, mesh]', 'shop', true],
  ])('with %s in %s', (said, client, takes) => {
    const explained = ask(rule('one', `{hosts: [reviews], ${said}, http: [{${toCart}}]}`), {
      client,
      host: 'reviews.shop',
    })
    expect(told(explained)).toBe(takes ? cart : plain)
  })
  it('a mesh may keep rules to their namespace', () => {
    const one = rule('one', `{hosts: [reviews], http: [{${toCart}}]}`)
    const own = { defaultVirtualServiceExportTo: ['.'] }
    expect(told(ask(one, { client: 'other', host: 'reviews.shop' }, own))).toBe(plain)
  })
  it('rules of another revision are none', () => {
    const canary = rule('one', `{hosts: [reviews], http: [{${toCart}}]}`, ', labels: {istio.io/rev: canary}')
    expect(told(ask(canary))).toBe(plain)
    expect(told(ask(canary.replace('rev: canary', 'rev: default')))).toBe(cart)
  })
})

describe('what a route does', () => {
  const routed = (spec: string, asked?: Asked) => ask(rule('one', `{hosts: [reviews], http: [${spec}]}`), asked)
  it('shares, of those that have a weight', () => {
    const explained = routed(
      '{route: [{destination: {host: reviews}, weight: 30}, {destination: {host: cart}, weight: 10}, {destination: {host: none}, weight: 0}]}',
    )
    expect(told(explained)).toBe(
      'outbound|9080||reviews.shop.svc.cluster.local 75, outbound|9080||cart.shop.svc.cluster.local 25',
    )
  })
  it('a single destination gets all, whatever its weight', () => {
    expect(told(routed('{route: [{destination: {host: cart}, weight: 0}]}'))).toBe(cart)
  })
  it.each([
    ['{host: none}', 'outbound|9080||none.shop.svc.cluster.local 100 host-not-found'],
    ['{host: cart, port: {number: 1}}', 'outbound|1||cart.shop.svc.cluster.local 100 port-not-found'],
    ['{host: cart, subset: v1}', 'outbound|9080|v1|cart.shop.svc.cluster.local 100 subset-without-rule'],
  ])('%s leads nowhere', (destination, outcome) => {
    expect(told(routed(`{route: [{destination: ${destination}}]}`))).toBe(outcome)
  })
  it.each([
    ['{uri: /new}', '301 http://reviews/new?x=1'],
    ['{authority: other.example, redirectCode: 302}', '302 http://other.example/old?x=1'],
    ['{scheme: https, port: 8443}', '301 https://reviews:8443/old?x=1'],
    ['{scheme: https, port: 443}', '301 https://reviews/old?x=1'],
    ['{derivePort: FROM_REQUEST_PORT}', '301 http://reviews:9080/old?x=1'],
    ['{uri: "/new?y=2"}', '301 http://reviews/new?y=2'],
  ])('redirect %s', (redirect, outcome) => {
    expect(told(routed(`{redirect: ${redirect}}`, { path: '/old?x=1' }))).toBe(outcome)
  })
  it('faults, beside what else would be', () => {
    const explained = routed(
      `{fault: {abort: {httpStatus: 503, percentage: {value: 20}}, delay: {fixedDelay: 2s, percentage: {value: 50}}}, ${toCart}}`,
    )
    expect(explained.outcome).toMatchObject({
      kind: 'fault',
      abort: { status: 503, percentage: 20 },
      delay: { duration: '2s', percentage: 50 },
    })
    expect(told(explained)).toBe(`fault, else ${cart}`)
    expect(told(routed(`{fault: {abort: {httpStatus: 503}}, ${toCart}}`))).toBe(cart)
  })
  it('policies, each with who says it', () => {
    const explained = routed(
      `{timeout: 3s, retries: {attempts: 4}, rewrite: {uri: /v2}, mirror: {host: reviews}, mirrorPercentage: {value: 10}, headers: {request: {set: {a: b}}}, ${toCart}}`,
    )
    const said = Object.fromEntries(
      explained.policies.map((each) => [each.name, [each.value, each.by?.pointer ?? null]]),
    )
    expect(said).toMatchObject({
      timeout: ['3s', '/spec/http/0/timeout'],
      retries: [
        { attempts: 4, retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes' },
        '/spec/http/0/retries',
      ],
      rewrite: [{ uri: '/v2' }, '/spec/http/0/rewrite'],
      mirror: [{ host: 'reviews.shop.svc.cluster.local', percentage: 10 }, '/spec/http/0/mirror'],
      headers: [{ request: { set: { a: 'b' } } }, '/spec/http/0/headers'],
      loadBalancer: [{ simple: 'LEAST_REQUEST' }, null],
    })
  })
  it('retries as the mesh says, where the rule does not', () => {
    const retries = (config: JsonRecord) => ask('', {}, config).policies.find(({ name }) => name === 'retries')?.value
    expect(retries({})).toMatchObject({ attempts: 2 })
    expect(retries({ defaultHttpRetryPolicy: { attempts: 0 } })).toEqual({ attempts: 0 })
  })
})
