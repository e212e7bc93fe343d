import type { JsonRecord } from '@orbweaver/contracts/json'

/** For tests: specs that istiod has nothing against, and one for each thing it has. */

export const route = { route: [{ destination: { host: 'reviews' } }] }
const https = { number: 443, name: 'https', protocol: 'HTTPS' }
const http = { number: 80, name: 'http', protocol: 'HTTP' }
const policy = (trafficPolicy: JsonRecord): JsonRecord => ({ host: 'reviews', trafficPolicy })
const virtual = (...rules: JsonRecord[]): JsonRecord => ({ hosts: ['reviews'], http: rules })
const match = (...matches: JsonRecord[]): JsonRecord => ({ match: matches, ...route })
const server = (of: JsonRecord): JsonRecord => ({ servers: [{ hosts: ['a.example'], port: http, ...of }] })
const entry = (of: JsonRecord): JsonRecord => ({ hosts: ['a.example'], ports: [http], ...of })
const weighted = (...weights: number[]): JsonRecord =>
  virtual({ route: weights.map((weight) => ({ destination: { host: 'reviews' }, weight })) })
const access = (rule: JsonRecord, action = 'ALLOW'): JsonRecord => ({ action, rules: [rule] })

export const fine: readonly [kind: string, spec: JsonRecord][] = [
  ['VirtualService', virtual(match({ uri: { prefix: '/a' } }), route)],
  ['VirtualService', weighted(90, 10)],
  ['DestinationRule', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] }],
  ['Gateway', server({})],
  ['Gateway', server({ port: https, tls: { mode: 'SIMPLE', credentialName: 'a' } })],
  ['ServiceEntry', entry({ resolution: 'DNS' })],
  ['Sidecar', { egress: [{ hosts: ['./*', 'istio-system/*'] }] }],
  ['WorkloadEntry', { address: '10.0.0.1' }],
  ['WorkloadGroup', { template: { serviceAccount: 'a' } }],
  ['ProxyConfig', { concurrency: 2 }],
  ['PeerAuthentication', { mtls: { mode: 'STRICT' } }],
  ['RequestAuthentication', { jwtRules: [{ issuer: 'a' }] }],
  ['AuthorizationPolicy', access({ from: [{ source: { namespaces: ['shop'] } }] })],
  ['Telemetry', { accessLogging: [{ providers: [{ name: 'a' }] }] }],
  ['WasmPlugin', { url: 'oci://registry.example/a' }],
  ['TrafficExtension', { lua: { inlineCode: 'x' } }],
]

export type Case = [code: string, kind: string, spec: JsonRecord, pointer: string]

