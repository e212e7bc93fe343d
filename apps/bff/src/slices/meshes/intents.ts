import type { IntentOf } from '@orbweaver/contracts/intent'
import { listAt, plainRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import { type Draft, type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { observe } from '../../reconciler/observe.ts'
import { derivedOf, unpermitted } from './derived.ts'
import { draftMesh, meshObject } from './draft-mesh.ts'
import { planImport } from './import.ts'
import { meshUpdate, withMembers, withSpec } from './mesh-items.ts'
import { preflightOf } from './preflight.ts'
import { planDelete, planDeleteGateways, planLeave, planProtect } from './removal-intents.ts'

type Asking = Pick<PlannerInput<IntentOf<'meshes.repair'>>, 'viewer' | 'fleet'>

const planCreate: Planner<IntentOf<'meshes.create'>> = async ({ viewer, fleet, intent }) => {
  const drafted = draftMesh(intent.name, intent.spec)
  if ('reasons' in drafted) return { ok: false, reasons: drafted.reasons }
  const object = meshObject(intent.name, intent.spec)
  const ref = refOf(fleet.hub.name, object)
  const items: DraftItem[] = [{ ref, resource: meshResource, by: 'person', op: 'create', object }]
  const title = { code: 'meshes.create', params: { name: intent.name, kind: intent.spec.kind } }
  return { ok: true, draft: await meshDraft({ viewer, fleet }, { title, items, mesh: drafted.mesh, creating: true }) }
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
  const items = [meshUpdate(fleet.hub.name, mesh.name, (live) => joined(live, joining))]
  const named = joining.map(({ cluster, network }) => ({ cluster, network }))
  const after = { ...mesh, members: [...mesh.members, ...named] }
  const title = {
    code: 'meshes.join',
    params: { name: mesh.name, clusters: joining.map((each) => each.cluster).join(', ') },
  }
  return { ok: true, draft: await meshDraft({ viewer, fleet }, { title, items, mesh: after, creating: false }) }
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

export const meshPlanners = {
  'meshes.create': planCreate,
  'meshes.update': planUpdate,
  'meshes.join': planJoin,
  'meshes.leave': planLeave,
  'meshes.repair': planRepair,
  'meshes.delete': planDelete,
  'meshes.import': planImport,
  'meshes.protect': planProtect,
  'meshes.delete-gateways': planDeleteGateways,
}
