import { flagAt, type JsonRecord, numberAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { chartObject, commonLabels, pilotLabels } from './chart-objects.ts'
import { istiodName } from './names.ts'
import type { Injection } from './render-webhooks.ts'

/** Deployment and Service of istiod (charts/istio-control/istio-discovery/templates). */

function podSelector(revision: string): Record<string, string> {
  return revision === 'default' ? { istio: 'pilot' } : { app: 'istiod', 'istio.io/rev': revision }
}

const CONTAINER_PORTS: [string, number][] = [
  ['http-debug', 8080],
  ['grpc-xds', 15010],
  ['tls-xds', 15012],
  ['https-webhooks', 15017],
  ['http-monitoring', 15014],
]
const SERVICE_PORTS: JsonRecord[] = [
  { port: 15010, name: 'grpc-xds', protocol: 'TCP' },
  { port: 15012, name: 'https-dns', protocol: 'TCP' },
  { port: 443, name: 'https-webhook', targetPort: 15017, protocol: 'TCP' },
  { port: 15014, name: 'http-monitoring', protocol: 'TCP' },
]

function environment({ revision, namespace, values }: Injection): JsonRecord[] {
  const extra = recordAt(values, 'pilot', 'env')
  const external = flagAt(values, 'global', 'externalIstiod') === true && extra.EXTERNAL_ISTIOD === undefined
  const plain: Record<string, string> = {
    REVISION: revision,
    PILOT_CERT_PROVIDER: textAt(values, 'global', 'pilotCertProvider') ?? 'istiod',
    KUBECONFIG: '/var/run/secrets/remote/config',
    CA_TRUSTED_NODE_ACCOUNTS: `${namespace}/ztunnel`,
    ...stringsAt(values, 'pilot', 'env'),
    ...(external ? { EXTERNAL_ISTIOD: 'true' } : {}),
    PILOT_TRACE_SAMPLING: String(numberAt(values, 'pilot', 'traceSampling') ?? 1),
    PILOT_ENABLE_ANALYSIS: String(flagAt(values, 'global', 'istiod', 'enableAnalysis') ?? false),
    CLUSTER_ID: textAt(values, 'global', 'multiCluster', 'clusterName') ?? 'Kubernetes',
    PLATFORM: textAt(values, 'global', 'platform') ?? '',
  }
  const fields = {
    POD_NAME: 'metadata.name',
    POD_NAMESPACE: 'metadata.namespace',
    SERVICE_ACCOUNT: 'spec.serviceAccountName',
  }
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...Object.entries(fields).map(([name, fieldPath]) => ({
      name,
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
    })),
  ]
}

function image(values: JsonRecord): string {
  const own = textAt(values, 'pilot', 'image') ?? 'pilot'
  if (own.includes('/')) return own
  const hub = textAt(values, 'pilot', 'hub') ?? textAt(values, 'global', 'hub') ?? ''
  const tag = textAt(values, 'pilot', 'tag') ?? textAt(values, 'global', 'tag') ?? ''
  const variant = textAt(values, 'pilot', 'variant') ?? textAt(values, 'global', 'variant') ?? ''
  return `${hub}/${own}:${tag}${variant === '' ? '' : `-${variant}`}`
}

function container(injection: Injection): JsonRecord {
  return {
    name: 'discovery',
    image: image(injection.values),
    args: [
      'discovery',
      '--monitoringAddr=:15014',
      '--domain',
      'cluster.local',
      '--keepaliveMaxServerConnectionAge',
      '30m',
    ],
    ports: CONTAINER_PORTS.map(([name, containerPort]) => ({ containerPort, protocol: 'TCP', name })),
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080 },
      initialDelaySeconds: 1,
      periodSeconds: 3,
      timeoutSeconds: 5,
    },
    env: environment(injection),
    resources: recordAt(injection.values, 'pilot', 'resources'),
  }
}

