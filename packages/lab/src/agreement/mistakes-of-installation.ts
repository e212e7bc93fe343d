import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { make, ofKind, placeIn, replace, respecced, specOf } from './draft.ts'
import { image } from './mistakes-of-metadata.ts'
import type { Mistake } from './mistakes-of-traffic.ts'
import type { Random } from './random.ts'

const requirement = (random: Random): JsonRecord => {
  const key = random.pick(['istio.io/rev', 'istio-injection', 'sidecar.istio.io/inject', 'kubernetes.io/metadata.name'])
  const operator = random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Odd'])
  const hasValues = random.chance(0.05) ? random.chance(0.5) : operator === 'In' || operator === 'NotIn'
  const one = random.pick(['enabled', 'disabled', 'true', 'false', 'canary', 'default'])
  return { key, operator, ...(hasValues ? { values: random.chance(0.3) ? [one, 'v9'] : [one] } : {}) }
}

const selector = (random: Random): JsonRecord =>
  random.pick<JsonRecord>([
    {},
    { matchLabels: { 'istio-injection': random.pick(['enabled', 'disabled']) } },
    { matchLabels: { 'istio.io/rev': random.pick(['canary', 'default']) } },
    { matchLabels: { 'sidecar.istio.io/inject': random.pick(['true', 'false']) } },
    { matchExpressions: [requirement(random)] },
    { matchExpressions: [requirement(random), requirement(random)] },
  ])

const webhook = (random: Random): JsonRecord => {
  const service = {
    name: random.pick(['istiod', 'istiod-canary', 'web']),
    namespace: random.pick(['istio-system', 'shop']),
  }
  const url = random.pick([
    'https://192.0.2.1/inject',
    'https://[2001:db8::1]:1/x',
    'https://[fe80::1%25eth0]/',
    'https://istiod.example.com/x',
    'https://a:b/',
    '%zz',
    '',
    '10.0.0.1',
  ])
  return {
    name: random.pick([
      'rev.namespace.sidecar-injector.istio.io',
      'object.sidecar-injector.istio.io',
      'other.example.com',
    ]),
    clientConfig: random.pick<JsonRecord>([{ service }, { service }, { url }, {}]),
    ...(random.chance(0.8) ? { namespaceSelector: selector(random) } : {}),
    ...(random.chance(0.5) ? { objectSelector: selector(random) } : {}),
  }
}

const servicePort = (random: Random): JsonRecord => ({
  name: random.pick(['http', 'grpc']),
  port: random.pick([80, 81]),
  ...(random.chance(0.8) ? { targetPort: random.pick<number | string>([8080, 'http', 0]) } : {}),
  ...(random.chance(0.8) ? { protocol: 'TCP' } : {}),
  ...(random.chance(0.2) ? { nodePort: random.pick([30_000, 30_001]) } : {}),
  ...(random.chance(0.2) ? { appProtocol: random.pick(['http', 'tcp']) } : {}),
})

const elsewhere = (random: Random, service: KubernetesObject): KubernetesObject => {
  const spec = specOf(service)
  const changed = random.pick<JsonRecord>([
    {},
    {},
    { clusterIP: 'None' },
    { type: random.pick(['NodePort', 'ClusterIP']) },
    { ports: [servicePort(random), servicePort(random)] },
    { ports: [] },
    { selector: { app: 'other' } },
  ])
  return respecced({ ...service, spec }, changed)
}

/** Of installations: webhooks, further clusters, networks. */
export const mistakesOfInstallation: Readonly<Record<string, Mistake>> = {
  'webhooks of any kind': (draft, random) => {
    for (let each = 0; each < 1 + random.below(2); each++) {
      const [kind, name] = random.pick<readonly [string, string]>([
        ['MutatingWebhookConfiguration', 'istio-sidecar-injector-canary'],
        ['MutatingWebhookConfiguration', 'istio-revision-tag-default'],
        ['MutatingWebhookConfiguration', 'other'],
        ['ValidatingWebhookConfiguration', 'istio-validator-canary-istio-system'],
        ['ValidatingWebhookConfiguration', 'istiod-default-validator'],
      ])
      const labels = random.chance(0.4) ? { 'istio.io/rev': random.pick(['canary', 'default']) } : {}
      const webhooks = Array.from({ length: 1 + random.below(3) }, () => webhook(random))
      draft.objects.push(make(kind, name, { labels, webhooks }))
    }
  },
  'services that are not the same elsewhere': (draft, random) => {
    const services = ofKind(draft, 'Service').filter(({ metadata }) => metadata.namespace !== 'istio-system')
    const ports = [servicePort(random), servicePort(random)]
    const chosen = services.slice(0, 3)
    for (const each of chosen.slice(0, random.below(3))) replace(draft, each, respecced(each, { ports }))
    const east = chosen.map((each) => elsewhere(random, each))
    const west = random.chance(0.3) ? chosen.map((each) => elsewhere(random, each)) : undefined
    draft.remotes = { ...draft.remotes, east, ...(west === undefined ? {} : { west }) }
  },
  'networks of clusters': (draft, random) => {
    const registry = () => random.pick(['east', 'west', 'east', 'west', 'mock', random.pick(['Kubernetes', ''])])
    const network = (name: string) =>
      `{ endpoints: [{ fromRegistry: "${registry()}" }], gateways: [] }`.replace(/^/, `${name}: `)
    draft.meshNetworks = `networks: { ${network('n1')}, ${network('n2')}, n3: { endpoints: [{ fromCidr: 10.0.0.0/8 }] } }`
    for (const cluster of ['east', 'west'].filter(() => random.chance(0.5))) {
      const labels = { 'istio/multiCluster': random.pick(['true', 'true', 'false']) }
      const data = { [cluster]: 'bm8=' }
      draft.objects.push(make('Secret', `istio-remote-secret-${cluster}`, { namespace: 'istio-system', labels, data }))
    }
  },
  'Pods and namespaces elsewhere': (draft, random) => {
    const names = random.pick<readonly [string, ...string[]]>([['shop'], ['shop', 'pay'], ['team-a']])
    const east = names.flatMap((name) => [
      make('Namespace', name, { labels: random.chance(0.5) ? { 'istio-injection': 'enabled' } : {} }),
      make('Pod', `${name}-east`, {
        namespace: name,
        labels: { app: random.pick(['web', 'api', 'gone']), version: 'v1' },
        spec: { containers: [{ name: random.pick(['istio-proxy', 'app']), image: image(random) }] },
        status: { phase: 'Running' },
      }),
    ])
    draft.remotes = { ...draft.remotes, east: [...(draft.remotes['east'] ?? []), ...east] }
  },
  'gateways of many servers': (draft, random) => {
    const server = () => ({
      port: { number: random.pick([80, 443]), name: `p-${random.below(1000)}`, protocol: 'HTTP' },
      hosts: Array.from({ length: 1 + random.below(2) }, () => random.pick(['a.example.com', 'b.example.com', '*'])),
      ...(random.chance(0.2) ? { bind: '10.0.0.1' } : {}),
    })
    for (const name of ['many-1', 'many-2'].slice(0, 1 + random.below(2))) {
      const servers = Array.from({ length: random.below(4) }, server)
      const selectors = random.pick<JsonRecord>([{ istio: 'ingressgateway' }, { istio: 'nobody' }, {}, { app: 'web' }])
      draft.objects.push(
        make('Gateway', name, { namespace: placeIn(draft, random), spec: { selector: selectors, servers } }),
      )
    }
  },
}
