import type { IntentOf } from '@orbweaver/contracts/intent'
import { listAt, plainRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { defaultNotes } from '@orbweaver/istio/blueprints/default-after'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { type DraftItem, noImpact, type Planner, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { observe } from '../../reconciler/observe.ts'
import { planAdoptDrift } from './adopt-intent.ts'
import { planCreate } from './create.ts'
import { planMoveDefault } from './default-intent.ts'
import { draftMesh } from './draft-mesh.ts'
import { governedNotes } from './governed.ts'
import { planImport } from './import.ts'
import { injectionAtJoin } from './inject-at-join.ts'
import { meshDraft } from './mesh-draft.ts'
import { asWritten, meshUpdate, withMembers, withSpec } from './mesh-items.ts'
import { planPlugCa } from './plug-ca.ts'
import { planDelete, planDeleteGateways, planLeave, planProtect } from './removal-intents.ts'
import { mergingNotes } from './same-services.ts'
import { settingsImpact } from './setting-effects.ts'
import { withValueChecks } from './value-checks.ts'
import { standing } from './standing.ts'
import { planTrustRoots } from './trust-roots.ts'

const planUpdate: Planner<IntentOf<'meshes.update'>> = async ({ viewer, fleet, intent }) => {
  const drafted = draftMesh(intent.name, intent.spec)
  if ('reasons' in drafted) return { ok: false, reasons: drafted.reasons }
  const spec = plainRecord(intent.spec)
  const items = [meshUpdate(fleet.hub.name, intent.name, (live) => withSpec(live, (said) => asWritten(spec, said)))]
  const title = { code: 'meshes.update', params: { name: intent.name } }
  const before = await meshFor(viewer, fleet, intent.name)
  const [draft, impact, governed] = await Promise.all([
    meshDraft({ viewer, fleet }, { title, items, mesh: drafted.mesh, creating: false }),
    before === undefined ? noImpact : settingsImpact({ viewer, fleet }, before, drafted.mesh),
    before === undefined ? [] : governedNotes({ viewer, fleet }, before, drafted.mesh),
  ])
  const defaults = before === undefined ? [] : defaultNotes(before, drafted.mesh, observe(fleet, before))
  const notes = [...draft.impact.notes, ...governed, ...defaults, ...impact.notes]
  const changed = { ...draft, impact: { ...impact, notes } }
  return { ok: true, draft: await withValueChecks(changed, before, drafted.mesh) }
}

const planJoin: Planner<IntentOf<'meshes.join'>> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  if (mesh.kind !== 'Managed') return refuse('meshes.has_no_members', { name: mesh.name, kind: mesh.kind })
  const here = new Set(clustersOf(mesh))
  const joining = intent.members.filter((each) => !here.has(each.cluster))
  const items = [meshUpdate(fleet.hub.name, mesh.name, (live) => joined(live, joining))]
  const named = joining.map(({ cluster, network, values = {} }) => ({ cluster, network, values }))
  const after = { ...mesh, members: [...mesh.members, ...named] }
  const title = {
    code: 'meshes.join',
    params: { name: mesh.name, clusters: joining.map((each) => each.cluster).join(', ') },
  }
  const names = new Set(joining.map((each) => each.cluster))
  const [draft, notes, injection] = await Promise.all([
    meshDraft({ viewer, fleet }, { title, items, mesh: after, creating: false }),
    mergingNotes({ viewer, fleet }, after, names),
    injectionAtJoin(input, names),
  ])
  const impact = { ...draft.impact, notes: [...draft.impact.notes, ...notes, ...injection.notes] }
  const blocked = [...draft.blocked, ...injection.blocked]
  const whole = { ...draft, items: [...draft.items, ...injection.items], impact, blocked }
  return { ok: true, draft: await withValueChecks(whole, mesh, after) }
}

/** A cluster that was left behind once and joins again is waited for like any other. */
function joined(live: KubernetesObject, joining: readonly { cluster: string }[]): KubernetesObject {
  const back = new Set(joining.map((each) => each.cluster))
  const waited = withSpec(live, ({ leaveBehind, ...spec }) => {
    const still = listAt({ leaveBehind }, 'leaveBehind').filter((each) => typeof each === 'string' && !back.has(each))
    return still.length === 0 ? spec : { ...spec, leaveBehind: still }
  })
  return withMembers(waited, (members) => [...members, ...joining])
}

/** One more run of the reconciler although nothing in the spec changed: drift goes back to what the Mesh says. */
const planRepair: Planner<IntentOf<'meshes.repair'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const raised = (live: KubernetesObject) => withSpec(live, (spec) => ({ ...spec, repair: mesh.repair + 1 }))
  const items = [meshUpdate(fleet.hub.name, mesh.name, raised)]
  const title = { code: 'meshes.repair', params: { name: mesh.name } }
  const draft = await meshDraft({ viewer, fleet }, { title, items, mesh, creating: false })
  return { ok: true, draft: { ...draft, undoable: false } }
}

/** Stops the reconciler where it is; what it has written stays. */
const planSuspend: Planner<IntentOf<'meshes.suspend'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const title = { code: 'meshes.suspend', params: { name: mesh.name } }
  const items = [suspended(fleet.hub.name, mesh.name, true)]
  return { ok: true, draft: { title, items, derived: [], impact: noImpact, blocked: [], undoable: true } }
}

/** Lets it go on: what it will write then is in the plan. */
const planResume: Planner<IntentOf<'meshes.resume'>> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const title = { code: 'meshes.resume', params: { name: mesh.name } }
  const items = [suspended(fleet.hub.name, mesh.name, false)]
  return { ok: true, draft: await meshDraft({ viewer, fleet }, { title, items, mesh, creating: false }) }
}

function suspended(hub: string, name: string, suspend: boolean): DraftItem {
  return meshUpdate(hub, name, (live) => withSpec(live, (spec) => ({ ...spec, suspend })))
}

export const meshPlanners = {
  'meshes.create': planCreate,
  'meshes.update': standing(planUpdate),
  'meshes.join': standing(planJoin),
  'meshes.leave': standing(planLeave),
  'meshes.repair': standing(planRepair),
  'meshes.adopt-drift': standing(planAdoptDrift),
  'meshes.suspend': standing(planSuspend),
  'meshes.resume': standing(planResume),
  'meshes.plug-ca': standing(planPlugCa),
  'meshes.trust-roots': standing(planTrustRoots),
  'meshes.delete': planDelete,
  'meshes.import': planImport,
  'meshes.move-default': standing(planMoveDefault),
  'meshes.protect': standing(planProtect),
  'meshes.delete-gateways': planDeleteGateways,
}
