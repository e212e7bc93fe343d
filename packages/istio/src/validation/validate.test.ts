import { describe, expect, test } from 'vitest'
import { judge, refusal, type Spec } from './testing/judge.ts'

const route = (...destinations: [string, number?][]) => ({
  route: destinations.map(([host, weight]) => ({ destination: { host }, ...(weight === undefined ? {} : { weight }) })),
})

describe('VirtualService', () => {
  test.each<[string, Spec, string]>([
    ['a negative weight', { hosts: ['a'], http: [route(['a', -3])] }, 'weight -3 < 0'],
    ['weights of zero', { hosts: ['a'], http: [route(['a'], ['b'])] }, 'total destination weight = 0'],
    ['no route at all', { hosts: ['a'] }, 'http, tcp or tls must be provided in virtual service'],
    ['an empty HTTP route', { hosts: ['a'], http: [{}] }, 'HTTP route, redirect or direct_response is required'],
    [
      'one host twice',
      { hosts: ['a.b', '*.b'], http: [route(['a'])] },
      'duplicate hosts in virtual service: a.b & *.b',
    ],
    [
      'everything on the mesh gateway',
      { hosts: ['*'], http: [route(['a'])] },
      'wildcard host * is not allowed for virtual services bound to the mesh gateway',
    ],
    [
      'a regular expression RE2 does not know',
      { hosts: ['a'], http: [{ match: [{ uri: { regex: '(?=x)' } }], ...route(['a']) }] },
      '"uri": error parsing regexp: invalid or unsupported Perl syntax: `(?=`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
    ],
    [
      'an open group',
      { hosts: ['a'], http: [{ match: [{ headers: { x: { regex: '(a' } } }], ...route(['a']) }] },
      '"headers": error parsing regexp: missing closing ): `(a`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
    ],
    [
      'a redirect beside a route',
      { hosts: ['a'], http: [{ redirect: { uri: '/x' }, ...route(['a']) }] },
      'HTTP route cannot contain both route and redirect',
    ],
    [
      'retries switched off but described',
      { hosts: ['a'], http: [{ retries: { attempts: 0, retryOn: '5xx' }, ...route(['a']) }] },
      'http retry policy configured when attempts are set to 0 (disabled)',
    ],
    [
      'a fault of nothing',
      { hosts: ['a'], http: [{ fault: {}, ...route(['a']) }] },
      '1 error occurred:\n\t* HTTP fault injection must have an abort and/or a delay\n\n',
    ],
    [
      'a foreign SNI host',
      { hosts: ['a.b'], tls: [{ match: [{ sniHosts: ['c.d'] }], ...route(['a']) }] },
      'SNI host "c.d" is not a compatible subset of any of the virtual service hosts: [a.b]',
    ],
  ])('refuses %s', (_, spec, words) => {
    expect(refusal('VirtualService', spec)).toBe(words)
  })

  test('lists several problems as Go does', () => {
    const spec = { hosts: ['a'], http: [{ timeout: '0s', ...route(['a', -3], ['b', 3]) }] }
    expect(refusal('VirtualService', spec)).toBe(
      '3 errors occurred:\n\t* weight -3 < 0\n\t* total destination weight = 0\n\t' +
        '* duration must be greater than 1ms\n\n',
    )
  })

  test('accepts what Istio accepts', () => {
    const gateways = ['istio-system/public', 'mesh']
    const spec = {
      hosts: ['*.shop.example'],
      gateways,
      http: [{ match: [{ uri: { prefix: '' } }], ...route(['a', 100]) }],
    }
    expect(judge('VirtualService', spec)).toEqual({ allowed: true, warnings: [] })
  })

  test('warns of rules nobody reaches', () => {
    const match = [{ uri: { prefix: '/x' } }]
    const spec = {
      hosts: ['a'],
      http: [{ match, ...route(['a']) }, { match, ...route(['b']) }, route(['a']), route(['b'])],
    }
    expect(judge('VirtualService', spec).warnings).toEqual([
      'virtualService rule #1 match #0 is not used (duplicate/overlapping match in rule #0)',
      'virtualService rule #1 not used (all matches used by prior rules)',
      'virtualService rule #3 not used (only the last rule can have no matches)',
    ])
  })

  test('drops warnings where Istio does: in matches, subsets and port policies', () => {
    const match = [{ gateways: ['gateway.namespace.svc'] }]
    expect(judge('VirtualService', { hosts: ['a'], http: [{ match, ...route(['a']) }] }).warnings).toEqual([])
    const trafficPolicy = { outlierDetection: { consecutiveErrors: 5 } }
    expect(judge('DestinationRule', { host: 'a', subsets: [{ name: 'v1', trafficPolicy }] }).warnings).toEqual([])
    expect(judge('DestinationRule', { host: 'a', trafficPolicy }).warnings).toHaveLength(1)
  })

  test('leaves a delegate without hosts alone', () => {
    expect(judge('VirtualService', { http: [route(['a'])] }).allowed).toBe(true)
    expect(refusal('VirtualService', { gateways: ['x'], http: [route(['a'])] })).toContain('must have no gateways')
  })
})

