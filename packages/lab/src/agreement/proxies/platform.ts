import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { make } from '../draft.ts'
import type { Random } from '../random.ts'
import { canaryBinding, ingressLabel, waypointLabels } from './bindings.ts'

/** A cluster with applications whose Pods have proxies: what routes and policies are written over. */
export type Platform = {
  readonly random: Random
  readonly objects: KubernetesObject[]
  readonly namespaces: readonly [string, ...string[]]
  readonly apps: App[]
  /** Some of the applications run in another cluster too. */
  readonly spread: boolean
  /** Namespaces whose Pods have no proxies of their own; none where the mesh has no ambient mode. */
  readonly ambient: ReadonlySet<string>
  /** Whether the other cluster is on a network of its own. */
  readonly networks: boolean
  nextAddress: number
}

export type App = {
  readonly namespace: string
  readonly name: string
  readonly ports: readonly AppPort[]
  readonly versions: readonly string[]
  readonly headless: boolean
}

type AppPort = { readonly number: number; readonly target: number; readonly name: string; readonly protocol: Protocol }
type Protocol = 'http' | 'grpc' | 'tcp' | 'tls' | 'unknown'

/** Objects of one cluster are made minutes apart, so that which is older is never left to their names. */
let minute = 0
const created = (): string => new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString().replace('.000', '')

function born(object: KubernetesObject, at = created()): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, creationTimestamp: at } }
}

export const add = ({ objects }: Platform, ...more: readonly KubernetesObject[]): void => {
  objects.push(...more.map((each) => born(each)))
}

export function platform(random: Random): Platform {
  minute = 0
  const namespaces: [string, ...string[]] = ['shop', ...['pay', 'team-a'].slice(0, 1 + random.below(2))]
  const spread = random.chance(0.35)
  const isAmbient = random.chance(0.45)
  const ambient = new Set(namespaces.filter((_, index) => isAmbient && (index === 0 || random.chance(0.6))))
  const networks = spread && random.chance(0.6)
  const made: Platform = { random, objects: [], namespaces, apps: [], spread, ambient, networks, nextAddress: 1 }
  for (const zone of ['a', 'b', 'c']) {
    const labels = {
      'topology.kubernetes.io/region': zone === 'c' ? 'south' : 'north',
      'topology.kubernetes.io/zone': `zone-${zone}`,
    }
    add(made, make('Node', `node-${zone}`, { labels }))
  }
  add(made, make('Namespace', 'istio-system'))
  for (const place of namespaces) {
    const mode = ambient.has(place) ? { 'istio.io/dataplane-mode': 'ambient' } : { 'istio-injection': 'enabled' }
    const binding = isAmbient && random.chance(0.65) ? bindingOf(made) : unbound
    const labels = { team: place, ...mode, ...binding.labels }
    add(made, make('Namespace', place, { labels, annotations: binding.annotations }))
    for (const name of ['web', 'api', 'db'].slice(0, 2 + random.below(2))) application(made, name, place)
  }
  return made
}

type Binding = { readonly labels: Record<string, string>; readonly annotations: Record<string, string> }

const unbound: Binding = { labels: {}, annotations: {} }

/** What a namespace or a Service says of waypoints. */
function bindingOf({ random, namespaces }: Platform): Binding {
  const { labels, annotations } = random.chance(0.3) ? canaryBinding(random, namespaces) : unbound
  return { labels: { ...waypointLabels(random, namespaces), ...ingressLabel(random), ...labels }, annotations }
}

const protocols: Readonly<Record<string, Protocol>> = {
  http: 'http',
  'http-alt': 'http',
  http2: 'http',
  grpc: 'grpc',
  tcp: 'tcp',
  tls: 'tls',
  https: 'tls',
  'tcp-more': 'tcp',
  metrics: 'unknown',
  'metrics-more': 'unknown',
}

function portsOf(random: Random, name: string): AppPort[] {
  const first: [number, number, string] =
    name === 'db' ? [3306, 3306, 'tcp'] : [80, 8080, random.pick(['http', 'http', 'http2', 'metrics'])]
  const more: [number, number, string][] = [
    [8081, 8081, 'http-alt'],
    [9090, 9090, 'grpc'],
    [443, 8443, random.pick(['tls', 'https'])],
    [9000, 9000, 'tcp-more'],
    [8000, 8000, 'metrics-more'],
  ]
  return [first, ...more.filter(() => random.chance(0.3))].map(([number, target, port]) => ({
    number,
    target,
    name: port,
    protocol: protocols[port] ?? 'unknown',
  }))
}

const address = (made: Platform, base: string): string => `${base}.${made.nextAddress++}`