export function istiodDeployment(injection: Injection): KubernetesObject {
  const { revision, namespace, values } = injection
  const name = istiodName(revision)
  const podLabels = {
    app: 'istiod',
    'istio.io/rev': revision,
    'install.operator.istio.io/owning-resource': 'unknown',
    'sidecar.istio.io/inject': 'false',
    'operator.istio.io/component': 'Pilot',
    istio: revision === 'default' ? 'pilot' : 'istiod',
    'istio.io/dataplane-mode': 'none',
    ...commonLabels(revision, 'istiod'),
  }
  const annotations = {
    'prometheus.io/port': '15014',
    'prometheus.io/scrape': 'true',
    'sidecar.istio.io/inject': 'false',
  }
  const count = numberAt(values, 'pilot', 'replicaCount') ?? 1
  // The template takes zero for not said.
  const fixed = flagAt(values, 'pilot', 'autoscaleEnabled') === false && count > 0
  const replicas = fixed ? { replicas: count } : {}
  const spec = {
    ...replicas,
    strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
    selector: { matchLabels: podSelector(revision) },
    template: {
      metadata: { labels: podLabels, annotations },
      spec: {
        serviceAccountName: name,
        tolerations: [{ key: 'cni.istio.io/not-ready', operator: 'Exists' }],
        containers: [container(injection)],
      },
    },
  }
  const labels = { ...pilotLabels(revision), app: 'istiod', istio: 'pilot' }
  return chartObject({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace, labels }, { spec })
}

export function istiodService({ revision, namespace }: Injection): KubernetesObject {
  const labels = { ...pilotLabels(revision), app: 'istiod', istio: 'pilot' }
  const selector = revision === 'default' ? { app: 'istiod', istio: 'pilot' } : podSelector(revision)
  const named = { apiVersion: 'v1', kind: 'Service', name: istiodName(revision), namespace, labels }
  return chartObject(named, { spec: { ports: SERVICE_PORTS, selector } })
}

/** The same Service under the tag's name. */
export function tagService(tag: string, injection: Injection): KubernetesObject {
  const service = istiodService(injection)
  const labels = { ...service.metadata.labels, 'istio.io/tag': tag }
  return { ...service, metadata: { ...service.metadata, name: `istiod-revision-tag-${tag}`, labels } }
}

/** Autoscaler and disruption budget, as far as the values ask for them. */
export function istiodScaling({ revision, namespace, values }: Injection): KubernetesObject[] {
  const name = istiodName(revision)
  const labels = { ...pilotLabels(revision), app: 'istiod' }
  const scaled = flagAt(values, 'pilot', 'autoscaleEnabled') !== false
  const minimum = numberAt(values, 'pilot', 'autoscaleMin') ?? 1
  const target = { type: 'Utilization', averageUtilization: 80 }
  const autoscaler = {
    minReplicas: minimum,
    maxReplicas: numberAt(values, 'pilot', 'autoscaleMax') ?? 5,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
  }
  const out: KubernetesObject[] = []
  if (scaled) {
    const named = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name, namespace, labels }
    out.push(chartObject(named, { spec: autoscaler }))
  }
  if ((scaled ? minimum : (numberAt(values, 'pilot', 'replicaCount') ?? 1)) > 1) {
    const spec = { minAvailable: 1, selector: { matchLabels: podSelector(revision) } }
    const named = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', name, namespace }
    out.push(chartObject({ ...named, labels: { ...labels, istio: 'pilot' } }, { spec }))
  }
  return out
}

/** Of the remote profile: a Service without selector, whose endpoints lie in another cluster. */
export function remoteService({ revision, namespace, values }: Injection): KubernetesObject[] {
  const address = textAt(values, 'global', 'remotePilotAddress') ?? ''
  if (address === '') return []
  const labels = { ...commonLabels(revision, 'istiod'), 'istio.io/rev': revision }
  const name = istiodName(revision)
  const isIp = /^([0-9]*\.){3}[0-9]*$/.test(address) || /^([0-9a-fA-F]*:)+[0-9a-fA-F]*$/.test(address)
  const ports = [
    { port: 15012, name: 'tcp-istiod', protocol: 'TCP' },
    { port: 443, targetPort: 15017, name: 'tcp-webhook', protocol: 'TCP' },
  ]
  const spec = isIp ? { ports } : { ports, type: 'ExternalName', externalName: address }
  const service = chartObject({ apiVersion: 'v1', kind: 'Service', name, namespace, labels }, { spec })
  if (!isIp) return [service]
  const slice = chartObject(
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      name,
      namespace,
      labels: {
        ...commonLabels(revision, 'istiod'),
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'Helm',
      },
    },
    {
      addressType: address.includes(':') ? 'IPv6' : 'IPv4',
      endpoints: [{ addresses: [address] }],
      ports: [
        { port: 15012, name: 'tcp-istiod', protocol: 'TCP' },
        { port: 15017, name: 'tcp-webhook', protocol: 'TCP' },
      ],
    },
  )
  return [service, slice]
}
