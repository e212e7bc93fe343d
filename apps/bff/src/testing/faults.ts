import type { Check } from '@orbweaver/contracts/clusters'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { definition } from './clusters.ts'
import {
  addressed,
  answersDefault,
  type Change,
  controlPlane,
  daemonSet,
  elsewhere,
  entrance,
  going,
  istiod,
  made,
  ofNamespace,
  record,
  serving,
  system,
  theirs,
} from './fault-objects.ts'

export type Place = 'hub' | 'east' | 'west' | 'plain'
export type Fault = {
  row: string
  severity: Check['severity']
  /** Whose row it is; none where it is the mesh's. */
  at?: string
  /** What is planted, and where; taken back after it was seen. */
  plant?: [Place, ...KubernetesObject[]]
  alter?: { in: Place; definition: string; change: Change }
  /** Of the mesh that is asked for, over the usual. */
  spec?: JsonRecord
  name?: string
  by?: string
  /** The object, or value, it was seen in. */
  seen?: string
}

/** Keeps its namespace from going. */
const held = made('ConfigMap v1 held', { metadata: { ...system, finalizers: ['example.com/held'] } })
const external = { kind: 'External', version: undefined, members: [] }

/** One fault a row, most of them an object that lies somewhere. */
export const faults: readonly Fault[] = [
  { row: 'name.taken', severity: 'blocking', plant: ['hub', record('shop', elsewhere)] },
  { row: 'name.too-long', severity: 'blocking', name: 'a'.repeat(40) },
  { row: 'version.not-pinned', severity: 'blocking', spec: { version: 'v1.30-latest' } },
  {
    row: 'identity.mesh-id-taken',
    severity: 'warning',
    plant: ['hub', record('other', { ...elsewhere, settings: { system: { meshId: 'shop' } } })],
  },
  {
    row: 'cluster.in-other-mesh',
    severity: 'blocking',
    at: 'west',
    plant: ['hub', record('other', { controlPlane: { cluster: 'west' } })],
  },
  { row: 'network.assumed', severity: 'warning', at: 'plain', spec: { members: [{ cluster: 'plain' }] } },
  { row: 'reachable.unregistered', severity: 'blocking', at: 'nobody', spec: { members: [{ cluster: 'nobody' }] } },
  { row: 'reachable.no', severity: 'blocking', at: 'lost', spec: { members: [{ cluster: 'lost' }] } },
  { row: 'kubernetes.too-old', severity: 'blocking', at: 'old', spec: { members: [{ cluster: 'old' }] } },
  { row: 'kubernetes.untested', severity: 'warning', at: 'new', spec: { members: [{ cluster: 'new' }] } },
  { row: 'kubernetes.unknown', severity: 'unknown', at: 'east', spec: { version: 'v1.99.0' } },
  { row: 'operator.missing', severity: 'blocking', at: 'plain', spec: { members: [{ cluster: 'plain' }] } },
  { row: 'operator.version-not-offered', severity: 'blocking', at: 'east', spec: { version: 'v1.99.0' } },
  {
    row: 'operator.not-running',
    severity: 'warning',
    at: 'west',
    plant: [
      'west',
      made('Deployment apps/v1 sail-operator', {
        metadata: { namespace: 'default', labels: { 'control-plane': 'sail-operator' } },
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [] } },
        },
      }),
    ],
  },
  { row: 'permissions.missing', severity: 'blocking', at: 'east', by: 'vic' },
  { row: 'control-plane.exists', severity: 'warning', at: 'east', plant: ['east', theirs, istiod()], seen: 'istiod' },
  {
    row: 'control-plane.default-taken',
    severity: 'blocking',
    at: 'east',
    plant: ['east', answersDefault],
    seen: 'foreign',
  },
  {
    row: 'control-plane.name-taken',
    severity: 'blocking',
    at: 'west',
    plant: ['west', made('Istio sailoperator.io/v1 shop', { spec: { version: 'v1.30.3', namespace: 'istio-system' } })],
    seen: 'shop',
  },
  {
    row: 'control-plane.missing',
    severity: 'blocking',
    at: 'east',
    spec: { ...external, ...controlPlane({ revision: 'gone' }) },
  },
  {
    row: 'identity.other-name',
    severity: 'info',
    at: 'east',
    plant: ['east', theirs, istiod([{ name: 'CLUSTER_ID', value: 'Kubernetes' }])],
    spec: { ...external, ...controlPlane({ namespace: 'theirs', revision: 'default' }) },
    seen: 'Kubernetes',
  },
  {
    row: 'identity.other-network',
    severity: 'warning',
    at: 'east',
    plant: [
      'east',
      made('Namespace v1 theirs', { metadata: { labels: { 'topology.istio.io/network': 'n9' } } }),
      istiod(),
    ],
    seen: 'n9',
  },
  {
    row: 'namespace.terminating',
    severity: 'blocking',
    at: 'east',
    plant: ['east', ofNamespace({}), held, ofNamespace({}, going)],
    seen: 'istio-system',
  },
  {
    row: 'namespace.other-network',
    severity: 'blocking',
    at: 'west',
    plant: ['west', ofNamespace({ 'topology.istio.io/network': 'n9' })],
    seen: 'n9',
  },
  {
    row: 'namespace.moves-network',
    severity: 'warning',
    at: 'west',
    plant: ['west', ofNamespace({ 'topology.istio.io/network': 'n9', 'orbweaver.dev/mesh': 'shop' })],
    seen: 'n9',
  },
  {
    row: 'gateway-api.beta',
    severity: 'warning',
    at: 'west',
    alter: { in: 'west', definition: 'httproutes.gateway.networking.k8s.io', change: serving('v1beta1') },
    seen: 'v1beta1',
  },
  {
    row: 'istio-crds.too-old',
    severity: 'blocking',
    at: 'east',
    alter: { in: 'east', definition: 'virtualservices.networking.istio.io', change: serving('v1alpha3') },
    seen: 'v1alpha3',
  },
  {
    row: 'istio-crds.going',
    severity: 'blocking',
    at: 'east',
    alter: {
      in: 'east',
      definition: 'sidecars.networking.istio.io',
      change: (crd) => ({ ...crd, metadata: { ...crd.metadata, ...going } }),
    },
    seen: 'sidecars.networking.istio.io',
  },
  {
    row: 'data-plane.cni-missing',
    severity: 'blocking',
    at: 'east',
    spec: { values: { pilot: { cni: { enabled: true } } } },
  },
  {
    row: 'data-plane.cni-not-ready',
    severity: 'warning',
    at: 'west',
    plant: ['west', daemonSet('istio-cni-node', { desiredNumberScheduled: 2, numberReady: 1 })],
    seen: 'istio-cni-node',
  },
  {
    row: 'openshift.found',
    severity: 'warning',
    at: 'west',
    plant: ['west', definition('clusterversions', 'ClusterVersion', ['config.openshift.io', 'v1'])],
    seen: 'clusterversions.config.openshift.io',
  },
  {
    row: 'limits.too-small',
    severity: 'blocking',
    at: 'east',
    plant: [
      'east',
      ofNamespace({}),
      made('LimitRange v1 small', {
        metadata: system,
        spec: { limits: [{ type: 'Container', max: { memory: '64Mi' } }] },
      }),
    ],
    seen: 'small',
  },
  {
    row: 'sizes.unreadable',
    severity: 'blocking',
    spec: controlPlane({ resources: { requests: { memory: 'lots' } } }),
  },
  { row: 'load-balancer.no-evidence', severity: 'unknown', at: 'east' },
  {
    row: 'load-balancer.pending',
    severity: 'warning',
    at: 'east',
    plant: ['east', addressed('waits', { type: 'LoadBalancer' })],
    seen: 'waits',
  },
  { row: 'entrance.loopback', severity: 'blocking', at: 'east', spec: entrance('127.0.0.1') },
  { row: 'entrance.public', severity: 'warning', at: 'east', spec: entrance('8.8.4.4') },
  { row: 'entrance.host-name', severity: 'info', at: 'east', spec: entrance('istiod.example.com') },
  { row: 'peer-address.loopback', severity: 'warning', at: 'west' },
  {
    row: 'pod-network.meets-services',
    severity: 'warning',
    at: 'east',
    plant: ['east', addressed('met', { clusterIP: '10.77.0.5' })],
    seen: '10.77.0.5',
  },
]

/** Rows of the world in which all of this is wrong at once (preflight.test.ts). */
export const spoilt: readonly [id: string, cluster: string | undefined, severity: Check['severity']][] = [
  ['clock.skewed', 'west', 'warning'],
  ['data-plane.ztunnel', 'east', 'warning'],
  ['dns.down', 'east', 'warning'],
  ['dns.unknown', 'west', 'unknown'],
  ['gateway-api.too-old', 'west', 'warning'],
  ['identity.cluster-name-taken', 'west', 'warning'],
  ['identity.other-trust-domain', 'west', 'warning'],
  ['inotify.crowded', 'east', 'warning'],
  ['istio-crds.two-owners', 'west', 'warning'],
  ['limits.quota-full', 'east', 'blocking'],
  ['pod-network.overlap', 'west', 'blocking'],
  ['pod-security.refuses', 'east', 'warning'],
  ['room.tight', 'east', 'warning'],
  ['root.differs', 'west', 'warning'],
  ['services.differ', undefined, 'warning'],
  ['sizes.without-unit', undefined, 'blocking'],
  ['webhooks.dead', 'east', 'blocking'],
  ['webhooks.overlap', 'east', 'warning'],
]
