import { listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { mutatingWebhookConfigurations } from '@orbweaver/kube/resources'
import type { Asking } from './asking.ts'

type Member = MeshDetail['members'][number]

/**
 * Whether what injects in a cluster for the mesh's own revision can: istiod writes its certificate into every webhook that
 * has the label of its revision (istio pkg/webhooks/webhookpatch.go, 1.30). Told to those who may list all webhooks there.
 */
export async function memberWebhook(
  { fleet, viewer }: Asking,
  mesh: Mesh,
  cluster: string,
): Promise<Pick<Member, 'webhook'>> {
  const isRead = fleet.get(cluster)?.mirror.known(mutatingWebhookConfigurations) === true
  if (!isRead || !(await viewer.lists(cluster, mutatingWebhookConfigurations))) return {}
  const all = await viewer.list(cluster, mutatingWebhookConfigurations)
  const own = all.filter((each) => labelsOf(each)[names.revision] === revisionOf(mesh))
  const entries = own.flatMap((each) => listAt(each, 'webhooks'))
  if (entries.length === 0) return { webhook: 'missing' }
  const isPatched = entries.every((each) => (textAt(each, 'clientConfig', 'caBundle') ?? '') !== '')
  return { webhook: isPatched ? 'ready' : 'unpatched' }
}
