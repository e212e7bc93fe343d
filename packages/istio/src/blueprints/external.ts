import { discover } from '../meshes/discover.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { failed, gateOf, passed, type Stage, stage, waiting } from './stage.ts'

/** Nothing is installed: the one stage finds the control plane that the mesh names, and says what became of it. */
export function external(mesh: Mesh): Stage[] {
  const { cluster, namespace } = mesh.controlPlane
  const revision = revisionOf(mesh)
  return [
    stage({
      name: 'adopt',
      cluster,
      gate: gateOf(cluster, (view) => {
        const found = discover(view).find((each) => each.revision === revision && each.namespace === namespace)
        if (found === undefined) return failed('control-plane-not-found', { cluster, namespace, revision })
        if (found.remote || found.ready.ready > 0) {
          return passed('adopted', { revision, version: found.version ?? '', installer: found.installer })
        }
        return waiting('istiod-not-ready', { revision, message: '' })
      }),
      deadlineSeconds: 60,
      timeout: 'adopt-timeout',
    }),
  ]
}
