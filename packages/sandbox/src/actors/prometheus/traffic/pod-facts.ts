import { at, type Json, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { isInjected } from '@orbweaver/istio/injection/pod-state'
import { readProxy } from '@orbweaver/istio/injection/proxy'

/** What telemetry tells of a Pod. */
export type PodFacts = {
  uid: string
  namespace: string
  name: string
  address: string
  node: string
  labels: Readonly<Record<string, string>>
  workload: string
  /** Of containers that run, init containers that go on included, with their images. */
  containers: readonly { name: string; image: string }[]
  isReady: boolean
  created: number
  /** Absent where it has none: nothing is told of its requests then. */
  proxy?: ProxyFacts
}

type ProxyFacts = {
  kind: 'sidecar' | 'gateway'
  version: string
  /** As its istiod calls its cluster. */
  cluster: string
  mesh: string
  /** Without `spiffe://`. */
  principal: string
}

/** Undefined for a Pod that does not run. */
export function factsOf(pod: KubernetesObject): PodFacts | undefined {
  if (textAt(pod, 'status', 'phase') !== 'Running') return undefined
  const { uid = '', namespace = '', name, creationTimestamp = '' } = pod.metadata
  const proxy = proxyOf(pod)
  return {
    uid,
    namespace,
    name,
    address: textAt(pod, 'status', 'podIP') ?? '',
    node: textAt(pod, 'spec', 'nodeName') ?? '',
    labels: labelsOf(pod),
    workload: variable(pod, 'ISTIO_META_WORKLOAD_NAME') ?? workloadOf(pod),
    containers: containersOf(pod).map((each) => ({
      name: textAt(each, 'name') ?? '',
      image: textAt(each, 'image') ?? '',
    })),
    isReady: conditionOf(pod, 'Ready')?.status === 'True',
    created: Date.parse(creationTimestamp),
    ...(proxy === undefined ? {} : { proxy }),
  }
}

function proxyOf(pod: KubernetesObject): ProxyFacts | undefined {
  const proxy = readProxy(pod)
  if (!isInjected(proxy) || (proxy.kind !== 'sidecar' && proxy.kind !== 'gateway')) return undefined
  const trust = variable(pod, 'TRUST_DOMAIN') ?? 'cluster.local'
  const account = textAt(pod, 'spec', 'serviceAccountName') ?? 'default'
  return {
    kind: proxy.kind,
    version: proxy.version ?? 'unknown',
    cluster: variable(pod, 'ISTIO_META_CLUSTER_ID') ?? 'Kubernetes',
    mesh: variable(pod, 'ISTIO_META_MESH_ID') ?? trust,
    principal: `spiffe://${trust}/ns/${pod.metadata.namespace ?? ''}/sa/${account}`,
  }
}

function containersOf(pod: KubernetesObject): Json[] {
  const going = listAt(pod, 'spec', 'initContainers').filter((each) => textAt(each, 'restartPolicy') === 'Always')
  return [...listAt(pod, 'spec', 'containers'), ...going]
}

function variable(pod: KubernetesObject, name: string): string | undefined {
  const proxy = containersOf(pod).find((each) => textAt(each, 'name') === 'istio-proxy')
  return textAt(
    listAt(proxy, 'env').find((each) => textAt(each, 'name') === name),
    'value',
  )
}

/** A ReplicaSet's name is its Deployment's with a hash behind it. */
function workloadOf(pod: KubernetesObject): string {
  const owner = at(pod, 'metadata', 'ownerReferences', 0)
  const name = textAt(owner, 'name') ?? pod.metadata.name
  return textAt(owner, 'kind') === 'ReplicaSet' ? name.replace(/-[^-]+$/, '') : name
}

export type ServiceFacts = {
  namespace: string
  name: string
  selector: Readonly<Record<string, string>>
  protocol: 'http' | 'grpc' | 'tcp'
}

/** Undefined for a Service without a selector. */
export function serviceFacts(service: KubernetesObject): ServiceFacts | undefined {
  const selector = stringsAt(service, 'spec', 'selector')
  if (Object.keys(selector).length === 0) return undefined
  const { namespace = '', name } = service.metadata
  const port = recordAt(service, 'spec', 'ports', 0)
  const word = (textAt(port, 'appProtocol') ?? textAt(port, 'name') ?? '').split('-')[0]
  const protocol = word === 'grpc' ? 'grpc' : word === 'http' || word === 'http2' ? 'http' : 'tcp'
  return { namespace, name, selector, protocol }
}

/** Whether a Service leads to a Pod, which is in its namespace. */
export function leadsTo({ namespace, selector }: ServiceFacts, pod: PodFacts): boolean {
  return pod.namespace === namespace && Object.entries(selector).every(([key, value]) => pod.labels[key] === value)
}
