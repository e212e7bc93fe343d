import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { InjectableNamespace } from '@orbweaver/contracts/sidecars'
import { enabledAtJoin } from '@orbweaver/istio/injection/intent'
import { isSystemNamespace, policyOf } from '@orbweaver/istio/injection/policy'
import { fleetClusters, namespaces } from '@orbweaver/kube/resources'
import type { ViewerDoor } from '../../kube/doors.ts'

type Asking = { viewer: Pick<ViewerDoor, 'list' | 'get'>; hub: string }

/** By name. Undefined for a cluster of which the viewer may know nothing: to them it is as one that is not there. */
export async function injectableIn(
  { viewer, hub }: Asking,
  cluster: string,
): Promise<InjectableNamespace[] | undefined> {
  const listed = await viewer.list(cluster, namespaces)
  if (listed.length === 0 && (await viewer.get(hub, fleetClusters, { name: cluster })) === undefined) return undefined
  return listed
    .flatMap((each) => injectableView(cluster, each) ?? [])
    .toSorted((one, other) => one.namespace.localeCompare(other.namespace, 'en'))
}

/** By its labels alone, since nobody serves it yet; undefined where no join would label it. */
function injectableView(cluster: string, object: KubernetesObject): InjectableNamespace | undefined {
  const namespace = object.metadata.name
  if ('refusal' in enabledAtJoin(cluster, object) || isSystemNamespace(namespace)) return undefined
  const { policy, revision } = policyOf(labelsOf(object))
  return { namespace, policy, ...(revision !== undefined && { revision }) }
}
