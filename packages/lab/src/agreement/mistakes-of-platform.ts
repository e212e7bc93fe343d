import type { JsonRecord } from '@orbweaver/contracts/json'
import { annotated, change, drop, labelled, make, placeIn, respecced, specOf } from './draft.ts'
import type { Mistake } from './mistakes-of-traffic.ts'
import type { Random } from './random.ts'

const selectorOf = (random: Random) =>
  random.chance(0.7) ? { selector: { matchLabels: { app: random.pick(['web', 'gone', 'front', 'api']) } } } : {}

const annotationsOf = (random: Random): Record<string, string> => {
  const [name, value] = random.pick<readonly [string, string]>([
    ['sidecar.istio.io/inject', 'true'],
    ['sidecar.istio.io/interceptionMode', random.pick(['TPROXY', 'NONE', 'BOGUS'])],
    ['sidecar.istio.io/proxyCPU', random.pick(['100m', 'lots'])],
    ['sidecar.istio.io/proxyMemory', random.pick(['64Mi', '-', '1e3'])],
    ['traffic.sidecar.istio.io/includeInboundPorts', random.pick(['*', '80,81', 'http', '70000'])],
    ['traffic.sidecar.istio.io/excludeOutboundIPRanges', random.pick(['10.0.0.0/8', '10.0.0.1', 'x'])],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges', random.pick(['*', '10.0.0.0/8,2001:db8::/32', '10/8'])],
    ['traffic.sidecar.istio.io/kubevirtInterfaces', random.pick(['net1', ''])],
    ['status.sidecar.istio.io/port', random.pick(['15021', '0', 'x'])],
    ['readiness.status.sidecar.istio.io/periodSeconds', random.pick(['2', '-2'])],
    ['prometheus.istio.io/merge-metrics', random.pick(['true', 'yes', 'F'])],
    ['proxy.istio.io/config', random.pick(['concurrency: 2', 'concurrency: two', '{}', 'drainDuration: 1ms', 'a: b'])],
    ['networking.istio.io/exportTo', '.'],
    ['networking.istio.io/whatever', 'x'],
    ['istio.io/rev', 'default'],
    ['kubernetes.io/ingress.class', 'istio'],
    ['example.com/note', 'x'],
    ['galley.istio.io/analyze-suppress', random.pick(['*', 'IST0103', 'IST0101,IST0118'])],
    ['install.operator.istio.io/owner-generation', '1'],
    ['ambient.istio.io/redirection', 'enabled'],
  ])
  return { [name]: value }
}

type Defined = { group: string; kind: string; plural: string }

const crd = ({ group, kind, plural }: Defined, annotations: Record<string, string> = {}) =>
  make('CustomResourceDefinition', `${plural}.${group}`, {
    annotations,
    spec: { group, names: { kind, plural }, scope: 'Namespaced', versions: [] },
  })

