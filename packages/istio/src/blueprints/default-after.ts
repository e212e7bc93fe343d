import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { defaultTarget } from './control-plane.ts'
import type { Observed } from './stage.ts'

/**
 * What `istio-injection=enabled`, and a Pod's own opt-in, mean after a change of version: docs/decisions/0012. With the
 * control plane the default stays where its tag points; in members it is of the mesh's version at once.
 */
export function defaultNotes(before: Mesh, after: Mesh, observed: Observed): Message[] {
  const { cluster } = after.controlPlane
  const view = observed.get(cluster)?.view
  if (after.kind === 'External' || before.version === after.version || view === undefined) return []
  const to = revisionOf(after)
  const revision = defaultTarget(after, view)
  const clusters = after.members.map((each) => each.cluster)
  return [
    ...(revision === to ? [] : [{ code: 'meshes.default_stays', params: { cluster, revision, to } }]),
    ...(clusters.length === 0
      ? []
      : [{ code: 'meshes.default_moves', params: { clusters: clusters.join(', '), count: clusters.length, to } }]),
  ]
}
