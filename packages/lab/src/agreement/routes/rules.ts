import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { make } from '../draft.ts'
import { add, type App, type Platform } from '../proxies/platform.ts'
import { httpMatch } from './matches.ts'

/** VirtualServices, DestinationRules and Sidecars over a platform's applications. */

export const suffix = 'svc.cluster.local'

/** A name of a Service as somebody in a namespace may write it. */
export function hostOf({ random }: Platform, app: App, from: string): string {
  const full = `${app.name}.${app.namespace}.${suffix}`
  if (app.namespace !== from) return full
  return random.pick([app.name, full, full])
}

function destination(made: Platform, from: string): JsonRecord {
  const { random, apps } = made
  if (random.chance(0.05)) return { host: 'nowhere.example.com' }
  const app = random.any(apps.filter((each) => random.chance(0.3) || each.namespace === from)) ?? apps[0]
  if (app === undefined) return { host: 'web' }
  const port = random.chance(0.5) ? random.any(app.ports)?.number : undefined
  return {
    host: hostOf(made, app, from),
    ...(random.chance(0.4) && { subset: random.pick(['v1', 'v2', 'v9']) }),
    ...(port !== undefined && { port: { number: port } }),
  }
}

function weighted(made: Platform, from: string): Json[] {
  const { random } = made
  const count = random.pick([1, 1, 1, 2, 3])
  if (count === 1) return [{ destination: destination(made, from) }]
  const weights = random.pick([
    [50, 50, 0],
    [90, 10, 0],
    [1, 2, 3],
    [100, 0, 0],
    [30, 30, 40],
  ])
  return weights.slice(0, count).map((weight) => ({ destination: destination(made, from), weight }))
}

const redirects: readonly JsonRecord[] = [
  { uri: '/new' },
  { authority: 'other.example.com' },
  { uri: '/new?x=1', redirectCode: 302 },
  { scheme: 'https' },
  { scheme: 'https', port: 8443 },
  { port: 8080, authority: 'other.example.com', redirectCode: 308 },
  { derivePort: 'FROM_PROTOCOL_DEFAULT', scheme: 'https' },
  { derivePort: 'FROM_REQUEST_PORT' },
]

/** What a rule does with what it matches. */
function action(made: Platform, from: string): JsonRecord {
  const { random } = made
  if (random.chance(0.1)) return { redirect: random.any(redirects) }
  if (random.chance(0.06)) return { directResponse: { status: random.pick([200, 403, 503]), body: { string: 'no' } } }
  return {
    route: weighted(made, from),
    ...(random.chance(0.2) && { timeout: random.pick(['1s', '0s', '2.5s']) }),
    ...(random.chance(0.15) && { retries: { attempts: random.below(4), perTryTimeout: '1s', retryOn: '5xx' } }),
    ...(random.chance(0.1) && { fault: fault(made) }),
    ...(random.chance(0.1) && { mirror: { host: 'api' }, mirrorPercentage: { value: random.pick([100, 12.5]) } }),
    ...(random.chance(0.15) && {
      rewrite: random.pick<Json>([{ uri: '/' }, { uri: '/x', authority: 'x.test' }, { authority: 'y.test' }]),
    }),
    ...(random.chance(0.1) && { headers: { request: { set: { 'x-env': 'prod' }, remove: ['cookie'] } } }),
    ...(random.chance(0.05) && { corsPolicy: { allowOrigins: [{ exact: 'https://a.test' }], allowMethods: ['GET'] } }),
  }
}

const fault = ({ random }: Platform): JsonRecord =>
  random.pick<JsonRecord>([
    { abort: { httpStatus: 503, percentage: { value: random.pick([100, 10, 0.5]) } } },
    { delay: { fixedDelay: '1s', percentage: { value: 50 } } },
    { abort: { httpStatus: 404, percentage: { value: 20 } }, delay: { fixedDelay: '2s' } },
  ])

export type Named = {
  readonly name: string
  readonly namespace: string
  readonly hosts: Json[]
  readonly gateways: string[]
}

export function virtualService(made: Platform, { name, namespace, hosts, gateways }: Named): void {
  const { random, namespaces } = made
  const about = { gateways, namespaces }
  const rules: Json[] = Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    ...(random.chance(0.4) && { name: `rule-${index}` }),
    match: Array.from({ length: random.pick([1, 1, 2]) }, () => httpMatch(random, about)),
    ...action(made, namespace),
  }))
  if (random.chance(0.7)) rules.push(action(made, namespace))
  add(
    made,
    make('VirtualService', name, {
      namespace,
      spec: {
        hosts,
        ...(gateways.length > 0 && { gateways }),
        ...(random.chance(0.15) && { exportTo: [random.pick(['.', '*', namespaces[0]])] }),
        http: rules,
        ...(random.chance(0.12) && { tls: tlsRoutes(made, hosts, namespace) }),
        ...(random.chance(0.12) && { tcp: tcpRoutes(made, namespace) }),
      },
    }),
  )
}

