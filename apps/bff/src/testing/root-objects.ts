import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { revision } from './dedicated-objects.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

type Started = {
  startTime: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  /** Of its one container: istiod's where the labels say so, a proxy's otherwise. */
  env?: Record<string, string>
}

/** A Pod that runs since then. */
export function started(
  name: string,
  namespace: string,
  { startTime, labels = {}, annotations = {}, env = {} }: Started,
): KubernetesObject {
  const variables = Object.entries(env).map(([key, value]) => ({ name: key, value }))
  const container = labels.app === 'istiod' ? 'discovery' : 'istio-proxy'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, annotations },
    spec: { containers: [{ name: container, image: 'proxyv2:1.30.3', env: variables }] },
    status: { startTime, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

/** Annotations by which istiod marks what it injected. */
export const injected = { 'sidecar.istio.io/status': `{"revision":"${revision}"}` }

/** A Secret of the control plane with these files. */
export function secretNamed(name: string, files: Record<string, string>): KubernetesObject {
  const data = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, base64(text)]))
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'istio-system' }, data }
}

/** What istiod writes where it hands out these roots. */
export function handed(roots: string, namespaces: readonly string[]): KubernetesObject[] {
  const hooks = [{ name: 'rev.namespace.sidecar-injector.istio.io', clientConfig: { caBundle: base64(roots) } }]
  const webhook = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: `istio-sidecar-injector-${revision}`, labels: { 'istio.io/rev': revision } },
    webhooks: hooks,
  }
  const maps = namespaces.map((namespace) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio-ca-root-cert', namespace },
    data: { 'root-cert.pem': roots },
  }))
  return [webhook, ...maps]
}
