import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { make } from '../draft.ts'
import { add, type Platform } from '../proxies/platform.ts'
import type { Random } from '../random.ts'

/** Policies of security over a platform's applications. Values are few, so that calls meet them. */
export const values = {
  accounts: ['web', 'api', 'db'],
  paths: ['/', '/v1', '/v1/items', '/admin', '/a/b/c', '/%61dmin', '/admin/../v1'],
  methods: ['GET', 'POST', 'DELETE'],
  hosts: ['web.shop.svc.cluster.local', 'shop.example.com', 'web.shop:8080'],
  issuers: ['https://id.example.com', 'https://other.example.com'],
  audiences: ['shop', 'pay'],
} satisfies Record<string, [string, ...string[]]>

const principal = (random: Random): string => {
  const namespace = random.pick(['shop', 'pay'])
  const account = random.pick(values.accounts)
  return random.pick([
    `cluster.local/ns/${namespace}/sa/${account}`,
    `cluster.local/ns/${namespace}/sa/${account}`,
    `cluster.local/ns/${namespace}/*`,
    `*/sa/${account}`,
    `old.example.com/ns/${namespace}/sa/${account}`,
    'cluster.local/ns/istio-system/sa/istio-ingressgateway',
    '*-istio',
    '*',
  ])
}

const block = (random: Random): string =>
  random.pick(['10.244.0.0/24', '10.244.0.4', '203.0.113.0/28', '0.0.0.0/0', '198.51.100.7', '2001:db8::/32'])

const requestPrincipal = (random: Random): string => {
  const issuer = random.pick(values.issuers)
  return random.pick(['*', `${issuer}/ann`, `${issuer}/*`, '*/ann', 'https://id.example.com*'])
}

const port = (random: Random): string => random.pick(['8080', '8081', '3306', '9000', '8443', '80'])
const path = (random: Random): string =>
  random.pick([
    '/',
    '/v1',
    '/v1/items',
    '/admin',
    '/v1*',
    '*/items',
    '*',
    '/{*}/items',
    '/a/{**}',
    '/v1/{*}',
    '/{**}/c',
  ])
const host = (random: Random): string =>
  random.pick([
    'shop.example.com',
    'SHOP.example.com',
    '*.svc.cluster.local',
    'web.*',
    '*',
    'web.shop.svc.cluster.local',
  ])

/** A field, what negates it, how often it is there, and its values. */
type Field = readonly [string, string, number, (random: Random) => string]

const sources: readonly [Field, ...Field[]] = [
  ['principals', 'notPrincipals', 0.3, principal],
  ['namespaces', 'notNamespaces', 0.25, (random) => random.pick(['shop', 'pay', 'istio-system', 'sh*', '*y', '*'])],
  ['serviceAccounts', 'notServiceAccounts', 0.12, (random) => random.pick(['web', 'shop/web', 'pay/api'])],
  ['ipBlocks', 'notIpBlocks', 0.15, block],
  ['remoteIpBlocks', 'notRemoteIpBlocks', 0.12, block],
  ['requestPrincipals', 'notRequestPrincipals', 0.2, requestPrincipal],
]

const operations: readonly [Field, ...Field[]] = [
  ['paths', 'notPaths', 0.4, path],
  ['methods', 'notMethods', 0.3, (random) => random.pick(['GET', 'POST', 'DELETE', 'G*', '*'])],
  ['ports', 'notPorts', 0.2, port],
  ['hosts', 'notHosts', 0.2, host],
]

function filled(random: Random, fields: readonly [Field, ...Field[]]): JsonRecord {
  const found: JsonRecord = {}
  for (const [name, negated, often, of] of fields) {
    if (random.chance(often)) found[name] = some(random, of)
    if (random.chance(often / 3)) found[negated] = some(random, of)
  }
  const [[first, , , of]] = fields
  // Accounts exclude the two other ways to say where somebody is from.
  const isOfAccounts = 'serviceAccounts' in found || 'notServiceAccounts' in found
  const others = new Set(['principals', 'notPrincipals', 'namespaces', 'notNamespaces'])
  const kept = Object.entries(found).filter(([name]) => !isOfAccounts || !others.has(name))
  return kept.length === 0 ? { [first]: [of(random)] } : Object.fromEntries(kept)
}

const some = (random: Random, of: (random: Random) => string): Json[] =>
  Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => of(random))

const keys: readonly (readonly [string, (random: Random) => string])[] = [
  ['request.headers[x-user]', (random) => random.pick(['ann', 'bob', 'a*', '*n', '*'])],
  ['source.ip', block],
  ['remote.ip', block],
  ['source.namespace', (random) => random.pick(['shop', 'pay', 's*'])],
  ['source.principal', principal],
  ['source.serviceAccount', (random) => random.pick(['shop/web', 'pay/api'])],
  ['request.auth.principal', requestPrincipal],
  ['request.auth.audiences', (random) => random.pick(values.audiences)],
  ['request.auth.presenter', (random) => random.pick(['app', 'other', '*'])],
  ['request.auth.claims[group]', (random) => random.pick(['admins', 'staff', 'ad*', '*'])],
  ['request.auth.claims[scope]', (random) => random.pick(['read', 'write'])],
  ['request.auth.claims[realm][role]', (random) => random.pick(['owner', '*r'])],
  ['destination.ip', block],
  ['destination.port', port],
  ['connection.sni', (random) => random.pick(['*.svc.cluster.local', 'shop.example.com', 'outbound_.80_*'])],
]

