import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Draft, make, makeKubernetesGateway } from './draft.ts'
import type { Random } from './random.ts'

/** Worlds in which hardly anything is wrong: what mistakes are planted in. */
export function sensibleWorld(random: Random): Draft {
  const draft: Draft = { objects: [], remotes: {}, meshConfig: '' }
  draft.objects.push(make('Namespace', 'istio-system', { labels: { 'istio-injection': 'disabled' } }))
  draft.objects.push(...injector())
  const places = ['shop', 'pay', 'team-a'].slice(0, 1 + random.below(3))
  for (const place of places) {
    draft.objects.push(make('Namespace', place, { labels: { 'istio-injection': 'enabled' } }))
    for (const name of ['web', 'api', 'db'].slice(0, 1 + random.below(3))) {
      draft.objects.push(...application(random, name, place))
      if (random.chance(0.5)) draft.objects.push(...rules(random, name, place))
    }
    if (random.chance(0.5)) draft.objects.push(...outside(place))
    if (random.chance(0.6)) draft.objects.push(...policies(random, place))
  }
  if (random.chance(0.6)) draft.objects.push(...entrance(places[0] ?? 'shop'))
  if (random.chance(0.4)) draft.objects.push(...gatewayApi(places[0] ?? 'shop'))
  if (random.chance(0.3)) draft.meshConfig = settings(random)
  return draft
}

const settings = (random: Random): string =>
  [
    `rootNamespace: ${random.pick(['istio-system', 'istio-config'])}`,
    `outboundTrafficPolicy: { mode: ${random.pick(['ALLOW_ANY', 'REGISTRY_ONLY'])} }`,
    'extensionProviders: [{ name: zipkin, zipkin: { service: zipkin.istio-system.svc.cluster.local, port: 9411 } }]',
  ].join('\n')

const proxyImage = 'docker.io/istio/proxyv2:1.32.0'

const injector = (): KubernetesObject[] => [
  make('Service', 'istiod', {
    namespace: 'istio-system',
    labels: { app: 'istiod' },
    spec: { selector: { app: 'istiod' }, ports: [{ name: 'https-webhook', port: 443, targetPort: 15017 }] },
  }),
  make('ConfigMap', 'istio-sidecar-injector', {
    namespace: 'istio-system',
    data: {
      values: JSON.stringify({
        global: { hub: 'docker.io/istio', tag: '1.32.0', proxy: { image: 'proxyv2' } },
        sidecarInjectorWebhook: { enableNamespacesByDefault: false },
      }),
      config: 'policy: enabled',
    },
  }),
  make('MutatingWebhookConfiguration', 'istio-sidecar-injector', {
    labels: { app: 'sidecar-injector', 'istio.io/rev': 'default' },
    webhooks: [
      {
        name: 'namespace.sidecar-injector.istio.io',
        clientConfig: { service: { name: 'istiod', namespace: 'istio-system', path: '/inject', port: 443 } },
        namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } },
        objectSelector: {
          matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }],
        },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  }),
]

const proxy = { name: 'istio-proxy', image: proxyImage, args: ['proxy', 'sidecar'] }

function application(random: Random, name: string, namespace: string): KubernetesObject[] {
  const labels = { app: name, version: 'v1' }
  const container = { name: 'app', image: `registry.test/${name}:1`, ports: [{ containerPort: 8080 }] }
  const ports: Json[] = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }]
  if (random.chance(0.2)) ports.push({ name: 'grpc-api', port: 9090, targetPort: 9090, protocol: 'TCP' })
  const template = { metadata: { labels }, spec: { containers: [container] } }
  return [
    make('Service', name, { namespace, labels: { app: name }, spec: { selector: { app: name }, ports } }),
    make('Deployment', name, { namespace, labels, spec: { selector: { matchLabels: labels }, template } }),
    ...['v1', 'v2'].slice(0, 1 + random.below(2)).map((version) =>
      make('Pod', `${name}-${version}`, {
        namespace,
        labels: { app: name, version },
        annotations: { 'sidecar.istio.io/status': '{}' },
        spec: { containers: [container, proxy] },
        status: { phase: 'Running' },
      }),
    ),
  ]
}

