import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepted, type Case, all, invalid, refused, verdicts } from './verdict.ts'

const peerAuthentication = verdicts('PeerAuthentication')
const requestAuthentication = verdicts('RequestAuthentication')
const authorizationPolicy = verdicts('AuthorizationPolicy')

const jwt = (more: JsonRecord): JsonRecord => ({ jwtRules: [{ issuer: 'https://id.example.com', ...more }] })
const key = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
}
const keys = (...all_: JsonRecord[]): string => JSON.stringify({ keys: all_ })

const from = (source: JsonRecord, more: JsonRecord = {}): JsonRecord => ({ rules: [{ from: [{ source }] }], ...more })
const to = (operation: JsonRecord, more: JsonRecord = {}): JsonRecord => ({ rules: [{ to: [{ operation }] }], ...more })
const when = (condition: JsonRecord, more: JsonRecord = {}): JsonRecord => ({ rules: [{ when: [condition] }], ...more })
const custom = { action: 'CUSTOM', provider: { name: 'ext' } }
const meaningless =
  'action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request'
const onlyHttp =
  'configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port'
const noCustom = 'is currently not supported with CUSTOM action'

/** Words about a policy have its name before them; here it is `policy` in any namespace. */
const policy = (why: string, spec: JsonRecord, ...words: string[]): Case => {
  const escaped = words.map(
    (each) => `invalid policy policy\\.c-[^:]+: ${each.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`,
  )
  const [only = ''] = escaped
  const text =
    words.length === 1 ? `(1 error occurred:\\n\\t\\* )?${only}(\\n\\n)?` : all(...escaped).replaceAll('* ', '\\* ')
  return { ...refused(why, spec, new RegExp(`^${text}$`)), metadata: { name: 'policy' } }
}

