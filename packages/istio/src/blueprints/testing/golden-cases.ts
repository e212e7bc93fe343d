import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { object, service } from '../../samples.ts'
import { allSettings } from './all-settings.ts'

type GoldenCluster = {
  /** Of the FleetCluster. */
  network?: string
  /** What is there before; a cluster without objects was not read yet. */
  objects?: KubernetesObject[]
  /** Whether the reader's token was read: never while planning. */
  reader?: true
}

/** A mesh in a world, and why it is worth its file. */
export type GoldenCase = {
  /** Name of the file in goldens/. */
  name: string
  shows: string
  mesh: { name?: string; spec: JsonRecord }
  clusters?: Record<string, GoldenCluster>
}

const own = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'shop' }
const hub = { cluster: 'hub' }
const version = 'v1.30.3'

/** The entrance of a revision, with the address a load balancer gave it. */
function entrance(revision: string, at: JsonRecord): KubernetesObject {
  const made = service(`istiod-${revision}-entrance`, 'istio-system', { app: 'istiod', 'istio.io/rev': revision })
  const labels = { ...own, 'istio.io/rev': revision }
  return { ...made, metadata: { ...made.metadata, labels }, status: { loadBalancer: { ingress: [at] } } }
}

/** Every kind, version and option at least once, options in pairs where they meet. Versions differ in names alone. */
export const goldenCases: readonly GoldenCase[] = [
  {
    name: 'dedicated-1.29-least',
    shows: 'nothing said: no network, no setting, one replica of the chart',
    mesh: { spec: { kind: 'Dedicated', version: 'v1.29.6', controlPlane: hub } },
  },
  {
    name: 'dedicated-1.30-every-setting',
    shows: 'every setting of the form, discovery isolation, HA with a size preset, a hub of images, a network',
    mesh: {
      spec: {
        kind: 'Dedicated',
        version,
        controlPlane: { ...hub, replicas: 3, size: 'S500P2000', imageHub: 'registry.example.com/istio' },
        settings: allSettings,
      },
    },
    clusters: { hub: { network: 'blue' } },
  },
  {
    name: 'dedicated-1.31-custom',
    shows: 'a namespace of its own, autoscaling, resources of its own, values that overrule and null that clears',
    mesh: {
      name: 'edge',
      spec: {
        kind: 'Dedicated',
        version: 'v1.31.0-beta.1',
        controlPlane: {
          ...hub,
          namespace: 'mesh-system',
          autoscaling: { min: 2, max: 6 },
          size: 'Custom',
          resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '2Gi' } },
        },
        settings: {
          governance: { outboundTrafficPolicy: 'REGISTRY_ONLY', locality: { failoverPriority: ['team'] } },
          system: { meshId: 'edge-of-old', trustDomain: 'edge.example.com' },
          sidecar: { proxyLogLevel: 'debug' },
        },
        values: {
          global: { meshID: 'not-this-one', multiCluster: { clusterName: 'nor-this' }, proxy: { logLevel: null } },
          meshConfig: { outboundTrafficPolicy: { mode: 'ALLOW_ANY' } },
          pilot: { autoscaleMax: 9, env: { PILOT_ENABLE_STATUS: 'true' } },
        },
      },
    },
  },
  {
    name: 'dedicated-plugged-ca',
    shows: 'a CA that lies there is left alone: no stage writes or removes it, and it is what stays',
    mesh: { spec: { kind: 'Dedicated', version, controlPlane: hub } },
    clusters: {
      hub: {
        objects: [object('Secret', 'cacerts', { namespace: 'istio-system' }), object('Namespace', 'istio-system')],
      },
    },
  },
  {
    name: 'managed-1.29-alone',
    shows: 'no member yet: an entrance by load balancer with an address that is asked for, and its annotations',
    mesh: {
      spec: {
        kind: 'Managed',
        version: 'v1.29.6',
        controlPlane: {
          ...hub,
          entrance: { loadBalancerIP: '192.0.2.10', annotations: { 'cloud.example.com/internal': 'true' } },
        },
        settings: {
          governance: { locality: { failover: [{ from: 'cn-east', to: 'cn-north' }] }, retries: { attempts: 0 } },
          system: { tracing: { enabled: false }, accessLog: { enabled: false } },
        },
      },
    },
  },
  {
    name: 'managed-1.30-planned',
    shows: 'before anything is there: holes for the address and the token, never a token',
    mesh: {
      spec: { kind: 'Managed', version, controlPlane: hub, members: [{ cluster: 'east' }, { cluster: 'west' }] },
    },
    clusters: { hub: { objects: [] }, east: { objects: [] }, west: { objects: [] } },
  },
  {
    name: 'managed-1.30-settled',
    shows: 'the load balancer has answered and the token was read; one network, named after the mesh',
    mesh: { spec: { kind: 'Managed', version, controlPlane: hub, members: [{ cluster: 'east' }] } },
    clusters: {
      hub: { objects: [entrance('shop-v1-30-3', { ip: '192.0.2.20' })] },
      east: { objects: [], reader: true },
    },
  },
  {
    name: 'managed-1.31-upgrade',
    shows: 'the default stays with the revision it is on, members follow version and address in one write',
    mesh: { spec: { kind: 'Managed', version: 'v1.31.0-beta.1', controlPlane: hub, members: [{ cluster: 'east' }] } },
    clusters: {
      hub: {
        objects: [
          entrance('shop-v1-30-3', { ip: '192.0.2.20' }),
          entrance('shop-v1-31-0-beta-1', { hostname: 'shop.lb.example.com' }),
          object('IstioRevision', 'shop-v1-30-3'),
          object('IstioRevisionTag', 'default', {
            labels: own,
            spec: { targetRef: { kind: 'IstioRevision', name: 'shop-v1-30-3' } },
          }),
        ],
      },
      east: { objects: [], reader: true },
    },
  },
  {
    name: 'managed-address',
    shows: 'a given address: no entrance, members dial it; a control plane without load on its own network',
    mesh: {
      spec: {
        kind: 'Managed',
        version,
        controlPlane: {
          ...hub,
          namespace: 'mesh-system',
          entrance: { type: 'Address', address: 'istiod.example.com' },
          autoscaling: { min: 2, max: 4 },
          size: 'S50P200',
        },
        members: [{ cluster: 'east' }],
      },
    },
    clusters: { hub: { network: 'blue' }, east: { network: 'blue', objects: [], reader: true } },
  },
  {
    name: 'managed-networks',
    shows: 'three networks: gateways by load balancer, by given addresses, with replicas, resources and annotations',
    mesh: {
      spec: {
        kind: 'Managed',
        version,
        controlPlane: { ...hub, entrance: { type: 'Address', address: '192.0.2.30' } },
        members: [{ cluster: 'east', network: 'red' }, { cluster: 'west' }, { cluster: 'north', network: 'red' }],
        networks: {
          controlPlane: 'core',
          clusterLocal: ['*.kube-system.svc.cluster.local', 'cache.shop.svc.cluster.local'],
          eastWestGateways: [
            {
              cluster: 'east',
              replicas: 2,
              resources: { requests: { cpu: '500m', memory: '256Mi' } },
              annotations: { 'cloud.example.com/internal': 'true' },
            },
            { cluster: 'west', addresses: ['198.51.100.7', 'west.example.com'], port: 30443 },
          ],
        },
      },
    },
    clusters: { west: { network: 'green' } },
  },
  {
    name: 'managed-networks-closed',
    shows: 'two networks whose services are not exposed: gateways, and no Gateway that opens them',
    mesh: {
      spec: {
        kind: 'Managed',
        version,
        controlPlane: { ...hub, entrance: { type: 'Address', address: '192.0.2.30' } },
        members: [{ cluster: 'east', network: 'red' }],
        networks: { exposeServices: false },
      },
    },
  },
  {
    name: 'managed-members-differ',
    shows: 'what members inherit, what one of them overrules, and null that clears what it inherits',
    mesh: {
      spec: {
        kind: 'Managed',
        version,
        controlPlane: {
          ...hub,
          entrance: { type: 'Address', address: '192.0.2.30' },
          imageHub: 'registry.example.com/istio',
        },
        members: [
          { cluster: 'east' },
          {
            cluster: 'north',
            values: { sidecarInjectorWebhook: { enableNamespacesByDefault: null }, global: { imagePullSecrets: null } },
          },
          {
            cluster: 'west',
            values: {
              global: { hub: 'mirror.west.example.com/istio', meshID: 'not-this-one' },
              istiodRemote: { injectionPath: '/not' },
            },
          },
        ],
        settings: {
          system: { accessLog: { enabled: true, encoding: 'JSON' } },
          sidecar: { injectByDefault: true, imagePullSecrets: ['mirror'], discoveryIsolation: true },
        },
        values: { sidecarInjectorWebhook: { reinvocationPolicy: 'IfNeeded' } },
      },
    },
  },
  {
    name: 'managed-turned-off',
    shows: 'what was asked for once and is no more: scope, gateways, what opened them and the entrance go last',
    mesh: {
      spec: {
        kind: 'Managed',
        version,
        controlPlane: { ...hub, entrance: { type: 'Address', address: '192.0.2.30' } },
        members: [{ cluster: 'east' }],
      },
    },
    clusters: {
      hub: {
        objects: [
          entrance('shop-v1-30-3', { ip: '192.0.2.20' }),
          object('Sidecar', 'default', { namespace: 'istio-system', labels: own }),
          object('Gateway', 'cross-network-gateway', { namespace: 'istio-system', labels: own }),
          object('Service', 'istio-eastwestgateway', { namespace: 'istio-system', labels: own }),
          object('Deployment', 'istio-eastwestgateway', { namespace: 'istio-system', labels: own }),
        ],
      },
      east: { objects: [object('Service', 'istio-eastwestgateway', { namespace: 'istio-system' })] },
    },
  },
  {
    name: 'external',
    shows: 'nothing is installed and nothing is taken away',
    mesh: { spec: { kind: 'External', controlPlane: { ...hub, revision: '1-29-4' } } },
  },
]
