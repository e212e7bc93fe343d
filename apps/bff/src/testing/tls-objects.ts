import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { TlsPair } from '@orbweaver/contracts/security-intents'

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** A mesh of one cluster called `member`. */
export const oneClusterMesh: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop', generation: 1 },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'member', namespace: 'istio-system' } },
}

/** By `namespace/name`. */
export function secret(at: string, data: Record<string, string>, type = 'kubernetes.io/tls'): KubernetesObject {
  const [inNamespace = '', name = ''] = at.split('/')
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)]))
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: inNamespace },
    type,
    data: encoded,
  }
}
export const tls = (at: string, { certificate, key }: TlsPair) => secret(at, { 'tls.crt': certificate, 'tls.key': key })

/** It names two Secrets for Pods of another namespace. */
export const gateway: KubernetesObject = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'shop' },
  spec: {
    selector: { istio: 'gw' },
    servers: ['web', 'gone'].map((credentialName) => ({ tls: { mode: 'SIMPLE', credentialName } })),
  },
}
export const gatewayPod: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'gw-1', namespace: 'ingress', labels: { istio: 'gw' } },
  spec: { containers: [{ name: 'istio-proxy', image: 'proxyv2:1.30.3' }] },
}
