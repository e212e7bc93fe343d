import type { Claims } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { call, callBy, type Handwritten, rule } from './base.ts'

const policy = (title: string, spec: JsonRecord) => rule('AuthorizationPolicy', title, spec)
const peers = (title: string, spec: JsonRecord) => rule('PeerAuthentication', title, spec)
const api = { selector: { matchLabels: { app: 'api' } } }
const edge = { selector: { matchLabels: { istio: 'ingressgateway' } } }
const issuer = { issuer: 'https://id.test', jwks: '{"keys":[]}' }
const ann: Claims = { iss: 'https://id.test', sub: 'ann' }
const atApi = { to: call('shop/web', 'shop/api:8080').to }
const paths = (...all: string[]) => all.map((path) => call('shop/web', 'shop/api:8080', { path }))

/** Who may call whom. */
export const security: readonly Handwritten[] = [
  {
    id: 'DISABLE at one port',
    why: 'Clients follow the mode of each endpoint: what takes plain text at one port gets it there alone.',
    rules: [peers('shop/api', { ...api, mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'DISABLE' } } })],
    calls: [
      call('shop/web', 'shop/api:8080'),
      call('shop/web', 'shop/api:9000', { protocol: 'tcp' }),
      call('shop/web', 'shop/api:9000', { protocol: 'tcp', mtls: false }),
      call('shop/web', 'shop/api:8080', { mtls: true }),
    ],
  },
  {
    id: 'a rule switches mutual TLS off',
    why: 'A DestinationRule that disables TLS has its client closed out by a server that is STRICT.',
    rules: [
      peers('istio-system/default', { mtls: { mode: 'STRICT' } }),
      rule('DestinationRule', 'pay/api', {
        host: 'api.shop.svc.cluster.local',
        trafficPolicy: { tls: { mode: 'DISABLE' } },
      }),
    ],
    calls: [call('pay/web', 'shop/api:8080'), call('shop/web', 'shop/api:8080')],
  },
  {
    id: 'notPaths and templates',
    why: 'A template takes one segment with {*} and any number with {**}; notPaths take away from what paths give.',
    rules: [
      policy('shop/api', {
        ...api,
        rules: [{ to: [{ operation: { paths: ['/v1/{*}/items', '/open/{**}'], notPaths: ['/open/secret*'] } }] }],
      }),
    ],
    calls: paths('/v1/a/items', '/v1/a/b/items', '/open/', '/open/a/b', '/open/secret/x', '/open', '/v1//items'),
  },
  {
    id: 'trust domain aliases',
    why: 'Principals of the mesh’s trust domain are those of its aliases too, in policies and in certificates.',
    mesh: 'trustDomainAliases: [old.test]',
    rules: [
      policy('shop/api', { ...api, rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] }] }),
    ],
    calls: ['old.test', 'cluster.local', 'other.test'].map((trust) =>
      call('shop/web', 'shop/api:8080', {
        from: { kind: 'identity', principal: `${trust}/ns/shop/sa/web`, ip: '10.244.0.1' },
        mtls: true,
        sni: 'outbound_.80_._.api.shop.svc.cluster.local',
      }),
    ),
  },
  {
    id: 'nested claims',
    why: 'A claim within a claim is met by a text or a list of texts; a token of another issuer is refused first.',
    rules: [
      rule('RequestAuthentication', 'shop/api', { ...api, jwtRules: [issuer] }),
      policy('shop/api', {
        ...api,
        rules: [{ when: [{ key: 'request.auth.claims[realm][roles]', values: ['own*'] }] }],
      }),
    ],
    calls: [
      { ...ann, realm: { roles: ['guest', 'owner'] } },
      { ...ann, realm: { roles: 'owner' } },
      { ...ann, realm: 'owner' },
      { iss: 'https://other.test', sub: 'ann', realm: { roles: 'owner' } },
      null,
    ].map((claims) => call('shop/web', 'shop/api:8080', { claims })),
  },
  {
    id: 'CUSTOM, then DENY, then ALLOW',
    why: 'What DENY meets is denied, whoever is asked; ALLOW of nothing denies the rest.',
    mesh: 'extensionProviders: [{ name: gate, envoyExtAuthzHttp: { service: api.shop.svc.cluster.local, port: 80 } }]',
    rules: [
      policy('shop/ask', {
        ...api,
        action: 'CUSTOM',
        provider: { name: 'gate' },
        rules: [{ to: [{ operation: { paths: ['/ask*'] } }] }],
      }),
      policy('shop/deny', { ...api, action: 'DENY', rules: [{ to: [{ operation: { paths: ['*/no'] } }] }] }),
      policy('shop/allow', { ...api, rules: [{ to: [{ operation: { paths: ['/ask*', '/ok'] } }] }] }),
    ],
    calls: paths('/ask', '/ask/no', '/ok', '/else'),
  },
  {
    id: 'selector in the root namespace',
    why: 'A policy of the root namespace with a selector is for workloads of every namespace that have the label.',
    rules: [
      policy('istio-system/api', { ...api, action: 'DENY', rules: [{ from: [{ source: { namespaces: ['pay'] } }] }] }),
    ],
    calls: [call('pay/web', 'shop/api:8080'), call('pay/web', 'pay/api:8080'), call('shop/web', 'shop/api:8080')],
  },
  {
    id: 'HTTP fields at a TCP port',
    why: 'ALLOW rules that speak of HTTP are left out at a TCP port; DENY rules are kept without what only HTTP has.',
    rules: [
      policy('shop/deny', {
        ...api,
        action: 'DENY',
        rules: [{ to: [{ operation: { methods: ['GET'], ports: ['9000'] } }] }],
      }),
      policy('shop/db', {
        selector: { matchLabels: { app: 'db' } },
        rules: [{ to: [{ operation: { methods: ['GET'] } }] }],
      }),
    ],
    calls: [
      call('shop/web', 'shop/api:9000', { protocol: 'tcp' }),
      call('shop/web', 'shop/api:8080'),
      call('shop/web', 'shop/db:9000', { protocol: 'tcp' }),
    ],
  },
  {
    id: 'by a gateway',
    why: 'The gateway sees the client’s address, the workload the gateway’s identity and by X-Forwarded-For the client.',
    mesh: 'defaultConfig: { gatewayTopology: { numTrustedProxies: 1 } }',
    rules: [
      rule('Gateway', 'shop/edge', {
        selector: { istio: 'ingressgateway' },
        servers: [
          { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] },
          {
            port: { number: 443, name: 'https', protocol: 'HTTPS' },
            hosts: ['*'],
            tls: { mode: 'MUTUAL', credentialName: 'a' },
          },
        ],
      }),
      policy('istio-system/edge', {
        ...edge,
        rules: [{ from: [{ source: { remoteIpBlocks: ['198.51.100.0/24'] } }] }],
      }),
      policy('shop/api', {
        ...api,
        rules: [
          {
            from: [
              { source: { serviceAccounts: ['istio-system/istio-ingressgateway'], notIpBlocks: ['203.0.113.5'] } },
            ],
          },
        ],
      }),
    ],
    calls: [
      callBy('shop/edge', 80, { ...atApi, headers: { 'x-forwarded-for': '198.51.100.7' } }),
      callBy('shop/edge', 80, { ...atApi }),
      callBy('shop/edge', 443, { ...atApi, sni: 'a.test', headers: { 'x-forwarded-for': '198.51.100.7' } }),
      callBy('shop/edge', 443, { ...atApi, sni: 'a.test', mtls: true, headers: { 'x-forwarded-for': '198.51.100.7' } }),
    ],
  },
  {
    id: 'a token that stays at the gateway',
    why: 'A gateway takes a token that it accepts out of the request, unless it is told to forward it.',
    rules: [
      rule('Gateway', 'shop/edge', {
        selector: { istio: 'ingressgateway' },
        servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
      }),
      rule('RequestAuthentication', 'istio-system/edge', { ...edge, jwtRules: [issuer] }),
      rule('RequestAuthentication', 'shop/api', { ...api, jwtRules: [issuer] }),
      policy('shop/api', { ...api, rules: [{ from: [{ source: { requestPrincipals: ['https://id.test/ann'] } }] }] }),
    ],
    calls: [callBy('shop/edge', 80, { ...atApi, claims: ann }), call('shop/web', 'shop/api:8080', { claims: ann })],
  },
]
