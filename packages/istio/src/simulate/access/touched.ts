import { plainRecord, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { placeOf } from '../../findings/held.ts'
import type { MeshWorld } from '../../findings/world.ts'
import { type KindKey, kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'
import type { Destination } from './destination.ts'
import { isSelected, targetRefsOf } from './target.ts'
import { addressedTo, isWaypoint, waypointFor } from './through-waypoint.ts'

/** What only the proxies before a workload are told: callers are not asked by it. */
const policies: readonly KindKey[] = [kinds.authorizationPolicy, kinds.peerAuthentication, kinds.requestAuthentication]

/** Whether the difference of two worlds may change how calls to an end are judged. */
export type Touches = (world: MeshWorld, to: Destination) => boolean

const everything: Touches = () => true

/**
 * Where two worlds differ in policies alone, those ends that some of them may be attached to (istio
 * pilot/pkg/model/policyattachment.go); else all. Too many at most: what is attached is then looked at as ever.
 */
export function touchedBy(before: MeshWorld, after: MeshWorld): Touches {
  if (
    before.clusters.length !== after.clusters.length ||
    !sameJson(plainRecord(before.mesh), plainRecord(after.mesh))
  ) {
    return everything
  }
  const changed: KubernetesObject[] = []
  for (const kind of Object.values(kinds)) {
    const differ = before.clusters.flatMap((view, index) => differing(view, after.clusters[index], kind))
    if (differ.length === 0) continue
    if (!policies.includes(kind)) return everything
    changed.push(...differ)
  }
  return (world, to) => changed.some((policy) => mayBeAttached(world, policy, to))
}

/** Objects of a kind that are in one of two clusters only, or are another in each: as they are in both. */
function differing(view: ClusterView, other: ClusterView | undefined, kind: KindKey): readonly KubernetesObject[] {
  const [own, others] = [view.list(kind), other?.list(kind) ?? []]
  const there = new Map(others.map((each) => [placeOf(each), each]))
  const changed = own.flatMap((each) => {
    const now = there.get(placeOf(each))
    there.delete(placeOf(each))
    if (now !== undefined && sameJson(each, now)) return []
    return now === undefined ? [each] : [each, now]
  })
  return [...changed, ...there.values()]
}

function mayBeAttached(world: MeshWorld, policy: KubernetesObject, to: Destination): boolean {
  const { workload, door } = addressedTo(to)
  const home = namespaceOf(policy)
  const isForAll = home === world.mesh.rootNamespace || targetRefsOf(policy).length > 0
  if (isForAll || (home === workload.namespace && isSelected(policy, workload.labels))) return true
  const waypoint = waypointFor(world, workload, door)
  return isWaypoint(waypoint) && (home === waypoint.namespace || home === door?.namespace)
}
