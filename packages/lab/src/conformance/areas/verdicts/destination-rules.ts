import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, all, invalid, refused, verdicts } from './verdict.ts'

const destinationRule = verdicts('DestinationRule')

const policy = (trafficPolicy: JsonRecord): JsonRecord => ({ host: 'shop', trafficPolicy })
export const destinationRules = [
  destinationRule(
    'A DestinationRule has a host, and subsets with names and labels of their own.',
    refused('no host', { host: '' }, 'empty domain name not allowed'),
    refused('a host', { host: 'a_b' }, 'domain name "a_b" invalid (label "a_b" invalid)'),
    refused('twin subsets', { host: 'a', subsets: [{ name: 'v1' }, { name: 'v1' }] }, 'duplicate subset names: v1'),
    refused('a nameless subset', { host: 'a', subsets: [{ name: '' }] }, 'subset name cannot be empty'),
    refused('the name of a subset', { host: 'a', subsets: [{ name: 'v.1' }] }, 'subset name is invalid: v.1'),
    refused(
      'a label',
      { host: 'a', subsets: [{ name: 'v1', labels: { version: '-' } }] },
      all('invalid tag value: "-"'),
    ),
    invalid('no host at all', {}, /spec\.host: Required value/),
    invalid('no name at all', { host: 'a', subsets: [{}] }, /spec\.subsets\[0\]\.name: Required value/),
    accepted('all services of a namespace', {
      host: '*.shop.svc.cluster.local',
      subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    }),
  ),
  destinationRule(
    'Traffic policies are not empty, and those of ports name the port.',
    refused('empty', policy({}), 'traffic policy must have at least one field'),
    refused('no ports', policy({ portLevelSettings: [] }), 'traffic policy must have at least one field'),
    refused(
      'empty in a subset',
      { host: 'a', subsets: [{ name: 'v1', trafficPolicy: {} }] },
      'traffic policy must have at least one field',
    ),
    refused('no port', policy({ portLevelSettings: [{ tls: {} }] }), 'portTrafficPolicy must have valid port'),
    refused(
      'nothing for a port',
      policy({ portLevelSettings: [{ port: { number: 80 } }] }),
      'port traffic policy must have at least one field',
    ),
    refused('an empty pool', policy({ connectionPool: {} }), 'connection pool must have at least one field'),
    refused(
      'a tunnel in another',
      policy({ tunnel: { targetHost: 'a', targetPort: 1 }, proxyProtocol: {} }),
      'tunnel and proxyProtocol must not be set together',
    ),
    refused(
      'a tunnel',
      policy({ tunnel: { protocol: 'GET', targetHost: 'a_b', targetPort: 0 } }),
      all(
        'tunnel protocol must be "CONNECT" or "POST"',
        'tunnel target host must be valid FQDN or IP address: domain name "a_b" invalid (label "a_b" invalid); a_b is not a valid IP',
        'tunnel target port is invalid: port number 0 must be in the range 1..65535',
      ),
    ),
    accepted(
      'a policy for a port',
      policy({ portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'ROUND_ROBIN' } }] }),
    ),
  ),
  destinationRule(
    'Pools and outlier detection have limits that are not below nothing, and times the schema can read.',
    refused(
      'connections',
      policy({ connectionPool: { tcp: { maxConnections: -1 } } }),
      'max connections must be non-negative',
    ),
    refused(
      'requests',
      policy({ connectionPool: { http: { http1MaxPendingRequests: -1, http2MaxRequests: -1, maxRetries: -1 } } }),
      all(
        'http1 max pending requests must be non-negative',
        'http2 max requests must be non-negative',
        'max retries must be non-negative',
      ),
    ),
    refused(
      'two protocols',
      policy({ connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } } }),
      'use client protocol must not be true when H2UpgradePolicy is UPGRADE',
    ),
    refused(
      'half a keepalive',
      policy({ connectionPool: { http: { http2KeepAlive: { interval: '10s' } } } }),
      'http2 keepalive timeout is required',
    ),
    refused(
      'a share',
      policy({ outlierDetection: { maxEjectionPercent: 101, minHealthPercent: -1 } }),
      all('percentage 101 is not in range 0..100', 'percentage -1 is not in range 0..100'),
    ),
    refused(
      'failures of its own',
      policy({ outlierDetection: { consecutiveLocalOriginFailures: 5 } }),
      'outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false',
    ),
    refused(
      'a fine time',
      policy({ connectionPool: { tcp: { connectTimeout: '1.0005s' } } }),
      'only durations to ms precision are supported',
    ),
    invalid(
      'a time too short',
      policy({ connectionPool: { tcp: { connectTimeout: '0s' } } }),
      /spec\.trafficPolicy\.connectionPool\.tcp\.connectTimeout: Invalid value: .*must be a valid duration greater than 1ms/,
    ),
    invalid(
      'no time',
      policy({ outlierDetection: { interval: 'soon' } }),
      /spec\.trafficPolicy\.outlierDetection\.interval: Invalid value: "string": type conversion error from 'string' to 'google\.protobuf\.Duration' evaluating rule: must be a valid duration greater than 1ms/,
    ),
    accepted(
      'the old count of errors',
      policy({ outlierDetection: { consecutiveErrors: 5 } }),
      'outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
    ),
    accepted('the old count of errors in a subset, without a warning', {
      host: 'a',
      subsets: [{ name: 'v1', trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } } }],
    }),
    accepted('no idle timeout', policy({ connectionPool: { tcp: { idleTimeout: '0s' } } })),
  ),
  destinationRule(
    'TLS to a service has a certificate and a key for MUTUAL, in one place.',
    refused(
      'no certificate',
      policy({ tls: { mode: 'MUTUAL', privateKey: '/k' } }),
      'client certificate required for mutual tls',
    ),
    refused(
      'neither',
      policy({ tls: { mode: 'MUTUAL' } }),
      all('client certificate required for mutual tls', 'private key required for mutual tls'),
    ),
    refused(
      'two places',
      policy({ tls: { mode: 'SIMPLE', credentialName: 'a', caCertificates: '/ca' } }),
      'cannot specify client certificates or CA certificate or CA CRL If credentialName is set',
    ),
    refused(
      'verifying and not',
      policy({ tls: { mode: 'SIMPLE', insecureSkipVerify: true, subjectAltNames: ['a'] } }),
      'cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true',
    ),
    refused(
      'a ConfigMap of another namespace',
      policy({ tls: { mode: 'SIMPLE', credentialName: 'configmap://other/ca' } }),
      /^invalid configmap:\/\/ credentialName: namespace must match the configuration namespace "c-/,
    ),
    refused(
      'a ConfigMap of none',
      policy({ tls: { mode: 'SIMPLE', credentialName: 'configmap://ca' } }),
      'invalid configmap:// credentialName: invalid resource name "configmap://ca". Expected namespace and name',
    ),
    invalid(
      'a mode',
      policy({ tls: { mode: 'STRICT' } }),
      /spec\.trafficPolicy\.tls\.mode: Unsupported value: "STRICT"/,
    ),
    accepted('a Secret', policy({ tls: { mode: 'MUTUAL', credentialName: 'a' } })),
    accepted('of the mesh', policy({ tls: { mode: 'ISTIO_MUTUAL' } })),
  ),
  destinationRule(
    'exportTo names namespaces, once each, or everybody alone; with a workloadSelector only the own one.',
    refused('twice', { host: 'a', exportTo: ['b', 'b'] }, 'duplicate entries in exportTo for entry b'),
    refused(
      'everybody and one',
      { host: 'a', exportTo: ['*', 'b'] },
      'cannot have both public (*) and non-public exportTo values for a resource',
    ),
    refused(
      'nobody',
      { host: 'a', exportTo: ['~'] },
      'exportTo ~ (none) is not allowed for Istio configuration objects',
    ),
    refused(
      'no namespace',
      { host: 'a', exportTo: ['b.c'] },
      'only .,*, or a valid DNS 1123 label is allowed as exportTo entry',
    ),
    refused(
      'by workloads to all',
      { host: 'a', exportTo: ['*'], workloadSelector: { matchLabels: { app: 'a' } } },
      'destination rule with workload selector cannot have exportTo beyond current namespace',
    ),
    refused(
      'by workloads to another, too',
      { host: 'a', exportTo: ['.', 'b'], workloadSelector: { matchLabels: { app: 'a' } } },
      'destination rule with workload selector cannot have multiple entries in exportTo',
    ),
    invalid(
      'a wildcard of workloads',
      { host: 'a', workloadSelector: { matchLabels: { app: 'a*' } } },
      /wildcard not allowed in label value match/,
    ),
    accepted('some', { host: 'a', exportTo: ['.', 'b'] }),
    accepted('no workloads', { host: 'a', workloadSelector: {} }, 'workload selector specified without labels'),
  ),
]
