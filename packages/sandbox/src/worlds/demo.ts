import { recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createAuthority } from '../actors/istiod/certificate.ts'
import type { Store } from '../server/seed-store.ts'
import { bookinfo } from './bookinfo.ts'
import { hubCluster, worldCluster } from './cluster.ts'
import { bookinfoMistakes, retailMistakes, retailRules } from './demo-rules.ts'
import { bookinfoEntrance, securityRules, suppliers } from './frankfurt-rules.ts'
import { helmIstio, ingressGateway } from './helm-istio.ts'
import { meshObject } from './mesh-objects.ts'
import { namespace, workload } from './objects.ts'
import { brokenRelease, onlineShop } from './online-shop.ts'
import { personas } from './personas.ts'
import { prometheus, prometheusService } from './prometheus.ts'
import type { World, WorldCluster } from './world.ts'

const INJECTED = { 'istio-injection': 'enabled' }
const VERSION = 'v1.30.3'

/**
 * A fleet in use: three clouds, six clusters, a mesh of each kind, one of them degraded. Bookinfo and an online shop run
 * in them, six rules have mistakes that Istio accepts, and a certificate is near its end. One cluster waits to be taken in.
 */
export async function demoWorld(): Promise<World> {
  const members = [shanghai(), beijing(), tokyo(), await frankfurt(), ohio(), osaka()]
  const names = ['hub', ...members.map((each) => each.name)]
  return {
    name: 'demo',
    hub: hubCluster({ provider: 'ack', region: 'cn-hangzhou', kubernetes: 'v1.34.2', instance: 'ecs.g7.large' }),
    members,
    personas: personas(names, { cluster: 'frankfurt-edge', namespace: 'bookinfo' }, [
      { cluster: 'shanghai-prod', namespace: 'istio-ingress' },
      { cluster: 'frankfurt-edge', namespace: 'istio-ingress' },
    ]),
    meshes: [
      meshObject('retail', {
        kind: 'Managed',
        displayName: 'Retail',
        version: VERSION,
        cluster: 'shanghai-prod',
        members: ['beijing-prod', 'tokyo-prod'],
      }),
      meshObject('payments', { kind: 'Dedicated', displayName: 'Payments', version: VERSION, cluster: 'ohio-pay' }),
      meshObject('edge', { kind: 'External', displayName: 'Edge', cluster: 'frankfurt-edge', revision: 'default' }),
    ],
  }
}

const ack = { provider: 'ack', kubernetes: 'v1.34.2', instance: 'ecs.g7.2xlarge' }
const gke = { provider: 'gke', kubernetes: 'v1.34.1', instance: 'n4-standard-8' }
const eks = { provider: 'eks', kubernetes: 'v1.33.5', instance: 'm7i.2xlarge' }

function shanghai(): WorldCluster {
  return worldCluster({
    ...ack,
    name: 'shanghai-prod',
    prometheus: prometheusService,
    displayName: 'Shanghai production',
    region: 'cn-shanghai',
    zones: ['cn-shanghai-b', 'cn-shanghai-e', 'cn-shanghai-g'],
    number: 1,
    operator: '1.31.0',
    stages: [
      prometheus(),
      [
        ...ingressGateway('istio-ingress'),
        ...onlineShop(['shop-web', 'shop-catalog', 'shop-orders'], INJECTED),
        workload({
          namespace: 'shop-catalog',
          name: 'catalog-next',
          app: 'catalog',
          version: 'v2',
          image: 'registry.example/shop/catalog:2.5.0-rc2',
          port: 8080,
          account: 'catalog',
        }),
        ...brokenRelease(),
        ...retailRules(),
        ...retailMistakes(),
      ],
    ],
  })
}

function beijing(): WorldCluster {
  return worldCluster({
    ...ack,
    name: 'beijing-prod',
    prometheus: prometheusService,
    displayName: 'Beijing production',
    region: 'cn-beijing',
    zones: ['cn-beijing-h', 'cn-beijing-k'],
    number: 2,
    operator: '1.30.3',
    stages: [prometheus(), onlineShop(['shop-web', 'shop-orders'], INJECTED)],
  })
}