function rules(random: Random, name: string, namespace: string): KubernetesObject[] {
  const host = random.pick([name, `${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`])
  const destination = { host, subset: 'v1', port: { number: 80 } }
  return [
    make('DestinationRule', name, {
      namespace,
      spec: {
        host: random.pick([name, `${name}.${namespace}.svc.cluster.local`]),
        subsets: [{ name: 'v1', labels: { version: 'v1' } }],
        ...(random.chance(0.3) ? { trafficPolicy: { loadBalancer: { simple: 'LEAST_REQUEST' } } } : {}),
      },
    }),
    make('VirtualService', name, {
      namespace,
      spec: {
        hosts: [host],
        http: [
          { match: [{ uri: { prefix: '/v1' } }], route: [{ destination }] },
          { route: [{ destination }], ...(random.chance(0.3) ? { timeout: '5s', retries: { attempts: 2 } } : {}) },
        ],
      },
    }),
  ]
}

const outside = (namespace: string): KubernetesObject[] => [
  make('ServiceEntry', 'ledger', {
    namespace,
    spec: {
      hosts: [`ledger.${namespace}.example.com`],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 443, name: 'https', protocol: 'HTTPS' }],
    },
  }),
  make('WorkloadEntry', 'vm-1', { namespace, spec: { address: '192.0.2.7', labels: { app: 'vm' } } }),
  make('WorkloadGroup', 'vm', {
    namespace,
    spec: { metadata: { labels: { app: 'vm' } }, template: { serviceAccount: 'vm' } },
  }),
]

function policies(random: Random, namespace: string): KubernetesObject[] {
  const selector = { matchLabels: { app: 'web' } }
  const all = [
    make('PeerAuthentication', 'default', { namespace, spec: { mtls: { mode: 'STRICT' } } }),
    make('RequestAuthentication', 'jwt', {
      namespace,
      spec: { selector, jwtRules: [{ issuer: 'https://id.example.com', jwks: '{"keys":[]}' }] },
    }),
    make('AuthorizationPolicy', 'callers', {
      namespace,
      spec: { selector, rules: [{ from: [{ source: { namespaces: [namespace] } }] }] },
    }),
    make('Telemetry', 'default', { namespace, spec: { tracing: [{ providers: [{ name: 'zipkin' }] }] } }),
    make('Sidecar', 'default', { namespace, spec: { egress: [{ hosts: ['./*', 'istio-system/*'] }] } }),
    make('ProxyConfig', 'default', { namespace, spec: { concurrency: 2 } }),
    make('WasmPlugin', 'filter', { namespace, spec: { selector, url: 'oci://registry.test/filter:1' } }),
    make('EnvoyFilter', 'limits', {
      namespace,
      spec: {
        priority: 10,
        workloadSelector: { labels: { app: 'web' } },
        configPatches: [
          {
            applyTo: 'HTTP_FILTER',
            match: { context: 'SIDECAR_INBOUND' },
            patch: { operation: 'INSERT_FIRST', value: { name: 'envoy.filters.http.lua' } },
          },
        ],
      },
    }),
  ]
  return all.filter(() => random.chance(0.5))
}

const entrance = (namespace: string): KubernetesObject[] => [
  make('Gateway', 'edge', {
    namespace,
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [
        { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example.com'] },
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts: ['shop.example.com'],
          tls: { mode: 'SIMPLE', credentialName: 'shop-cert' },
        },
      ],
    },
  }),
  make('Secret', 'shop-cert', {
    namespace: 'istio-system',
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': 'bm8=', 'tls.key': 'bm8=' },
  }),
  make('VirtualService', 'edge', {
    namespace,
    spec: {
      hosts: ['shop.example.com'],
      gateways: ['edge'],
      http: [{ route: [{ destination: { host: 'web', port: { number: 80 } } }] }],
    },
  }),
]

const gatewayApi = (namespace: string): KubernetesObject[] => [
  makeKubernetesGateway('front', {
    namespace,
    spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    status: { conditions: [{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '' }] },
  }),
  make('HTTPRoute', 'front', {
    namespace,
    spec: { parentRefs: [{ name: 'front' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  }),
  make('Pod', 'front-istio-1', {
    namespace,
    labels: { 'gateway.networking.k8s.io/gateway-name': 'front', app: 'front' },
    annotations: { 'sidecar.istio.io/status': '{}' },
    spec: { containers: [proxy] },
    status: { phase: 'Running' },
  }),
]
