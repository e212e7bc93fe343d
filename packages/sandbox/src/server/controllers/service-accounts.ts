import { textAt } from '@orbweaver/contracts/json'
import type { Cluster } from '../cluster.ts'
import { createSeedStore } from '../seed-store.ts'
import type { Controller } from './controller.ts'

/** Every active namespace has a `default` ServiceAccount and the ConfigMap with the cluster's CA. */
export function keepServiceAccounts(cluster: Cluster): Controller {
  const store = createSeedStore(cluster)
  const keep = (namespace: string): void => {
    const at = cluster.store.get('namespaces', undefined, namespace)?.object
    if (at === undefined || textAt(at, 'status', 'phase') !== 'Active') return
    if (cluster.store.get('serviceaccounts', namespace, 'default') === undefined) {
      const metadata = { name: 'default', namespace }
      store.put({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }, 'kube-controller-manager')
    }
    if (textAt(cluster.store.get('configmaps', namespace, rootCa)?.object, 'data', 'ca.crt') === cluster.ca) return
    const annotations = { 'kubernetes.io/description': description }
    const metadata = { name: rootCa, namespace, annotations }
    store.put(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'ca.crt': cluster.ca } },
      'kube-controller-manager',
    )
  }
  return (resource, change) => {
    const { name, namespace } = change.entry.object.metadata
    if (resource === 'namespaces' && change.type !== 'DELETED') keep(name)
    const lost = resource === 'serviceaccounts' ? name === 'default' : resource === 'configmaps' && name === rootCa
    if (lost && change.type !== 'ADDED' && namespace !== undefined) keep(namespace)
  }
}

const rootCa = 'kube-root-ca.crt'
const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'
