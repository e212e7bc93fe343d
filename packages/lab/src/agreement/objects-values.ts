import type { Json } from '@orbweaver/contracts/json'

/** Words, divided by spaces, and what has spaces or is none. */
const pool = (words: string, ...more: string[]): readonly string[] => [...words.split(' '), ...more]

/** Values for fields of Istio's objects: what people write, what they get wrong, and what lies at a bound. */

const hosts = pool(
  'reviews reviews.shop reviews.shop.svc.cluster.local *.example.com a.example.com * a.b.c.d a_b ' +
    'a..b -a a- a.1 1.2.3.4 ::1 *a.com *-a.com a.* A.Example.COM *.* outbound_.80_._.reviews.shop a. ' +
    '.a münchen.de 10.0.0.0/8 ~',
  '',
  'a b',
  `${'a'.repeat(64)}.com`,
)
const qualified = pool('./* */* shop/* ~/* shop/a.example.com a.example.com * /a a/ ./a a/b/c', '')
const names = pool('a v1 http http-web A a.b a_b 1 - grpc tcp-1 ä', '', 'x'.repeat(64))
const gateways = pool('mesh public edge/public public.edge /a a/ a/b/c A/b a.b.svc edge/a.b', '')
const durations = pool('1s 5s 1ms 0s 0.5ms 1.5s 1h 100us -1s 1m30s 1500ms 0.0001s 999999h')
const regexes = pool(
  '.* ^/a /a|/b (a a) [a [z-a] (?=x) (?i)a (?P<n>a) + a** * a{2,1} a{1001} (?<n>a) [[:alpha:]] a++ ' +
    '(?:a) a{,2} []a] (?s)a (?#a) [^] [] { a{ a} (?P=n)',
  '\\d+',
  '\\p{L}',
  '\\1',
  '',
  'x'.repeat(1025),
  '\\Qa\\E',
  '\\',
  '\\z',
  '\\Z',
  '\\C',
  '\\pN',
  '\\x{41}',
  '\\u0041',
  '\\b',
)
const paths = pool('/ /a /a/b a /a* * /{*}/a /a/{**} /{**}/{**} /{a} /{*}/{*}x', '', '/a b')
const addresses = pool('10.0.0.1 ::1 10.0.0 a.b unix:///a unix://a unix://@a 10.0.0.0/8 1.2.3.4:80 0x1', '')
const blocks = pool('10.0.0.0/8 10.0.0.1 ::/0 10.0.0.0/33 10.0.0.0/ a 10.0.0.0/08 1.2.3 fe80::1%a', '')
const labels = pool('a reviews ! a/b A.b_c-d -a *', '', 'x'.repeat(64), 'a b')
const headers = pool('x-a :authority :method Host host @request.auth.claims.sub :other Cookie ä', '', 'a b')
const headerValues = pool('a %START_TIME% 100% %REQ(x)% %% %A(["a"])% %A', '', 'a\nb')
const protocols = pool('HTTP HTTPS TCP TLS GRPC http UDP MONGO QUIC HTTP2 GRPC-WEB HTTP_PROXY', '')
const exports_ = pool('. * ~ shop other *.a', '', 'A b')
const credentials = pool(
  'a configmap://shop/a configmap://other/a configmap://a kubernetes://a /etc/a.pem configmap:///a',
  '',
)
const urls = pool(
  'https://a.example/keys http://a ftp://a a oci://a/b file:///a https:// ://a HTTP://A ' +
    'https://a:port/ https://a:80/%zz a.example/b:1 registry:5000/a /a https://[::1]/a % a:b@c',
  '',
  'a b',
  'https://a b/',
)
const keySets = [
  '',
  ...pool(
    'x {} {"keys":[]} {"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]} {"keys":[{"kty":"RSA"}]} ' +
      '{"keys":[{"kty":"oct","k":"AQAB"}]} []',
  ),
]
const localities = pool('region region/zone region/zone/* region/* * */a a//b region/zone/sub a/*/b', '')
const keys = pool(
  'source.ip source.namespace request.headers[x] request.auth.claims[a] destination.port ' +
    'connection.sni nothing destination.labels[a] source.principal request.headers destination.ip ' +
    'remote.ip source.serviceAccount experimental.envoy.filters.a[b] destination.name ' +
    'request.auth.principal source.trustDomain',
  '',
)
const conditions = pool('a * a* *a a*b *a* 10.0.0.0/8 80 70000 -1 cluster.local/ns/a/sa/b a/b a/', '')
const expressions = ['response.code >= 400', 'a ==', '', 'true', "'a' in b", 'a.b.c[0]', '1 +', '(a', 'has(a.b)']
const retryOn = pool(
  '5xx connect-failure,refused-stream nothing 503 5xx, 999 retriable-status-codes,503 +500',
  '',
  ' 5xx',
)
const statuses = ['NOT_FOUND', 'UNAVAILABLE', '', 'nothing', '5', 'not_found']
const endpoints = pool(
  '127.0.0.1:80 0.0.0.0:80 unix:///a [::1]:80 127.0.0.1:http 10.0.0.1:80 127.0.0.1 :80 ::1:80 ' +
    '127.0.0.1:70000 localhost:80 [::]:0 unix:// [::1:80 [::1] 127.0.0.1:+80',
  '',
)
const filters = [
  [
    'envoy.filters.network.http_connection_manager',
    'envoy.http_connection_manager',
    'envoy.tcp_proxy',
    '',
    'a',
    'envoy.cors',
  ],
].flat()
const ciphers = pool('ECDHE-RSA-AES128-GCM-SHA256 AES128-SHA x ALL !a TLS_RSA', '')
const methods = pool('GET POST get * FOO P*', '')
const hashes = ['', 'a', 'a'.repeat(64), 'A'.repeat(64), 'ä'.repeat(32)]

