import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, invalid, refused, verdicts } from './verdict.ts'

const sidecar = verdicts('Sidecar')
const envoyFilter = verdicts('EnvoyFilter')
const proxyConfig = verdicts('ProxyConfig')

const http = { number: 8080, name: 'http', protocol: 'HTTP' }
const ingress = (more: JsonRecord): JsonRecord => ({
  ingress: [{ port: http, defaultEndpoint: '127.0.0.1:80', ...more }],
})
const egress = (...hosts: string[]): JsonRecord => ({ egress: [{ hosts }] })
const at = (defaultEndpoint: string): JsonRecord => ingress({ defaultEndpoint })
const unique = 'sidecar: ports on IP bound listeners must be unique'
const form =
  'sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,unix://filepath or unset'

const internals =
  'EnvoyFilter exposes internal implementation details that may change at any time. Prefer other APIs if possible, and exercise extreme caution, especially around upgrades.'
const lua = {
  name: 'envoy.filters.http.lua',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' },
}
const patch = (more: JsonRecord): JsonRecord => ({
  configPatches: [{ applyTo: 'HTTP_FILTER', patch: { operation: 'INSERT_BEFORE', value: lua }, ...more }],
})
const filter = (of: JsonRecord, applyTo = 'HTTP_FILTER'): JsonRecord =>
  patch({ applyTo, match: { listener: { filterChain: { filter: of } } }, patch: { operation: 'REMOVE' } })
const manager = 'envoy.filters.network.http_connection_manager'

