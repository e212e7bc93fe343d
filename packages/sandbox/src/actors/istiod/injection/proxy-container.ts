import { at, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'

import { canonicalResources } from './quantity.ts'

/** What the template knows beside the Pod: revision, values of the chart, environment of the injection path. */
export type Template = {
  revision: string
  controlPlaneNamespace: string
  values: Json | undefined
  trustDomain: string
  injectedAnnotations: Record<string, string>
  environment: Record<string, string>
  /** `proxyMetadata` of the mesh (files/injection-template.yaml). */
  proxyMetadata: Record<string, string>
  native: boolean
}

function proxyImage(pod: KubernetesObject, values: Json | undefined): string {
  const own =
    annotationsOf(pod)['sidecar.istio.io/proxyImage'] ?? textAt(values, 'global', 'proxy', 'image') ?? 'proxyv2'
  if (own.includes('/')) return own
  return `${textAt(values, 'global', 'hub') ?? 'registry.istio.io/release'}/${own}:${textAt(values, 'global', 'tag') ?? 'latest'}`
}

/** Resources: annotations of the Pod replace the values of the installation as a whole. */
function resources(pod: KubernetesObject, values: Json | undefined): JsonRecord {
  const annotations = annotationsOf(pod)
  const pick = (cpu: string, memory: string): JsonRecord => {
    const entries = Object.entries({ cpu: annotations[cpu], memory: annotations[memory] })
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  const requests = pick('sidecar.istio.io/proxyCPU', 'sidecar.istio.io/proxyMemory')
  const limits = pick('sidecar.istio.io/proxyCPULimit', 'sidecar.istio.io/proxyMemoryLimit')
  if (Object.keys(requests).length + Object.keys(limits).length === 0) {
    return canonicalResources(recordAt(values, 'global', 'proxy', 'resources'))
  }
  return canonicalResources({
    ...(Object.keys(requests).length === 0 ? {} : { requests }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  })
}

/** Name of the workload a Pod belongs to: a ReplicaSet's owner is told from its hash. */
export function workloadOf(pod: KubernetesObject): { kind: string; name: string } {
  const owner = listAt(pod, 'metadata', 'ownerReferences')[0]
  const [kind, name] = [textAt(owner, 'kind') ?? 'Pod', textAt(owner, 'name') ?? pod.metadata.name]
  const hash = labelsOf(pod)['pod-template-hash']
  const isReplicaSet = kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)
  return isReplicaSet ? { kind: 'Deployment', name: name.slice(0, -hash.length - 1) } : { kind, name }
}

/** Network of a Pod: its own label, else the injection path, else the values (pkg/kube/inject extractClusterAndNetwork). */
export function networkOf(pod: KubernetesObject, { environment, values }: Template): string {
  return (
    labelsOf(pod)['topology.istio.io/network'] ??
    environment.ISTIO_META_NETWORK ??
    textAt(values, 'global', 'network') ??
    ''
  )
}

/** What the template says in the fields of a Pod and of its container. */
const FIELDS = {
  POD_NAME: 'metadata.name',
  POD_NAMESPACE: 'metadata.namespace',
  INSTANCE_IP: 'status.podIP',
  SERVICE_ACCOUNT: 'spec.serviceAccountName',
  HOST_IP: 'status.hostIP',
  ISTIO_META_NODE_NAME: 'spec.nodeName',
}
const RESOURCES = { ISTIO_CPU_LIMIT: 'limits.cpu', GOMEMLIMIT: 'limits.memory', GOMAXPROCS: 'limits.cpu' }

function environment(pod: KubernetesObject, template: Template): JsonRecord[] {
  const { values, revision, controlPlaneNamespace: namespace, trustDomain } = template
  const suffix = revision === 'default' ? '' : `-${revision}`
  const meshId = textAt(values, 'global', 'meshID') ?? ''
  const network = networkOf(pod, template)
  const caAddress = textAt(values, 'global', 'caAddress') ?? ''
  const workload = workloadOf(pod)
  const plain: Record<string, string> = {
    PILOT_CERT_PROVIDER: 'istiod',
    CA_ADDR: caAddress === '' ? `istiod${suffix}.${namespace}.svc:15012` : caAddress,
    ISTIO_META_APP_CONTAINERS: containerNames(pod).join(','),
    ISTIO_META_CLUSTER_ID: textAt(values, 'global', 'multiCluster', 'clusterName') ?? 'Kubernetes',
    ISTIO_META_INTERCEPTION_MODE: interceptionMode(pod),
    ISTIO_META_WORKLOAD_NAME: labelsOf(pod)['service.istio.io/workload-name'] ?? workload.name,
    ISTIO_META_MESH_ID: meshId === '' ? trustDomain : meshId,
    TRUST_DOMAIN: trustDomain,
    ...template.proxyMetadata,
    ...template.environment,
    ...(network === '' ? {} : { ISTIO_META_NETWORK: network }),
  }
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...Object.entries(FIELDS).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    ...Object.entries(RESOURCES).map(([name, resource]) => ({
      name,
      valueFrom: { resourceFieldRef: { resource, divisor: '1' } },
    })),
  ]
}

function interceptionMode(pod: KubernetesObject): string {
  return annotationsOf(pod)['sidecar.istio.io/interceptionMode'] ?? 'REDIRECT'
}

export function containerNames(pod: KubernetesObject): string[] {
  const names = listAt(pod, 'spec', 'containers').map((each) => textAt(each, 'name') ?? '')
  return names.filter((name) => name !== 'istio-proxy')
}

const PROBE = {
  httpGet: { path: '/healthz/ready', port: 15021 },
  periodSeconds: 1,
  timeoutSeconds: 3,
  failureThreshold: 600,
}

const MOUNTS: [string, string][] = [
  ['workload-socket', '/var/run/secrets/workload-spiffe-uds'],
  ['credential-socket', '/var/run/secrets/credential-uds'],
  ['workload-certs', '/var/run/secrets/workload-spiffe-credentials'],
  ['istiod-ca-cert', '/var/run/secrets/istio'],
  ['istio-ca-crl', '/var/run/secrets/istio/crl'],
  ['istio-data', '/var/lib/istio/data'],
  ['istio-envoy', '/etc/istio/proxy'],
  ['istio-token', '/var/run/secrets/tokens'],
  ['istio-podinfo', '/etc/istio/pod'],
]

export function proxyContainer(pod: KubernetesObject, template: Template, role: 'sidecar' | 'router'): JsonRecord {
  const native = role === 'sidecar' && template.native
  const drain = ['pilot-agent', 'request', '--debug-port=15020', 'POST', 'drain']
  return {
    name: 'istio-proxy',
    image: proxyImage(pod, template.values),
    ...(native ? { restartPolicy: 'Always', lifecycle: { preStop: { exec: { command: drain } } } } : {}),
    args: [
      'proxy',
      role,
      '--domain',
      '$(POD_NAMESPACE).svc.cluster.local',
      `--proxyLogLevel=${annotationsOf(pod)['sidecar.istio.io/logLevel'] ?? 'warning'}`,
      '--proxyComponentLogLevel=misc:error',
      '--log_output_level=default:info',
    ],
    ports: [{ containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }],
    env: environment(pod, template),
    startupProbe: PROBE,
    readinessProbe: { ...PROBE, periodSeconds: 15, failureThreshold: 4 },
    resources: resources(pod, template.values),
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 1337,
      runAsGroup: 1337,
    },
    volumeMounts: MOUNTS.map(([name, mountPath]) => ({ name, mountPath })),
  }
}

