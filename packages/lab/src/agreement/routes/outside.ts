import type { JsonRecord } from '@orbweaver/contracts/json'
import { make, makeKubernetesGateway } from '../draft.ts'
import { add, type Platform, podOf, running, sliceOf } from '../proxies/platform.ts'
import { words } from './matches.ts'
import { virtualService } from './rules.ts'

/** What lies outside, and the gateways at the edge. */

const outsideHosts = ['api.example.com', 'www.example.com', '*.example.com', 'ledger.internal'] satisfies [
  string,
  ...string[],
]

export function serviceEntry(made: Platform, namespace: string): void {
  const { random } = made
  const host = random.pick(outsideHosts)
  const resolution = host.startsWith('*') ? 'NONE' : random.pick(['DNS', 'STATIC', 'NONE'])
  const ports = [
    { number: 80, name: 'http', protocol: 'HTTP' },
    { number: 443, name: 'tls', protocol: random.pick(['TLS', 'HTTPS']) },
    { number: 9000, name: 'tcp', protocol: 'TCP' },
  ].filter(() => random.chance(0.7))
  add(
    made,
    make('ServiceEntry', `entry-${random.below(5)}`, {
      namespace,
      spec: {
        hosts: [host],
        location: random.pick(['MESH_EXTERNAL', 'MESH_INTERNAL']),
        resolution,
        ports: ports.length > 0 ? ports : [{ number: 80, name: 'http', protocol: 'HTTP' }],
        ...(resolution !== 'DNS' && random.chance(0.5) && { addresses: [random.pick(['192.0.2.10', '192.0.2.11'])] }),
        ...(resolution === 'STATIC' && endpointsOf(made)),
        ...(random.chance(0.1) && { exportTo: ['.'] }),
      },
    }),
  )
  if (random.chance(0.4))
    virtualService(made, { name: `out-${random.below(9)}`, namespace, hosts: [host], gateways: [] })
}

/**
 * Written down, or Pods and machines by their labels. Of other clusters only istiod itself selects Pods, and not the server
 * that stands for it in pilot/test/xds/fake.go.
 */
function endpointsOf({ random, spread }: Platform): JsonRecord {
  if (random.chance(0.5)) {
    return { endpoints: [{ address: '198.51.100.4' }, { address: '198.51.100.5', ports: { http: 8888 } }] }
  }
  const labels = random.pick<JsonRecord>([{ app: 'web' }, { app: 'vm' }, { version: 'v1' }])
  return { workloadSelector: { labels: spread ? { app: 'vm' } : labels } }
}

/** Machines that are no Pods. */
export function machine(made: Platform, namespace: string): void {
  const { random } = made
  const name = `vm-${random.below(3)}`
  add(
    made,
    make('WorkloadEntry', name, {
      namespace,
      spec: {
        address: `198.51.100.${made.nextAddress++}`,
        labels: { app: random.pick(['vm', 'web']), version: random.pick(['v1', 'v2']) },
        serviceAccount: 'vm',
        ...(random.chance(0.3) && { ports: { http: 8000 } }),
      },
    }),
  )
}

const edgePorts = [
  { number: 80, target: 8080, name: 'http2', protocol: 'http' },
  { number: 443, target: 8443, name: 'https', protocol: 'tls' },
  { number: 9000, target: 9000, name: 'tcp', protocol: 'tcp' },
] satisfies Parameters<typeof sliceOf>[0]['ports']

