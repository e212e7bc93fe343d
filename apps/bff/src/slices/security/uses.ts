import { refKey } from '@orbweaver/contracts/kubernetes'
import type { CredentialUse } from '@orbweaver/istio/certificates/credential-lookup'
import { credentialUses } from '@orbweaver/istio/certificates/credential-uses'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Fleet } from '../../kube/doors.ts'

/** Who uses which TLS Secret of a mesh: judged on the full world, for whoever asks. */
export type Uses = {
  /** Of the Secrets that are there, by `refKey`. */
  of(key: string): readonly CredentialUse[]
  /** What is named and not there. */
  missing: readonly CredentialUse[]
}

/** None while the control plane's cluster is not connected: rules lie there. */
export function usesIn(fleet: Fleet, mesh: Mesh): Uses {
  const doors = clustersOf(mesh).flatMap((each) => fleet.get(each) ?? [])
  const clusters = doors.map(viewOfMirror)
  const config = clusters.find(({ cluster }) => cluster === mesh.controlPlane.cluster)
  const uses = config === undefined ? [] : credentialUses({ config, clusters })
  const there = uses.filter(({ secret }) => secret !== undefined)
  const bySecret = groupedBy(there, ({ secret }) => (secret === undefined ? '' : refKey(secret)))
  return {
    of: (key) => bySecret.get(key) ?? [],
    missing: uses.filter(({ secret, fault }) => secret === undefined && fault !== undefined),
  }
}