const tlsRoutes = (made: Platform, hosts: Json[], namespace: string): Json[] => [
  { match: [{ port: 443, sniHosts: hosts.slice(0, 1) }], route: weighted(made, namespace) },
]

const tcpRoutes = (made: Platform, namespace: string): Json[] => [
  ...(made.random.chance(0.5)
    ? [{ match: [{ port: made.random.pick([3306, 9000]), ...sourceOf(made) }], route: weighted(made, namespace) }]
    : []),
  { route: weighted(made, namespace) },
]

const sourceOf = ({ random }: Platform): JsonRecord =>
  random.pick<JsonRecord>([{}, { sourceLabels: { app: 'web' } }, { destinationSubnets: ['10.96.0.0/24'] }])

/** A rule whose others are elsewhere, and the other. */
export function delegation(made: Platform, namespace: string): void {
  const { random } = made
  const app = random.any(made.apps)
  if (app === undefined) return
  const about = { gateways: [], namespaces: made.namespaces }
  const other = random.any(made.namespaces) ?? namespace
  add(
    made,
    make('VirtualService', 'root', {
      namespace,
      spec: {
        hosts: [hostOf(made, app, namespace)],
        http: [
          {
            match: [{ uri: { prefix: random.pick(['/v1', '/api', '/']) } }],
            delegate: { name: 'part', namespace: other },
          },
          action(made, namespace),
        ],
      },
    }),
    make('VirtualService', 'part', {
      namespace: other,
      spec: {
        http: [
          { match: [{ uri: { prefix: random.pick(['/v1/items', '/v1', '/login']) } }], ...action(made, other) },
          { match: [httpMatch(random, about)], ...action(made, other) },
          action(made, other),
        ],
      },
    }),
  )
}

export function destinationRule(made: Platform, app: App, namespace: string): void {
  const { random } = made
  const host = random.chance(0.08)
    ? random.pick([`*.${app.namespace}.${suffix}`, '*.local'])
    : hostOf(made, app, namespace)
  const tls = random.pick<JsonRecord>([{}, {}, { tls: { mode: random.pick(['DISABLE', 'SIMPLE', 'ISTIO_MUTUAL']) } }])
  const labels = (version: string): JsonRecord => (random.chance(0.1) ? {} : { version })
  add(
    made,
    make('DestinationRule', `${app.name}-${random.below(3)}`, {
      namespace,
      spec: {
        host,
        ...(random.chance(0.1) && { exportTo: [random.pick(['.', '*'])] }),
        ...(random.chance(0.05) && { workloadSelector: { matchLabels: { app: random.pick(['web', 'api']) } } }),
        trafficPolicy: { ...tls, ...(random.chance(0.3) && { connectionPool: { tcp: { maxConnections: 7 } } }) },
        subsets: ['v1', 'v2'].slice(0, 1 + random.below(2)).map((name) => ({
          name,
          labels: labels(name),
          ...(random.chance(0.2) && { trafficPolicy: { tls: { mode: 'DISABLE' } } }),
        })),
      },
    }),
  )
}

const ownPorts = [
  { number: 80, name: 'http', protocol: 'HTTP' },
  { number: 8081, name: 'http-alt', protocol: 'HTTP' },
  { number: 3306, name: 'tcp', protocol: 'TCP' },
  { number: 443, name: 'tls', protocol: 'TLS' },
  { number: 7000, name: 'http-own', protocol: 'HTTP' },
]

export function sidecar(made: Platform, namespace: string): void {
  const { random } = made
  const hosts = random.pick([
    ['./*'],
    ['*/*'],
    ['./*', 'istio-system/*'],
    ['./*', 'pay/*'],
    [`*/web.shop.${suffix}`],
    ['~/*'],
  ])
  const own: Json[] = ownPorts
    .filter(() => random.chance(0.15))
    .map((port) => ({ port, hosts: random.pick([['./*'], hosts, ['*/*']]) }))
  add(
    made,
    make('Sidecar', random.pick(['default', 'web']), {
      namespace: random.chance(0.15) ? 'istio-system' : namespace,
      spec: {
        ...(random.chance(0.3) && { workloadSelector: { labels: { app: 'web' } } }),
        egress: own.length > 0 && random.chance(0.15) ? own : [...own, { hosts }],
        ...(random.chance(0.3) && { outboundTrafficPolicy: { mode: random.pick(['ALLOW_ANY', 'REGISTRY_ONLY']) } }),
      },
    }),
  )
}
