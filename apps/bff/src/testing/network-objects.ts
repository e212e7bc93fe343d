import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** What of a cluster says how it is entered from other networks, and which of its Pods are on which. */
export const namespaceOn = (network: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'istio-system', labels: { 'topology.istio.io/network': network } },
})
export const shared = (name: string, port: number): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { ports: [{ name: 'http', port }] },
})
export const gateway = (network: string, more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'istio-eastwestgateway',
    namespace: 'istio-system',
    labels: { 'topology.istio.io/network': network, 'orbweaver.dev/mesh': 'shop' },
  },
  spec: { type: 'LoadBalancer', ports: [{ name: 'tls', port: 15443 }] },
  ...more,
})
export const injected = (name: string, network: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'default',
    labels: { 'topology.istio.io/network': network },
    annotations: { 'sidecar.istio.io/status': '{}', 'istio.io/rev': 'shop-v1-30-3' },
  },
  spec: { nodeName: 'node-1', containers: [{ name: 'istio-proxy', image: 'proxyv2:1.30.3' }] },
  status: { phase: 'Running' },
})
export const node: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'node-1',
    labels: { 'topology.kubernetes.io/region': 'eu', 'topology.kubernetes.io/zone': 'eu-1' },
  },
  spec: { podCIDR: '10.8.0.0/24', podCIDRs: ['10.8.0.0/24'] },
}
