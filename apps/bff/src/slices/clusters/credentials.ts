import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Connection } from '@orbweaver/kube/connection'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { secrets } from '@orbweaver/kube/resources'
import type { DraftItem } from '../../changes/draft.ts'

export const credentialsNamespace = 'orbweaver-system'

/** A cluster's name has no dots: what replaces the credentials of one cannot have the name of another's. */
export function firstSecretName(cluster: string): string {
  return `cluster-${cluster}`
}

/** The Secret that follows: the same as long as the record names the present one, so that a plan can be made again. */
export function nextSecretName(cluster: string, present: string | undefined): string {
  return `${firstSecretName(cluster)}.${numberOf(cluster, present) + 1}`
}

/** Whether the console made this Secret for this cluster; any other is somebody else's to delete. */
export function isOwnSecretName(cluster: string, name: string | undefined): name is string {
  return name !== undefined && numberOf(cluster, name) > 0
}

function numberOf(cluster: string, name = ''): number {
  const first = firstSecretName(cluster)
  if (name === first) return 1
  const after = name.startsWith(`${first}.`) ? name.slice(first.length + 1) : ''
  return /^[1-9]\d{0,8}$/.test(after) ? Number(after) : 0
}

/** Written by the console itself: no person may read or write credentials (deploy/rbac). */
export function credentialsCreate(
  hub: string,
  { cluster, name, connection }: { cluster: string; name: string; connection: Connection },
): DraftItem {
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: credentialsNamespace, labels: { 'app.kubernetes.io/part-of': 'orbweaver' } },
    type: 'orbweaver.dev/kubeconfig',
  }
  const kubeconfig = writeKubeconfig([{ name: cluster, connection }])
  const secret = { kubeconfig: Buffer.from(kubeconfig).toString('base64') }
  return { ref: refOf(hub, object), resource: secrets, by: 'console', op: 'create', object, secret }
}

export function credentialsDelete(hub: string, name: string): DraftItem {
  const ref: ObjectRef = {
    cluster: hub,
    group: '',
    version: 'v1',
    kind: 'Secret',
    namespace: credentialsNamespace,
    name,
  }
  return { ref, resource: secrets, by: 'console', op: 'delete' }
}
