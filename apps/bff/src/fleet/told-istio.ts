import type { FoundIstio } from '@orbweaver/contracts/clusters'
import type { FoundControlPlane } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'

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
