import {
  canonicalJson,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import { hasLabels } from '@orbweaver/istio/world/labels'
import { make } from '../draft.ts'
import { running as runningAt } from '../proxies/platform.ts'

/** Somebody's configuration as a cluster would have it: with the Pods, addresses and endpoints that it says nothing of. */
export type Populated = {
  readonly objects: readonly KubernetesObject[]
  /** Pods with a sidecar, and Pods that are gateways. */
  readonly workloads: readonly KubernetesObject[]
  readonly gateways: readonly KubernetesObject[]
}

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'])
const plainKinds = new Set(['Namespace', 'Service', 'ServiceAccount'])

/** Every workload becomes one Pod with a proxy, every Gateway that no Pod serves gets one that does. */
export function populate(given: readonly KubernetesObject[]): Populated {
  const kept = given.filter(({ kind, apiVersion }) => plainKinds.has(kind) || isRule(apiVersion))
  const addresses = counting('10.244')
  const running = given.filter(({ kind }) => workloadKinds.has(kind)).filter(isOnce)
  const podsOf = (workloads: readonly KubernetesObject[]) => workloads.map((each) => podOf(each, addresses()))
  const workloads = podsOf(running.filter((each) => !isGateway(each)))
  const deployed = podsOf(running.filter(isGateway))
  const missing = [...selected(kept, [...workloads, ...deployed]), ...managed(kept)].map((each) =>
    gatewayPod(each, addresses()),
  )
  const gateways = [...deployed, ...missing.map(({ pod }) => pod)]
  const cluster = counting('10.96')
  const services = [...kept.filter(isService), ...missing.map(({ service }) => service)].map((each) =>
    addressed(each, cluster()),
  )
  const rest = kept.filter((each) => !isService(each) && each.kind !== 'GatewayClass')
  const pods = [...workloads, ...gateways]
  const gatewayClass = make('GatewayClass', 'istio', { spec: { controllerName: 'istio.io/gateway-controller' } })
  const objects = [...rest, gatewayClass, ...services, ...pods, ...services.flatMap((each) => sliceOf(each, pods))]
  return { objects: [...namespacesOf(objects), ...objects].map(born), workloads, gateways }
}

const isRule = (apiVersion: string): boolean =>
  /(^|\.)istio\.io$|^gateway\.networking\.k8s\.io$/.test(splitApiVersion(apiVersion).group)

const isService = ({ kind, apiVersion }: KubernetesObject): boolean => kind === 'Service' && apiVersion === 'v1'

const isOnce = (each: KubernetesObject, index: number, all: readonly KubernetesObject[]): boolean =>
  all.findIndex(
    ({ metadata: { name, namespace } }) => name === each.metadata.name && namespace === each.metadata.namespace,
  ) === index

/** Addresses one after another. */
function counting(base: string): () => string {
  let next = 0
  return () => {
    next += 1
    return `${base}.${Math.floor(next / 250)}.${(next % 250) + 1}`
  }
}

/** In the order in which they are given: which rule is older is never left to names. */
function born(object: KubernetesObject, index: number): KubernetesObject {
  const at = new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString().replace('.000', '')
  return { ...object, metadata: { ...object.metadata, creationTimestamp: at } }
}

const proxy = (kind: 'sidecar' | 'router'): Json => ({
  name: 'istio-proxy',
  image: 'docker.io/istio/proxyv2:1.32.0',
  args: ['proxy', kind],
})

/** Its proxy is all it has: injected by the template `gateway`, or written down by who deploys it. */
function isGateway(workload: KubernetesObject): boolean {
  const template = recordAt(workload, 'spec', 'template')
  const containers = listAt(template, 'spec', 'containers')
  return (
    stringsAt(template, 'metadata', 'annotations')['inject.istio.io/templates'] === 'gateway' ||
    (containers.length === 1 && textAt(containers[0], 'name') === 'istio-proxy')
  )
}

function podOf(workload: KubernetesObject, ip: string): KubernetesObject {
  const template = recordAt(workload, 'spec', 'template')
  const containers = listAt(template, 'spec', 'containers').map((each) => withProtocols(each))
  return make('Pod', `${workload.metadata.name}-0`, {
    namespace: workload.metadata.namespace ?? 'default',
    labels: { ...stringsAt(template, 'metadata', 'labels'), 'security.istio.io/tlsMode': 'istio' },
    annotations: { ...stringsAt(template, 'metadata', 'annotations'), 'sidecar.istio.io/status': '{}' },
    spec: {
      serviceAccountName: textAt(template, 'spec', 'serviceAccountName') ?? 'default',
      containers: isGateway(workload)
        ? [proxy('router')]
        : [...containers.filter((each) => textAt(each, 'name') !== 'istio-proxy'), proxy('sidecar')],
    },
    status: runningAt(ip),
  })
}

type Served = {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly ports: readonly number[]
}

/** What Istio's Gateways select and nothing here is: one for each set of labels, with the ports that are served there. */
function selected(rules: readonly KubernetesObject[], pods: readonly KubernetesObject[]): readonly Served[] {
  const groups = new Map<string, KubernetesObject[]>()
  for (const gateway of rules.filter((each) => isIstioGateway(each) && isUnserved(each, pods))) {
    const key = canonicalJson(selectorOf(gateway))
    groups.set(key, [...(groups.get(key) ?? []), gateway])
  }
  return [...groups.values()].flatMap((gateways, index) => {
    const [first] = gateways
    if (first === undefined) return []
    const labels = selectorOf(first)
    const namespace = labels['istio'] === undefined ? (first.metadata.namespace ?? 'default') : 'istio-system'
    return { name: `edge-${index}`, namespace, labels, ports: gateways.flatMap(portsOf) }
  })
}

const selectorOf = (gateway: KubernetesObject) => stringsAt(gateway, 'spec', 'selector')

function isUnserved(gateway: KubernetesObject, pods: readonly KubernetesObject[]): boolean {
  const labels = selectorOf(gateway)
  return Object.keys(labels).length > 0 && !pods.some((pod) => hasLabels(pod, labels))
}

/** What istiod makes of each Gateway of the Gateway API (pilot/pkg/config/kube/gateway/deploymentcontroller.go). */
function managed(rules: readonly KubernetesObject[]): readonly Served[] {
  return rules.filter(isKubernetesGateway).map((gateway) => ({
    name: `${gateway.metadata.name}-istio`,
    namespace: gateway.metadata.namespace ?? 'default',
    labels: {
      'gateway.networking.k8s.io/gateway-name': gateway.metadata.name,
      'gateway.istio.io/managed': 'istio.io-gateway-controller',
    },
    ports: portsOf(gateway),
  }))
}

export const isIstioGateway = ({ kind, apiVersion }: KubernetesObject): boolean =>
  kind === 'Gateway' && splitApiVersion(apiVersion).group === 'networking.istio.io'

export const isKubernetesGateway = (each: KubernetesObject): boolean =>
  each.kind === 'Gateway' && !isIstioGateway(each) && textAt(each, 'spec', 'gatewayClassName') === 'istio'

const portsOf = (gateway: KubernetesObject): readonly number[] => [
  ...listAt(gateway, 'spec', 'servers').flatMap((each) => numberAt(each, 'port', 'number') ?? []),
  ...listAt(gateway, 'spec', 'listeners').flatMap((each) => numberAt(each, 'port') ?? []),
]

function gatewayPod({ name, namespace, labels, ports }: Served, ip: string) {
  const pod = make('Pod', `${name}-0`, {
    namespace,
    labels: { ...labels, 'security.istio.io/tlsMode': 'istio' },
    spec: { serviceAccountName: name, containers: [proxy('router')] },
    status: runningAt(ip),
  })
  const service = make('Service', name, {
    namespace,
    labels: { ...labels },
    spec: {
      type: 'LoadBalancer',
      selector: { ...labels },
      ports: [...new Set(ports)].map((port) => ({ name: `port-${port}`, port, targetPort: port, protocol: 'TCP' })),
    },
  })
  return { pod, service }
}

/** As the API server fills it in: istiod finds named ports by name and protocol. */
const withProtocols = (of: Json): JsonRecord => ({
  ...recordAt(of),
  ports: listAt(of, 'ports').map((each) => ({ protocol: 'TCP', ...recordAt(each) })),
})

function addressed(service: KubernetesObject, ip: string): KubernetesObject {
  const spec = withProtocols(recordAt(service, 'spec'))
  const isHeadless = spec['clusterIP'] === 'None'
  return spec['type'] === 'ExternalName' || isHeadless ? service : { ...service, spec: { ...spec, clusterIP: ip } }
}

function sliceOf(service: KubernetesObject, pods: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const selector = stringsAt(service, 'spec', 'selector')
  const namespace = service.metadata.namespace ?? 'default'
  const behind = pods.filter((pod) => pod.metadata.namespace === namespace && hasLabels(pod, selector))
  if (Object.keys(selector).length === 0 || behind.length === 0) return []
  const ports = listAt(service, 'spec', 'ports').flatMap((each) => {
    const port = targetOf(each, behind)
    return port === undefined ? [] : [{ ...nameOf(each), port, protocol: textAt(each, 'protocol') ?? 'TCP' }]
  })
  const endpoints = behind.map((pod) => ({
    addresses: [textAt(pod, 'status', 'podIP') ?? ''],
    conditions: { ready: true },
    targetRef: { kind: 'Pod', name: pod.metadata.name, namespace },
  }))
  const labels = { 'kubernetes.io/service-name': service.metadata.name }
  return [
    make('EndpointSlice', `${service.metadata.name}-1`, { namespace, labels, addressType: 'IPv4', ports, endpoints }),
  ]
}

function nameOf(port: Json): { name?: string } {
  const name = textAt(port, 'name')
  return name === undefined ? {} : { name }
}

/** The number of a port of the Pods, which may go by a name. */
function targetOf(port: Json, pods: readonly KubernetesObject[]): number | undefined {
  const named = textAt(port, 'targetPort')
  if (named === undefined) return numberAt(port, 'targetPort') ?? numberAt(port, 'port')
  return pods
    .flatMap((pod) => listAt(pod, 'spec', 'containers'))
    .flatMap((container) => listAt(container, 'ports'))
    .flatMap((each) => (textAt(each, 'name') === named ? (numberAt(each, 'containerPort') ?? []) : []))[0]
}

function namespacesOf(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const there = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name))
  const named = new Set(['istio-system', ...objects.flatMap(({ metadata }) => metadata.namespace ?? [])])
  return [...named].filter((each) => !there.has(each)).map((each) => make('Namespace', each))
}