function application(made: Platform, name: string, namespace: string): void {
  const { random } = made
  const ports = portsOf(random, name)
  const versions = ['v1', 'v2', 'v3'].slice(0, 1 + random.below(3))
  const headless = versions.length > 1 && random.chance(0.2) // who asks one finds another Pod than its own
  made.apps.push({ namespace, name, ports, versions, headless })
  const binding = made.ambient.size > 0 && random.chance(0.3) ? bindingOf(made) : unbound
  const exported = random.chance(0.08) ? { 'networking.istio.io/exportTo': random.pick(['.', '*', 'shop']) } : {}
  add(
    made,
    make('ServiceAccount', name, { namespace }),
    make('Service', name, {
      namespace,
      labels: { app: name, ...binding.labels },
      annotations: { ...binding.annotations, ...exported },
      spec: {
        clusterIP: headless ? 'None' : address(made, '10.96.0'),
        selector: { app: name },
        ports: ports.map((each) => ({ name: each.name, port: each.number, targetPort: each.target, protocol: 'TCP' })),
      },
    }),
  )
  const pods = versions.map((version) => podOf(made, { name, namespace, version, ports }))
  add(made, ...pods, sliceOf({ name, namespace, ports, pods }))
}

/** Another cluster of the mesh, with some of the applications, whose Services have addresses of their own there. */
export function remoteCluster(made: Platform): readonly KubernetesObject[] {
  const far: Platform = { ...made, objects: [], nextAddress: 150, ambient: new Set<string>() }
  const { random } = made
  add(far, make('Namespace', 'istio-system'), ...made.namespaces.map((name) => make('Namespace', name)))
  for (const { name, namespace, ports, headless } of made.apps) {
    if (random.chance(0.5)) continue
    const near = made.objects.find(
      ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
    )
    add(
      far,
      make('Service', name, {
        namespace,
        // As in the other cluster: of one host istiod takes what the first of its registries says.
        annotations: { ...near?.metadata.annotations },
        spec: {
          clusterIP: headless ? 'None' : address(far, '10.97.0'),
          selector: { app: name },
          ports: ports.map((each) => ({
            name: each.name,
            port: each.number,
            targetPort: each.target,
            protocol: 'TCP',
          })),
        },
      }),
    )
    const pods = ['v1', 'v2'].slice(random.below(2)).map((version) => podOf(far, { name, namespace, version, ports }))
    add(far, ...pods, sliceOf({ name, namespace, ports, pods }))
  }
  return unique(far)
}

type Running = {
  readonly name: string
  readonly namespace: string
  readonly version: string
  readonly ports: readonly AppPort[]
}

export function podOf(made: Platform, { name, namespace, version, ports }: Running): KubernetesObject {
  const ip = address(made, '10.244.0')
  const { random } = made
  const app = {
    name: 'app',
    image: `registry.test/${name}:1`,
    ports: ports.map(({ target }) => ({ containerPort: target })),
  }
  const sidecar = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0', args: ['proxy', 'sidecar'] }
  const isAmbient = made.ambient.has(namespace)
  const own = isAmbient && random.chance(0.2) ? waypointLabels(random, made.namespaces) : {}
  return make('Pod', `${name}-${version}`, {
    namespace,
    labels: { app: name, version, ...(isAmbient ? own : { 'security.istio.io/tlsMode': 'istio' }) },
    annotations: isAmbient ? { 'ambient.istio.io/redirection': 'enabled' } : { 'sidecar.istio.io/status': '{}' },
    spec: {
      nodeName: random.pick(['node-a', 'node-b', 'node-c']),
      serviceAccountName: name,
      containers: isAmbient ? [app] : [app, sidecar],
    },
    status: running(ip),
  })
}

export const running = (ip: string): JsonRecord => ({
  phase: 'Running',
  podIP: ip,
  podIPs: [{ ip }],
  conditions: [{ type: 'Ready', status: 'True' }],
})

type Slice = Omit<Running, 'version'> & { readonly pods: readonly KubernetesObject[] }

export function sliceOf({ name, namespace, ports, pods }: Slice): KubernetesObject {
  const endpoints = pods.flatMap((pod) => {
    const ip = textAt(pod, 'status', 'podIP')
    if (ip === undefined) return []
    return {
      addresses: [ip],
      conditions: { ready: true },
      nodeName: textAt(pod, 'spec', 'nodeName'),
      targetRef: { kind: 'Pod', name: pod.metadata.name, namespace },
    }
  })
  return make('EndpointSlice', `${name}-1`, {
    namespace,
    labels: { 'kubernetes.io/service-name': name },
    addressType: 'IPv4',
    ports: ports.map((each) => ({ name: each.name, port: each.target, protocol: 'TCP' })),
    endpoints,
  })
}

/** Of objects of one name the last, as in a cluster. */
export function unique({ objects }: Pick<Platform, 'objects'>): readonly KubernetesObject[] {
  const found = new Map(
    objects.map((each) => [
      `${each.apiVersion} ${each.kind} ${each.metadata.namespace ?? ''}/${each.metadata.name}`,
      each,
    ]),
  )
  return [...found.values()]
}
