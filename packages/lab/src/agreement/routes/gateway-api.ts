import type { JsonRecord } from '@orbweaver/contracts/json'
import { make, makeKubernetesGateway } from '../draft.ts'
import { frontGateway, type GatewayPod } from '../proxies/gateways.ts'
import { add, type Platform } from '../proxies/platform.ts'
import { words } from './matches.ts'

/** A gateway of the Gateway API with its Pod, and routes to it and to Services. */
export function gatewayApi(made: Platform): GatewayPod {
  const { random, namespaces } = made
  const [namespace] = namespaces
  const listeners: JsonRecord[] = [
    {
      name: 'http',
      port: 80,
      protocol: 'HTTP',
      ...(random.chance(0.4) && { hostname: random.pick(['*.example.com', 'shop.example.com']) }),
      ...(random.chance(0.5) && { allowedRoutes: { namespaces: { from: random.pick(['All', 'Same']) } } }),
    },
    {
      name: 'tls',
      port: 443,
      protocol: 'TLS',
      tls: { mode: 'Passthrough' },
      ...(random.chance(0.4) && { hostname: random.pick(['*.example.com', 'pass.example.com']) }),
    },
    { name: 'tcp', port: 9000, protocol: 'TCP' },
  ]
  const pod = frontGateway(made, [
    { number: 80, target: 80, name: 'http', protocol: 'http' },
    { number: 443, target: 443, name: 'tls', protocol: 'tls' },
    { number: 9000, target: 9000, name: 'tcp', protocol: 'tcp' },
  ])
  add(made, makeKubernetesGateway('front', { namespace, spec: { gatewayClassName: 'istio', listeners } }))
  for (let each = 0; each < 1 + random.below(3); each++) httpRoute(made, `route-${each}`)
  if (random.chance(0.4)) grpcRoute(made, 'calls')
  for (const kind of ['TLSRoute', 'TCPRoute'] as const) if (random.chance(0.5)) streamRoute(made, kind)
  return pod
}

function httpRoute(made: Platform, name: string): void {
  const { random, namespaces, apps } = made
  const namespace = random.chance(0.8) ? namespaces[0] : (random.any(namespaces) ?? 'shop')
  const service = random.any(apps.filter((each) => each.namespace === namespace))?.name ?? 'web'
  const parent = parentOf(made, service)
  add(
    made,
    make('HTTPRoute', name, {
      namespace,
      spec: {
        parentRefs: [parent],
        ...(random.chance(0.6) && {
          hostnames: [random.pick(['shop.example.com', '*.example.com', 'pay.example.com'])],
        }),
        rules: Array.from({ length: 1 + random.below(3) }, () => httpRouteRule(made, namespace)),
      },
    }),
  )
}

const parentOf = ({ random, namespaces }: Platform, service: string): JsonRecord =>
  random.chance(0.7)
    ? { name: 'front', namespace: namespaces[0] }
    : { kind: 'Service', group: '', name: service, ...(random.chance(0.4) && { port: 80 }) }

function grpcRoute(made: Platform, name: string): void {
  const { random, namespaces, apps } = made
  const [namespace] = namespaces
  const app = random.any(apps.filter((each) => each.namespace === namespace))
  const method = random.pick<JsonRecord>([
    { service: 'shop.Cart', method: 'Add' },
    { service: 'shop.Cart' },
    { type: 'Exact', method: 'Add' },
    { type: 'RegularExpression', service: 'shop[.].*', method: 'A.*' },
  ])
  const headers = [{ name: random.pick(words.headers), value: random.pick(['ann', 'bob']) }]
  add(
    made,
    make('GRPCRoute', name, {
      namespace,
      spec: {
        parentRefs: [parentOf(made, app?.name ?? 'web')],
        ...(random.chance(0.5) && { hostnames: [random.pick(['shop.example.com', '*.example.com'])] }),
        rules: [
          {
            matches: [{ method }, ...(random.chance(0.3) ? [{ headers }] : [])],
            backendRefs: [{ name: app?.name ?? 'web', port: app?.ports[0]?.number ?? 80 }],
          },
          ...(random.chance(0.4) ? [{ backendRefs: [{ name: 'api', port: 80 }] }] : []),
        ],
      },
    }),
  )
}

function streamRoute(made: Platform, kind: 'TLSRoute' | 'TCPRoute'): void {
  const { random, namespaces, apps } = made
  const [namespace] = namespaces
  const own = apps.filter((each) => each.namespace === namespace)
  const backend = (): JsonRecord => ({
    name: random.any(own)?.name ?? 'web',
    port: random.pick([80, 443, 9000]),
    ...(random.chance(0.4) && { weight: random.pick([0, 1, 9]) }),
  })
  const section = kind === 'TLSRoute' ? 'tls' : 'tcp'
  const hostnames = [random.pick(['pass.example.com', '*.example.com', 'shop.example.com'])]
  add(
    made,
    make(kind, section, {
      namespace,
      spec: {
        parentRefs: [{ name: 'front', ...(random.chance(0.6) && { sectionName: section }) }],
        ...(kind === 'TLSRoute' && { hostnames }),
        rules: [{ backendRefs: Array.from({ length: random.pick([1, 2]) }, backend) }],
      },
    }),
  )
}

function httpRouteRule(made: Platform, namespace: string): JsonRecord {
  const { random, apps } = made
  const backends = apps.filter((each) => random.chance(0.15) || each.namespace === namespace)
  const backend = (): JsonRecord => {
    const app = random.any(backends)
    return {
      name: app?.name ?? 'nobody',
      ...(app !== undefined && app.namespace !== namespace && { namespace: app.namespace }),
      port: app?.ports[0]?.number ?? 80,
      ...(random.chance(0.4) && { weight: random.pick([0, 1, 9]) }),
    }
  }
  const redirect: JsonRecord = {
    type: 'RequestRedirect',
    requestRedirect: random.pick<JsonRecord>([
      { scheme: 'https', statusCode: 301 },
      { scheme: 'https' },
      { hostname: 'other.example.com', statusCode: 302 },
      { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' }, statusCode: 302 },
      { path: { type: 'ReplaceFullPath', replaceFullPath: '/full' }, port: 8443 },
    ]),
  }
  const rewrite: JsonRecord = {
    type: 'URLRewrite',
    urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } },
  }
  const isRedirect = random.chance(0.15)
  return {
    ...(random.chance(0.8) && { matches: Array.from({ length: random.pick([1, 1, 2]) }, () => apiMatch(made)) }),
    ...(isRedirect ? { filters: [redirect] } : random.chance(0.1) && { filters: [rewrite] }),
    ...(!isRedirect && random.chance(0.95) && { backendRefs: Array.from({ length: random.pick([1, 1, 2]) }, backend) }),
    ...(random.chance(0.1) && { timeouts: { request: '3s' } }),
  }
}

function apiMatch({ random }: Platform): JsonRecord {
  const type = random.pick(['PathPrefix', 'PathPrefix', 'Exact', 'RegularExpression'])
  const value =
    type === 'RegularExpression' ? random.pick(['/v[0-9]+', '/v1.*']) : random.pick(['/', '/v1', '/v1/items', '/a'])
  return {
    ...(random.chance(0.8) && { path: { type, value } }),
    ...(random.chance(0.3) && { headers: [{ name: random.pick(words.headers), value: random.pick(['ann', 'bob']) }] }),
    ...(random.chance(0.2) && {
      queryParams: [{ name: random.pick(words.parameters), value: random.pick(['ann', '42']) }],
    }),
    ...(random.chance(0.2) && { method: random.pick(words.methods) }),
  }
}
