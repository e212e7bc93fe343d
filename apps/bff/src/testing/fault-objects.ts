import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { makeRoot } from '@orbweaver/istio/certificates/make'

export type Change = (live: KubernetesObject) => KubernetesObject

type Rest = Omit<Partial<KubernetesObject>, 'metadata'> & { metadata?: JsonRecord }
/** `Kind group/version name`; of the core `Kind v1 name`. */
export function made(type: string, { metadata = {}, ...rest }: Rest = {}): KubernetesObject {
  const [kind = '', apiVersion = '', name = ''] = type.split(' ')
  return { apiVersion, kind, metadata: { name, ...metadata }, ...rest }
}

export const system = { namespace: 'istio-system' }
export const going = { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['example.com/held'] }
export const controlPlane = (more: JsonRecord) => ({
  controlPlane: { cluster: 'east', namespace: 'istio-system', ...more },
})
export const entrance = (address: string) => controlPlane({ entrance: { type: 'Address', address } })
export const record = (name: string, spec: JsonRecord) =>
  made(`Mesh orbweaver.dev/v1alpha1 ${name}`, { spec: { kind: 'Dedicated', version: 'v1.30.3', ...spec } })
export const elsewhere = { controlPlane: { cluster: 'elsewhere' } }
export const ofNamespace = (labels: JsonRecord, more: JsonRecord = {}) =>
  made('Namespace v1 istio-system', { metadata: { labels, ...more } })
export const istiod = (env: JsonRecord[] = []) =>
  made('Deployment apps/v1 istiod', {
    metadata: { namespace: 'theirs', labels: { app: 'istiod', 'istio.io/rev': 'default' } },
    spec: {
      selector: { matchLabels: { app: 'istiod' } },
      template: {
        metadata: { labels: { app: 'istiod' } },
        spec: { containers: [{ name: 'discovery', image: 'pilot:1.29.4', env }] },
      },
    },
  })
export const theirs = made('Namespace v1 theirs')
export const daemonSet = (name: string, status: JsonRecord) =>
  made(`DaemonSet apps/v1 ${name}`, {
    metadata: { namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: { k: name } },
      template: { metadata: { labels: { k: name } }, spec: { containers: [] } },
    },
    status,
  })
export const answersDefault = made('MutatingWebhookConfiguration admissionregistration.k8s.io/v1 foreign', {
  metadata: { labels: { app: 'sidecar-injector', 'istio.io/rev': 'theirs' } },
  webhooks: [
    {
      name: 'namespace.sidecar-injector.istio.io',
      clientConfig: { service: { name: 'istiod', namespace: 'theirs', path: '/inject' } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } },
      failurePolicy: 'Ignore',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    },
  ],
})
export const serving =
  (name: string): Change =>
  (crd) => ({
    ...crd,
    spec: {
      ...recordAt(crd, 'spec'),
      versions: [
        {
          name,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  })
const day = 86_400_000
/** A root that ends so many days from now. */
export async function rootEnding(days: number): Promise<KubernetesObject> {
  const now = new Date(Date.now() + (days - 365) * day)
  const { certificate } = await makeRoot({ organization: 'Old', years: 1, now })
  return made('ConfigMap v1 istio-ca-root-cert', { metadata: system, data: { 'root-cert.pem': certificate } })
}
export const addressed = (name: string, spec: JsonRecord) =>
  made(`Service v1 ${name}`, { metadata: { namespace: 'default' }, spec: { ports: [{ port: 80 }], ...spec } })
export const node = (podCIDR: string) => made('Node v1 node-1', { spec: { podCIDR, podCIDRs: [podCIDR] } })
