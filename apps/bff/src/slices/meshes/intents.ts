import type { IntentOf } from '@orbweaver/contracts/intent'
import { isRecord, plainRecord, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type Blocker, blockers, uninstallBlockers } from '@orbweaver/istio/blueprints/blockers'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { obsoleteStages } from '@orbweaver/istio/blueprints/obsolete'
import type { Observed, Stage } from '@orbweaver/istio/blueprints/stage'
import { leaveStages, uninstall } from '@orbweaver/istio/blueprints/uninstall'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import { type Draft, type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { observe, unreadClusters } from '../../reconciler/observe.ts'
import { derivedOf, unpermitted } from './derived.ts'
import { draftMesh, meshObject } from './draft-mesh.ts'
import { itemsBefore, planPlugCa, refusals } from './plug-ca.ts'
import { preflightOf } from './preflight.ts'
import { leavingNotes } from './sync.ts'

type Asking = Pick<PlannerInput<IntentOf<'meshes.repair'>>, 'viewer' | 'fleet'>

const planCreate: Planner<IntentOf<'meshes.create'>> = async ({ viewer, fleet, intent }) => {
  const drafted = draftMesh(intent.name, intent.spec)
  if ('reasons' in drafted) return { ok: false, reasons: drafted.reasons }
  const object = meshObject(intent.name, intent.spec)
  const ref = refOf(fleet.hub.name, object)
  const { mesh } = drafted
  const item: DraftItem = { ref, resource: meshResource, by: 'person', op: 'create', object }
  const title = { code: 'meshes.create', params: { name: intent.name, kind: intent.spec.kind } }
  const { ca } = intent
  const before = ca === undefined ? [] : itemsBefore(fleet.get(mesh.controlPlane.cluster), mesh, ca)
  const [draft, refused] = await Promise.all([
    meshDraft({ viewer, fleet }, { title, items: [...before, item], mesh, creating: true }),
    ca === undefined ? [] : refusals({ viewer, fleet }, mesh, ca),
  ])
  return { ok: true, draft: { ...draft, blocked: [...draft.blocked, ...refused] } }
}

const planUpdate: Planner<IntentOf<'meshes.update'>> = async ({ viewer, fleet, intent }) => {
  const drafted = draftMesh(intent.name, intent.spec)
  if ('reasons' in drafted) return { ok: false, reasons: drafted.reasons }
  const spec = plainRecord(intent.spec)
  const items = [meshUpdate(fleet.hub.name, intent.name, (live) => ({ ...live, spec }))]
  const title = { code: 'meshes.update', params: { name: intent.name } }
  return { ok: true, draft: await meshDraft({ viewer, fleet }, { title, items, mesh: drafted.mesh, creating: false }) }
}

const planJoin: Planner<IntentOf<'meshes.join'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  if (mesh.kind !== 'Managed') return refuse('meshes.has_no_members', { name: mesh.name, kind: mesh.kind })
  const here = new Set(clustersOf(mesh))
  const joining = intent.members.filter((each) => !here.has(each.cluster))
  const items = [
    meshUpdate(fleet.hub.name, mesh.name, (live) => withMembers(live, (members) => [...members, ...joining])),
  ]
  const named = joining.map(({ cluster, network }) => ({ cluster, network }))
  const after = { ...mesh, members: [...mesh.members, ...named] }
  const title = {
    code: 'meshes.join',
    params: { name: mesh.name, clusters: joining.map((each) => each.cluster).join(', ') },
  }
  return { ok: true, draft: await meshDraft({ viewer, fleet }, { title, items, mesh: after, creating: false }) }
}

const planLeave: Planner<IntentOf<'meshes.leave'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const leaving = new Set(intent.clusters)
  const stranger = intent.clusters.find((each) => !mesh.members.some((member) => member.cluster === each))
  if (stranger !== undefined) return refuse('meshes.not_a_member', { name: mesh.name, cluster: stranger })
  const items = [
    meshUpdate(fleet.hub.name, mesh.name, (live) =>
      withMembers(live, (members) => members.filter((each) => !leaving.has(textAt(each, 'cluster') ?? ''))),
    ),
  ]
  const observed = observe(fleet, mesh)
  const rest = { ...mesh, members: mesh.members.filter((each) => !leaving.has(each.cluster)) }
  const stages = [
    ...intent.clusters.flatMap((cluster) => leaveStages(mesh, cluster, observed)),
    ...obsoleteStages(rest, observed),
  ]
  const title = { code: 'meshes.leave', params: { name: mesh.name, clusters: intent.clusters.join(', ') } }
  const found = blockers(mesh, intent.clusters, observed)
  const [draft, notes] = await Promise.all([
    removalDraft({ viewer, fleet }, { title, items, stages, found, observed }),
    leavingNotes({ viewer, fleet }, mesh, intent.clusters),
  ])
  return { ok: true, draft: { ...draft, impact: { ...draft.impact, notes: [...draft.impact.notes, ...notes] } } }
}

