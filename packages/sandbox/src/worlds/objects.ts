import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Plain Kubernetes objects as people write them: the building blocks of worlds. */

type Labels = Record<string, string>

export function namespace(name: string, labels: Labels = {}, annotations: Labels = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } }
}

export type NodeOptions = {
  name: string
  region: string
  zone: string
  kubelet: string
  address: string
  instance: string
}

export function node({ name, region, zone, kubelet, address, instance }: NodeOptions): KubernetesObject {
  const capacity = { cpu: '8', memory: '32780576Ki', pods: '110' }
  const heartbeat = { lastHeartbeatTime: '2026-01-01T00:00:00Z', lastTransitionTime: '2026-01-01T00:00:00Z' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/instance-type': instance,
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: {},
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      capacity,
      allocatable: capacity,
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          ...heartbeat,
        },
      ],
      nodeInfo: {
        kubeletVersion: kubelet,
        kubeProxyVersion: kubelet,
        containerRuntimeVersion: 'containerd://2.1.4',
        kernelVersion: '6.6.58',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        operatingSystem: 'linux',
        architecture: 'amd64',
        machineID: name,
        systemUUID: name,
        bootID: name,
      },
    },
  }
}

export type WorkloadOptions = {
  namespace: string
  name: string
  /** Value of label `app`; the name when absent. */
  app?: string
  version?: string
  image: string
  /** Name of the one container; the app when absent. */
  container?: string
  replicas?: number
  port?: number
  kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet'
  podLabels?: Labels
  podAnnotations?: Labels
  account?: string
}

export function workload(options: WorkloadOptions): KubernetesObject {
  const { namespace: place, name, app = name, version = 'v1', image, port, kind = 'Deployment' } = options
  const labels = { app, version }
  const ports = port === undefined ? {} : { ports: [{ name: 'http', containerPort: port }] }
  const template = {
    metadata: { labels: { ...labels, ...options.podLabels }, annotations: options.podAnnotations ?? {} },
    spec: {
      ...(options.account === undefined ? {} : { serviceAccountName: options.account }),
      containers: [
        { name: options.container ?? app, image, ...ports, resources: { requests: { cpu: '50m', memory: '64Mi' } } },
      ],
    },
  }
  const replicas = kind === 'DaemonSet' ? {} : { replicas: options.replicas ?? 1 }
  const named = kind === 'StatefulSet' ? { serviceName: app } : {}
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: place, labels },
    spec: { ...replicas, ...named, selector: { matchLabels: labels }, template },
  }
}

export type ServiceOptions = {
  namespace: string
  name: string
  selector?: Labels
  port: number
  targetPort?: number
  portName?: string
  type?: 'ClusterIP' | 'LoadBalancer'
}

export function service(options: ServiceOptions): KubernetesObject {
  const { namespace: place, name, port, targetPort = port, portName = 'http', type = 'ClusterIP' } = options
  const selector = options.selector ?? { app: name }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: place, labels: { app: name, service: name } },
    spec: { type, selector, ports: [{ name: portName, port, targetPort, protocol: 'TCP' }] },
  }
}

export function account(place: string, name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: place } }
}

/** An object of one of Istio's kinds. */
export function istioObject(
  kind: { apiVersion: string; kind: string },
  at: { namespace: string; name: string },
  spec: JsonRecord,
): KubernetesObject {
  return { ...kind, metadata: { ...at }, spec }
}

export const NETWORKING = 'networking.istio.io/v1'
export const SECURITY = 'security.istio.io/v1'