function condition(random: Random): JsonRecord {
  const [key, of] = random.any(keys) ?? ['source.namespace', () => 'shop']
  const kind = random.below(4)
  return {
    key,
    ...(kind !== 0 && { values: some(random, of) }),
    ...(kind === 0 || random.chance(0.15) ? { notValues: some(random, of) } : {}),
  }
}

function rule(random: Random): JsonRecord {
  if (random.chance(0.05)) return {}
  const several = <Value>(of: () => Value) => Array.from({ length: random.chance(0.25) ? 2 : 1 }, of)
  return {
    ...(random.chance(0.65) && { from: several(() => ({ source: filled(random, sources) })) }),
    ...(random.chance(0.5) && { to: several(() => ({ operation: filled(random, operations) })) }),
    ...(random.chance(0.35) && { when: several(() => condition(random)) }),
  }
}

const selector = (random: Random): JsonRecord =>
  random.pick<JsonRecord>([
    {},
    { selector: { matchLabels: { app: random.pick(values.accounts) } } },
    { selector: { matchLabels: { app: random.pick(values.accounts), version: random.pick(['v1', 'v2']) } } },
  ])

const gatewayGroup = 'gateway.networking.k8s.io'

/** Where there are waypoints, policies are bound to them, to their class, and to what they serve. */
function attachment({ random, ambient }: Platform): JsonRecord {
  if (ambient.size === 0 || random.chance(0.45)) return selector(random)
  const ref = random.pick<JsonRecord>([
    { group: '', kind: 'Service', name: random.pick(values.accounts) },
    { group: '', kind: 'Service', name: random.pick(values.accounts) },
    { group: gatewayGroup, kind: 'Gateway', name: 'waypoint' },
    { group: gatewayGroup, kind: 'GatewayClass', name: 'istio-waypoint' },
  ])
  return { targetRefs: [ref] }
}

const place = (made: Platform): string =>
  made.random.chance(0.12) ? 'istio-system' : (made.random.any(made.namespaces) ?? 'shop')

const anywhere = (made: Platform): At => ({ attachment: attachment(made), namespace: place(made) })

const providers = ['gate', 'gate', 'calls', 'calls', 'twice', 'lost', 'odd', 'traces', 'nobody'] satisfies [
  string,
  ...string[],
]

/** Where a policy lies and what it is for, where that is not left to chance. */
export type At = { readonly namespace: string; readonly attachment: JsonRecord }

export function authorizationPolicy(made: Platform, name: string, at?: At): void {
  const { random } = made
  const action = random.pick(['ALLOW', 'ALLOW', 'ALLOW', 'DENY', 'DENY', 'AUDIT', 'CUSTOM', 'CUSTOM'])
  const rules = random.chance(0.06) ? [] : Array.from({ length: random.pick([1, 1, 2]) }, () => rule(random))
  const onTrial = random.chance(0.1) && { annotations: { 'istio.io/dry-run': random.pick(['true', 'false']) } }
  const { namespace, attachment: own } = at ?? anywhere(made)
  const spec = {
    ...own,
    ...((action !== 'ALLOW' || random.chance(0.5)) && { action }),
    ...(action === 'CUSTOM' && { provider: { name: random.pick(providers) } }),
    ...(rules.length > 0 && { rules }),
  }
  add(made, make('AuthorizationPolicy', name, { namespace, ...onTrial, spec }))
}

const modes = ['STRICT', 'PERMISSIVE', 'DISABLE', 'UNSET'] satisfies [string, ...string[]]

export function peerAuthentication(made: Platform, name: string): void {
  const { random } = made
  const own = selector(random)
  const ports = { [random.pick([8080, 8081, 3306])]: { mode: random.pick(modes) } }
  const spec = {
    ...own,
    ...(random.chance(0.85) && { mtls: { mode: random.pick(modes) } }),
    ...(Object.keys(own).length > 0 && random.chance(0.5) && { portLevelMtls: ports }),
  }
  add(made, make('PeerAuthentication', name, { namespace: place(made), spec }))
}

export function requestAuthentication(made: Platform, name: string, at?: At): void {
  const { random } = made
  const { namespace, attachment: own } = at ?? anywhere(made)
  const issuers = random.chance(0.3) ? values.issuers : [random.pick(values.issuers)]
  const jwtRules = issuers.map((issuer) => ({
    issuer,
    jwks: '{"keys":[]}',
    ...(random.chance(0.4) && { audiences: [random.pick(values.audiences)] }),
    ...(random.chance(0.4) && { forwardOriginalToken: random.chance(0.7) }),
  }))
  add(made, make('RequestAuthentication', name, { namespace, spec: { ...own, jwtRules } }))
}
