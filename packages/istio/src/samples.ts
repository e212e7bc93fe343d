import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from './meshes/mesh.ts'

/** Objects as clusters hold them, for tests: shapes and names are those of the Istio chart and of Sail. */

type Meta = {
  namespace?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  created?: string
}

export function object(
  kind: string,
  name: string,
  more: Meta & { spec?: JsonRecord; [field: string]: unknown } = {},
): KubernetesObject {
  const { namespace, labels, annotations, created, spec } = more
  return {
    apiVersion: apiVersions[kind] ?? 'v1',
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(created === undefined ? {} : { creationTimestamp: created }),
    },
    ...(spec === undefined ? {} : { spec }),
  }
}

const apiVersions: Record<string, string> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
  Istio: 'sailoperator.io/v1',
  IstioRevision: 'sailoperator.io/v1',
  IstioRevisionTag: 'sailoperator.io/v1',
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  Gateway: 'networking.istio.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  Sidecar: 'networking.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  WorkloadEntry: 'networking.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  WorkloadGroup: 'networking.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  ProxyConfig: 'networking.istio.io/v1beta1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
}

export function namespace(name: string, labels: Record<string, string> = {}): KubernetesObject {
  return object('Namespace', name, { labels })
}

export function service(name: string, at: string, selector: Record<string, string> = { app: name }): KubernetesObject {
  return object('Service', name, { namespace: at, spec: { selector } })
}

/** A Pod; with `by` it was injected by that revision, with a native sidecar as on kubelets from 1.33. */
export function pod(
  name: string,
  at: string,
  more: Meta & {
    owner?: [kind: string, name: string]
    by?: string
    proxy?: string
    spec?: JsonRecord
    phase?: string
  } = {},
): KubernetesObject {
  const { by, proxy = '1.30.3', owner, phase = 'Running' } = more
  const annotations = {
    ...more.annotations,
    ...(by === undefined ? {} : { 'istio.io/rev': by, 'sidecar.istio.io/status': '{}' }),
  }
  const init = { name: 'istio-proxy', image: `registry.istio.io/release/proxyv2:${proxy}`, restartPolicy: 'Always' }
  const made = object('Pod', name, { ...more, namespace: at, annotations })
  const references: Json[] =
    owner === undefined
      ? []
      : [{ apiVersion: apiVersions[owner[0]] ?? 'v1', kind: owner[0], name: owner[1], controller: true }]
  return {
    ...made,
    metadata: { ...made.metadata, ownerReferences: references },
    spec: {
      containers: [{ name: 'app', image: 'app:1' }],
      initContainers: by === undefined ? [] : [init],
      ...more.spec,
    },
    status: { phase, conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

type Hooks = {
  revision: string
  tag?: string
  isDefault?: boolean
  auto?: boolean
  service?: JsonRecord
  caBundle?: string
}

/** A chart's MutatingWebhookConfiguration of a revision or a tag. */
export function webhooks(
  name: string,
  { revision, tag, isDefault = false, auto = false, service, caBundle = 'Y2E=' }: Hooks,
): KubernetesObject {
  const answers = tag ?? revision
  const absent = (key: string) => ({ key, operator: 'DoesNotExist' })
  const notOut = { key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }
  const bare = [absent('istio.io/rev'), absent('istio-injection')]
  const revisioned: [string, Json[], Json[]][] = [
    [
      'rev.namespace.',
      [{ key: 'istio.io/rev', operator: 'In', values: [answers] }, absent('istio-injection')],
      [notOut],
    ],
    ['rev.object.', bare, [notOut, { key: 'istio.io/rev', operator: 'In', values: [answers] }]],
  ]
  const plain: [string, Json[], Json[]][] = [
    ['namespace.', [{ key: 'istio-injection', operator: 'In', values: ['enabled'] }], [notOut]],
    ['object.', bare, [{ key: 'sidecar.istio.io/inject', operator: 'In', values: ['true'] }, absent('istio.io/rev')]],
  ]
  const system = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']
  const outside = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: system }
  const everywhere: [string, Json[], Json[]] = [
    'auto.',
    [...bare, outside],
    [absent('sidecar.istio.io/inject'), absent('istio.io/rev')],
  ]
  const entries = [...revisioned, ...(isDefault ? plain : []), ...(auto ? [everywhere] : [])]
  const target = service ?? {
    name: revision === 'default' ? 'istiod' : `istiod-${revision}`,
    namespace: 'istio-system',
    path: '/inject',
  }
  const labels = {
    app: 'sidecar-injector',
    'istio.io/rev': revision,
    ...(tag === undefined ? {} : { 'istio.io/tag': tag }),
  }
  return {
    ...object('MutatingWebhookConfiguration', name, { labels }),
    webhooks: entries.map(([prefix, ofNamespace, ofPod]) => ({
      name: `${prefix}sidecar-injector.istio.io`,
      clientConfig: { service: target, caBundle },
      rules: [{ operations: ['CREATE'], apiGroups: [''], resources: ['pods'] }],
      namespaceSelector: { matchExpressions: ofNamespace },
      objectSelector: { matchExpressions: ofPod },
    })),
  }
}

/** istiod as the chart installs it. */
export function istiod(
  revision: string,
  more: { version?: string; env?: JsonRecord[]; ready?: number; labels?: Record<string, string> } = {},
): KubernetesObject {
  const { version = '1.30.3', env = [], ready = 1, labels = {} } = more
  const name = revision === 'default' ? 'istiod' : `istiod-${revision}`
  const image = `registry.istio.io/release/pilot:${version}`
  return {
    ...object('Deployment', name, {
      namespace: 'istio-system',
      labels: { app: 'istiod', 'istio.io/rev': revision, ...labels },
    }),
    spec: { replicas: 1, template: { spec: { containers: [{ name: 'discovery', image, env }] } } },
    status: { readyReplicas: ready },
  }
}

/** A Mesh as the reader gives it; version and cluster are filled in. */
export function meshOf(spec: JsonRecord, name = 'shop'): Mesh {
  const full = { version: 'v1.30.3', controlPlane: { cluster: 'hub' }, ...spec }
  const read = readMesh({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name }, spec: full })
  if (!isMesh(read)) throw new Error(`not a mesh: ${JSON.stringify(read.problems)}`)
  return read
}
