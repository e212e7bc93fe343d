import { names } from '../world/names.ts'
import { meshConfigAllowed, settingsAllowed, valuesAllowed } from './allowed-values.ts'
import { type Allowed, type AllowedBelow, allowing } from './redact.ts'

/** Of labels and annotations: those by which Kubernetes, Istio, Sail, Helm and the console are steered and read. */
const marks: AllowedBelow = Object.fromEntries(
  [
    ...Object.values(names),
    'app',
    'istio',
    'version',
    'release',
    'chart',
    'control-plane',
    'pod-template-hash',
    'app.kubernetes.io/name',
    'app.kubernetes.io/instance',
    'app.kubernetes.io/version',
    'app.kubernetes.io/part-of',
    'helm.sh/chart',
    'meta.helm.sh/release-name',
    'meta.helm.sh/release-namespace',
    'install.operator.istio.io/owning-resource',
    'operator.istio.io/component',
    'operator.istio.io/managed',
    'operator.istio.io/version',
    'security.istio.io/tlsMode',
    'kubernetes.io/metadata.name',
    'kubernetes.io/arch',
    'kubernetes.io/os',
    'node.kubernetes.io/instance-type',
    'pod-security.kubernetes.io/enforce',
    'pod-security.kubernetes.io/warn',
    'argocd.argoproj.io/instance',
    'kustomize.toolkit.fluxcd.io/name',
  ].map((key) => [key, 'kept']),
)

const ref = { cluster: 'kept', group: 'kept', version: 'kept', kind: 'kept', namespace: 'kept', name: 'kept' } as const
const condition = {
  type: 'kept',
  status: 'kept',
  reason: 'kept',
  message: 'kept',
  since: 'kept',
  lastTransitionTime: 'kept',
} as const
const any = { '*': 'kept' } as const
const selector = { matchLabels: any, matchExpressions: any } as const
const amounts = { requests: any, limits: any } as const
const message = { code: 'kept', params: any } as const