describe('Gateway', () => {
  const port = { number: 443, name: 'https', protocol: 'HTTPS' }
  test.each<[string, Spec, string]>([
    ['no servers', {}, 'gateway must have at least one server'],
    [
      'HTTPS without TLS',
      { servers: [{ hosts: ['*'], port }] },
      'server must have TLS settings for HTTPS/TLS protocols',
    ],
    [
      'TLS on plain HTTP',
      {
        servers: [{ hosts: ['*'], port: { ...port, protocol: 'HTTP' }, tls: { mode: 'SIMPLE', credentialName: 'x' } }],
      },
      'server cannot have TLS settings for plain text HTTP ports',
    ],
    [
      'a short host',
      { servers: [{ hosts: ['reviews'], port, tls: { mode: 'SIMPLE', credentialName: 'x' } }] },
      'short names (non FQDN) are not allowed',
    ],
    [
      'MUTUAL without anything',
      { servers: [{ hosts: ['*'], port, tls: { mode: 'MUTUAL', serverCertificate: 'a', privateKey: 'b' } }] },
      'MUTUAL TLS requires a client CA bundle',
    ],
    [
      'an unknown protocol',
      { servers: [{ hosts: ['*'], port: { ...port, protocol: 'QUIC' } }] },
      'invalid protocol "QUIC", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP',
    ],
  ])('refuses %s', (_, spec, words) => {
    expect(refusal('Gateway', spec)).toBe(words)
  })
})

describe('DestinationRule and ServiceEntry', () => {
  test.each<[title: string, kind: string, ...rest: [spec: Spec, words: string]]>([
    [
      'twin subsets',
      'DestinationRule',
      { host: 'a', subsets: [{ name: 'v1' }, { name: 'v1' }] },
      'duplicate subset names: v1',
    ],
    [
      'an empty policy',
      'DestinationRule',
      { host: 'a', trafficPolicy: {} },
      'traffic policy must have at least one field',
    ],
    [
      'MUTUAL without a certificate',
      'DestinationRule',
      { host: 'a', trafficPolicy: { tls: { mode: 'MUTUAL', privateKey: 'k' } } },
      'client certificate required for mutual tls',
    ],
    ['no hosts', 'ServiceEntry', { ports: [] }, 'service entry must have at least one host'],
    [
      'endpoints that resolution none ignores',
      'ServiceEntry',
      { hosts: ['a.b'], endpoints: [{ address: '1.2.3.4' }] },
      'no endpoints should be provided for resolution type none',
    ],
    [
      'one port twice',
      'ServiceEntry',
      {
        hosts: ['a.b'],
        ports: [
          { name: 'a', number: 80, protocol: 'HTTP' },
          { name: 'b', number: 80, protocol: 'HTTP' },
        ],
      },
      'service entry port 80 already defined',
    ],
  ])('refuses %s', (...[, kind, spec, words]) => {
    expect(refusal(kind, spec)).toBe(words)
  })
})

describe('the security kinds', () => {
  test.each<[title: string, kind: string, ...rest: [spec: Spec, words: string]]>([
    [
      'port levels without a selector',
      'PeerAuthentication',
      { portLevelMtls: { '80': { mode: 'STRICT' } } },
      'mesh/namespace peer authentication cannot have port level mTLS',
    ],
    [
      'a token of nobody',
      'RequestAuthentication',
      { jwtRules: [{}] },
      '1 error occurred:\n\t* issuer or jwksUri must be non-empty string\n\n',
    ],
    [
      'DENY without rules',
      'AuthorizationPolicy',
      { action: 'DENY' },
      'invalid policy sample.shop: DENY action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request',
    ],
    [
      'an unknown attribute',
      'AuthorizationPolicy',
      { rules: [{ to: [{ operation: { methods: ['GET'] } }], from: [{ source: {} }] }] },
      'invalid policy sample.shop: `from.source` must not be empty, found at rule 0',
    ],
  ])('refuse %s', (...[, kind, spec, words]) => {
    expect(refusal(kind, spec)).toBe(words)
  })

  test('a DENY on HTTP attributes alone warns', () => {
    const spec = { action: 'DENY', rules: [{ to: [{ operation: { methods: ['POST'] } }] }] }
    expect(judge('AuthorizationPolicy', spec).warnings).toHaveLength(1)
  })

  test('an empty list of rules is no rules', () => {
    expect(refusal('AuthorizationPolicy', { action: 'DENY', rules: [] })).toContain('DENY action without `rules`')
    expect(judge('AuthorizationPolicy', { rules: [{ from: [] }] }).allowed).toBe(true)
  })

  test('dry-run is for AuthorizationPolicies only', () => {
    const annotations = { 'istio.io/dry-run': 'true' }
    expect(judge('PeerAuthentication', {}, { annotations }).message).toContain(
      'unsupported annotation istio.io/dry-run',
    )
    expect(judge('AuthorizationPolicy', {}, { annotations }).allowed).toBe(true)
    expect(refusal('AuthorizationPolicy', { action: 'AUDIT' }, { annotations })).toContain('found action AUDIT')
    const perhaps = { annotations: { 'istio.io/dry-run': 'perhaps' } }
    expect(refusal('AuthorizationPolicy', {}, perhaps)).toContain(
      'strconv.ParseBool: parsing "perhaps": invalid syntax',
    )
  })
})
