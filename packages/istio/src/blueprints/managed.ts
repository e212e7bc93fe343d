import type { Mesh } from '../meshes/mesh.ts'
import { controlPlaneValues, deepMerge } from '../meshes/values.ts'
import { clustersOf } from '../meshes/mesh.ts'
import { clusterLocalValues } from '../meshes/networks.ts'
import { controlPlaneStage, governingStages, identityValues, namespaceStage } from './control-plane.ts'
import { eastWestStages } from './east-west.ts'
import { entranceStages } from './entrance.ts'
import { memberStages } from './member.ts'
import { meshNetworksValues, networkOf, networksDiffer } from './network.ts'
import { obsoleteStages } from './obsolete.ts'
import type { Observed, Stage } from './stage.ts'

/**
 * A managed mesh: istiod in one cluster serves all members. EXTERNAL_ISTIOD is spelled as an environment variable
 * because only that spelling also stops Sail from pruning revisions that other clusters' Pods still use (sail
 * pkg/revision/prune.go).
 */
export function managed(mesh: Mesh, observed: Observed): Stage[] {
  const { cluster } = mesh.controlPlane
  const network = networkOf(mesh, cluster, observed)
  const namespace = namespaceStage(mesh, network)
  const entrance = entranceStages(mesh)
  const own = deepMerge(identityValues(mesh, cluster, network), { pilot: { env: { EXTERNAL_ISTIOD: 'true' } } })
  const between = deepMerge(clusterLocalValues(mesh.networks), meshNetworksValues(mesh, observed))
  const values = deepMerge(deepMerge(between, controlPlaneValues(mesh)), own)
  const before = [namespace.id, ...entrance.map((each) => each.id)]
  return [
    namespace,
    ...entrance,
    controlPlaneStage(mesh, values, before),
    ...governingStages(mesh, observed),
    ...mesh.members.flatMap((member) => memberStages(mesh, member.cluster, observed)),
    ...(networksDiffer(mesh, observed) ? eastWestStages(mesh, clustersOf(mesh), observed) : []),
    ...obsoleteStages(mesh, observed),
  ]
}
