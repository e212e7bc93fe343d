import type { JsonRecord } from '@orbweaver/contracts/json'
import { knownAnnotations } from '@orbweaver/istio/findings/metadata/generated/known-annotations'
import { annotated, change, make, placeIn } from './draft.ts'
import type { Mistake } from './mistakes-of-traffic.ts'
import type { Random } from './random.ts'

const values = [
  '',
  'true',
  'false',
  '1',
  '-1',
  '80,443',
  '*',
  '10.0.0.0/8',
  '100m',
  '1.5Gi',
  'Mi',
  'REDIRECT',
  'eth0,net1',
  'a b',
  'F',
  '65536',
] as const

const anyName = (random: Random): string => {
  const known = random.any([...knownAnnotations.keys()]) ?? 'istio.io/rev'
  return random.chance(0.8) ? known : random.pick([`${known}x`, `${known.slice(0, -1)}`, `x.${known}`])
}

const conditionTypes = [
  'Accepted',
  'Programmed',
  'ResolvedRefs',
  'istio.io/WaypointBound',
  'WaypointAccepted',
  'ZtunnelAccepted',
  'Ready',
] as const

export const image = (random: Random): string =>
  random.pick([
    'docker.io/istio/proxyv2:1.32.0',
    'docker.io/istio/proxyv2:1.32.0-',
    'docker.io/istio/proxyv2:1.32.0-distroless',
    'docker.io/istio/proxyv2:1.32.0-debug',
    'mirror.test/proxy:9',
    '/:',
    '',
  ])

const imageType = (random: Random): string => random.pick(['distroless', 'debug', 'default', ''])

const injectorValues = (random: Random): string =>
  random.pick([
    '{"global":{"hub":"docker.io/istio","tag":"1.32.0","proxy":{"image":"proxyv2"}}}',
    '{"global":{"hub":"docker.io/istio","tag":1.32,"proxy":{"image":"proxyv2"}}}',
    '{"global":{"hub":"docker.io/istio","tag":"1.32.0","proxy":{"image":"mirror.test/proxy:9"}}}',
    '{"global":null}',
    '{}',
    'none',
  ])

const proxyAddress = (random: Random): string =>
  random.pick([
    'zipkin.istio-system:9411',
    '$(HOST_IP):8126',
    '10.0.0.1:80',
    '[::1]:80',
    'a:0',
    'a b:80',
    'a',
    ':80',
    '',
  ])

const proxySettings = (random: Random): string =>
  random.pick([
    `concurrency: ${random.pick(['2', '"2"', '2.5', 'two', 'null', '-1', 'true', '[]'])}`,
    `drainDuration: ${random.pick(['45s', '1ms', '0s', '1.5s', '2m', '5', 'x'])}`,
    `{ serviceCluster: "", tracing_service_name: ${random.pick(['CANONICAL_NAME_ONLY', 'OTHER', '1'])} }`,
    'serviceCluster: ""',
    `discoveryAddress: "${proxyAddress(random)}"`,
    `statsdUdpAddress: "${proxyAddress(random)}"`,
    `tracing: { ${random.pick(['zipkin', 'datadog'])}: { address: "${proxyAddress(random)}" } }`,
    `tracing: { lightstep: { address: "${proxyAddress(random)}", accessToken: ${random.pick(['a', '""'])} } }`,
    `tracing: { tlsSettings: { mode: ${random.pick(['MUTUAL', 'SIMPLE', 'ODD'])} }, sampling: ${random.pick(['1', '"5.5"', 'x'])} }`,
    `envoyAccessLogService: { address: "${proxyAddress(random)}" }`,
    `statusPort: ${random.pick(['0', '15020', '65536'])}`,
    `proxyAdminPort: ${random.pick(['0', '15000'])}`,
    `controlPlaneAuthPolicy: ${random.pick(['NONE', 'INHERIT', '1', '2'])}`,
    `proxyMetadata: { A: ${random.pick(['b', '1', 'yes', '"1"', 'null'])} }`,
    `holdApplicationUntilProxyStarts: ${random.pick(['true', 'yes', '"true"'])}`,
    `privateKeyProvider: ${random.pick(['{}', '{ cryptomb: {} }', '{ cryptomb: { pollDelay: 1ms } }', '{ qat: { pollDelay: 0s } }'])}`,
    `connectionSettings: { httpMaxConcurrentStreams: ${random.pick(['0', '1'])}, httpIdleTimeout: ${random.pick(['-1s', '1s'])} }`,
    `connectionSettings: { http2InitialStreamWindowSize: ${random.pick(['65534', '65535'])}, profile: ${random.pick(['EDGE', 'X'])} }`,
    `extraStatTags: ${random.pick(['[a]', 'a', '[1]'])}`,
    `interceptionMode: ${random.pick(['TPROXY', 'tproxy'])}`,
    'unknown: { a: 1 }',
    '{',
    '-1',
    '',
    'null',
  ])

