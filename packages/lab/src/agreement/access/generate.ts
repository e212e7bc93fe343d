import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { ProxyWorld } from '../../envoy/configuration.ts'
import { labelled, make } from '../draft.ts'
import { waypoints } from '../proxies/ambient.ts'
import { clustersOf } from '../proxies/networks.ts'
import { add, type App, type Platform, platform } from '../proxies/platform.ts'
import { createRandom } from '../random.ts'
import { backendTls } from '../routes/backend-tls.ts'
import { sidecar } from '../routes/rules.ts'
import { bySidecars, inAmbient } from './calls.ts'
import { entryFor } from './entries.ts'
import { type Door, edge, front } from './gateways.ts'
import { authorizationPolicy, peerAuthentication, requestAuthentication } from './policies.ts'
import { gatewayPodOf } from './through.ts'

export type AccessWorld = ProxyWorld & { readonly calls: readonly AccessCall[] }

/** Calls a world. */
const asked = 24

/** One world with policies of all kinds, and calls of its workloads. The same number, the same world. */
export function generate(seed: number): AccessWorld {
  const random = createRandom(seed * 104_729 + 31)
  const made = platform(random)
  for (let each = random.below(6); each > 0; each--) authorizationPolicy(made, `policy-${each}`)
  for (let each = random.below(4); each > 0; each--) peerAuthentication(made, `peers-${each}`)
  for (let each = random.below(3); each > 0; each--) requestAuthentication(made, `tokens-${each}`)
  const inner = made.ambient.size > 0 ? waypoints(made) : []
  const targets = [random.any(made.apps), random.any(made.apps)].filter((each) => each !== undefined)
  for (const app of targets.filter(() => inner.length > 0 && random.chance(0.4))) sendingIngress(made, app)
  const doors = doorsOf(made, targets)
  for (const app of made.apps.filter(() => random.chance(0.2))) clientRule(made, app)
  limit(made, targets)
  backendTls({ ...made, random: createRandom(seed * 104_729 + 37) })
  const clusters = clustersOf(made)
  const calls = Array.from({ length: asked }, () => random.any(targets)).flatMap((to) =>
    to === undefined
      ? []
      : [made.ambient.size > 0 ? inAmbient(made, to, doors) : bySidecars(made, to, { doors, clusters })],
  )
  const world = { id: String(seed), ...clusters, meshConfig: settings(made), calls }
  if (made.ambient.size === 0) return { ...world, ambient: false, proxies: proxiesFor(world) }
  const sidecars = made.apps.filter((app) => !made.ambient.has(app.namespace))
  const pods = sidecars.flatMap(({ namespace, name, versions }) =>
    versions.map((version) => ({ namespace, name: `${name}-${version}` })),
  )
  const gateways = new Map(doors.map(({ pod }) => [pod.name, pod])).values()
  return { ...world, ambient: true, proxies: [...inner, ...pods, ...gateways] }
}

/** What clients' own proxies are told of other hosts, and hosts of ServiceEntries for some applications. */
function limit(made: Platform, targets: readonly App[]): void {
  const { random, namespaces } = made
  const isAlone = made.ambient.size === 0 && !made.spread
  for (const app of targets.filter(() => isAlone && random.chance(0.4))) entryFor(made, app)
  const isLimited = random.chance(0.4)
  for (const namespace of namespaces.filter(() => isLimited && random.chance(0.6))) sidecar(made, namespace)
}

/** A Service whose waypoint gateways are to use. */
function sendingIngress(made: Platform, { namespace, name }: App): void {
  const service = made.objects.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
  )
  const labels = { 'istio.io/use-waypoint': 'waypoint', 'istio.io/ingress-use-waypoint': 'true' }
  if (service !== undefined) add(made, labelled(service, labels))
}

