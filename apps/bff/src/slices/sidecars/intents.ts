import { type KubernetesObject, type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { IntentOf } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import type { Impact } from '@orbweaver/contracts/plan'
import { withMergePatch } from '@orbweaver/istio/diff/merge-patch'
import { type InjectionPlan, injectionPlan } from '@orbweaver/istio/injection/intent'
import { workloadPatch } from '@orbweaver/istio/injection/workload-intent'
import { workloadStates, type WorkloadState } from '@orbweaver/istio/injection/workload-state'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { namespaces as namespaceResource } from '@orbweaver/kube/resources'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { DraftItem, Planner, PlannerInput } from '../../changes/draft.ts'
import { refuse } from '../../changes/draft.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { injectionIn } from '../../fleet/injection.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import type { Fleet } from '../../kube/doors.ts'
import { unreadIn } from '../../kube/registration.ts'
import { leavingMembers } from '../../reconciler/leaving.ts'

type Namespaces = IntentOf<'sidecars.namespaces'>
type Workloads = IntentOf<'sidecars.workloads'>
type Restart = IntentOf<'sidecars.restart'>

/** Labels of namespaces, and in the same plan the restarts without which they change nothing. */
const planNamespaces: Planner<Namespaces> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  if (isTooLate(mesh, intent)) return refuse('sidecars.mesh_being_deleted', { name: mesh.name })
  const within = clustersWithin(fleet, mesh, intent)
  const foreign = intent.namespaces.filter((each) => !within.includes(each.cluster))
  if (foreign.length > 0) return refuse('sidecars.not_in_mesh', { cluster: foreign[0]?.cluster ?? '' })
  const targets = await visibleTargets(input, intent.namespaces)
  const plans = within.flatMap((cluster) => {
    const names = targets.seen.filter((each) => each.cluster === cluster).map((each) => each.namespace)
    const world = names.length === 0 ? undefined : injectionIn(fleet, mesh, cluster)
    return world === undefined ? [] : [injectionPlan(world, names, { action: intent.action })]
  })
  const changes = plans.flatMap((plan) => plan.changes)
  const labels = changes.filter((change) => Object.keys(change.patch).length > 0).map(labelItem)
  const { seen, hidden } = await visibleWorkloads(
    input,
    changes.flatMap((change) => change.restarts),
  )
  const restarts = intent.restart ? seen.filter((each) => each.refusal === undefined) : []
  const params = { count: intent.namespaces.length, name: intent.namespaces[0]?.namespace ?? '', mesh: mesh.name }
  return {
    ok: true,
    draft: {
      title: { code: `sidecars.namespaces.${intent.action}`, params },
      items: [...labels, ...restarts.map((each) => restartItem(each.ref))],
      derived: [],
      impact: impactOf({ affected: seen, restarting: restarts, hidden }),
      blocked: [...blockedOf(plans), ...targets.blocked],
      undoable: labels.length > 0,
    },
  }
}

/** What asks for sidecars of a mesh that goes would be left behind, and nobody could take it back for that mesh. */
function isTooLate(mesh: Mesh, { action }: Pick<Namespaces, 'action'>): boolean {
  return mesh.deleting && action === 'enable'
}

/** A cluster that leaves is waited for until nothing there asks for the mesh: that can still be taken back. */
function clustersWithin(fleet: Fleet, mesh: Mesh, { action }: Partial<Pick<Namespaces, 'action'>>): string[] {
  return action === 'enable'
    ? clustersOf(mesh)
    : [...new Set([...clustersOf(mesh), ...leavingMembers(fleet, mesh.name)])]
}

/**
 * Who may not know of a namespace is told what everybody is told of one that is not there; of a cluster that was not
 * read, everybody is told that.
 */
async function visibleTargets(
  { viewer, fleet }: Pick<PlannerInput<Namespaces>, 'viewer' | 'fleet'>,
  all: Namespaces['namespaces'],
) {
  const unread = new Map(all.map(({ cluster }) => [cluster, unreadIn(fleet, cluster, namespaceResource)]))
  const read = all.filter(({ cluster }) => unread.get(cluster) === undefined)
  const sees = await inFlight(read, 10, (each) => viewer.seesNamespace(each.cluster, each.namespace))
  return {
    seen: read.filter((_, index) => sees[index] === true),
    blocked: [
      ...[...unread.values()].filter((each) => each !== undefined),
      ...read
        .filter((_, index) => sees[index] !== true)
        .map((each): Message => ({ code: 'injection.namespace-not-found', params: { ...each } })),
    ],
  }
}

function blockedOf(plans: InjectionPlan[]): Message[] {
  return plans.flatMap((plan) => plan.blocked).map((each) => ({ ...each, code: `injection.${each.code}` }))
}

function labelItem(change: InjectionPlan['changes'][number]): DraftItem {
  return {
    ref: change.ref,
    resource: namespaceResource,
    by: 'person',
    op: 'update',
    how: 'merge',
    edit: (live) => withMergePatch(live, change.patch),
  }
}

function restartItem(ref: ObjectRef): DraftItem {
  return { ref, resource: resourceOf(ref), by: 'person', op: 'restart' }
}

function resourceOf(ref: ObjectRef) {
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) throw new TypeError(`a workload of a kind that is not known: ${ref.kind}`)
  return resource
}

type Seen = { seen: WorkloadState[]; hidden: number }

