import type { FoundIstio } from '@orbweaver/contracts/clusters'
import type { FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { ViewerDoor } from '../kube/doors.ts'

/** Those whose istiod, or webhook where istiod is elsewhere, the viewer may see: revision and namespace are told by nothing else. */
export async function seenIstio(
  viewer: Pick<ViewerDoor, 'seesWhich'>,
  found: readonly FoundControlPlane[],
): Promise<FoundControlPlane[]> {
  const seen = await viewer.seesWhich(found.map((each) => each.ref))
  return found.filter((each) => seen.has(refKey(each.ref)))
}

/** A control plane as the contract tells it. The label of a mesh outlives its record: who governs, the records say. */
export function toldIstio(found: FoundControlPlane, meshes: readonly Mesh[]): FoundIstio {
  const { namespace, revision, version, installer, tags, remote } = found
  const mesh = meshes.find((each) => each.name === found.mesh)?.name
  return {
    namespace,
    revision,
    ...(version !== undefined && { version }),
    installer,
    ...(tags.length > 0 && { tags }),
    ...(remote && { remote }),
    ...(mesh !== undefined && { mesh }),
  }
}
