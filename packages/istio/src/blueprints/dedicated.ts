import type { Mesh } from '../meshes/mesh.ts'
import { controlPlaneValues, deepMerge } from '../meshes/values.ts'
import { controlPlaneStage, governingStages, identityValues, namespaceStage } from './control-plane.ts'
import { obsoleteStages } from './obsolete.ts'
import type { Observed, Stage } from './stage.ts'

/** A dedicated mesh: one cluster with its control plane. A network only where its FleetCluster names one. */
export function dedicated(mesh: Mesh, observed: Observed): Stage[] {
  const { cluster } = mesh.controlPlane
  const network = observed.get(cluster)?.network
  const namespace = namespaceStage(mesh, network)
  const values = deepMerge(controlPlaneValues(mesh), identityValues(mesh, cluster, network))
  return [
    namespace,
    controlPlaneStage(mesh, values, [namespace.id]),
    ...governingStages(mesh, observed),
    ...obsoleteStages(mesh, observed),
  ]
}