/** Workloads that a person may not list are counted, never named; they cannot be restarted by that person either. */
async function visibleWorkloads(
  { viewer }: { viewer: PlannerInput<Namespaces>['viewer'] },
  all: WorkloadState[],
): Promise<Seen> {
  const seen = await inFlight(all, 10, (each) => viewer.sees(each.ref))
  const shown = all.filter((_, index) => seen[index] === true)
  return { seen: shown, hidden: all.length - shown.length }
}

type Affected = { affected: WorkloadState[]; restarting: WorkloadState[]; hidden: number }

function impactOf({ affected, restarting, hidden }: Affected): Impact {
  const now = new Set(restarting.map((each) => refKey(each.ref)))
  const later = affected.filter((each) => !now.has(refKey(each.ref)))
  const stuck = later.filter((each) => each.refusal !== undefined)
  const notes: Message[] = [
    ...stuck.map((each) => ({
      code: `sidecars.restart_by_hand.${each.refusal ?? ''}`,
      params: { name: each.ref.name },
    })),
    ...(later.length > stuck.length
      ? [{ code: 'sidecars.pending_restart', params: { count: later.length - stuck.length } }]
      : []),
    ...(hidden > 0 ? [{ code: 'sidecars.hidden_workloads', params: { count: hidden } }] : []),
  ]
  return {
    workloads: affected.map((each) => ({ ref: each.ref, pods: each.pods.total, restarts: now.has(refKey(each.ref)) })),
    podsRestarting: restarting.reduce((sum, each) => sum + each.pods.total, 0),
    connectionsBreak: restarting.length > 0,
    notes,
  }
}

/** The switch of single workloads: their Pod template changes, so their Pods are renewed without another restart. */
const planWorkloads: Planner<Workloads> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  if (isTooLate(mesh, intent)) return refuse('sidecars.mesh_being_deleted', { name: mesh.name })
  const within = clustersWithin(fleet, mesh, intent)
  const refused = intent.workloads.find((ref) => !(isWorkload(ref) || isCronJob(ref)) || !within.includes(ref.cluster))
  if (refused !== undefined) return refuse('sidecars.not_a_workload', { kind: refused.kind, name: refused.name })
  const items = intent.workloads.map(
    (ref): DraftItem => ({
      ref,
      resource: resourceOf(ref),
      by: 'person',
      op: 'update',
      how: 'merge',
      edit: (live) => editedTemplate(live, intent.action),
    }),
  )
  const affected = await statesOf(input, intent.workloads)
  const params = { count: intent.workloads.length, name: intent.workloads[0]?.name ?? '', mesh: mesh.name }
  return {
    ok: true,
    draft: {
      title: { code: `sidecars.workloads.${intent.action}`, params },
      items,
      derived: [],
      impact: impactOf({ affected, restarting: affected.filter(({ ref }) => !isCronJob(ref)), hidden: 0 }),
      blocked: [],
      undoable: true,
    },
  }
}

function editedTemplate(live: KubernetesObject, action: Workloads['action']): KubernetesObject {
  const patch = workloadPatch(live, action)
  return patch === undefined ? live : withMergePatch(live, patch)
}

const planRestart: Planner<Restart> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const within = clustersWithin(fleet, mesh, {})
  const refused = intent.workloads.find((ref) => !isWorkload(ref) || !within.includes(ref.cluster))
  if (refused !== undefined) return refuse('sidecars.not_a_workload', { kind: refused.kind, name: refused.name })
  const affected = await statesOf(input, intent.workloads)
  const blocked = affected.flatMap((each): Message[] =>
    each.refusal === undefined
      ? []
      : [{ code: `sidecars.restart_by_hand.${each.refusal}`, params: { name: each.ref.name } }],
  )
  const params = { count: intent.workloads.length, name: intent.workloads[0]?.name ?? '', mesh: mesh.name }
  return {
    ok: true,
    draft: {
      title: { code: 'sidecars.restart', params },
      items: intent.workloads.map(restartItem),
      derived: [],
      impact: impactOf({ affected, restarting: affected, hidden: 0 }),
      blocked,
      undoable: false,
    },
  }
}

const restarted = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

function isWorkload(ref: ObjectRef): boolean {
  return ref.group === 'apps' && restarted.has(ref.kind) && ref.namespace !== undefined
}

function isCronJob(ref: ObjectRef): boolean {
  return ref.group === 'batch' && ref.kind === 'CronJob' && ref.namespace !== undefined
}

/** How the workloads named stand now, as far as the person may see them. */
async function statesOf(
  {
    viewer,
    fleet,
    intent,
  }: { viewer: PlannerInput<Restart>['viewer']; fleet: PlannerInput<Restart>['fleet']; intent: { mesh: string } },
  refs: readonly ObjectRef[],
): Promise<WorkloadState[]> {
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  const found = await inFlight(refs, 10, async (ref) => {
    const world = mesh === undefined ? undefined : injectionIn(fleet, mesh, ref.cluster)
    if (world === undefined || ref.namespace === undefined || !(await viewer.sees(ref))) return undefined
    return workloadStates(world, ref.namespace).find((each) => refKey(each.ref) === refKey(ref))
  })
  return found.filter((each) => each !== undefined)
}

export const sidecarPlanners = {
  'sidecars.namespaces': planNamespaces,
  'sidecars.workloads': planWorkloads,
  'sidecars.restart': planRestart,
}
