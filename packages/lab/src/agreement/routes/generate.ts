import type { RouteRequest } from '@orbweaver/contracts/explain'
import type { ProxyWorld } from '../../envoy/configuration.ts'
import { waypoints } from '../proxies/ambient.ts'
import { clustersOf } from '../proxies/networks.ts'
import { type App, type Platform, platform } from '../proxies/platform.ts'
import { createRandom, type Random } from '../random.ts'
import { backendTls } from './backend-tls.ts'
import { words } from './matches.ts'
import { gatewayApi } from './gateway-api.ts'
import { edge, machine, serviceEntry } from './outside.ts'
import { delegation, destinationRule, hostOf, sidecar, suffix, virtualService } from './rules.ts'

export type RouteWorld = ProxyWorld & { readonly requests: readonly RouteRequest[] }

/** Requests a world. */
const asked = 24

/** One world with rules of all kinds, and what is asked of it. The same number, the same world. */
export function generate(seed: number): RouteWorld {
  const random = createRandom(seed * 7919 + 17)
  const made = platform(random)
  for (const namespace of made.namespaces) furnish(made, namespace)
  const gateways: Source[] = []
  if (random.chance(0.5)) gateways.push(edge(made))
  if (random.chance(0.4)) gateways.push(gatewayApi(made))
  backendTls({ ...made, random: createRandom(seed * 7919 + 23) })
  const inner = made.ambient.size > 0 ? waypoints(made) : []
  const workloads = Array.from({ length: 2 }, () => random.any(made.apps)).flatMap((app) =>
    app === undefined ? [] : [{ namespace: app.namespace, name: `${app.name}-v1` }],
  )
  const requests = Array.from({ length: asked }, () => requestOf(made, { workloads, gateways, inner }))
  return {
    id: String(seed),
    ...clustersOf(made),
    meshConfig: settings(random),
    ambient: made.ambient.size > 0,
    proxies: unlike([
      ...inner,
      ...requests
        .map(({ from: { ref } }) => ({ namespace: ref.namespace ?? '', name: ref.name }))
        .filter(({ namespace }) => !made.ambient.has(namespace)),
      ...gateways,
    ]),
    requests,
  }
}

function furnish(made: Platform, namespace: string): void {
  const { random, apps } = made
  for (const app of apps.filter((each) => each.namespace === namespace)) {
    if (random.chance(0.6)) rulesOf(made, app)
  }
  if (random.chance(0.25)) delegation(made, namespace)
  if (random.chance(0.25)) sidecar(made, namespace)
  if (random.chance(0.5)) serviceEntry(made, namespace)
  if (random.chance(0.4)) machine(made, namespace)
  const other = random.chance(0.15) ? random.any(apps) : undefined
  if (other !== undefined) destinationRule(made, other, 'istio-system')
}

/** A Pod that requests come from. */
type Source = { readonly namespace: string; readonly name: string }

const unlike = (sources: readonly Source[]): readonly Source[] => [
  ...new Map(sources.map((each) => [`${each.namespace}/${each.name}`, each])).values(),
]

function rulesOf(made: Platform, app: App): void {
  const { random } = made
  const namespace = random.chance(0.85) ? app.namespace : (random.any(made.namespaces) ?? app.namespace)
  const hosts = [hostOf(made, app, namespace)]
  if (random.chance(0.1)) hosts.push(random.pick(['other.example.com', `*.${app.namespace}.${suffix}`]))
  virtualService(made, { name: `${app.name}-${random.below(2)}`, namespace, hosts, gateways: [] })
  if (random.chance(0.15)) virtualService(made, { name: `${app.name}-more`, namespace, hosts, gateways: [] })
  if (random.chance(0.7)) destinationRule(made, app, namespace)
  if (random.chance(0.15)) destinationRule(made, app, random.any(made.namespaces) ?? namespace)
}