const byName: Readonly<Record<string, readonly string[]>> = {
  host: hosts,
  sniHosts: hosts,
  targetHost: hosts,
  hosts,
  notHosts: hosts,
  gateways,
  name: names,
  subset: names,
  timeout: durations,
  regex: regexes,
  match: regexes,
  proxyVersion: regexes,
  prefix: paths,
  exact: [...paths, ...names],
  uri: paths,
  paths,
  notPaths: paths,
  prefixRewrite: paths,
  address: addresses,
  bind: pool('10.0.0.1 unix:///a unix://@a a 0.0.0.0 ::', ''),
  addresses: blocks,
  destinationSubnets: blocks,
  ipBlocks: blocks,
  notIpBlocks: blocks,
  remoteIpBlocks: blocks,
  notRemoteIpBlocks: blocks,
  protocol: protocols,
  exportTo: exports_,
  credentialName: credentials,
  credentialNames: credentials,
  jwksUri: urls,
  url: urls,
  jwks: keySets,
  from: localities,
  to: localities,
  key: keys,
  values: conditions,
  notValues: conditions,
  ports: pool('80 0 65536 70000 -1 http 99999999999', ''),
  notPorts: ['80', 'a'],
  principals: conditions,
  namespaces: conditions,
  serviceAccounts: pool('a a/b * a/b/c /a a/', ''),
  notServiceAccounts: pool('a a/b * a/b/c /a a/', ''),
  trustDomains: ['a', '*a', 'a/b', '*a*', '', 'a*b'],
  notTrustDomains: ['a', '*a', 'a/b', '*a*', '', 'a*b'],
  expression: expressions,
  retryOn,
  grpcStatus: statuses,
  defaultEndpoint: endpoints,
  cipherSuites: ciphers,
  methods,
  notMethods: methods,
  allowMethods: methods,
  allowHeaders: headers,
  exposeHeaders: headers,
  remove: headers,
  header: headers,
  sha256: hashes,
  group: ['', 'core', 'gateway.networking.k8s.io', 'networking.istio.io', 'apps'],
  kind: ['Service', 'Gateway', 'ServiceEntry', 'GatewayClass', 'Deployment', ''],
  namespace: ['', 'shop', 'other', 'A b'],
  sourceNamespace: ['', 'shop', 'A b'],
  scheme: ['http', 'https', 'ftp', '', 'HTTP', 'HTTPS'],
  failoverPriority: ['a', 'topology.kubernetes.io/region', 'topology.istio.io/subzone', 'topology.istio.io/network'],
  audiences: ['a', ''],
  fromParams: ['a', ''],
  fromCookies: ['a', ''],
  inlineCode: ['x', '', 'x'.repeat(65_537)],
  pluginName: ['a', 'x'.repeat(257), 'x'.repeat(256)],
  imagePullSecret: ['a', 'x'.repeat(254), 'x'.repeat(253)],
  string: ['a', '', 'x'.repeat(102_401)],
  authority: hosts,
  network: ['', 'a'],
}

