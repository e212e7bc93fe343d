import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { type SameService, sameServices } from '../meshes/same-services.ts'
import { kinds } from '../world/kinds.ts'
import { all, check, type ClusterFacts, fix, mostShown, type PreflightCheck } from './check.ts'

/** Services that become one with those of the same name elsewhere in the mesh, and are not the same there (IST0170). */
export function services(mesh: Mesh, facts: ReadonlyMap<string, ClusterFacts>): PreflightCheck[] {
  if (mesh.kind !== 'Managed' || mesh.members.length === 0) return []
  const clusters = clustersOf(mesh)
  const views = clusters.flatMap((cluster) => {
    const view = facts.get(cluster)?.view
    return view?.has(kinds.service) === true ? [view] : []
  })
  const unread = clusters.filter((cluster) => !views.some((view) => view.cluster === cluster))
  const unknown = unread.map((cluster) => check('services.unknown', 'unknown', { cluster }))
  const same = sameServices(views, [mesh.controlPlane.namespace])
  const differing = same.filter((each) => each.inconsistent)
  const grounds = views.flatMap((view) => all(view, kinds.service))
  if (differing.length === 0) {
    return [check('services.same', 'ok', { params: { count: same.length }, grounds }), ...unknown]
  }
  const evidence = differing.slice(0, mostShown).flatMap(evidenceOf)
  const params = { count: differing.length, total: same.length }
  return [check('services.differ', 'warning', { params, evidence, grounds, fix: fix('align-services') }), ...unknown]
}

/** Each side with what it says of what differs. */
function evidenceOf({ refs, differences }: SameService) {
  const told = differences.filter(({ aspect }) => aspect !== 'selector')
  return refs.map((ref) => {
    const value = told
      .map(({ aspect, says }) => `${aspect}: ${says.find((each) => each.cluster === ref.cluster)?.value ?? ''}`)
      .join('; ')
    return { ref, value }
  })
}
