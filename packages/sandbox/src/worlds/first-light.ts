import { bookinfo } from './bookinfo.ts'
import { clusterGround, sailOperator } from './cluster-basics.ts'
import { securityRules, trafficRules } from './frankfurt-rules.ts'
import { helmIstio, ingressGateway } from './helm-istio.ts'
import { namespace, service, workload } from './objects.ts'
import { brokenRelease, onlineShop } from './online-shop.ts'
import { personas } from './personas.ts'
import type { World, WorldCluster } from './world.ts'

const OPERATOR = 'quay.io/sail-dev/sail-operator'

/** A fleet before its first mesh: two ready clusters, one with somebody else's Istio, one that cannot have a mesh yet. */
export async function firstLightWorld(): Promise<World> {
  const members = [shanghai(), beijing(), await frankfurt(), labOld()]
  const names = ['hub', ...members.map((each) => each.name)]
  return {
    name: 'first-light',
    hub: hub(),
    members,
    personas: personas(names, { cluster: 'frankfurt-edge', namespace: 'bookinfo' }, [
      { cluster: 'frankfurt-edge', namespace: 'istio-ingress' },
    ]),
  }
}

function hub(): WorldCluster {
  const ground = {
    name: 'hub',
    region: 'cn-hangzhou',
    zones: ['cn-hangzhou-h'],
    kubernetes: 'v1.34.2',
    instance: 'ecs.g7.large',
  }
  return {
    name: 'hub',
    displayName: 'Management hub',
    provider: 'ack',
    region: 'cn-hangzhou',
    network: 'hub',
    kubernetes: 'v1.34.2',
    podNetwork: '10.1',
    loadBalancer: { mode: 'ip', range: { from: 10, to: 19 }, delayMs: 300 },
    istioKinds: false,
    stages: [clusterGround({ ...ground, hostNetwork: '172.16.1' })],
    registered: false,
  }
}

function shanghai(): WorldCluster {
  const zones = ['cn-shanghai-b', 'cn-shanghai-e', 'cn-shanghai-g']
  const ground = {
    name: 'shanghai-prod',
    region: 'cn-shanghai',
    zones,
    kubernetes: 'v1.34.1',
    instance: 'ecs.g7.2xlarge',
  }
  return {
    name: 'shanghai-prod',
    displayName: 'Shanghai production',
    provider: 'ack',
    region: 'cn-shanghai',
    network: 'shanghai',
    kubernetes: 'v1.34.1',
    podNetwork: '10.11',
    loadBalancer: { mode: 'ip', range: { from: 20, to: 59 }, delayMs: 500 },
    operator: { image: `${OPERATOR}:1.31.0`, newestMinor: 31 },
    istioKinds: true,
    stages: [
      [
        ...clusterGround({ ...ground, hostNetwork: '172.16.11' }),
        ...sailOperator(`${OPERATOR}:1.31.0`),
        ...bookinfo('bookinfo'),
        ...onlineShop(),
        ...brokenRelease(),
        namespace('ingress-nginx'),
        workload({
          namespace: 'ingress-nginx',
          name: 'ingress-nginx-controller',
          image: 'registry.k8s.io/ingress-nginx/controller:v1.13.2',
          port: 443,
        }),
        service({
          namespace: 'ingress-nginx',
          name: 'ingress-nginx-controller',
          port: 443,
          portName: 'https',
          type: 'LoadBalancer',
        }),
      ],
    ],
    registered: true,
  }
}

function beijing(): WorldCluster {
  const zones = ['cn-beijing-h', 'cn-beijing-k']
  const ground = { name: 'beijing-prod', region: 'cn-beijing', zones, kubernetes: 'v1.33.5', instance: 'ecs.g7.xlarge' }
  return {
    name: 'beijing-prod',
    displayName: 'Beijing production',
    provider: 'ack',
    region: 'cn-beijing',
    network: 'beijing',
    kubernetes: 'v1.33.5',
    podNetwork: '10.21',
    loadBalancer: { mode: 'ip', range: { from: 60, to: 99 }, delayMs: 1_500 },
    operator: { image: `${OPERATOR}:1.30.3`, newestMinor: 30 },
    istioKinds: true,
    stages: [
      [
        ...clusterGround({ ...ground, hostNetwork: '172.16.21' }),
        ...sailOperator(`${OPERATOR}:1.30.3`),
        ...onlineShop(['shop-web', 'shop-catalog', 'shop-orders']),
        ...bookinfo('bookinfo-staging', { env: 'staging' }),
      ],
    ],
    registered: true,
  }
}

/** Somebody installed Istio here with Helm, and there is no Sail Operator: a candidate for an external mesh. */
async function frankfurt(): Promise<WorldCluster> {
  const zones = ['eu-central-1a', 'eu-central-1b']
  const ground = {
    name: 'frankfurt-edge',
    region: 'eu-central-1',
    zones,
    kubernetes: 'v1.32.9',
    instance: 'm6i.xlarge',
  }
  const values = {
    global: { meshID: 'edge', network: 'frankfurt', multiCluster: { clusterName: 'frankfurt-edge' } },
    meshConfig: { accessLogFile: '/dev/stdout', outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
  }
  return {
    name: 'frankfurt-edge',
    displayName: 'Frankfurt edge',
    provider: 'eks',
    region: 'eu-central-1',
    network: 'frankfurt',
    kubernetes: 'v1.32.9',
    podNetwork: '10.31',
    loadBalancer: { mode: 'hostname', range: { from: 100, to: 139 }, delayMs: 500 },
    istioKinds: true,
    stages: [
      [...clusterGround({ ...ground, hostNetwork: '172.16.31' }), ...(await helmIstio({ version: 'v1.29.4', values }))],
      [
        ...ingressGateway('istio-ingress'),
        ...bookinfo('bookinfo', { 'istio-injection': 'enabled' }),
        ...onlineShop(['shop-catalog', 'shop-web']),
        ...trafficRules(),
        ...securityRules(),
      ],
    ],
    registered: true,
  }
}

/** Too old for any Istio that is still offered, and nothing hands out LoadBalancer addresses. */
function labOld(): WorldCluster {
  const ground = {
    name: 'lab-old',
    region: 'basement',
    zones: ['rack-1'],
    kubernetes: 'v1.29.15',
    instance: 'bare-metal',
  }
  return {
    name: 'lab-old',
    displayName: 'Old lab',
    provider: 'on-premises',
    region: 'basement',
    network: 'lab',
    kubernetes: 'v1.29.15',
    podNetwork: '10.41',
    loadBalancer: { mode: 'none', range: { from: 140, to: 149 }, delayMs: 0 },
    operator: { image: `${OPERATOR}:1.29.6`, newestMinor: 29 },
    istioKinds: true,
    stages: [
      [
        ...clusterGround({ ...ground, hostNetwork: '172.16.41' }),
        ...sailOperator(`${OPERATOR}:1.29.6`),
        ...onlineShop(['shop-orders', 'shop-payment']),
      ],
    ],
    registered: false,
  }
}
