import type { Intent } from '@orbweaver/contracts/intent'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { Condition, Removal, Stay } from '@orbweaver/contracts/removal'
import { type Blocker, blockers } from '@orbweaver/istio/blueprints/blockers'
import { leftovers } from '@orbweaver/istio/blueprints/leftovers'
import type { Observed } from '@orbweaver/istio/blueprints/stage'
import { leaveStages, uninstall } from '@orbweaver/istio/blueprints/uninstall'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { viewWith } from '@orbweaver/istio/world/view'
import { withWhoLacks } from '../../changes/who-lacks.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { istiodWrites, refsOf } from '../../fleet/istiod-writes.ts'
import { shownOf, staysOf } from '../../fleet/stays.ts'
import { observe } from '../../reconciler/observe.ts'
import { derivedOf, unpermitted } from './derived.ts'
import type { Asking } from './asking.ts'

/** Objects that one intent takes at most (packages/contracts, intent.ts). */
const atOnce = 200

/**
 * What must be done before a mesh, or the members named, can go. What stands in the way counts what others run: it is
 * told to those who could take the mesh apart, like the plan itself does.
 */
export async function removalOf(asking: Asking, mesh: Mesh, leaving?: readonly string[]): Promise<Removal> {
  const clusters = leaving ?? clustersOf(mesh)
  const observed = observe(asking.fleet, mesh, [...clustersOf(mesh), ...clusters])
  const stages =
    leaving === undefined ? uninstall(mesh, observed) : leaving.flatMap((each) => leaveStages(mesh, each, observed))
  const refused =
    mesh.kind === 'External'
      ? []
      : withWhoLacks(asking.fleet, asking.viewer.identity, unpermitted(await derivedOf(asking, stages)))
  const found = mesh.kind === 'External' || refused.length > 0 ? [] : blockers(mesh, clusters, observed)
  return {
    protected: mesh.protected && leaving === undefined,
    conditions: await inFlight(found, 4, (each) => conditionOf(asking, mesh, each)),
    members: leaving === undefined ? mesh.members.map(({ cluster }) => cluster) : [],
    stays: mesh.kind === 'External' ? [] : await staying(asking, mesh, { clusters, observed }),
    refused,
  }
}

type Leaving = { clusters: readonly string[]; observed: Observed }

/** What stays in every cluster that can be read, what its istiod writes among it. */
async function staying({ fleet, viewer }: Asking, mesh: Mesh, { clusters, observed }: Leaving): Promise<Stay[]> {
  const found = await inFlight(clusters, 4, async (cluster) => {
    const view = observed.get(cluster)?.view
    const door = fleet.get(cluster)
    if (view === undefined || door === undefined) return []
    const written = await istiodWrites(door, viewer.identity, view)
    return shownOf(viewer, {
      found: leftovers(mesh, viewWith(view, written.objects)),
      read: refsOf(cluster, written),
    })
  })
  return staysOf(found.flat())
}

async function conditionOf({ viewer }: Asking, mesh: Mesh, blocker: Blocker): Promise<Condition> {
  const { code, params, cluster, fix } = blocker
  const sees = await viewer.seesWhich(blocker.evidence)
  const evidence = blocker.evidence.filter((each) => sees.has(refKey(each)))
  const intent = evidence.length === 0 ? undefined : intentOf(mesh, blocker, evidence.slice(0, atOnce))
  return {
    reason: { code: `blocker.${code}`, params },
    cluster,
    fix,
    ...(intent !== undefined && { intent }),
    evidence: evidence.slice(0, atOnce),
    partial: evidence.length < blocker.evidence.length || evidence.length > atOnce,
  }
}

function intentOf({ name }: Mesh, { fix, cluster }: Blocker, evidence: ObjectRef[]): Intent | undefined {
  const namespaces = evidence.map((each) => ({ cluster, namespace: each.name }))
  switch (fix) {
    case 'clear-injection':
      return { type: 'sidecars.namespaces', mesh: name, namespaces, action: 'clear', restart: true }
    case 'disable-injection':
      return { type: 'sidecars.namespaces', mesh: name, namespaces, action: 'disable', restart: true }
    case 'clear-workloads':
      return { type: 'sidecars.workloads', mesh: name, workloads: evidence, action: 'clear' }
    case 'restart':
      return { type: 'sidecars.restart', mesh: name, workloads: evidence }
    case 'delete-gateways':
      return { type: 'meshes.delete-gateways', name, gateways: evidence }
    case 'leave-behind':
    case 'by-hand':
      return undefined
  }
}