export const refused: readonly Case[] = [
  ['weight-negative', 'VirtualService', weighted(-1, 101), '/spec/http/0/route/0/weight'],
  ['weight-negative', 'VirtualService', weighted(-1), '/spec/http/0/route/0/weight'],
  ['weights-zero', 'VirtualService', weighted(0, 0, 0), '/spec/http/0/route'],
  ['routes-missing', 'VirtualService', { hosts: ['reviews'] }, '/spec'],
  ['action-missing', 'VirtualService', virtual({}), '/spec/http/0'],
  ['actions-exclusive', 'VirtualService', virtual({ ...route, redirect: { uri: '/a' } }), '/spec/http/0/route'],
  ['hosts-overlap', 'VirtualService', { hosts: ['a.b', 'a.b'], http: [route] }, '/spec/hosts/1'],
  ['hosts-overlap', 'VirtualService', { hosts: ['a.b.c', '*.b.c'], http: [route] }, '/spec/hosts/1'],
  ['mesh-wildcard', 'VirtualService', { hosts: ['*'], http: [route] }, '/spec/hosts/0'],
  ['fault-empty', 'VirtualService', virtual({ ...route, fault: {} }), '/spec/http/0/fault'],
  [
    'retries-off',
    'VirtualService',
    virtual({ ...route, retries: { retryOn: '5xx' } }),
    '/spec/http/0/retries/attempts',
  ],
  [
    'retry-condition-unknown',
    'VirtualService',
    virtual({ ...route, retries: { attempts: 1, retryOn: 'conect-failure,5xx' } }),
    '/spec/http/0/retries/retryOn',
  ],
  [
    'sni-foreign',
    'VirtualService',
    { hosts: ['a.b'], tls: [{ match: [{ sniHosts: ['c.d'] }], ...route }] },
    '/spec/tls/0/match/0/sniHosts/0',
  ],
  [
    'prefix-empty',
    'VirtualService',
    virtual(match({ headers: { a: { prefix: '' } } })),
    '/spec/http/0/match/0/headers/a',
  ],
  ['regex-empty', 'VirtualService', virtual(match({ uri: { regex: '' } })), '/spec/http/0/match/0/uri/regex'],
  [
    'regex-long',
    'VirtualService',
    virtual(match({ uri: { regex: 'a'.repeat(1025) } })),
    '/spec/http/0/match/0/uri/regex',
  ],
  ['regex-invalid', 'VirtualService', virtual(match({ uri: { regex: '(a' } })), '/spec/http/0/match/0/uri/regex'],
  [
    'header-name-invalid',
    'VirtualService',
    virtual(match({ headers: { 'a b': { exact: 'c' } } })),
    '/spec/http/0/match/0/headers/a b',
  ],
  ['destination-missing', 'VirtualService', virtual({ route: [{}] }), '/spec/http/0/route/0'],
  ['duration-short', 'VirtualService', virtual({ ...route, timeout: '0s' }), '/spec/http/0/timeout'],
  ['duration-fine', 'VirtualService', virtual({ ...route, timeout: '1500.5ms' }), '/spec/http/0/timeout'],
  ['port-range', 'VirtualService', virtual(match({ port: 70000 })), '/spec/http/0/match/0/port'],
  ['port-name-invalid', 'ServiceEntry', entry({ ports: [{ ...http, name: 'a.b' }] }), '/spec/ports/0/name'],
  ['port-name-missing', 'Gateway', server({ port: { number: 80, protocol: 'HTTP' } }), '/spec/servers/0/port/name'],
  [
    'port-name-twice',
    'Gateway',
    {
      servers: [
        { hosts: ['a.b'], port: http },
        { hosts: ['c.d'], port: { ...http, number: 81 } },
      ],
    },
    '/spec/servers/1/port/name',
  ],
  ['port-name-twice', 'ServiceEntry', entry({ ports: [http, { ...http, number: 81 }] }), '/spec/ports/1/name'],
  ['port-twice', 'ServiceEntry', entry({ ports: [http, { ...http, name: 'b' }] }), '/spec/ports/1/number'],
  ['protocol-unknown', 'Gateway', server({ port: { ...http, protocol: 'HTP' } }), '/spec/servers/0/port/protocol'],
  ['protocol-unknown', 'ServiceEntry', entry({ ports: [{ ...http, protocol: 'GRCP' }] }), '/spec/ports/0/protocol'],
  ['domain-empty', 'DestinationRule', {}, '/spec/host'],
  ['domain-invalid', 'DestinationRule', { host: 'a_b.c' }, '/spec/host'],
  ['domain-numeric', 'DestinationRule', { host: 'a.1' }, '/spec/host'],
  ['domain-short', 'Gateway', server({ hosts: ['a'] }), '/spec/servers/0/hosts/0'],
  ['wildcard-partial', 'Gateway', server({ hosts: ['*a.b'] }), '/spec/servers/0/hosts/0'],
  ['address-invalid', 'ServiceEntry', entry({ addresses: ['10.0.0'] }), '/spec/addresses/0'],
  ['address-invalid', 'ServiceEntry', entry({ addresses: ['10.0.0.0/99'] }), '/spec/addresses/0'],
  ['endpoint-address-invalid', 'WorkloadEntry', { address: 'a_b' }, '/spec/address'],
  [
    'endpoint-address-invalid',
    'ServiceEntry',
    entry({ resolution: 'STATIC', endpoints: [{ address: 'a.b' }] }),
    '/spec/endpoints/0/address',
  ],
  ['label-value-invalid', 'WorkloadEntry', { address: '::1', labels: { a: '!' } }, '/spec/labels'],
  ['label-key-invalid', 'WorkloadEntry', { address: '::1', labels: { '!': 'a' } }, '/spec/labels'],
  [
    'subset-twice',
    'DestinationRule',
    {
      host: 'a',
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'v1', labels: { version: 'v1' } },
      ],
    },
    '/spec/subsets/1/name',
  ],
  ['subset-name-invalid', 'DestinationRule', { host: 'a', subsets: [{ name: 'v.1' }] }, '/spec/subsets/0/name'],
  ['subset-name-invalid', 'DestinationRule', { host: 'a', subsets: [{}] }, '/spec/subsets/0/name'],
  ['policy-empty', 'DestinationRule', policy({}), '/spec/trafficPolicy'],
  [
    'policy-empty',
    'DestinationRule',
    policy({ portLevelSettings: [{ port: { number: 80 } }] }),
    '/spec/trafficPolicy/portLevelSettings/0',
  ],
  [
    'percentage-range',
    'DestinationRule',
    policy({ outlierDetection: { maxEjectionPercent: 101 } }),
    '/spec/trafficPolicy/outlierDetection/maxEjectionPercent',
  ],
  [
    'client-certificate-missing',
    'DestinationRule',
    policy({ tls: { mode: 'MUTUAL', privateKey: '/k' } }),
    '/spec/trafficPolicy/tls',
  ],
  ['servers-missing', 'Gateway', {}, '/spec'],
  ['server-hosts-missing', 'Gateway', server({ hosts: [] }), '/spec/servers/0'],
  ['server-tls-missing', 'Gateway', server({ port: https }), '/spec/servers/0/tls'],
  ['server-tls-unused', 'Gateway', server({ tls: { mode: 'SIMPLE', credentialName: 'a' } }), '/spec/servers/0/tls'],
  [
    'server-certificate-missing',
    'Gateway',
    server({ port: https, tls: { mode: 'SIMPLE', privateKey: '/k' } }),
    '/spec/servers/0/tls',
  ],
  [
    'client-authority-missing',
    'Gateway',
    server({ port: https, tls: { mode: 'MUTUAL', privateKey: '/k', serverCertificate: '/c' } }),
    '/spec/servers/0/tls',
  ],
  ['entry-hosts-missing', 'ServiceEntry', { ports: [http] }, '/spec/hosts'],
  ['entry-endpoints-unused', 'ServiceEntry', entry({ endpoints: [{ address: '10.0.0.1' }] }), '/spec/endpoints'],
  ['entry-endpoints-unused', 'ServiceEntry', entry({ endpoints: [{ address: 'b.example' }] }), '/spec/endpoints'],
  ['entry-unresolvable', 'ServiceEntry', { ...entry({ resolution: 'DNS' }), hosts: ['*.example'] }, '/spec/hosts'],
  ['workload-address-missing', 'WorkloadEntry', {}, '/spec'],
  ['sidecar-empty', 'Sidecar', {}, '/spec'],
  ['egress-host-form', 'Sidecar', { egress: [{ hosts: ['a.example'] }] }, '/spec/egress/0/hosts/0'],
  ['export-twice', 'VirtualService', { ...virtual(route), exportTo: ['a', 'a'] }, '/spec/exportTo/1'],
  ['export-twice', 'VirtualService', { ...virtual(route), exportTo: ['.', 'shop'] }, '/spec/exportTo/1'],
  ['export-mixed', 'VirtualService', { ...virtual(route), exportTo: ['*', 'a'] }, '/spec/exportTo'],
  ['port-levels-unselected', 'PeerAuthentication', { portLevelMtls: { 80: {} } }, '/spec/portLevelMtls'],
  ['token-of-nobody', 'RequestAuthentication', { jwtRules: [{}] }, '/spec/jwtRules/0'],
  [
    'attachments-two',
    'RequestAuthentication',
    {
      selector: { matchLabels: { a: 'b' } },
      targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g' }],
    },
    '/spec',
  ],
  ['rules-missing', 'AuthorizationPolicy', { action: 'DENY' }, '/spec'],
  ['source-empty', 'AuthorizationPolicy', access({ from: [{ source: {} }] }), '/spec/rules/0/from/0/source'],
  ['operation-empty', 'AuthorizationPolicy', access({ to: [{ operation: {} }] }), '/spec/rules/0/to/0/operation'],
  [
    'custom-unsupported',
    'AuthorizationPolicy',
    { ...access({ from: [{ source: { namespaces: ['a'] } }] }, 'CUSTOM'), provider: { name: 'p' } },
    '/spec/rules/0/from/0/source/namespaces',
  ],
  ['rejected', 'ProxyConfig', { concurrency: -1 }, '/spec/concurrency'],
]

