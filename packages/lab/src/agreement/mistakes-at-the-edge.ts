import type { JsonRecord } from '@orbweaver/contracts/json'
import { annotated, change, make, placeIn } from './draft.ts'
import type { Mistake } from './mistakes-of-traffic.ts'
import type { Random } from './random.ts'

const labelsOf = (random: Random): JsonRecord =>
  random.pick<JsonRecord>([
    { app: 'vm' },
    { version: 'v1' },
    { app: 'vm', version: 'v9' },
    {},
    { 'topology.istio.io/cluster': 'east' },
    { 'topology.istio.io/network': 'n1', app: 'web' },
    { 'topology.kubernetes.io/region': 'eu' },
    { 'kubernetes.io/hostname': 'node-1' },
  ])

const entryOf = (random: Random): JsonRecord => {
  const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }]
  const endpoints = [{ address: '192.0.2.8', labels: labelsOf(random) }]
  const resolution = random.pick(['STATIC', 'DNS', 'NONE', 'DYNAMIC_DNS'])
  return {
    hosts: ['outside.example.com'],
    ports,
    resolution,
    location: 'MESH_INTERNAL',
    ...random.pick<JsonRecord>([
      {},
      { endpoints },
      { workloadSelector: { labels: { app: random.pick(['vm', 'web']) } } },
    ]),
  }
}

/** Where istioctl and Istio part, or nearly do. */
export const mistakesAtTheEdge: Readonly<Record<string, Mistake>> = {
  'subsets of endpoints of all kinds': (draft, random) => {
    const namespace = placeIn(draft, random)
    draft.objects.push(make('ServiceEntry', 'outside', { namespace, spec: entryOf(random) }))
    const host = random.pick(['outside.example.com', 'web', 'api'])
    const subsets = ['one', 'two'].map((name) => ({ name, labels: labelsOf(random) }))
    draft.objects.push(make('DestinationRule', 'outside', { namespace, spec: { host, subsets } }))
    if (random.chance(0.5)) {
      const labels = { 'topology.kubernetes.io/region': random.pick(['eu', 'us']) }
      draft.objects.push(make('Node', 'node-1', { labels }))
      change({ draft, random }, 'Pod', (pod) => ({
        ...pod,
        spec: { containers: [{ name: 'a', image: 'a' }], nodeName: 'node-1' },
      }))
    }
  },
  'credentials by URL': (draft, random) => {
    const credentialName = random.pick([
      'kubernetes-gateway://istio-system/shop-cert',
      'kubernetes://shop-cert',
      'configmap://shop/ca',
      'istio-system/shop-cert',
      'gone/shop-cert',
      'shop-cert',
    ])
    const server = {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      hosts: ['url.example.com'],
      tls: { mode: 'SIMPLE', credentialName },
    }
    const spec = { selector: { istio: 'ingressgateway' }, servers: [server] }
    draft.objects.push(make('Gateway', 'by-url', { namespace: placeIn(draft, random), spec }))
  },
  'routes by claims': (draft, random) => {
    const field = random.pick(['headers', 'withoutHeaders'])
    const header = random.pick(['@request.auth.claims.sub', '@request.auth.claims[sub]', '@request.auth.claims', 'x'])
    const spec = {
      hosts: ['claims.example.com'],
      gateways: [random.pick(['edge', 'shop/edge', 'mesh', 'gone'])],
      http: [
        {
          match: [{ [field]: { [header]: { exact: 'a' } } }],
          route: [{ destination: { host: 'web', port: { number: 80 } } }],
        },
      ],
    }
    draft.objects.push(
      make('VirtualService', 'claims', { namespace: random.pick(['shop', placeIn(draft, random)]), spec }),
    )
    if (random.chance(0.6)) {
      const selector = random.chance(0.5)
        ? { selector: { matchLabels: { istio: random.pick(['ingressgateway', 'x']) } } }
        : {}
      const rules = { jwtRules: [{ issuer: 'https://id.example.com', jwks: '{"keys":[]}' }] }
      const namespace = random.pick(['istio-system', 'istio-config', 'shop'])
      draft.objects.push(make('RequestAuthentication', 'claims', { namespace, spec: { ...selector, ...rules } }))
    }
  },
  'filters for certain versions': (draft, random) => {
    for (const name of ['pinned', 'plain'].slice(0, 1 + random.below(2))) {
      const proxy = random.chance(0.5) ? { proxy: { proxyVersion: '^1.3' } } : {}
      const patches = Array.from({ length: 1 + random.below(2) }, () => ({
        applyTo: 'HTTP_FILTER',
        match: { context: 'SIDECAR_INBOUND', ...proxy },
        patch: {
          operation: random.pick(['INSERT_BEFORE', 'MERGE', 'REMOVE']),
          value: { name: random.pick(['a', 'b']) },
        },
      }))
      draft.objects.push(
        make('EnvoyFilter', name, { namespace: placeIn(draft, random), spec: { configPatches: patches } }),
      )
    }
  },
  'services that not everybody sees': (draft, random) =>
    change({ draft, random }, 'Service', (each) =>
      annotated(each, { 'networking.istio.io/exportTo': random.pick(['.', '*', 'pay', 'pay, shop', '~', '']) }),
    ),
}
