import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { clusterGround, sailOperator } from './cluster-basics.ts'
import { helmIstio } from './helm-istio.ts'
import { meshObject } from './mesh-objects.ts'
import { account, istioObject, namespace, NETWORKING, SECURITY, service, workload } from './objects.ts'
import { personas } from './personas.ts'
import type { World, WorldCluster } from './world.ts'

const OPERATOR = 'quay.io/sail-dev/sail-operator:1.31.0'
const VERSION = 'v1.30.3'

/** A team's namespace: its services with the replicas of each. */
type Shape = Record<string, number[]>

/** 10 Pods, 3 services and 6 rules a namespace on average, which is 10,000, 3,000 and 6,000 in all. */
const SHAPES: Record<string, Shape> = {
  market: { storefront: [4], cart: [3], prices: [2, 1], offers: [2] },
  ledger: { accounts: [3, 1], booking: [4] },
}

/** Namespaces of each cluster, half of them of each shape. */
const SIZES: Record<string, number> = { 'asia-1': 400, 'asia-2': 300, 'europe-1': 200, 'america-1': 100 }

/**
 * As big as the product promises to be quick with: 1,000 namespaces in four clusters, three with a mesh of their own and one with an
 * Istio that came by Helm.
 */
export async function largeWorld(): Promise<World> {
  const names = Object.keys(SIZES)
  const members = await Promise.all(names.map((name, index) => member(name, index + 1)))
  return {
    name: 'large',
    hub: hub(),
    members,
    personas: personas(['hub', ...names], { cluster: 'asia-1', namespace: 'market-0001' }),
    meshes: [
      meshObject('east', { kind: 'Dedicated', version: VERSION, cluster: 'asia-1' }),
      meshObject('west', { kind: 'Dedicated', version: VERSION, cluster: 'asia-2' }),
      meshObject('north', { kind: 'Dedicated', version: VERSION, cluster: 'europe-1' }),
      meshObject('far', { kind: 'External', cluster: 'america-1', revision: 'default' }),
    ],
  }
}

function hub(): WorldCluster {
  const place = { region: 'asia', zones: ['asia-a'], kubernetes: 'v1.34.2', instance: 'large', hostNetwork: '172.18.0' }
  return { ...base('hub', 0), istioKinds: false, stages: [clusterGround({ name: 'hub', ...place })], registered: false }
}

function base(name: string, number: number): WorldCluster {
  const region = name.split('-')[0] ?? name
  return {
    name,
    displayName: name,
    provider: 'on-premises',
    region,
    network: `network-${number}`,
    kubernetes: 'v1.34.2',
    podNetwork: `10.${10 + number}`,
    loadBalancer: { mode: 'ip', range: { from: 10 + number * 40, to: 49 + number * 40 }, delayMs: 300 },
    istioKinds: true,
    stages: [],
    registered: true,
  }
}

async function member(name: string, number: number): Promise<WorldCluster> {
  const world = base(name, number)
  const zones = ['a', 'b', 'c'].flatMap((zone) => Array.from({ length: 8 }, () => `${world.region}-${zone}`))
  const ground = clusterGround({
    name,
    region: world.region,
    zones,
    kubernetes: world.kubernetes,
    instance: 'large',
    hostNetwork: `172.18.${number}`,
  })
  const byHelm = name === 'america-1'
  const values = { global: { meshID: 'far', network: world.network, multiCluster: { clusterName: name } } }
  const engine = byHelm ? await helmIstio({ version: 'v1.29.4', values }) : sailOperator(OPERATOR)
  const each = (SIZES[name] ?? 0) / Object.keys(SHAPES).length
  return {
    ...world,
    ...(byHelm ? {} : { operator: { image: OPERATOR, newestMinor: 31 } }),
    stages: [[...ground, ...engine], Object.entries(SHAPES).flatMap(([shape, parts]) => team(nameOf(shape, 1), parts))],
    copies: Object.keys(SHAPES).map((shape) => ({
      of: nameOf(shape, 1),
      to: Array.from({ length: each - 1 }, (_, index) => nameOf(shape, index + 2)),
    })),
  }
}

function nameOf(shape: string, number: number): string {
  return `${shape}-${String(number).padStart(4, '0')}`
}

function team(place: string, shape: Shape): KubernetesObject[] {
  const apps = Object.entries(shape).flatMap(([app, versions]) => [
    account(place, app),
    service({ namespace: place, name: app, port: 8080 }),
    ...versions.map((replicas, index) =>
      workload({
        namespace: place,
        name: `${app}-v${index + 1}`,
        app,
        version: `v${index + 1}`,
        image: `registry.example/${app}:1.${index}.0`,
        replicas,
        port: 8080,
        account: app,
      }),
    ),
  ])
  return [namespace(place, { 'istio-injection': 'enabled' }), ...apps, ...rules(place, Object.keys(shape))]
}

/** Six: two routes, one set of subsets, who may call, how they speak, and what sidecars learn of. */
function rules(place: string, [first = '', second = '']: string[]): KubernetesObject[] {
  const rule = (group: string, kind: string, name: string): ((spec: JsonRecord) => KubernetesObject) => {
    return (spec) => istioObject({ apiVersion: group, kind }, { namespace: place, name }, spec)
  }
  const route = (host: string): JsonRecord => ({
    hosts: [host],
    http: [{ timeout: '5s', retries: { attempts: 2 }, route: [{ destination: { host, port: { number: 8080 } } }] }],
  })
  const caller = `cluster.local/ns/${place}/sa/${first}`
  return [
    rule(NETWORKING, 'VirtualService', first)(route(first)),
    rule(NETWORKING, 'VirtualService', second)(route(second)),
    rule(
      NETWORKING,
      'DestinationRule',
      first,
    )({
      host: `${first}.${place}.svc.cluster.local`,
      trafficPolicy: { connectionPool: { http: { http2MaxRequests: 200 } }, outlierDetection: { interval: '10s' } },
      subsets: [{ name: 'v1', labels: { version: 'v1' } }],
    }),
    rule(
      SECURITY,
      'AuthorizationPolicy',
      second,
    )({
      selector: { matchLabels: { app: second } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: [caller] } }], to: [{ operation: { methods: ['GET', 'POST'] } }] }],
    }),
    rule(SECURITY, 'PeerAuthentication', 'default')({ mtls: { mode: 'STRICT' } }),
    rule(NETWORKING, 'Sidecar', 'default')({ egress: [{ hosts: ['./*', 'istio-system/*'] }] }),
  ]
}
