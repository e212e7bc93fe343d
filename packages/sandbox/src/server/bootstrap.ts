import { listAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { roles } from './builtins/generated/roles.ts'
import type { Cluster } from './cluster.ts'
import { parseJson } from './clone.ts'
import { createSeedStore } from './seed-store.ts'

/** What a cluster has before anybody writes: system namespaces, the `kubernetes` Service, the user-facing roles. */
export function bootstrap(cluster: Cluster): void {
  const store = createSeedStore(cluster)
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
    store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, 'kube-apiserver')
  }
  for (const role of listAt(parseJson(roles))) if (isKubernetesObject(role)) store.put(role, 'kube-apiserver')
  store.put(kubernetesService, 'kube-apiserver')
}

const kubernetesService: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'kubernetes',
    namespace: 'default',
    labels: { component: 'apiserver', provider: 'kubernetes' },
  },
  spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }] },
}
