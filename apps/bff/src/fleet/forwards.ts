import type { Message } from '@orbweaver/contracts/message'
import { pods } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../kube/doors.ts'

/**
 * Why a person may not connect to Pods of a namespace: `create` is what RBAC is asked for by every version; the API server
 * has the last word.
 */
export async function whyNoForward(
  viewer: ViewerDoor,
  { cluster, namespace }: { cluster: string; namespace: string },
): Promise<Message | undefined> {
  const right = { verb: 'create', group: '', resource: pods.plural, subresource: 'portforward', namespace }
  const may = await viewer.may(cluster, right)
  return may ? undefined : { code: 'certificates.forward_not_permitted', params: { cluster, namespace } }
}