const settings = (random: Random): string =>
  [
    ...(random.chance(0.4) ? [`outboundTrafficPolicy: { mode: ${random.pick(['ALLOW_ANY', 'REGISTRY_ONLY'])} }`] : []),
    ...(random.chance(0.25)
      ? [
          `pathNormalization: { normalization: ${random.pick(['NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'])} }`,
        ]
      : []),
    ...(random.chance(0.1) ? ['enableAutoMtls: false'] : []),
    ...(random.chance(0.05) ? ["defaultVirtualServiceExportTo: ['.']"] : []),
    ...(random.chance(0.05) ? ["defaultDestinationRuleExportTo: ['.']"] : []),
  ].join('\n')

const podRef = ({ namespace, name }: Source): RouteRequest['from']['ref'] => ({
  cluster: 'default',
  group: '',
  version: 'v1',
  kind: 'Pod',
  namespace,
  name,
})

type Sources = {
  readonly workloads: readonly Source[]
  readonly gateways: readonly Source[]
  readonly inner: readonly Source[]
}

function requestOf(made: Platform, { workloads, gateways, inner }: Sources): RouteRequest {
  const { random, apps } = made
  const waypoint = random.chance(0.15) ? random.any(inner) : undefined
  const asked = random.any(apps)
  if (waypoint !== undefined && asked !== undefined) {
    const from = { kind: 'gateway' as const, ref: podRef(waypoint) }
    return { ...http(random), from, ...toService(random, asked, waypoint) }
  }
  const gateway = random.chance(0.35) ? random.any(gateways) : undefined
  if (gateway !== undefined) return toGateway(random, podRef(gateway))
  const from = random.any(workloads) ?? { namespace: 'shop', name: 'web-v1' }
  const to = random.any(apps)
  const own = { ...http(random), from: { kind: 'workload' as const, ref: podRef(from) } }
  return to === undefined || random.chance(0.2) ? toOutside(random, own) : { ...own, ...toService(random, to, from) }
}

function toService(random: Random, to: App, from: Source): Pick<RouteRequest, 'host' | 'port' | 'protocol'> {
  const port = random.chance(0.85) ? random.any(to.ports) : undefined
  const full = `${to.name}.${to.namespace}.${suffix}`
  const short = to.namespace === from.namespace ? to.name : `${to.name}.${to.namespace}`
  const host = random.pick([full, short, short, `${to.name}.${to.namespace}`, `${to.name}.${to.namespace}.svc`])
  return { host, port: port?.number ?? random.pick([80, 8081, 1234]), protocol: protocolOf(port?.protocol ?? 'http') }
}

const protocolOf = (text: string): RouteRequest['protocol'] => (text === 'tcp' || text === 'tls' ? text : 'http')

type Rest = Pick<RouteRequest, 'method' | 'path' | 'headers'>

function http(random: Random): Rest {
  const query = random.chance(0.35) ? `?${random.pick(words.parameters)}=${random.pick(words.values)}` : ''
  const headers = random.chance(0.6) ? { [random.pick(words.headers)]: random.pick(words.values) } : {}
  return { method: random.pick(words.methods), path: random.pick(words.paths) + query, headers }
}

function toOutside(random: Random, own: Rest & Pick<RouteRequest, 'from'>): RouteRequest {
  const host = random.pick([
    'api.example.com',
    'www.example.com',
    'ledger.internal',
    'a.example.com',
    'unknown.test',
    '192.0.2.10',
    '203.0.113.9',
  ])
  const port = random.pick([80, 443, 9000, 8081])
  return { ...own, host, port, protocol: port === 443 ? 'tls' : port === 9000 ? 'tcp' : 'http' }
}

function toGateway(random: Random, ref: RouteRequest['from']['ref']): RouteRequest {
  const own = { ...http(random), from: { kind: 'gateway' as const, ref } }
  const host = random.pick(['shop.example.com', 'pay.example.com', 'a.example.com', 'pass.example.com', 'unknown.test'])
  const others: [number, RouteRequest['protocol']][] = [
    ...(ref.namespace === 'istio-system' ? [[443, 'https'] satisfies [number, RouteRequest['protocol']]] : []),
    [443, 'tls'],
    [9000, 'tcp'],
  ]
  const [port, protocol] = random.chance(0.5) ? [80, 'http' as const] : (random.any(others) ?? [80, 'http' as const])
  return { ...own, host, port, protocol }
}