const filter = { listener: { filterChain: { filter: { name: 'envoy.tcp_proxy' } } } }

export const warned: readonly Case[] = [
  [
    'mirror-percent-deprecated',
    'VirtualService',
    virtual({ ...route, mirrorPercent: 5 }),
    '/spec/http/0/mirrorPercent',
  ],
  [
    'consecutive-errors-deprecated',
    'DestinationRule',
    policy({ outlierDetection: { consecutiveErrors: 5 } }),
    '/spec/trafficPolicy/outlierDetection/consecutiveErrors',
  ],
  [
    'ring-size-deprecated',
    'DestinationRule',
    policy({ loadBalancer: { consistentHash: { useSourceIp: true, minimumRingSize: 5 } } }),
    '/spec/trafficPolicy/loadBalancer/consistentHash/minimumRingSize',
  ],
  ['gateway-name-legacy', 'VirtualService', { ...virtual(route), gateways: ['a.b'] }, '/spec/gateways/0'],
  [
    'failover-unnoticed',
    'DestinationRule',
    policy({ loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } }),
    '/spec/trafficPolicy/loadBalancer/localityLbSetting',
  ],
  [
    'deny-all-tcp',
    'AuthorizationPolicy',
    access({ to: [{ operation: { methods: ['GET'] } }] }, 'DENY'),
    '/spec/rules/0',
  ],
  ['envoy-internals', 'EnvoyFilter', {}, '/spec'],
  [
    'filter-name-deprecated',
    'EnvoyFilter',
    { configPatches: [{ applyTo: 'NETWORK_FILTER', match: filter, patch: { operation: 'REMOVE' } }] },
    '/spec/configPatches/0/match/listener/filterChain/filter',
  ],
  ['selector-empty', 'PeerAuthentication', { selector: {} }, '/spec/selector'],
  ['selector-empty', 'Sidecar', { workloadSelector: {}, egress: [{ hosts: ['./*'] }] }, '/spec/workloadSelector'],
  [
    'certificates-unused',
    'Gateway',
    server({ port: https, tls: { mode: 'PASSTHROUGH', credentialName: 'a' } }),
    '/spec/servers/0/tls',
  ],
  [
    'redirect-unused',
    'Gateway',
    server({ port: https, tls: { mode: 'SIMPLE', credentialName: 'a', httpsRedirect: true } }),
    '/spec/servers/0/tls/httpsRedirect',
  ],
  [
    'ciphers-unknown',
    'Gateway',
    server({ port: https, tls: { mode: 'SIMPLE', credentialName: 'a', cipherSuites: ['X'] } }),
    '/spec/servers/0/tls/cipherSuites',
  ],
  ['egress-host-twice', 'Sidecar', { egress: [{ hosts: ['./a.b', './a.b'] }] }, '/spec/egress/0/hosts/1'],
  ['addresses-missing', 'ServiceEntry', entry({ ports: [{ ...http, protocol: 'TCP' }] }), '/spec/ports/0'],
  ['tracing-several', 'Telemetry', { tracing: [{}, {}] }, '/spec/tracing'],
  [
    'tracing-several',
    'Telemetry',
    { tracing: [{ providers: [{ name: 'a' }, { name: 'b' }] }] },
    '/spec/tracing/0/providers',
  ],
  [
    'warned',
    'VirtualService',
    virtual({ directResponse: { status: 200, body: { string: 'a'.repeat(102_401) } } }),
    '/spec/http/0/directResponse/body',
  ],
]

const open = route
const narrow = match({ uri: { prefix: '/a' } })

export const shadowed: readonly Case[] = [
  ['rule-unreachable', 'VirtualService', virtual(open, open), '/spec/http/1'],
  ['rule-unreachable', 'VirtualService', virtual(open, narrow), '/spec/http/1'],
  ['rule-unreachable', 'VirtualService', virtual(narrow, narrow), '/spec/http/1'],
  ['match-ineffective', 'VirtualService', virtual(narrow, match({ uri: { prefix: '/a/b' } })), '/spec/http/1/match/0'],
]