/** Redirects traffic, or checks that the CNI plugin did; none where nothing is to be redirected. */
export function initContainer(pod: KubernetesObject, template: Template): JsonRecord | undefined {
  const mode = interceptionMode(pod)
  if (mode === 'NONE') return undefined
  const cni = at(template.values, 'pilot', 'cni', 'enabled') === true
  const check = cni ? ['--run-validation', '--skip-rule-apply'] : []
  const add = cni ? {} : { add: ['NET_ADMIN', 'NET_RAW'] }
  const user = cni ? 1337 : 0
  const redirection = { p: '15001', z: '15006', u: '1337', m: mode, i: '*', x: '', b: '*', d: '15090,15021,15020' }
  return {
    name: cni ? 'istio-validation' : 'istio-init',
    image: proxyImage(pod, template.values),
    args: [
      'istio-iptables',
      ...Object.entries(redirection).flatMap(([flag, value]) => [`-${flag}`, value]),
      '--log_output_level=default:info',
      ...check,
    ],
    resources: resources(pod, template.values),
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      capabilities: { ...add, drop: ['ALL'] },
      readOnlyRootFilesystem: cni,
      runAsGroup: user,
      runAsNonRoot: cni,
      runAsUser: user,
    },
  }
}

const field = (path: string): JsonRecord => ({ path, fieldRef: { fieldPath: `metadata.${path}` } })

export const PROXY_VOLUMES: JsonRecord[] = [
  { name: 'workload-socket', emptyDir: {} },
  { name: 'credential-socket', emptyDir: {} },
  { name: 'workload-certs', emptyDir: {} },
  { name: 'istio-envoy', emptyDir: { medium: 'Memory' } },
  { name: 'istio-data', emptyDir: {} },
  { name: 'istio-podinfo', downwardAPI: { items: [field('labels'), field('annotations')] } },
  {
    name: 'istio-token',
    projected: {
      sources: [{ serviceAccountToken: { path: 'istio-token', expirationSeconds: 43200, audience: 'istio-ca' } }],
    },
  },
  { name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } },
  { name: 'istio-ca-crl', configMap: { name: 'istio-ca-crl', optional: true } },
]
