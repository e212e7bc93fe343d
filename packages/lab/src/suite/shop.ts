import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Revision } from '../render.ts'

/** The objects that the lab suite sets up: a control plane in member-1, and member-2 as its remote. */
export const meshNamespace = 'istio-system'
const version = 'v1.30.2'
export const revisionName = 'shop-v1-30-2'

const values = (cluster: string, more: JsonRecord): JsonRecord => {
  const { global, ...others } = more
  const shared = { meshID: 'shop', network: 'flat', multiCluster: { clusterName: cluster } }
  return { ...others, global: { ...shared, ...recordAt(global) } }
}

const istio = (spec: JsonRecord): KubernetesObject => ({
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'shop' },
  spec: { version, namespace: meshNamespace, updateStrategy: { type: 'RevisionBased' }, ...spec },
})

export const primary = (spec: JsonRecord = {}): KubernetesObject =>
  istio({ values: values('member-1', { pilot: { env: { EXTERNAL_ISTIOD: 'true' } } }), ...spec })

const remoteValues = (entranceAddress: string): JsonRecord =>
  values('member-2', {
    global: { remotePilotAddress: entranceAddress },
    istiodRemote: { injectionPath: '/inject/cluster/member-2/net/flat' },
  })

export const remote = (entranceAddress: string): KubernetesObject =>
  istio({ profile: 'remote', values: remoteValues(entranceAddress) })

/** What the chart of the remote revision is rendered from. */
export const remoteRevision = (entranceAddress: string): Revision => ({
  name: revisionName,
  namespace: meshNamespace,
  version,
  profile: 'remote',
  values: remoteValues(entranceAddress),
})

export const defaultTag: KubernetesObject = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'IstioRevisionTag',
  metadata: { name: 'default' },
  spec: { targetRef: { kind: 'IstioRevision', name: revisionName } },
}

export const namespace = (name: string, labels = {}, annotations = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, annotations },
})

export const deployment = (name: string, namespace: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: `registry.example/${name}:1` }] },
    },
  },
})

export const virtualService = (name: string, namespace: string, weight: number): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name, namespace },
  spec: { hosts: ['cart'], http: [{ route: [{ destination: { host: 'cart' }, weight }] }] },
})

/** What lets other clusters reach the istiod of a revision. */
export const entrance: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: `entrance-${revisionName}`, namespace: meshNamespace },
  spec: {
    type: 'LoadBalancer',
    selector: { app: 'istiod', 'istio.io/rev': revisionName },
    ports: [
      { name: 'tls-xds', port: 15012, targetPort: 15012 },
      { name: 'tls-webhook', port: 15017, targetPort: 15017 },
    ],
  },
}

const reader = 'istio-reader-service-account'
export const readerToken = `${reader}-istio-remote-secret-token`

export const readerObjects: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: reader, namespace: meshNamespace } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: {
      name: readerToken,
      namespace: meshNamespace,
      annotations: { 'kubernetes.io/service-account.name': reader },
    },
  },
]

export const remoteSecret = (cluster: string, kubeconfig: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  type: 'Opaque',
  metadata: {
    name: `istio-remote-secret-${cluster}`,
    namespace: meshNamespace,
    labels: { 'istio/multiCluster': 'true' },
    annotations: { 'networking.istio.io/cluster': cluster },
  },
  data: { [cluster]: Buffer.from(kubeconfig).toString('base64') },
})
