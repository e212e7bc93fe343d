import type { RouteRequest } from '@orbweaver/contracts/explain'
import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { make, makeKubernetesGateway } from '../draft.ts'
import { ingressGateway } from '../proxies/gateways.ts'
import { add, type Platform, podOf, sliceOf } from '../proxies/platform.ts'
import { createRandom } from '../random.ts'

/** A world of one idea, written by hand: what is special about it, and what is asked of it. */
export type Handwritten = {
  readonly id: string
  readonly why: string
  readonly rules: readonly KubernetesObject[]
  readonly mesh?: string
  /** Whether the control plane has the ambient mode. */
  readonly ambient?: boolean
  /** Another cluster of the mesh. */
  readonly west?: readonly KubernetesObject[]
  /** What is otherwise with the applications and namespaces that every world has. */
  readonly altered?: (object: KubernetesObject) => KubernetesObject
  readonly requests?: readonly RouteRequest[]
  readonly calls?: readonly AccessCall[]
}

type Ports = Parameters<typeof sliceOf>[0]['ports']

const http = { number: 80, target: 8080, name: 'http', protocol: 'http' } as const
const tcp = { number: 9000, target: 9000, name: 'tcp-own', protocol: 'tcp' } as const
const tls = { number: 443, target: 8443, name: 'tls', protocol: 'tls' } as const
const sniffed = { number: 8000, target: 8000, name: 'metrics', protocol: 'unknown' } as const

type App = {
  readonly namespace: string
  readonly name: string
  readonly ports: Ports
  readonly versions: readonly string[]
  readonly headless?: boolean
}

const apps: readonly App[] = [
  { namespace: 'shop', name: 'web', ports: [http, sniffed], versions: ['v1'] },
  { namespace: 'shop', name: 'api', ports: [http, tcp, tls], versions: ['v1', 'v2'] },
  { namespace: 'shop', name: 'db', ports: [tcp], versions: ['v1', 'v2'], headless: true },
  { namespace: 'pay', name: 'api', ports: [http], versions: ['v1'] },
  { namespace: 'pay', name: 'web', ports: [http], versions: ['v1'] },
]

/** What every world has: two namespaces with applications of which each Pod has a sidecar, and a gateway. */
export function base(): readonly KubernetesObject[] {
  const made: Platform = {
    random: createRandom(1),
    objects: [],
    namespaces: ['shop', 'pay'],
    apps: [],
    spread: false,
    ambient: new Set(),
    networks: false,
    nextAddress: 1,
  }
  add(made, make('Namespace', 'istio-system'))
  for (const name of made.namespaces) add(made, make('Namespace', name, { labels: { 'istio-injection': 'enabled' } }))
  apps.forEach((app, index) => put(made, app, `10.96.0.${index + 1}`))
  ingressGateway(made, [
    { number: 80, target: 8080, name: 'http2', protocol: 'http' },
    { number: 443, target: 8443, name: 'https', protocol: 'tls' },
    { number: 9000, target: 9000, name: 'tcp', protocol: 'tcp' },
  ])
  return made.objects
}

function put(made: Platform, { namespace, name, ports, versions, headless = false }: App, address: string): void {
  const pods = versions.map((version) => podOf(made, { name, namespace, version, ports }))
  const service = make('Service', name, {
    namespace,
    labels: { app: name },
    spec: {
      clusterIP: headless ? 'None' : address,
      selector: { app: name },
      ports: ports.map((each) => ({ name: each.name, port: each.number, targetPort: each.target, protocol: 'TCP' })),
    },
  })
  add(made, service, ...pods, sliceOf({ name, namespace, ports, pods }))
}

/** An object as `namespace/name`. */
export function rule(kind: string, title: string, spec: JsonRecord): KubernetesObject {
  const [namespace = '', name = ''] = title.split('/')
  return make(kind, name, { namespace, spec })
}

export function kubernetesGateway(title: string, spec: JsonRecord): KubernetesObject {
  const [namespace = '', name = ''] = title.split('/')
  return makeKubernetesGateway(name, { namespace, spec })
}

/** A destination: a host, of which perhaps a subset and a port. */
export const to = (host: string, more: { subset?: string; port?: number } = {}): JsonRecord => ({
  destination: {
    host,
    ...(more.subset !== undefined && { subset: more.subset }),
    ...(more.port !== undefined && { port: { number: more.port } }),
  },
})

export const versions = ['v1', 'v2'].map((name) => ({ name, labels: { version: name } }))

const podRef = (title: string): ObjectRef => {
  const [namespace = '', name = ''] = title.split('/')
  return { cluster: 'default', group: '', version: 'v1', kind: 'Pod', namespace, name }
}

const usualPorts = { http: 80, https: 443, tls: 443, tcp: 9000 }

const protocols = ['http', 'https', 'tls', 'tcp'] as const

/** A request of a Pod, or of somebody outside at the gateway `edge`: `http://api:80/v1`. */
export function ask(
  from: string,
  url: string,
  more: Partial<Pick<RouteRequest, 'method' | 'headers'>> = {},
): RouteRequest {
  const [, scheme, host = '', port, path = '/'] = /^(\w+):\/\/([^:/]+)(?::(\d+))?(\/.*)?$/u.exec(url) ?? []
  const protocol = protocols.find((each) => each === scheme) ?? 'http'
  const source = { protocol, host, path, port: Number(port ?? usualPorts[protocol]) }
  return { ...source, from: sourceOf(from), method: 'GET', headers: {}, ...more }
}

const sourceOf = (from: string): RouteRequest['from'] =>
  from === 'edge'
    ? { kind: 'gateway', ref: podRef('istio-system/istio-ingressgateway-1') }
    : { kind: 'workload', ref: podRef(`${from}-v1`) }

/** A call of a workload as its proxy makes it, at a port of a Pod: `shop/api:8080`. */
export function call(from: string, target: string, more: Partial<AccessCall> = {}): AccessCall {
  const [title = '', port = ''] = target.split(':')
  return {
    from: { kind: 'workload', ref: podRef(`${from}-v1`) },
    to: { ref: podRef(`${title}-v1`), port: Number(port) },
    protocol: 'http',
    method: 'GET',
    path: '/',
    host: 'api.shop.svc.cluster.local',
    headers: {},
    claims: null,
    mtls: 'auto',
    ...more,
  }
}

/** A call from outside by Istio's own gateway. */
export const callBy = (gateway: string, port: number, more: Partial<AccessCall> = {}): AccessCall => ({
  ...call('shop/web', 'shop/api:8080'),
  from: { kind: 'identity', principal: '', ip: '203.0.113.5' },
  through: {
    ref: {
      cluster: 'default',
      group: 'networking.istio.io',
      version: 'v1',
      kind: 'Gateway',
      namespace: gateway.split('/')[0] ?? '',
      name: gateway.split('/')[1] ?? '',
    },
    port,
  },
  mtls: false,
  sni: '',
  ...more,
})
