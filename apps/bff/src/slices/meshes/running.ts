import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { refKey } from '@orbweaver/contracts/kubernetes'
import { discover } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { inFlight } from '../../changes/in-flight.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Asking } from './asking.ts'

/**
 * The mesh's control plane as it runs. A fact is told from the first object that says it and that the viewer may read:
 * ConfigMaps and values are for fewer people than Deployments are.
 */
export async function runningOf({ fleet, viewer }: Asking, mesh: Mesh): Promise<Pick<MeshDetail, 'running'>> {
  const { cluster, namespace } = mesh.controlPlane
  const door = fleet.get(cluster)
  const revision = revisionOf(mesh)
  const all = door === undefined ? [] : discover(viewOfMirror(door))
  const found = all.find((each) => each.revision === revision && each.namespace === namespace)
  if (found === undefined || !(await viewer.sees(found.ref))) return {}
  const sources = [...new Map(found.facts.map(({ from }) => [refKey(from), from])).values()]
  const seen = await inFlight(sources, 4, (ref) => viewer.sees(ref))
  const readable = new Set(sources.filter((_, index) => seen[index] === true).map(refKey))
  const shown = found.facts.filter(({ from }) => readable.has(refKey(from)))
  const facts = shown.filter((fact, index) => shown.findIndex(({ key }) => key === fact.key) === index)
  const { ref, installer, tags } = found
  return { running: { ref, installer, revision, tags, facts, complete: readable.size === sources.length } }
}