/** Of every object. Never the copy that `kubectl apply` keeps in an annotation. */
const meta: AllowedBelow = {
  ...allowing(['name', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp', 'finalizers']),
  managedFields: allowing(['manager', 'operation', 'subresource', 'time']),
  labels: marks,
  annotations: marks,
  ownerReferences: { apiVersion: 'kept', kind: 'kept', name: 'kept' },
}

const entrance = { type: 'kept', address: 'kept', hostname: 'kept', loadBalancerIP: 'kept' } as const

const mesh: AllowedBelow = {
  spec: {
    ...allowing(['kind', 'displayName', 'version', 'deletionPolicy', 'leaveBehind']),
    controlPlane: {
      ...allowing(['cluster', 'namespace', 'revision', 'size', 'imageHub']),
      entrance,
      resources: amounts,
    },
    members: { cluster: 'kept', network: 'kept', values: valuesAllowed },
    networks: {
      controlPlane: 'kept',
      clusterLocal: 'kept',
      eastWestGateways: { cluster: 'kept', addresses: 'kept', resources: amounts },
    },
    settings: settingsAllowed,
    values: valuesAllowed,
  },
  status: {
    phase: 'kept',
    conditions: condition,
    stages: { ...allowing(['name', 'cluster', 'state', 'since', 'reason']), params: any, objects: ref },
    members: allowing(['cluster', 'state', 'reason', 'since']),
    entrance,
    leftovers: ref,
  },
}

const sail: AllowedBelow = {
  spec: {
    ...allowing(['version', 'namespace', 'profile', 'type', 'targetRef.*', 'updateStrategy.type']),
    values: valuesAllowed,
  },
  status: {
    ...allowing(['state', 'activeRevisionName', 'istioNamespace', 'istiodNamespace', 'istioRevision', 'revisions.*']),
    conditions: condition,
  },
}

const containers = { name: 'kept', image: 'kept', restartPolicy: 'kept', resources: amounts } as const
const podSpec = {
  nodeName: 'kept',
  serviceAccountName: 'kept',
  containers,
  initContainers: containers,
} as const

const workload: AllowedBelow = {
  spec: { selector, template: { metadata: { labels: marks, annotations: marks }, spec: podSpec } },
  status: { conditions: condition },
}

const webhooks: AllowedBelow = {
  webhooks: {
    ...allowing([
      'name',
      'failurePolicy',
      'matchPolicy',
      'reinvocationPolicy',
      'sideEffects',
      'admissionReviewVersions',
      'rules.*',
      'clientConfig.url',
      'clientConfig.service.*',
    ]),
    namespaceSelector: selector,
    objectSelector: selector,
  },
}

/** By kind: what is kept of it beside its metadata. Of a kind that is not here nothing is. */
const objects: Record<string, AllowedBelow> = {
  Mesh: mesh,
  FleetCluster: {
    spec: allowing(['displayName', 'provider', 'region', 'network', 'peerAddress']),
    status: {
      ...allowing([
        'uid',
        'clusterId',
        'kubernetesVersion',
        'asOf',
        'operator.version',
        'operator.versions',
        'istio.*',
      ]),
      conditions: condition,
    },
  },
  Istio: sail,
  IstioRevision: sail,
  IstioRevisionTag: sail,
  IstioCNI: sail,
  ZTunnel: sail,
  Deployment: workload,
  Pod: {
    spec: podSpec,
    status: {
      ...allowing(['phase', 'reason', 'podIP', 'startTime', 'containerStatuses.name', 'initContainerStatuses.name']),
      conditions: condition,
    },
  },
  Service: {
    spec: { ...allowing(['type', 'externalName', 'loadBalancerIP', 'ports.*']), selector: any },
    status: allowing(['loadBalancer.ingress.ip', 'loadBalancer.ingress.hostname']),
  },
  Namespace: { status: allowing(['phase']) },
  Node: { status: { nodeInfo: any, allocatable: any, conditions: condition } },
  MutatingWebhookConfiguration: webhooks,
  ValidatingWebhookConfiguration: webhooks,
  ConfigMap: { data: { mesh: meshConfigAllowed, values: valuesAllowed, 'merged-values': valuesAllowed } },
  Secret: { type: 'kept' },
  Gateway: { spec: { selector: any, servers: { ...allowing(['hosts', 'port.*', 'tls.mode']) } } },
  Sidecar: { spec: allowing(['egress.hosts']) },
}

/** What of an object goes into a bundle. */
export function objectAllowed(kind: string): Allowed {
  return { apiVersion: 'kept', kind: 'kept', metadata: meta, ...(Object.hasOwn(objects, kind) ? objects[kind] : {}) }
}

/** What of each document that the console makes itself goes into a bundle. */
export const documentsAllowed = {
  findings: {
    ...allowing(['code', 'severity', 'pointer', 'aliases']),
    ref,
    params: any,
    evidence: ref,
  },
  preflight: {
    ...allowing(['id', 'severity', 'cluster', 'fix.code', 'fix.commands']),
    params: any,
    evidence: { ref, value: 'kept' },
  },
  /** Of what a change wrote the places, never the values. */
  changes: {
    ...allowing(['name', 'actor', 'reason', 'createdAt', 'finishedAt', 'phase', 'word', 'mesh', 'undoes']),
    title: message,
    problem: message,
    undo: { why: message },
    items: {
      ...allowing(['id', 'op', 'state', 'startedAt', 'finishedAt', 'code', 'message', 'warnings', 'touched']),
      ref,
    },
  },
  mesh: {
    mesh: {
      ...allowing([
        'name',
        'displayName',
        'kind',
        'version',
        'upgrade',
        'endOfLife',
        'controlPlaneCluster',
        'phase',
        'since',
        'createdAt',
        'proxies.*',
      ]),
      reason: message,
    },
    stages: { ...allowing(['name', 'cluster', 'state', 'since']), reason: message, objects: ref },
    revisions: any,
    members: {
      ...allowing(['cluster', 'role', 'network', 'state']),
      reason: message,
      sync: { ...allowing(['state', 'asOf']), why: message, replicas: { pod: 'kept', state: 'kept', why: message } },
    },
    entrance: any,
    running: { ref, ...allowing(['installer', 'revision', 'tags', 'facts.key', 'facts.value']) },
    components: { ref, version: 'kept' },
    leftovers: ref,
    attention: message,
  },
  drift: { ref, pointers: 'kept' },
  events: { ref, ...allowing(['about.*', 'type', 'reason', 'message', 'at', 'namespace']) },
  capabilities: allowing([
    'hidden',
    'kubelets.*',
    'localities.*',
    'podRanges.first',
    'serviceAddresses',
    'apis.*',
    'gatewayApi.*',
  ]),
  manifest: {
    ...allowing(['mesh', 'madeAt', 'madeFor', 'orbweaver', 'cut.path', 'cut.why']),
    clusters: allowing(['cluster', 'state', 'asOf', 'since', 'reason', 'kubernetesVersion', 'read', 'unread']),
    unread: allowing(['cluster', 'what', 'namespace', 'reason', 'right.*']),
  },
} as const satisfies Record<string, Allowed>
