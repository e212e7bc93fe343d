import type { IntentOf } from '@orbweaver/contracts/intent'
import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { blockers, uninstallBlockers } from '@orbweaver/istio/blueprints/blockers'
import { servicesOf } from '@orbweaver/istio/blueprints/gateways'
import { obsoleteStages } from '@orbweaver/istio/blueprints/obsolete'
import type { Observed, Stage } from '@orbweaver/istio/blueprints/stage'
import { leaveStages, uninstall } from '@orbweaver/istio/blueprints/uninstall'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { viewAfter } from '@orbweaver/istio/world/view'
import { knownResource } from '@orbweaver/kube/known-resources'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import {
  type Draft,
  type DraftItem,
  noImpact,
  type Planner,
  type PlannerInput,
  type PlannerOutcome,
  refuse,
} from '../../changes/draft.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { leavingMembers } from '../../reconciler/leaving.ts'
import { observe } from '../../reconciler/observe.ts'
import { meshRef, meshUpdate, withSpec } from './mesh-items.ts'
import { withoutGateways } from './network-edit.ts'
import { removalDraft } from './removal-draft.ts'
import { leavingNotes } from './sync.ts'

export const planLeave: Planner<IntentOf<'meshes.leave'>> = (input) => planLeaveAfter(input, [])

/** Leaving, when the same plan has written these objects before: what they no longer ask for stands in no way. */
export async function planLeaveAfter(
  { viewer, fleet, intent }: PlannerInput<IntentOf<'meshes.leave'>>,
  written: readonly Written[],
): Promise<PlannerOutcome> {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const leaving = new Set(intent.clusters)
  const known = new Set([...mesh.members.map((each) => each.cluster), ...leavingMembers(fleet, mesh.name)])
  const stranger = intent.clusters.find((each) => !known.has(each))
  if (stranger !== undefined) return refuse('meshes.not_a_member', { name: mesh.name, cluster: stranger })
  const behind = (intent.leaveBehind ?? []).filter((each) => leaving.has(each))
  const items = [
    meshUpdate(fleet.hub.name, mesh.name, (live) =>
      withSpec(withoutGateways(live, leaving), (spec) => ({
        ...spec,
        members: (Array.isArray(spec.members) ? spec.members : []).filter(
          (each) => !leaving.has(textAt(each, 'cluster') ?? ''),
        ),
        ...leftBehind(mesh, behind),
      })),
    ),
  ]
  const observed = after(observe(fleet, mesh, [...clustersOf(mesh), ...intent.clusters]), written)
  const rest = { ...mesh, members: mesh.members.filter((each) => !leaving.has(each.cluster)) }
  const stages = [
    ...intent.clusters.flatMap((cluster) => leaveStages(mesh, cluster, observed)),
    ...obsoleteStages(rest, observed),
  ].filter((each) => !behind.includes(each.cluster))
  const title = { code: 'meshes.leave', params: { name: mesh.name, clusters: intent.clusters.join(', ') } }
  const found = blockers(mesh, intent.clusters, observed).filter((each) => !behind.includes(each.cluster))
  const [draft, notes] = await Promise.all([
    removalDraft({ viewer, fleet }, { title, items, stages, found, observed }),
    leavingNotes({ viewer, fleet }, mesh, intent.clusters),
  ])
  return { ok: true, draft: withNotes(draft, [...notes, ...behindNotes(behind)]) }
}

export type Written = { cluster: string; object: KubernetesObject }

function after(observed: Observed, written: readonly Written[]): Observed {
  const changed = new Map(observed)
  for (const [cluster, here] of observed) {
    const objects = written.filter((each) => each.cluster === cluster).map(({ object }) => object)
    if (here.view !== undefined && objects.length > 0)
      changed.set(cluster, { ...here, view: viewAfter(here.view, objects) })
  }
  return changed
}

function leftBehind(mesh: Mesh, behind: readonly string[]): { leaveBehind?: string[] } {
  const all = [...new Set([...mesh.leaveBehind, ...behind])]
  return all.length === 0 ? {} : { leaveBehind: all }
}

function behindNotes(behind: readonly string[]): Message[] {
  return behind.map((cluster) => ({ code: 'meshes.left_behind', params: { cluster } }))
}

function withNotes(draft: Draft, notes: readonly Message[]): Draft {
  return { ...draft, impact: { ...draft.impact, notes: [...draft.impact.notes, ...notes] } }
}