/** Istio's own gateway: Pod, Service and the Gateways and rules that it serves. */
export function edge(made: Platform): { namespace: string; name: string } {
  const { random, namespaces } = made
  const named = { name: 'istio-ingressgateway', namespace: 'istio-system', ports: edgePorts }
  const pod = podOf(made, { ...named, version: '1' })
  const labels = { istio: 'ingressgateway', app: 'istio-ingressgateway', 'security.istio.io/tlsMode': 'istio' }
  const gateway = {
    ...pod,
    metadata: { ...pod.metadata, labels },
    spec: {
      nodeName: 'node-a',
      serviceAccountName: 'istio-ingressgateway',
      containers: [{ name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0', args: ['proxy', 'router'] }],
    },
  }
  const ports = edgePorts.map((each) => ({
    name: each.name,
    port: each.number,
    targetPort: each.target,
    protocol: 'TCP',
  }))
  const selector = { istio: 'ingressgateway' }
  add(
    made,
    make('Service', named.name, {
      namespace: named.namespace,
      spec: { type: 'LoadBalancer', clusterIP: '10.96.1.1', selector, ports },
    }),
    gateway,
    sliceOf({ ...named, pods: [gateway] }),
  )
  for (const place of namespaces.filter(() => random.chance(0.8))) {
    const name = `edge-${place}`
    add(made, make('Gateway', name, { namespace: place, spec: { selector, servers: servers(made, place) } }))
    const host = random.pick(['shop.example.com', '*.example.com', 'pay.example.com', '*'])
    for (let each = 0; each < 1 + random.below(2); each++) {
      const gateways = [random.pick([name, `${place}/${name}`]), ...(random.chance(0.2) ? ['mesh'] : [])]
      virtualService(made, { name: `edge-${place}-${each}`, namespace: place, hosts: [host], gateways })
    }
  }
  return { namespace: named.namespace, name: gateway.metadata.name }
}

function servers({ random }: Platform, place: string): JsonRecord[] {
  const host = random.pick(['shop.example.com', '*.example.com', '*', `${place}.example.com`, `${place}/*.example.com`])
  const all: JsonRecord[] = [
    {
      port: { number: 80, name: 'http', protocol: 'HTTP' },
      hosts: [host],
      ...(random.chance(0.15) && { tls: { httpsRedirect: true } }),
    },
    {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      hosts: [random.pick(['shop.example.com', '*.example.com'])],
      tls: { mode: 'SIMPLE', credentialName: 'edge-cert' },
    },
    {
      port: { number: 443, name: 'tls', protocol: 'TLS' },
      hosts: ['pass.example.com'],
      tls: { mode: 'PASSTHROUGH' },
    },
    { port: { number: 9000, name: 'tcp', protocol: 'TCP' }, hosts: ['*'] },
  ]
  return all.filter((_, index) => index === 0 || random.chance(0.5))
}

/** A gateway of the Gateway API with its Pod, and routes to it and to Services. */
export function gatewayApi(made: Platform): { namespace: string; name: string } {
  const { random, namespaces } = made
  const [namespace] = namespaces
  const labels = {
    'gateway.networking.k8s.io/gateway-name': 'front',
    'gateway.istio.io/managed': 'istio.io-gateway-controller',
  }
  const listeners: JsonRecord[] = [
    {
      name: 'http',
      port: 80,
      protocol: 'HTTP',
      ...(random.chance(0.4) && { hostname: random.pick(['*.example.com', 'shop.example.com']) }),
      ...(random.chance(0.5) && { allowedRoutes: { namespaces: { from: random.pick(['All', 'Same']) } } }),
    },
  ]
  const pod = make('Pod', 'front-istio-1', {
    namespace,
    labels: { ...labels, 'security.istio.io/tlsMode': 'istio' },
    annotations: { 'sidecar.istio.io/status': '{}' },
    spec: {
      nodeName: 'node-b',
      serviceAccountName: 'front-istio',
      containers: [{ name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0', args: ['proxy', 'router'] }],
    },
    status: running(`10.244.0.${made.nextAddress++}`),
  })
  const ports = [{ number: 80, target: 80, name: 'http', protocol: 'http' }] satisfies Parameters<
    typeof sliceOf
  >[0]['ports']
  add(
    made,
    make('GatewayClass', 'istio', { spec: { controllerName: 'istio.io/gateway-controller' } }),
    makeKubernetesGateway('front', { namespace, spec: { gatewayClassName: 'istio', listeners } }),
    make('Service', 'front-istio', {
      namespace,
      labels,
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.96.1.2',
        selector: { 'gateway.networking.k8s.io/gateway-name': 'front' },
        ports: [{ name: 'http', port: 80, targetPort: 80, protocol: 'TCP' }],
      },
    }),
    pod,
    sliceOf({ name: 'front-istio', namespace, ports, pods: [pod] }),
  )
  for (let each = 0; each < 1 + random.below(3); each++) httpRoute(made, `route-${each}`)
  if (random.chance(0.4)) grpcRoute(made, 'calls')
  return { namespace, name: pod.metadata.name }
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