export const security = [
  peerAuthentication(
    'A PeerAuthentication for ports names its workloads; mode and ports are in their ranges.',
    invalid('ports of a namespace', { portLevelMtls: { '80': { mode: 'STRICT' } } }, /portLevelMtls requires selector/),
    invalid(
      'a port',
      { selector: { matchLabels: { app: 'a' } }, portLevelMtls: { '0': { mode: 'STRICT' } } },
      /port must be between 1-65535/,
    ),
    invalid('a mode', { mtls: { mode: 'ON' } }, /spec\.mtls\.mode: Unsupported value: "ON"/),
    invalid('a wildcard', { selector: { matchLabels: { 'a*': 'b' } } }, /wildcard not allowed in label key match/),
    accepted('a namespace', { mtls: { mode: 'STRICT' } }),
    accepted('ports of workloads', {
      selector: { matchLabels: { app: 'a' } },
      portLevelMtls: { '80': { mode: 'DISABLE' } },
    }),
    accepted('no labels', { selector: {} }, 'workload selector specified without labels'),
  ),
  requestAuthentication(
    'A RequestAuthentication names who signs, with keys that parse and places that have names.',
    refused('nobody', { jwtRules: [{}] }, all('issuer or jwksUri must be non-empty string')),
    refused('no keys', jwt({ jwks: 'none' }), /^1 error occurred:\n\t\* jwks parse error: failed to unmarshal JWK set/),
    refused('keys of a type', jwt({ jwks: keys({ kty: 'XYZ' }) }), /jwks parse error: failed to unmarshal JWK set/),
    invalid('an empty issuer', { jwtRules: [{ issuer: '' }] }, /issuer: .*at least 1 chars/),
    invalid('a scheme', jwt({ jwksUri: 'ftp://id.example.com' }), /url must have scheme http:\/\/ or https:\/\//),
    invalid(
      'keys in two places',
      jwt({ jwksUri: 'https://id.example.com', jwks: keys(key) }),
      /only one of jwks or jwksUri can be set/,
    ),
    invalid(
      'a header',
      jwt({ outputClaimToHeaders: [{ header: 'a b', claim: 'c' }] }),
      /outputClaimToHeaders\[0\]\.header: Invalid value: "a b"/,
    ),
    invalid('a nameless header', jwt({ fromHeaders: [{ name: '' }] }), /fromHeaders\[0\]\.name: .*at least 1 chars/),
    accepted(
      'an issuer',
      jwt({ jwksUri: 'https://id.example.com/keys', audiences: ['shop'], forwardOriginalToken: true }),
    ),
    accepted('keys', jwt({ jwks: keys(key) })),
    accepted(
      'a private key',
      jwt({ jwks: keys(key, { ...key, d: '870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE' }) }),
      'jwks key at index 1 contains private key material; only public keys are used for verification',
    ),
  ),
  authorizationPolicy(
    'An AuthorizationPolicy has rules where its action asks for them, and a provider for CUSTOM alone.',
    policy('DENY without', { action: 'DENY' }, `DENY ${meaningless}`),
    policy('CUSTOM without', { ...custom }, `CUSTOM ${meaningless}`),
    policy(
      'CUSTOM without a name',
      { action: 'CUSTOM', provider: {}, rules: [{}] },
      '`provider.name` must not be empty',
    ),
    policy(
      'AUDIT with a provider',
      { action: 'AUDIT', provider: { name: 'ext' }, rules: [{}] },
      '`provider` must not be with non CUSTOM action, found AUDIT',
    ),
    invalid('an action', { action: 'LOG' }, /spec\.action: Unsupported value: "LOG"/),
    accepted('ALLOW without', {}),
    accepted('DENY of everything', { action: 'DENY', rules: [{}] }),
    accepted('CUSTOM', { ...custom, rules: [{ to: [{ operation: { paths: ['/a'] } }] }] }),
  ),
  authorizationPolicy(
    'Sources of a rule say something, and addresses and accounts in their forms.',
    policy('nothing', from({}), '`from.source` must not be empty, found at rule 0'),
    policy('no source', { rules: [{ from: [{}] }] }, '`from.source` must not be nil, found at rule 0'),
    policy('an empty value', from({ principals: [''] }), 'empty value not allowed, found in Principals'),
    policy('an address', from({ ipBlocks: ['10.0.0'] }), 'bad IP address (10.0.0)'),
    policy(
      'a network',
      from({ notRemoteIpBlocks: ['10.0.0.0/33'] }),
      'bad CIDR range (10.0.0.0/33): netip.ParsePrefix("10.0.0.0/33"): prefix length out of range',
    ),
    policy(
      'a network of no address',
      from({ ipBlocks: ['10.0/8'] }),
      'bad CIDR range (10.0/8): netip.ParsePrefix("10.0/8"): ParseAddr("10.0"): IPv4 address too short',
    ),
    policy(
      'accounts',
      from({ serviceAccounts: ['a/b/c'] }),
      `expected format 'serviceAccount' or 'namespace/serviceAccount', found "a/b/c" in ServiceAccounts`,
    ),
    policy('any account', from({ notServiceAccounts: ['*'] }), 'wildcard not allowed, found in NotServiceAccounts'),
    policy(
      'a wildcard inside',
      from({ trustDomains: ['a*b'] }),
      'wildcard is only allowed at the start or end, found in TrustDomains: "a*b"',
    ),
    invalid(
      'accounts and namespaces',
      from({ serviceAccounts: ['a'], namespaces: ['b'] }),
      /Cannot set serviceAccounts with namespaces or principals/,
    ),
    accepted(
      'all of it',
      from({ principals: ['cluster.local/ns/a/sa/b'], ipBlocks: ['10.0.0.0/8', '::1'], trustDomains: ['*.local'] }),
    ),
  ),
  authorizationPolicy(
    'Operations of a rule say something, with ports that are numbers and templates of paths that end.',
    policy('nothing', to({}), '`to.operation` must not be empty, found at rule 0'),
    policy('no operation', { rules: [{ to: [{}] }] }, '`to.operation` must not be nil, found at rule 0'),
    policy('a port', to({ ports: ['http'] }), 'bad port (http): strconv.ParseUint: parsing "http": invalid syntax'),
    policy('a big port', to({ notPorts: ['65536'] }), 'bad port (65536): <nil>'),
    policy('an empty method', to({ methods: [''] }), 'empty value not allowed, found in Methods'),
    policy(
      'a template that goes on',
      to({ paths: ['/a/{**}/{*}'] }),
      'invalid or unsupported path a/{**}/{*}, found in Paths. {**} is not the last operator',
    ),
    policy(
      'no template',
      to({ notPaths: ['/a/{id}'] }),
      "invalid or unsupported path a/{id}, found in NotPaths. Contains '{' or '}' beyond a supported path template",
    ),
    policy(
      'a wildcard in a template',
      to({ paths: ['/{*}/b*'] }),
      'invalid or unsupported path {*}/b*, found in Paths. Contains segment b* with invalid string literal',
    ),
    accepted(
      'all of it',
      to({ methods: ['GET'], paths: ['/a/{*}/b/{**}', '*.png'], hosts: ['*.example.com'], ports: ['80'] }),
    ),
  ),
  authorizationPolicy(
    'Conditions of a rule have keys that istiod knows and values in their forms.',
    policy('no key', when({ key: '', values: ['a'] }), '`key` must not be empty'),
    policy(
      'no values',
      when({ key: 'source.ip' }),
      'at least one of `values` or `notValues` must be set for key source.ip',
    ),
    policy(
      'a key',
      when({ key: 'source.colour', values: ['a'] }),
      'invalid `value` for `key` source.colour: unknown attribute: source.colour',
      'invalid `notValue` for `key` source.colour: unknown attribute: source.colour',
    ),
    policy(
      'a header without a name',
      when({ key: 'request.headers', values: ['a'] }),
      'invalid `value` for `key` request.headers: bad key (request.headers): should have format a[b]',
      'invalid `notValue` for `key` request.headers: bad key (request.headers): should have format a[b]',
    ),
    policy(
      'an old key',
      when({ key: 'destination.name', notValues: ['a'] }),
      'invalid `value` for `key` destination.name: deprecated attribute destination.name: only supported in v1alpha1',
      'invalid `notValue` for `key` destination.name: deprecated attribute destination.name: only supported in v1alpha1',
    ),
    policy(
      'an address',
      when({ key: 'remote.ip', notValues: ['a'] }),
      `invalid \`notValue\` for \`key\` remote.ip: ${all('bad IP address (a)')}`,
    ),
    policy(
      'a port',
      when({ key: 'destination.port', values: ['x'] }),
      `invalid \`value\` for \`key\` destination.port: ${all('bad port (x): strconv.ParseUint: parsing "x": invalid syntax')}`,
    ),
    invalid('no key at all', when({ values: ['a'] }), /spec\.rules\[0\]\.when\[0\]\.key: Required value/),
    accepted('some', when({ key: 'request.auth.claims[group]', values: ['a'] })),
    accepted(
      'more',
      when({ key: 'experimental.envoy.filters.network.mysql_proxy[db.table]', notValues: ['[update]'] }),
    ),
  ),
  authorizationPolicy(
    'CUSTOM rules may not ask who calls.',
    policy('a principal', from({ principals: ['a'] }, custom), `From.Principals ${noCustom}`),
    policy(
      'namespaces, in two ways',
      from({ namespaces: ['a'], notNamespaces: ['b'] }, custom),
      `From.Namespaces ${noCustom}`,
      `From.NotNamespaces ${noCustom}`,
    ),
    policy(
      'a claim',
      when({ key: 'request.auth.claims[a]', values: ['b'] }, custom),
      `request.auth.claims[a] ${noCustom}`,
    ),
    policy(
      'a principal as condition',
      when({ key: 'source.principal', values: ['b'] }, custom),
      `source.principal ${noCustom}`,
    ),
    accepted('an address', from({ ipBlocks: ['10.0.0.1'] }, custom)),
  ),
  authorizationPolicy(
    'DENY rules of HTTP attributes alone are warned of, since they deny all TCP.',
    accepted('methods', to({ methods: ['POST'] }, { action: 'DENY' }), onlyHttp),
    accepted('who requests', from({ requestPrincipals: ['*'] }, { action: 'DENY' }), onlyHttp),
    accepted('methods of a port', to({ methods: ['POST'], ports: ['80'] }, { action: 'DENY' })),
    accepted('where from', from({ ipBlocks: ['10.0.0.1'] }, { action: 'DENY' })),
    accepted('a condition', when({ key: 'request.headers[a]', values: ['b'] }, { action: 'DENY' })),
    accepted('methods to allow', to({ methods: ['POST'] })),
  ),
  authorizationPolicy(
    'A policy is for workloads by labels or for what it refers to, in its namespace and of few kinds.',
    policy(
      'another kind',
      { targetRefs: [{ kind: 'Pod', name: 'a' }] },
      'targetRef must be to one of [core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was /Pod',
    ),
    policy(
      'one of two',
      { targetRef: { group: 'apps', kind: 'Deployment', name: 'a' } },
      'targetRef must be to one of [core/v1/Service networking.istio.io/v1/ServiceEntry gateway.networking.k8s.io/v1/Gateway gateway.networking.k8s.io/v1/GatewayClass] but was apps/Deployment',
    ),
    invalid(
      'both',
      { selector: { matchLabels: { app: 'a' } }, targetRefs: [{ kind: 'Service', name: 'a' }] },
      /only one of targetRefs or selector can be set/,
    ),
    invalid(
      'another namespace',
      { targetRefs: [{ kind: 'Service', name: 'a', namespace: 'b' }] },
      /cross namespace referencing is not currently supported/,
    ),
    invalid(
      'no name',
      { targetRefs: [{ kind: 'Service', name: '' }] },
      /spec\.targetRefs\[0\]\.name: .*at least 1 chars/,
    ),
    accepted('a waypoint', { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'a' }] }),
    accepted('no labels', { selector: {} }, 'workload selector specified without labels'),
  ),
]