export const mistakesOfMetadata: Readonly<Record<string, Mistake>> = {
  'settings of a proxy': (draft, random) => {
    for (let each = 0; each < 2; each++)
      change({ draft, random }, 'Pod', (of) => annotated(of, { 'proxy.istio.io/config': proxySettings(random) }))
  },
  'annotations anywhere': (draft, random) => {
    for (let each = 0; each < 4; each++) {
      const kind = random.pick(['Namespace', 'Service', 'Pod', 'Deployment'])
      const value = random.pick(values)
      change({ draft, random }, kind, (of) => annotated(of, { [anyName(random)]: value }))
    }
  },
  'a percent of a delay': (draft, random) => {
    const delay: JsonRecord = { fixedDelay: '1s', percent: random.pick([0, 1, 100]) }
    if (random.chance(0.3)) delay['percentage'] = { value: 1 }
    const route = [{ destination: { host: 'web', port: { number: 80 } } }]
    const spec = { hosts: [random.pick(['web', 'delayed.example.com'])], http: [{ fault: { delay }, route }] }
    draft.objects.push(
      make('VirtualService', `delay-${draft.objects.length}`, { namespace: placeIn(draft, random), spec }),
    )
  },
  'conditions of any kind': (draft, random) => {
    const kind = random.pick([
      'Service',
      'ServiceEntry',
      'WorkloadEntry',
      'AuthorizationPolicy',
      'Gateway',
      'HTTPRoute',
      'PeerAuthentication',
    ])
    const conditions = Array.from({ length: 1 + random.below(2) }, () => ({
      type: random.pick(conditionTypes),
      ...(random.chance(0.8) ? { status: random.pick(['True', 'False', 'Unknown', '']) } : {}),
      reason: random.pick(['PartiallyInvalid', 'Invalid', 'Accepted']),
      message: 'm',
    }))
    const parents = [{ parentRef: { name: 'front' }, controllerName: 'istio.io/gateway-controller', conditions }]
    change({ draft, random }, kind, (each) => ({
      ...each,
      status: kind === 'HTTPRoute' ? { parents } : { conditions },
    }))
  },
  'images of proxies': (draft, random) => {
    for (let each = 0; each < 3; each++) {
      change({ draft, random }, 'Pod', (pod) => {
        const proxy = { name: 'istio-proxy', image: image(random) }
        const isNative = random.chance(0.3)
        const app = { name: 'app', image: 'app:1' }
        const spec = isNative ? { containers: [app], initContainers: [proxy] } : { containers: [app, proxy] }
        const chosen = random.chance(0.1) ? { 'sidecar.istio.io/proxyImage': random.pick(['own', '']) } : {}
        const typed = random.chance(0.2)
          ? { 'proxy.istio.io/config': `image: { imageType: "${imageType(random)}" }` }
          : {}
        return annotated({ ...pod, spec }, { ...chosen, ...typed })
      })
    }
  },
  'another injector': (draft, random) => {
    const name = random.pick(['istio-sidecar-injector', 'istio-sidecar-injector-canary'])
    const data = { values: injectorValues(random), config: 'policy: enabled' }
    draft.objects.push(make('ConfigMap', name, { namespace: 'istio-system', data }))
    change({ draft, random }, 'Namespace', (each) => ({
      ...each,
      metadata: { name: each.metadata.name, labels: { 'istio.io/rev': random.pick(['canary', 'default', '']) } },
    }))
  },
  'types of images': (draft, random) => {
    const namespace = random.chance(0.3) ? 'istio-system' : placeIn(draft, random)
    const selector = random.chance(0.4) ? { selector: { matchLabels: { app: random.pick(['web', 'api']) } } } : {}
    const spec = { ...selector, image: { imageType: imageType(random) } }
    draft.objects.push(make('ProxyConfig', random.pick(['default', 'images']), { namespace, spec }))
  },
  'definitions of any version': (draft, random) => {
    const plural = random.pick(['grpcroutes', 'tlsroutes', 'tcproutes', 'backendtlspolicies', 'httproutes', 'gateways'])
    const version = random.pick(['v1.0.0', '1.3', 'v1.4.9-rc.1', 'v1.5.0', 'v1.5.1-01', 'v2', 'v0.8.0', 'v1.5.0+a', ''])
    const annotations = { 'gateway.networking.k8s.io/bundle-version': version }
    const group = 'gateway.networking.k8s.io'
    const spec = { group, names: { kind: 'X', plural }, scope: 'Namespaced', versions: [] }
    draft.objects.push(make('CustomResourceDefinition', `${plural}.${group}`, { annotations, spec }))
  },
  'policies for Pods of a Gateway': (draft, random) => {
    const labels = { 'gateway.networking.k8s.io/gateway-name': 'front', app: random.pick(['front', 'web']) }
    const namespace = placeIn(draft, random)
    draft.objects.push(
      make('Pod', 'front-istio-2', {
        namespace,
        labels,
        spec: { containers: [{ name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.32.0' }] },
        status: { phase: 'Running' },
      }),
    )
    const kind = random.pick([
      'AuthorizationPolicy',
      'RequestAuthentication',
      'Telemetry',
      'WasmPlugin',
      'PeerAuthentication',
    ])
    const selector = random.pick<JsonRecord>([
      {},
      { matchLabels: { app: 'front' } },
      { matchLabels: { app: 'web' } },
      { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'front' } },
    ])
    const target = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'front' }
    const targets = random.pick<JsonRecord>([{}, {}, { targetRef: target }, { targetRefs: [target] }])
    const url = kind === 'WasmPlugin' ? { url: 'oci://registry.test/filter:1' } : {}
    draft.objects.push(make(kind, 'of-gateway', { namespace, spec: { selector, ...targets, ...url } }))
  },
}