/** One more run of the reconciler although nothing in the spec changed: drift goes back to what the Mesh says. */
const planRepair: Planner<IntentOf<'meshes.repair'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const raised = (live: KubernetesObject) => ({
    ...live,
    spec: { ...plainRecord(isRecord(live.spec) ? live.spec : {}), repair: mesh.repair + 1 },
  })
  const items = [meshUpdate(fleet.hub.name, mesh.name, raised)]
  const title = { code: 'meshes.repair', params: { name: mesh.name } }
  const draft = await meshDraft({ viewer, fleet }, { title, items, mesh, creating: false })
  return { ok: true, draft: { ...draft, undoable: false } }
}

const planDelete: Planner<IntentOf<'meshes.delete'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const remove: DraftItem = {
    ref: meshRef(fleet.hub.name, mesh.name),
    resource: meshResource,
    by: 'person',
    op: 'delete',
  }
  const title = { code: intent.uninstall ? 'meshes.uninstall' : 'meshes.forget', params: { name: mesh.name } }
  const policy = intent.uninstall ? 'Uninstall' : 'Retain'
  const stated = meshUpdate(fleet.hub.name, mesh.name, (live) => ({
    ...live,
    spec: { ...plainRecord(isRecord(live.spec) ? live.spec : {}), deletionPolicy: policy },
  }))
  const items = mesh.deletionPolicy === policy ? [remove] : [stated, { ...remove, needs: 0 }]
  if (!intent.uninstall) {
    return { ok: true, draft: { title, items, derived: [], impact: noImpact, blocked: [], undoable: false } }
  }
  const observed = observe(fleet, mesh)
  const found = uninstallBlockers(mesh, observed)
  const draft = await removalDraft(
    { viewer, fleet },
    { title, items, stages: uninstall(mesh, observed), found, observed },
  )
  return { ok: true, draft: { ...draft, undoable: false } }
}

function meshRef(hub: string, name: string): ObjectRef {
  return { cluster: hub, group: meshResource.group, version: meshResource.version, kind: meshResource.kind, name }
}

function meshUpdate(hub: string, name: string, edit: (live: KubernetesObject) => KubernetesObject): DraftItem {
  return { ref: meshRef(hub, name), resource: meshResource, by: 'person', op: 'update', how: 'replace', edit }
}

function withMembers(live: KubernetesObject, change: (members: unknown[]) => unknown[]): KubernetesObject {
  const spec = isRecord(live.spec) ? live.spec : {}
  const members = Array.isArray(spec.members) ? spec.members : []
  return { ...live, spec: plainRecord({ ...spec, members: change(members) }) }
}

type Wanted = { title: Message; items: DraftItem[]; mesh: Mesh; creating: boolean }

/** A plan that makes or changes a mesh: what the reconciler will write, checked before and permitted to the person. */
async function meshDraft(asking: Asking, { title, items, mesh, creating }: Wanted): Promise<Draft> {
  const observed = observe(asking.fleet, mesh)
  const [derived, checks] = await Promise.all([
    derivedOf(asking, blueprint(mesh, observed)),
    preflightOf(asking, mesh, creating),
  ])
  const failing = checks
    .filter((check) => check.severity === 'blocking')
    .map((check) => ({ code: `check.${check.id}`, params: check.params }))
  const restarts = checks
    .filter((check) => check.id === 'namespace.moves-network')
    .map((check) => ({ code: `check.${check.id}`, params: check.params }))
  return {
    title,
    items,
    derived,
    impact: { ...noImpact, notes: restarts },
    blocked: [...unpermitted(derived), ...failing],
    undoable: true,
  }
}

type Removing = { title: Message; items: DraftItem[]; stages: Stage[]; found: Blocker[]; observed: Observed }

/** A plan that takes something apart. A cluster that cannot be reached is no reason to stay: it is cleaned when it is back. */
async function removalDraft(asking: Asking, { title, items, stages, found, observed }: Removing): Promise<Draft> {
  const derived = await derivedOf(asking, stages)
  const told = (each: Blocker): Message => ({ code: `blocker.${each.code}`, params: each.params })
  const away = found.filter((each) => each.fix === 'leave-behind')
  const refused = unpermitted(derived)
  // It answers: what stands in the way there will be known in a moment, and must be.
  const unread = unreadClusters(asking.fleet, observed).map((cluster) => ({
    code: 'plan.cluster_syncing',
    params: { cluster },
  }))
  // What stands in the way counts what others run: it is told to those who could take the mesh apart.
  const standing = refused.length > 0 ? [] : found.filter((each) => each.fix !== 'leave-behind').map(told)
  return {
    title,
    items,
    derived,
    impact: { ...noImpact, notes: away.map(told) },
    blocked: [...refused, ...standing, ...unread],
    undoable: true,
  }
}

export const meshPlanners = {
  'meshes.create': planCreate,
  'meshes.update': planUpdate,
  'meshes.join': planJoin,
  'meshes.leave': planLeave,
  'meshes.repair': planRepair,
  'meshes.plug-ca': planPlugCa,
  'meshes.delete': planDelete,
}
