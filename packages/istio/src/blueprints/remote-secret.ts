import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { remoteSecretName } from '../meshes/names.ts'
import { names, readerAccount, readerTokenSecret } from '../world/names.ts'
import { base64 } from './base64.ts'
import { hole } from './holes.ts'
import { ownLabels } from './objects.ts'
import type { ObservedCluster } from './stage.ts'

/**
 * The account istiod reads a member with. Sail makes it only together with a default tag, which a member cannot have;
 * its ClusterRole and ClusterRoleBinding come with every revision, remote ones too (istio-discovery
 * reader-clusterrole.yaml, reader-clusterrolebinding.yaml), with the writes a remote needs.
 */
export function readerObjects(mesh: Mesh): KubernetesObject[] {
  const { namespace } = mesh.controlPlane
  const labels = ownLabels(mesh)
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: readerAccount, namespace, labels } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: readerTokenSecret,
        namespace,
        labels,
        annotations: { [names.serviceAccountName]: readerAccount },
      },
      type: 'kubernetes.io/service-account-token',
    },
  ]
}

/**
 * How istiod learns of a member: the data key is the cluster's identity, and a second Secret with the same key would
 * be ignored with a log line only. The kubeconfig is written as JSON, which is YAML too.
 */
export function remoteSecret(mesh: Mesh, cluster: string, observed: ObservedCluster): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: remoteSecretName(cluster),
      namespace: mesh.controlPlane.namespace,
      labels: { ...ownLabels(mesh), [names.multiCluster]: 'true' },
      annotations: { [names.remoteCluster]: cluster },
    },
    type: 'Opaque',
    data: { [cluster]: kubeconfig(cluster, observed) },
  }
}

function kubeconfig(cluster: string, { server, reader }: ObservedCluster): string {
  if (reader === undefined) return hole('reader token')
  return base64(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: cluster, cluster: { server, 'certificate-authority-data': base64(reader.ca) } }],
      users: [{ name: cluster, user: { token: reader.token } }],
      contexts: [{ name: cluster, context: { cluster, user: cluster } }],
      'current-context': cluster,
    }),
  )
}
