import type { IntentOf } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { withMergePatch } from '@orbweaver/istio/diff/merge-patch'
import { enabledAtJoin } from '@orbweaver/istio/injection/intent'
import { namespaces as namespaceResource } from '@orbweaver/kube/resources'
import type { DraftItem, PlannerInput } from '../../changes/draft.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { unreadIn } from '../../kube/registration.ts'

type Join = IntentOf<'meshes.join'>
type Labelled = { items: DraftItem[]; blocked: Message[]; notes: Message[] }

/**
 * Namespaces that will ask for sidecars as soon as their cluster is served: labels alone, since there is nobody yet who
 * would inject what is restarted. Who may not know of a namespace is told what is told of one that is not there.
 */
export async function injectionAtJoin(
  { viewer, fleet, intent }: PlannerInput<Join>,
  joining: ReadonlySet<string>,
): Promise<Labelled> {
  const { inject = [] } = intent
  const labelled: Labelled = { items: [], blocked: [], notes: [] }
  const sees = await inFlight(inject, 10, (each) => viewer.seesNamespace(each.cluster, each.namespace))
  for (const [index, { cluster, namespace }] of inject.entries()) {
    const object = fleet.get(cluster)?.mirror.get(namespaceResource, { name: namespace })
    const unread = unreadIn(fleet, cluster, namespaceResource)
    if (!joining.has(cluster)) labelled.blocked.push({ code: 'sidecars.not_in_mesh', params: { cluster } })
    else if (unread !== undefined) labelled.blocked.push(unread)
    else if (object === undefined || sees[index] !== true) {
      labelled.blocked.push({ code: 'injection.namespace-not-found', params: { cluster, namespace } })
    } else addLabels(labelled, cluster, object)
  }
  if (labelled.items.length > 0) {
    labelled.notes.push({ code: 'meshes.inject_at_join', params: { count: labelled.items.length } })
  }
  return labelled
}

function addLabels({ items, blocked }: Labelled, cluster: string, object: KubernetesObject): void {
  const enabled = enabledAtJoin(cluster, object)
  if ('refusal' in enabled) blocked.push({ ...enabled.refusal, code: `injection.${enabled.refusal.code}` })
  else if (enabled.patch !== undefined) {
    const { patch } = enabled
    items.push({
      ref: refOf(cluster, object),
      resource: namespaceResource,
      by: 'person',
      op: 'update',
      how: 'merge',
      edit: (live) => withMergePatch(live, patch),
    })
  }
}