/** One of its namespaces was labelled after its Pods had started. */
function tokyo(): WorldCluster {
  return worldCluster({
    ...gke,
    name: 'tokyo-prod',
    displayName: 'Tokyo production',
    region: 'asia-northeast1',
    zones: ['asia-northeast1-a', 'asia-northeast1-b'],
    number: 3,
    operator: '1.31.0',
    stages: [prometheus(), [...onlineShop(['shop-web'], INJECTED), ...onlineShop(['shop-catalog'])]],
    afterwards: (store) => {
      const found = store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'shop-catalog' })
      if (found === undefined) return
      const labels = { ...found.metadata.labels, ...INJECTED }
      store.put({ ...found, metadata: { ...found.metadata, labels } }, 'kubectl')
    },
  })
}

/** Somebody installed Istio here with Helm, long before there was a console. */
async function frankfurt(): Promise<WorldCluster> {
  const values = {
    global: { meshID: 'edge', network: 'frankfurt-edge', multiCluster: { clusterName: 'frankfurt-edge' } },
    meshConfig: { accessLogFile: '/dev/stdout', outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  }
  return worldCluster({
    ...eks,
    name: 'frankfurt-edge',
    prometheus: prometheusService,
    displayName: 'Frankfurt edge',
    region: 'eu-central-1',
    zones: ['eu-central-1a', 'eu-central-1b'],
    kubernetes: 'v1.32.9',
    number: 4,
    stages: [
      [...(await helmIstio({ version: 'v1.29.4', values })), ...prometheus()],
      [
        ...ingressGateway('istio-ingress'),
        ...bookinfo('bookinfo', INJECTED),
        ...onlineShop(['shop-catalog']),
        ...bookinfoEntrance(),
        ...suppliers(),
        ...securityRules(),
        ...bookinfoMistakes(),
      ],
    ],
    afterwards: certificateNearItsEnd,
  })
}

const DAY_MS = 86_400_000

/** The certificate of the gateway for the world was made for 90 days, and nobody has renewed it. */
function certificateNearItsEnd(store: Store, now: Date): void {
  const [from, until] = [new Date(now.getTime() - 81 * DAY_MS), new Date(now.getTime() + 9 * DAY_MS)]
  const { certificatePem, keyPem } = createAuthority('edge.example', { from, until })
  const encoded = (text: string): string => Buffer.from(text).toString('base64')
  store.put(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'istio-ingress', name: 'edge-example-tls' },
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': encoded(certificatePem), 'tls.key': encoded(keyPem) },
    },
    'kubectl',
  )
}

/** Its istiod was scaled to zero to save money at night, and stayed so. */
function ohio(): WorldCluster {
  return worldCluster({
    ...eks,
    name: 'ohio-pay',
    prometheus: prometheusService,
    displayName: 'Ohio payments',
    region: 'us-east-2',
    zones: ['us-east-2a', 'us-east-2b'],
    number: 5,
    operator: '1.31.0',
    stages: [
      prometheus(),
      [...onlineShop(['shop-payment'], INJECTED), ...bookinfo('bookinfo-demo', { ...INJECTED, env: 'demo' })],
    ],
    afterwards: (store) => {
      const all = store.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'istio-system' })
      for (const each of all.filter((found) => textAt(found, 'metadata', 'labels', 'app') === 'istiod')) {
        store.put(scaledToZero(each), 'kubectl')
      }
    },
  })
}

function scaledToZero(deployment: KubernetesObject): KubernetesObject {
  return { ...deployment, spec: { ...recordAt(deployment, 'spec'), replicas: 0 } }
}

/** Ready for a mesh and not yet registered. */
function osaka(): WorldCluster {
  const cluster = worldCluster({
    ...gke,
    name: 'osaka-staging',
    displayName: 'Osaka staging',
    region: 'asia-northeast2',
    zones: ['asia-northeast2-a'],
    number: 6,
    operator: '1.31.0',
    stages: [[namespace('shop-web-staging'), ...bookinfo('bookinfo-staging', { env: 'staging' })]],
  })
  return { ...cluster, registered: false }
}