/** Gateways at the edge of half of the worlds. */
function doorsOf(made: Platform, [to]: readonly App[]): readonly Door[] {
  const { random } = made
  if (to === undefined || random.chance(0.5)) return []
  const own = made.apps.find(({ namespace }) => namespace === made.namespaces[0]) ?? to
  return [...(random.chance(0.8) ? edge(made, to) : []), ...(random.chance(0.4) ? front(made, own) : [])]
}

type Asked = Pick<AccessWorld, 'objects' | 'remotes' | 'calls'>

/** The proxies that the calls come by: clients' own where they call as they do, gateways, entrances and destinations. */
function proxiesFor({ objects, remotes = {}, calls }: Asked): AccessWorld['proxies'] {
  const clusters = Object.entries({ default: objects, ...remotes })
  const entrances = clusters.flatMap(([cluster, own]) =>
    own.filter(({ metadata }) => metadata.name === 'istio-eastwestgateway-1').map((each) => refOf(cluster, each)),
  )
  const world = { objects, meshConfig: '', id: '', proxies: [] }
  const named = calls.flatMap((call) => {
    const { from, to, mtls } = call
    const client = mtls === 'auto' && from.kind === 'workload' ? [from.ref] : []
    const gateway = gatewayPodOf(world, call)
    return [...client, to.ref, ...(gateway === undefined ? [] : [refOf('default', gateway)])]
  })
  const all = new Map([...entrances, ...named].map((ref) => [refKey(ref), ref]))
  return [...all.values()].map(({ cluster, namespace = '', name }) => ({
    ...(cluster !== 'default' && { cluster }),
    namespace,
    name,
  }))
}

/** How clients call a Service, where a rule says so. */
function clientRule(made: Platform, { name, namespace, ports }: App): void {
  const { random } = made
  const tls = () => ({ tls: { mode: random.pick(['DISABLE', 'ISTIO_MUTUAL', 'SIMPLE']) } })
  const port = { number: random.any(ports)?.number ?? 80 }
  add(
    made,
    make('DestinationRule', `${name}-clients`, {
      namespace: random.chance(0.7) ? namespace : random.pick([...made.namespaces, 'istio-system']),
      spec: {
        host: random.chance(0.85) ? `${name}.${namespace}.svc.cluster.local` : `*.${namespace}.svc.cluster.local`,
        ...(random.chance(0.15) && { exportTo: ['.'] }),
        trafficPolicy: {
          ...(random.chance(0.6) && tls()),
          ...(random.chance(0.4) && { portLevelSettings: [{ port, ...tls() }] }),
        },
      },
    }),
  )
}

const good = 'service: api.shop.svc.cluster.local, port: 80'

/** Some that istiod can build, and some that it cannot: what is sent to those is denied. Of one name the last counts. */
const providers: readonly string[] = [
  `{ name: gate, envoyExtAuthzHttp: { ${good} } }`,
  `{ name: calls, envoyExtAuthzGrpc: { ${good} } }`,
  `{ name: twice, envoyExtAuthzHttp: { ${good} } }`,
  `{ name: twice, envoyExtAuthzGrpc: { ${good} } }`,
  `{ name: lost, envoyExtAuthzHttp: { service: nowhere.example.com, port: 80 } }`,
  `{ name: odd, envoyExtAuthzHttp: { ${good}, pathPrefix: odd } }`,
  `{ name: traces, zipkin: { ${good} } }`,
]

const settings = ({ random }: Platform): string =>
  [
    ...(random.chance(0.2) ? ['outboundTrafficPolicy: { mode: REGISTRY_ONLY }'] : []),
    `extensionProviders: [${providers.join(', ')}]`,
    ...(random.chance(0.1) ? ['enableAutoMtls: false'] : []),
    ...(random.chance(0.25)
      ? [`defaultConfig: { gatewayTopology: { numTrustedProxies: ${random.pick([1, 2])} } }`]
      : []),
    ...(random.chance(0.2) ? ['trustDomainAliases: [old.example.com]'] : []),
    ...(random.chance(0.2)
      ? [`pathNormalization: { normalization: ${random.pick(['NONE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'])} }`]
      : []),
  ].join('\n')
