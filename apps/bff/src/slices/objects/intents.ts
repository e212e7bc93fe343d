import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { IntentOf } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { DnsLabel, DnsName } from '@orbweaver/contracts/names'
import { applyPaths, holds, touchedPaths } from '@orbweaver/istio/diff/touched'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { namespaces as namespaceResource } from '@orbweaver/kube/resources'
import { type Draft, type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { ruleResource } from './rules.ts'

type Create = IntentOf<'objects.create'>
type Edit = IntentOf<'objects.edit'>
type Delete = IntentOf<'objects.delete'>

const planCreate: Planner<Create> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const ref = refOf(intent.cluster, intent.object)
  const refusal = refuseRule(mesh, ref)
  if (refusal !== undefined) return { ok: false, reasons: [refusal] }
  const item: DraftItem = { ref, ...writeOf(ref), op: 'create', object: intent.object }
  const missing = await missingNamespace(input, ref)
  const items = missing === undefined ? [item] : [missing, { ...item, needs: 0 }]
  return { ok: true, draft: ruleDraft(mesh, { code: 'objects.create', ref, items }) }
}

/**
 * An edit is the paths by which the person's object differs from what the editor opened. It goes onto whatever is there
 * now; only where somebody else changed the same paths since is it theirs to merge.
 */
const planEdit: Planner<Edit> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const { ref } = intent
  const refusal = refuseRule(mesh, ref) ?? refuseRename(ref, intent.object)
  if (refusal !== undefined) return { ok: false, reasons: [refusal] }
  const paths = touchedPaths(intent.base, intent.object)
  const edit = (live: KubernetesObject): KubernetesObject | Message[] => {
    if (live.metadata.uid !== intent.base.metadata.uid) return [{ code: 'plan.recreated', params: named(ref) }]
    if (holds(live, paths, 'before')) return applyPaths(live, paths)
    return holds(live, paths, 'after') ? live : [{ code: 'objects.edited_since', params: named(ref) }]
  }
  const item: DraftItem = { ref, ...writeOf(ref), op: 'update', how: 'replace', edit }
  return { ok: true, draft: ruleDraft(mesh, { code: 'objects.edit', ref, items: [item] }) }
}

const planDelete: Planner<Delete> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const { ref, uid } = intent
  const refusal = refuseRule(mesh, ref)
  if (refusal !== undefined) return { ok: false, reasons: [refusal] }
  const item: DraftItem = { ref, ...writeOf(ref), op: 'delete', uid }
  return { ok: true, draft: ruleDraft(mesh, { code: 'objects.delete', ref, items: [item] }) }
}

function writeOf(ref: ObjectRef) {
  const resource = ruleResource(ref)
  if (resource === undefined) throw new TypeError(`not a rule: ${ref.kind}`)
  return { resource: { ...resource, version: ref.version }, by: 'person' } as const
}

function refuseRule(mesh: Mesh, ref: ObjectRef): Message | undefined {
  if (ruleResource(ref) === undefined) return { code: 'objects.not_a_rule', params: { kind: ref.kind } }
  if (ref.cluster !== mesh.controlPlane.cluster) {
    return { code: 'objects.wrong_cluster', params: { cluster: ref.cluster, wanted: mesh.controlPlane.cluster } }
  }
  if (!DnsName.safeParse(ref.name).success) return { code: 'objects.bad_name', params: { name: ref.name } }
  if (!DnsLabel.safeParse(ref.namespace).success) return { code: 'objects.no_namespace', params: { name: ref.name } }
  return undefined
}

/** Another name is another object: an edit cannot make one, and its version in the URL must be the body's. */
function refuseRename(ref: ObjectRef, object: KubernetesObject): Message | undefined {
  const edited = refOf(ref.cluster, object)
  const same =
    edited.name === ref.name &&
    edited.namespace === ref.namespace &&
    edited.kind === ref.kind &&
    edited.group === ref.group
  return same ? undefined : { code: 'objects.renamed', params: named(ref) }
}

/**
 * A managed mesh's rules lie with its control plane; a namespace that only members have is made there with the rule. Who
 * could not make one is not told either that it is missing: that would tell which are there.
 */
async function missingNamespace(
  { fleet, viewer }: PlannerInput<Create>,
  ref: ObjectRef,
): Promise<DraftItem | undefined> {
  const mirror = fleet.get(ref.cluster)?.mirror
  if (ref.namespace === undefined || mirror === undefined || !mirror.known(namespaceResource)) return undefined
  if (mirror.get(namespaceResource, { name: ref.namespace }) !== undefined) return undefined
  const { group, plural } = namespaceResource
  if (!(await viewer.may(ref.cluster, { verb: 'create', group, resource: plural }))) return undefined
  return {
    ref: { cluster: ref.cluster, group: '', version: 'v1', kind: 'Namespace', name: ref.namespace },
    resource: namespaceResource,
    by: 'person',
    op: 'create',
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ref.namespace } },
  }
}

type RuleDraft = { code: string; ref: ObjectRef; items: DraftItem[] }

function ruleDraft(mesh: Mesh, { code, ref, items }: RuleDraft): Draft {
  return {
    title: { code, params: { ...named(ref), mesh: mesh.name } },
    items,
    derived: [],
    impact: noImpact,
    blocked: [],
    undoable: true,
  }
}

export function named({ kind, name, namespace, cluster }: ObjectRef): Message['params'] {
  return { kind, name, namespace: namespace ?? '', cluster }
}

export const objectPlanners = {
  'objects.create': planCreate,
  'objects.edit': planEdit,
  'objects.delete': planDelete,
}