export const sidecars = [
  sidecar(
    'A Sidecar says something, and its ingress listeners have ports of their own.',
    refused('nothing', {}, 'sidecar: empty configuration provided'),
    refused('workloads alone', { workloadSelector: { labels: { app: 'a' } } }, 'sidecar: empty configuration provided'),
    refused('a port twice', { ingress: [{ port: http }, { port: { ...http, name: 'more' } }] }, unique),
    refused('a number', ingress({ port: { ...http, number: 0 } }), 'port number 0 must be in the range 1..65535'),
    refused('a protocol', ingress({ port: { ...http, protocol: 'QUIC' } }), 'unsupported protocol: QUIC'),
    refused('a target', ingress({ port: { ...http, targetPort: 1 } }), 'targetPort has no impact on Sidecars'),
    refused('an address', ingress({ bind: 'localhost' }), 'localhost is not a valid IP'),
    refused('an empty pool', ingress({ connectionPool: {} }), 'connection pool must have at least one field'),
    invalid('no port', { ingress: [{ defaultEndpoint: '127.0.0.1:80' }] }, /spec\.ingress\[0\]\.port: Required value/),
    accepted('a listener', ingress({ bind: '0.0.0.0' })),
    accepted(
      'requests of a database',
      ingress({ port: { number: 1, name: 'db', protocol: 'TCP' }, connectionPool: { http: { maxRetries: 1 } } }),
      'sidecar: HTTP connection pool settings are configured for port 1 ("db") but its protocol is not HTTP (TCP); only TCP settings will apply',
    ),
    accepted(
      'workloads without labels',
      { ...egress('./*'), workloadSelector: {} },
      'sidecar: workload selector specified without labels, will be applied to all services in namespace',
    ),
  ),
  sidecar(
    'Default endpoints of a Sidecar are ports of the own machine or sockets, and its TLS is for HTTPS and TLS.',
    refused('another machine', at('10.0.0.1:80'), form),
    refused(
      'no port',
      at('127.0.0.1'),
      all(
        'address 127.0.0.1: missing port in address',
        'sidecar: defaultEndpoint port () is not a number: strconv.Atoi: parsing "": invalid syntax',
      ),
    ),
    refused(
      'a name of a port',
      at('127.0.0.1:http'),
      'sidecar: defaultEndpoint port (http) is not a number: strconv.Atoi: parsing "http": invalid syntax',
    ),
    refused('a big port', at(':65536'), 'port number 65536 must be in the range 1..65535'),
    refused('a directory', at('unix:///run/'), '/run/ is not an absolute path to a file'),
    refused(
      'TLS for HTTP',
      ingress({ tls: { mode: 'SIMPLE', serverCertificate: '/c', privateKey: '/k' } }),
      'server cannot have TLS settings for non HTTPS/TLS ports',
    ),
    refused(
      'a Secret',
      ingress({ port: { ...http, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'a' } }),
      'sidecar: credentialName is not currently supported',
    ),
    refused(
      'TLS of the mesh',
      ingress({ port: { ...http, protocol: 'HTTPS' }, tls: { mode: 'ISTIO_MUTUAL' } }),
      'configuration is invalid: cannot set mode to ISTIO_MUTUAL in sidecar ingress tls',
    ),
    accepted('any address', at('[::]:80')),
    accepted(
      'files',
      ingress({
        port: { ...http, protocol: 'HTTPS' },
        tls: { mode: 'SIMPLE', serverCertificate: '/c', privateKey: '/k' },
      }),
    ),
  ),
  sidecar(
    'Egress hosts of a Sidecar are namespace/host, once each.',
    refused('no namespace', egress('shop.example.com'), 'host must be of form namespace/dnsName'),
    refused('a short name', egress('./shop'), 'short names (non FQDN) are not allowed'),
    refused('a namespace', egress('a_b/*'), 'invalid namespace value "a_b" in sidecar'),
    refused('a wildcard in a word', egress('./*a.example'), 'partial wildcard "*a.example" not allowed'),
    refused(
      'no name at all',
      egress('./a_b.c'),
      all('domain name "a_b.c" invalid (label "a_b" invalid)', 'domain name "a_b.c" invalid (label "a_b" invalid)'),
    ),
    refused('none', egress(), 'sidecar: egress listener must contain at least one host'),
    invalid('none at all', { egress: [{}] }, /spec\.egress\[0\]\.hosts: Required value/),
    accepted('one twice', egress('./*', './a.example'), 'duplicated egress host: ./a.example'),
    accepted(
      'all and one',
      egress('*/*', 'a/b.example'),
      '`*/*` host select all resources, no other hosts can be added',
    ),
    accepted('several', egress('./*', 'istio-system/*', '*/shop.example.com')),
  ),
  sidecar(
    'Egress listeners of a Sidecar have ports or sockets of their own; the one without is the last.',
    refused(
      'not the last',
      { egress: [{ hosts: ['./*'] }, { port: http, hosts: ['a/*'] }] },
      'sidecar: the egress listener with empty port should be the last listener in the list',
    ),
    refused(
      'a port twice',
      {
        egress: [
          { port: http, hosts: ['a/*'] },
          { port: http, hosts: ['./*'] },
        ],
      },
      unique,
    ),
    refused(
      'neither port nor socket',
      { egress: [{ port: { ...http, number: 0 }, hosts: ['./*'] }] },
      'sidecar: ports with 0 value must have a unix domain socket bind address',
    ),
    refused(
      'a socket that captures',
      { egress: [{ port: { ...http, number: 0 }, bind: 'unix:///a', captureMode: 'IPTABLES', hosts: ['./*'] }] },
      'sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners',
    ),
    refused(
      'a proxy without its mode',
      { outboundTrafficPolicy: { egressProxy: { host: 'a.example', port: { number: 80 } } } },
      'sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode',
    ),
    refused(
      'a proxy without a port',
      { outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a.example' } } },
      'sidecar: egress_proxy port must be non-nil',
    ),
    accepted('a socket', {
      egress: [{ port: { ...http, number: 0 }, bind: 'unix:///a', captureMode: 'NONE', hosts: ['./*'] }],
    }),
    accepted('a proxy', {
      outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a.example', port: { number: 80 } } },
    }),
  ),
  envoyFilter(
    'Every EnvoyFilter is warned of; its patches say what they are for, what they do and with what.',
    refused('for nothing', { configPatches: [{ patch: { operation: 'REMOVE' } }] }, 'Envoy filter: missing applyTo'),
    refused('no patch', { configPatches: [{ applyTo: 'CLUSTER' }] }, 'Envoy filter: missing patch'),
    refused('no operation', patch({ patch: { value: lua } }), 'Envoy filter: missing patch operation'),
    refused(
      'no value',
      patch({ patch: { operation: 'MERGE' } }),
      'Envoy filter: missing patch value for non-remove operation',
    ),
    refused(
      'a version',
      patch({ match: { proxy: { proxyVersion: '1.(' } } }),
      'Envoy filter: invalid regex for proxy version, [error parsing regexp: missing closing ): `1.(`]',
    ),
    invalid('for something', patch({ applyTo: 'POD' }), /spec\.configPatches\[0\]\.applyTo: Unsupported value: "POD"/),
    accepted('nothing', {}, internals),
    accepted('a patch', patch({}), internals),
    accepted(
      'no labels',
      { ...patch({}), workloadSelector: {} },
      internals,
      'Envoy filter: workload selector specified without labels, will be applied to all services in namespace',
    ),
    accepted(
      'a long version',
      patch({ match: { proxy: { proxyVersion: '1'.repeat(1025) } } }),
      internals,
      'Envoy filter: proxyVersion match exceeds 1024 characters and will be ignored',
    ),
  ),
  envoyFilter(
    'The match of a patch is of the class that it is for, and names the filter.',
    refused(
      'a cluster of a listener',
      patch({ match: { cluster: {} } }),
      'Envoy filter: applyTo for listener class objects cannot have non listener match',
    ),
    refused(
      'a listener of a route',
      patch({ applyTo: 'HTTP_ROUTE', match: { listener: {} }, patch: { operation: 'REMOVE' } }),
      'Envoy filter: applyTo for http route class objects cannot have non route configuration match',
    ),
    refused(
      'a listener of a cluster',
      patch({ applyTo: 'CLUSTER', match: { listener: {} }, patch: { operation: 'REMOVE' } }),
      'Envoy filter: applyTo for cluster class objects cannot have non cluster match',
    ),
    refused('no name', filter({}), 'Envoy filter: filter match has no name to match on'),
    refused(
      'a part of another',
      filter({ name: 'envoy.filters.network.tcp_proxy', subFilter: { name: 'a' } }),
      `Envoy filter: subfilter match requires filter match with ${manager}`,
    ),
    refused(
      'a part that has none',
      filter({ name: manager, subFilter: { name: 'a' } }, 'NETWORK_FILTER'),
      'Envoy filter: subfilter match can be used with applyTo HTTP_FILTER only',
    ),
    refused(
      'a nameless part',
      filter({ name: manager, subFilter: {} }),
      'Envoy filter: subfilter match has no name to match on',
    ),
    accepted(
      'a filter of a chain',
      filter({ name: 'a' }, 'FILTER_CHAIN'),
      internals,
      'Envoy filter: filter match has no effect when used with FILTER_CHAIN',
    ),
    accepted(
      'an old name',
      filter({ name: 'envoy.http_connection_manager', subFilter: { name: 'envoy.lua' } }),
      internals,
      `using deprecated filter name "envoy.http_connection_manager"; use "${manager}" instead`,
      'using deprecated filter name "envoy.lua"; use "envoy.filters.http.lua" instead',
    ),
    accepted(
      'by its name alone',
      patch({ patch: { operation: 'INSERT_FIRST', value: { name: 'envoy.filters.http.cors' } } }),
      internals,
      'using deprecated types by name without typed_config; envoy.filters.http.cors',
    ),
  ),
  envoyFilter(
    "A patch with a type of Envoy's second API is refused.",
    refused(
      'Lua of old',
      patch({
        patch: {
          operation: 'INSERT_FIRST',
          value: { name: 'a', typed_config: { '@type': 'type.googleapis.com/envoy.config.filter.http.lua.v2.Lua' } },
        },
      }),
      /^referenced type unknown \(hint: try using the v3 XDS API\): Envoy filter: .*could not resolve Any message type/,
    ),
  ),
  proxyConfig(
    'A ProxyConfig is judged by its schema; a selector without labels is warned of.',
    invalid('concurrency', { concurrency: -1 }, /spec\.concurrency: Invalid value: -1/),
    invalid('a wildcard', { selector: { matchLabels: { app: '*' } } }, /wildcard not allowed in label value match/),
    accepted('workers', { concurrency: 2, environmentVariables: { A: 'b' } }),
    accepted('no labels', { selector: {} }, 'workload selector specified without labels'),
  ),
]