export const mistakesOfPlatform: Readonly<Record<string, Mistake>> = {
  'labels of injection': (draft, random) =>
    change({ draft, random }, 'Namespace', (each) => {
      const labels = random.pick<Record<string, string>>([
        {},
        { 'istio-injection': 'disabled' },
        { 'istio-injection': 'enabled', 'istio.io/rev': 'default' },
        { 'istio.io/rev': 'canary' },
        { 'istio.io/dataplane-mode': 'ambient' },
      ])
      return { ...each, metadata: { name: each.metadata.name, labels } }
    }),
  'a pod without a proxy': (draft, random) =>
    change({ draft, random }, 'Pod', (each) => respecced(each, { containers: [{ name: 'app', image: 'app:1' }] })),
  'a pod with another proxy': (draft, random) =>
    change({ draft, random }, 'Pod', (each) =>
      respecced(each, { containers: [{ name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.20.0' }] }),
    ),
  'a pod that opts out': (draft, random) =>
    change({ draft, random }, 'Pod', (each) => ({
      ...labelled(each, { 'sidecar.istio.io/inject': random.pick(['false', 'true']) }),
      spec: { containers: [{ name: 'app', image: 'auto' }] },
    })),
  'a workload as the proxy’s user': (draft, random) => {
    const securityContext = { runAsUser: random.pick([1337, 1000]) }
    const template = {
      metadata: { labels: { app: 'web' } },
      spec: { securityContext, containers: [{ name: 'a', image: random.pick(['auto', 'a']) }] },
    }
    const spec = { selector: { matchLabels: { app: 'web' } }, template }
    draft.objects.push(make('Deployment', 'proxy-user', { namespace: placeIn(draft, random), spec }))
  },
  'services that share a port': (draft, random) => {
    const ports = [
      { name: 'tcp-db', port: random.pick([80, 8081]), targetPort: 8080, protocol: random.pick(['TCP', 'UDP']) },
    ]
    const spec = { selector: { app: random.pick(['web', 'api']) }, ports }
    draft.objects.push(make('Service', 'shared', { namespace: placeIn(draft, random), spec }))
  },
  'any annotation': (draft, random) => {
    const kind = random.pick(['Namespace', 'Service', 'Pod', 'Deployment', 'VirtualService'])
    change({ draft, random }, kind, (each) => annotated(each, annotationsOf(random)))
  },
  'one more annotation': (draft, random) => {
    const kind = random.pick(['Service', 'Pod', 'Deployment'])
    change({ draft, random }, kind, (each) => annotated(each, { ...annotationsOf(random), ...annotationsOf(random) }))
  },
  'a policy for any workload': (draft, random) => {
    const namespace = random.chance(0.2) ? 'istio-system' : placeIn(draft, random)
    const kind = random.pick([
      'AuthorizationPolicy',
      'RequestAuthentication',
      'PeerAuthentication',
      'Telemetry',
      'WasmPlugin',
    ])
    const url = kind === 'WasmPlugin' ? { url: 'oci://registry.test/filter:1' } : {}
    draft.objects.push(
      make(kind, `any-${draft.objects.length}`, { namespace, spec: { ...selectorOf(random), ...url } }),
    )
  },
  'a policy about unknown namespaces': (draft, random) => {
    const namespaces = [random.pick(['gone', 'shop', '*', 'team-*'])]
    const spec = { action: random.pick(['ALLOW', 'DENY', 'AUDIT']), rules: [{ from: [{ source: { namespaces } }] }] }
    draft.objects.push(make('AuthorizationPolicy', 'namespaces', { namespace: placeIn(draft, random), spec }))
  },
  'keys from anywhere': (draft, random) => {
    const spec = { jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }] }
    draft.objects.push(make('RequestAuthentication', 'keys', { namespace: placeIn(draft, random), spec }))
  },
  'telemetries that overlap': (draft, random) => {
    const namespace = placeIn(draft, random)
    for (const name of ['signals-1', 'signals-2']) {
      const tracing = [{ providers: [{ name: random.pick(['zipkin', 'gone', '']) }] }]
      draft.objects.push(make('Telemetry', name, { namespace, spec: { ...selectorOf(random), tracing } }))
    }
  },
  'a webhook that overlaps': (draft, random) => {
    const namespaceSelector = random.pick<JsonRecord>([
      { matchLabels: { 'istio-injection': 'enabled' } },
      { matchLabels: { 'istio.io/rev': 'canary' } },
      { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: ['canary'] }] },
      { matchExpressions: [{ key: 'istio-injection', operator: 'DoesNotExist' }] },
    ])
    const name = random.pick(['istiod', 'istiod-canary'])
    draft.objects.push(
      make('MutatingWebhookConfiguration', 'istio-sidecar-injector-canary', {
        labels: random.chance(0.5) ? { 'istio.io/rev': 'canary' } : {},
        webhooks: [
          {
            name: random.pick(['rev.sidecar-injector.istio.io', 'rev.other']),
            clientConfig: { service: { name, namespace: 'istio-system' } },
            ...(random.chance(0.8) ? { namespaceSelector } : {}),
          },
        ],
      }),
    )
  },
  'webhooks that call an address': (draft, random) => {
    const url = random.pick([
      'https://istiod.example.com:15017/inject',
      'https://192.0.2.1:15017/inject',
      'https://[::1]/x',
      'http://a b',
      '%zz',
      '',
    ])
    const clientConfig = random.chance(0.8) ? { url } : {}
    const [kind, name] = random.pick<readonly [string, string]>([
      ['ValidatingWebhookConfiguration', 'istio-validator-istio-system'],
      ['ValidatingWebhookConfiguration', 'istiod-default-validator'],
      ['ValidatingWebhookConfiguration', 'other'],
      ['MutatingWebhookConfiguration', 'istio-sidecar-injector-remote'],
      ['MutatingWebhookConfiguration', 'other'],
    ])
    draft.objects.push(make(kind, name, { webhooks: [{ name: 'hook.istio.io', clientConfig }] }))
  },
  'kinds of old': (draft, random) => {
    const bundle = random.pick(['v1.0.0', 'v1.4.0', 'v1.5.1', 'v1.6.0-rc.1', 'v0.8.0', 'x'])
    const annotations: Record<string, string> = random.chance(0.8)
      ? { 'gateway.networking.k8s.io/bundle-version': bundle }
      : {}
    const gateway = 'gateway.networking.k8s.io'
    const made = random.pick([
      crd({ group: 'rbac.istio.io', kind: 'ServiceRole', plural: 'serviceroles' }),
      crd({ group: 'rbac.istio.io', kind: 'Other', plural: 'others' }),
      crd({ group: gateway, kind: 'GRPCRoute', plural: 'grpcroutes' }, annotations),
      crd({ group: gateway, kind: 'TLSRoute', plural: 'tlsroutes' }, annotations),
      crd({ group: gateway, kind: 'TCPRoute', plural: 'tcproutes' }, annotations),
      crd({ group: gateway, kind: 'HTTPRoute', plural: 'httproutes' }, annotations),
    ])
    draft.objects.push(made)
  },
  'a bad condition': (draft, random) => {
    const type = random.pick([
      'Accepted',
      'Programmed',
      'ResolvedRefs',
      'istio.io/WaypointBound',
      'WaypointAccepted',
      'ZtunnelAccepted',
      'Ready',
    ])
    const condition = {
      type,
      status: random.pick(['True', 'False', 'Unknown']),
      reason: random.pick(['PartiallyInvalid', 'Invalid']),
      message: 'm',
    }
    const kind = random.pick([
      'Service',
      'ServiceEntry',
      'WorkloadEntry',
      'AuthorizationPolicy',
      'Gateway',
      'HTTPRoute',
      'VirtualService',
    ])
    change({ draft, random }, kind, (each) => {
      const parents = [
        { parentRef: { name: 'front' }, controllerName: 'istio.io/gateway-controller', conditions: [condition] },
      ]
      return { ...each, status: kind === 'HTTPRoute' ? { parents } : { conditions: [condition] } }
    })
  },
  'a service that is not the same elsewhere': (draft, random) => {
    const ports = [{ name: random.pick(['http', 'grpc']), port: 80, targetPort: 8080, protocol: 'TCP' }]
    const clusterIP = random.chance(0.3) ? { clusterIP: 'None' } : {}
    const type = random.chance(0.3) ? { type: 'NodePort' } : {}
    const spec = { selector: { app: 'web' }, ports, ...clusterIP, ...type }
    draft.remotes = { east: [make('Service', 'web', { namespace: 'shop', spec })] }
  },
  'no injector': (draft, random) => drop(draft, random, random.pick(['MutatingWebhookConfiguration', 'ConfigMap'])),
  'a namespace is gone': (draft, random) => drop(draft, random, 'Namespace'),
  'something in a namespace of Kubernetes': (draft, random) => {
    const ports = [{ name: 'odd', port: 53 }]
    draft.objects.push(
      make('Service', 'dns', { namespace: random.pick(['kube-system', 'kube-public']), spec: { ports } }),
    )
    change({ draft, random }, 'VirtualService', (each) => ({
      ...each,
      spec: { ...specOf(each), hosts: ['dns.kube-system.svc.cluster.local'] },
    }))
  },
}