export const planDelete: Planner<IntentOf<'meshes.delete'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const behind = (intent.leaveBehind ?? []).filter((each) => clustersOf(mesh).includes(each))
  const title = { code: intent.uninstall ? 'meshes.uninstall' : 'meshes.forget', params: { name: mesh.name } }
  const items = deletionItems(fleet.hub.name, mesh, { ...intent, behind })
  const blocked = mesh.protected && !mesh.deleting ? [{ code: 'meshes.protected', params: { name: mesh.name } }] : []
  if (!intent.uninstall) {
    return { ok: true, draft: { title, items, derived: [], impact: noImpact, blocked, undoable: false } }
  }
  const observed = observe(fleet, mesh)
  const stays = new Set([...mesh.leaveBehind, ...behind])
  // One that is being deleted is past asking: what goes on without a cluster is no new loss to anybody's Pods.
  const found = mesh.deleting ? [] : uninstallBlockers(mesh, observed).filter((each) => !stays.has(each.cluster))
  const stages: Stage[] = uninstall(mesh, observed, [...stays])
  const draft = await removalDraft(
    { viewer, fleet },
    { title, items, stages, found, observed: without(observed, stays) },
  )
  const told = withNotes(draft, behindNotes([...stays]))
  return { ok: true, draft: { ...told, blocked: [...blocked, ...told.blocked], undoable: false } }
}

/** First what is to become of the clusters, then the deletion; of a mesh that is being deleted already the first alone. */
function deletionItems(hub: string, mesh: Mesh, of: { uninstall: boolean; behind: string[] }): DraftItem[] {
  const policy = of.uninstall ? 'Uninstall' : 'Retain'
  const stated = meshUpdate(hub, mesh.name, (live) =>
    withSpec(live, (spec) => ({ ...spec, deletionPolicy: policy, ...leftBehind(mesh, of.behind) })),
  )
  if (mesh.deleting) return [stated]
  const remove: DraftItem = { ref: meshRef(hub, mesh.name), resource: meshResource, by: 'person', op: 'delete' }
  const same = mesh.deletionPolicy === policy && of.behind.every((each) => mesh.leaveBehind.includes(each))
  return same ? [remove] : [stated, { ...remove, needs: 0 }]
}

function without<Value>(all: ReadonlyMap<string, Value>, some: ReadonlySet<string>): Map<string, Value> {
  return new Map([...all].filter(([key]) => !some.has(key)))
}

export const planProtect: Planner<IntentOf<'meshes.protect'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const items = [
    meshUpdate(fleet.hub.name, mesh.name, (live) =>
      withSpec(live, (spec) => ({ ...spec, protected: intent.protected })),
    ),
  ]
  const title = { code: intent.protected ? 'meshes.protect' : 'meshes.unprotect', params: { name: mesh.name } }
  return { ok: true, draft: { title, items, derived: [], impact: noImpact, blocked: [], undoable: true } }
}

/** Only what stands in the way of removing the mesh as a gateway of it; with the Services that lead nowhere else. */
export const planDeleteGateways: Planner<IntentOf<'meshes.delete-gateways'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const clusters = [...new Set([...clustersOf(mesh), ...leavingMembers(fleet, mesh.name)])]
  const observed = observe(fleet, mesh, clusters)
  const gateways = blockers(mesh, clusters, observed)
    .filter((each) => each.fix === 'delete-gateways')
    .flatMap((each) => each.evidence)
  const known = new Set(gateways.map(refKey))
  const sees = await inFlight(intent.gateways, 10, (each) => viewer.sees(each))
  const stranger = intent.gateways.find((each, index) => !known.has(refKey(each)) || sees[index] !== true)
  if (stranger !== undefined) return refuse('meshes.not_a_gateway', { kind: stranger.kind, name: stranger.name })
  const services = intent.gateways.flatMap((each) => {
    const view = observed.get(each.cluster)?.view
    return view === undefined ? [] : servicesOf(view, each)
  })
  const params = { name: mesh.name, count: intent.gateways.length, gateway: intent.gateways[0]?.name ?? '' }
  return {
    ok: true,
    draft: {
      title: { code: 'meshes.delete-gateways', params },
      items: [...intent.gateways, ...services].map(deletionOf),
      derived: [],
      impact: { ...noImpact, connectionsBreak: true },
      blocked: [],
      undoable: true,
    },
  }
}

function deletionOf(ref: ObjectRef): DraftItem {
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) throw new TypeError(`a gateway of a kind that is not known: ${ref.kind}`)
  return { ref, resource, by: 'person', op: 'delete' }
}