const numbers: Readonly<Record<string, readonly number[]>> = {
  weight: [0, 1, 50, 100, -1],
  number: [80, 443, 8080, 0, -1, 65_535, 65_536],
  port: [80, 0, 65_536],
  targetPort: [0, 80, 70_000],
  status: [200, 199, 404, 599, 600, 601, 0],
  httpStatus: [200, 199, 404, 599, 600, 601, 0],
  redirectCode: [0, 301, 299, 399, 400],
  value: [0, 50, 100, 100.1, 0.00001, 0.0001, -1, 1e-7],
  percent: [0, 50, 101],
  attempts: [0, 1, -1, 3],
  tableSize: [0, 1, 2, 4, 9, 65_537, 5_000_011, 5_000_009],
  minimumRingSize: [0, 1024],
  consecutiveErrors: [0, 5],
  mirrorPercent: [0, 50, 101],
  maxEjectionPercent: [0, 50, 100, 101, -1],
  minHealthPercent: [0, 50, 100, 101, -1],
  minimumPercent: [0, 50, 101],
  aggression: [0, 1, -1],
  randomSamplingPercentage: [0, 50, 100, 100.5, -1],
}

/** Keys of maps, by the name of the map. */
const mapKeys: Readonly<Record<string, readonly string[]>> = {
  headers,
  withoutHeaders: headers,
  queryParams: ['a', 'b'],
  set: headers,
  add: headers,
  labels: pool('app version ! a/b a.b/c -', 'x'.repeat(64), ''),
  matchLabels: ['app', '', 'a*', '*'],
  sourceLabels: ['app', '!'],
  to: localities,
  ports: ['http', 'a', 'A b', ''],
  portLevelMtls: ['80', '0', '65536', '8080'],
  tagOverrides: ['a', ''],
  customTags: ['a', ''],
}

/** Texts for a field, by its name and by what it is in. */
export function textsFor(name: string, within?: string): readonly string[] {
  if (within === 'egress' && name === 'hosts') return qualified
  if ((within === 'filter' || within === 'subFilter') && name === 'name') return filters
  return (Object.hasOwn(byName, name) ? byName[name] : undefined) ?? ['a', 'b', '', '/etc/a.pem']
}

export const numbersFor = (name: string): readonly number[] =>
  (Object.hasOwn(numbers, name) ? numbers[name] : undefined) ?? [1, 10, 0, -1, 101]

export const keysFor = (name: string): readonly string[] =>
  (Object.hasOwn(mapKeys, name) ? mapKeys[name] : undefined) ?? ['a', 'b']

/** Values of a map of texts, by the name of the map. */
export const mapTexts = (name: string): readonly string[] =>
  name === 'set' || name === 'add' ? headerValues : name === 'labels' || name === 'matchLabels' ? labels : names

export { durations }

/** What belongs nowhere, for mutations. */
export const oddities: readonly Json[] = [
  null,
  '',
  0,
  -1,
  70_000,
  'a',
  '*',
  true,
  false,
  [],
  {},
  [null],
  'a b',
  '1s',
  1.5,
]
