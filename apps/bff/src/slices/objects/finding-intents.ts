import type { KnownFinding } from '@orbweaver/contracts/findings'
import { isJson, numberAt, sameJson, textAt } from '@orbweaver/contracts/json'
import type { IntentOf } from '@orbweaver/contracts/intent'
import { type KubernetesObject, type ObjectRef, refKey, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Fix, Impact } from '@orbweaver/contracts/plan'
import { applyPaths, holds, stepsOf, touchedPaths, valueAt } from '@orbweaver/istio/diff/touched'
import { patchedIfFits } from '@orbweaver/istio/findings/fixes/apply'
import { muted, unmuted } from '@orbweaver/istio/findings/muting'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { knownResource } from '@orbweaver/kube/known-resources'
import {
  type Draft,
  type DraftItem,
  noImpact,
  type Planner,
  type PlannerInput,
  type PlannerOutcome,
  refuse,
} from '../../changes/draft.ts'
import { findingsByRef } from '../../fleet/known-findings.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { visibleFindings } from '../../fleet/visible-findings.ts'
import type { Fleet } from '../../kube/doors.ts'
import { named } from './intents.ts'

type FixIntent = IntentOf<'objects.fix'>
type Mute = IntentOf<'objects.mute'>
type Unmute = IntentOf<'objects.unmute'>
type Patch = Fix['patches'][number]

/**
 * A way out of a finding is carried out only as it is told now, to this person: the finding still stands, and leads to the
 * same patches of the same objects.
 */
const planFix: Planner<FixIntent> = async ({ viewer, fleet, intent }) => {
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const { code, ref, pointer } = intent.finding
  const about = ((await findingsByRef(fleet, mesh)).get(refKey(ref)) ?? []).filter(
    (each) => each.code === code && each.pointer === pointer,
  )
  const [finding] = await visibleFindings(viewer, about)
  if (finding === undefined) return refuse('objects.finding_gone', named(ref))
  const fix = finding.fixes.find((each) => isSame(each, intent.fix))
  if (fix === undefined) return refuse('objects.fix_outdated', named(ref))
  const drafted = fix.patches.map((patch) => draftPatch(fleet, patch))
  const refused = drafted.find((each) => 'code' in each)
  if (refused !== undefined) return { ok: false, reasons: [refused] }
  const items = drafted.filter((each) => 'op' in each)
  const what = `finding.${code}.fixes.${fix.code}`
  const params = { ...finding.params, ...fix.params, what, object: spelled(ref), objectKind: ref.kind, mesh: mesh.name }
  const title = { code: 'objects.fix', params }
  return { ok: true, draft: draftOf(title, items, impactOf(fleet, fix.patches)) }
}

function isSame(one: Fix, other: Fix): boolean {
  return isJson(one) && isJson(other) && sameJson(one, other)
}

function draftPatch(fleet: Fleet, { ref, operations }: Patch): DraftItem | Message {
  const resource = knownResource(ref.group, ref.kind)
  if (resource === undefined) return { code: 'objects.fix_outdated', params: named(ref) }
  const common: Pick<DraftItem, 'ref' | 'resource' | 'by'> = {
    ref,
    resource: { ...resource, version: ref.version },
    by: 'person',
  }
  const base = fleet.get(ref.cluster)?.mirror.get(resource, targetOf(ref))
  if (operations.some(({ path }) => path === '')) {
    const object = patchedIfFits({ apiVersion: 'v1', kind: ref.kind, metadata: { name: ref.name } }, operations)
    return object === undefined
      ? { code: 'objects.fix_outdated', params: named(ref) }
      : { ...common, op: 'create', object }
  }
  const after = base === undefined ? undefined : patchedIfFits(base, operations)
  if (base === undefined || after === undefined) return { code: 'objects.fix_outdated', params: named(ref) }
  const paths = touchedPaths(base, after)
  const edit = (live: KubernetesObject): KubernetesObject | Message[] => {
    const longer = lengthened(live, base, operations)
    if (longer !== undefined) return longer
    if (holds(live, paths, 'before')) return applyPaths(live, paths)
    return holds(live, paths, 'after') ? live : [{ code: 'objects.fix_outdated', params: named(ref) }]
  }
  const how = paths.some(({ pointer }) => leadsIntoList(base, pointer)) ? 'replace' : 'merge'
  return { ...common, op: 'update', how, edit }
}

/**
 * What is only put at the end of a list says nothing of what else is in it, and the mirror may hold less of that than the
 * cluster (projections.ts). Undefined where that is not all, or the list is not where it was found.
 */
function lengthened(
  live: KubernetesObject,
  base: KubernetesObject,
  operations: Patch['operations'],
): KubernetesObject | undefined {
  const isSamePlace = operations.every(({ op, path }) => {
    const steps = stepsOf(path)
    if (op !== 'add' || steps.pop() !== '-') return false
    return steps.every((_, index) => {
      const pointer = pointerOf(steps.slice(0, index + 1))
      return textAt(valueAt(base, pointer), 'name') === textAt(valueAt(live, pointer), 'name')
    })
  })
  if (!isSamePlace) return undefined
  const missing = operations.filter((each) => {
    const there = valueAt(live, each.path.slice(0, -'/-'.length))
    return !('value' in each) || !Array.isArray(there) || !there.some((one) => sameJson(one, each.value))
  })
  return missing.length === 0 ? live : patchedIfFits(live, missing)
}

/** A merge patch cannot say what stands in a list. */
function leadsIntoList(object: KubernetesObject, pointer: string): boolean {
  const steps = stepsOf(pointer)
  return steps.some((_, index) => Array.isArray(valueAt(object, pointerOf(steps.slice(0, index)))))
}

function pointerOf(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Where the template of a workload changes, its Pods are renewed. */
function impactOf(fleet: Fleet, patches: readonly Patch[]): Impact {
  const workloads = patches
    .filter(
      ({ ref, operations }) => ref.group === 'apps' && operations.some(({ path }) => path.startsWith('/spec/template')),
    )
    .map(({ ref }) => {
      const resource = knownResource(ref.group, ref.kind)
      const object = resource === undefined ? undefined : fleet.get(ref.cluster)?.mirror.get(resource, targetOf(ref))
      return { ref, pods: numberAt(object, 'status', 'replicas') ?? 0, restarts: true }
    })
  const podsRestarting = workloads.reduce((sum, { pods }) => sum + pods, 0)
  return { ...noImpact, workloads, podsRestarting, connectionsBreak: podsRestarting > 0 }
}

const planMute: Planner<Mute> = (input) => {
  const { reason, until, code } = input.intent
  return planMarking(input, (about) => ({
    edit: (live) => muted(live, code, { reason, ...(until !== undefined && { until }) }),
    title: until === undefined ? 'objects.mute' : 'objects.mute.until',
    note: { code: 'objects.mute_hides', params: { count: about.length } },
    ...(until !== undefined && { until }),
  }))
}

const planUnmute: Planner<Unmute> = (input) =>
  planMarking(input, (about) => ({
    edit: (live) => unmuted(live, [input.intent.code, ...about.flatMap(namesOf)]),
    title: 'objects.unmute',
    note: { code: 'objects.unmute_shows', params: { count: about.length } },
  }))

type Marking = { edit: (live: KubernetesObject) => KubernetesObject; title: string; note: Message; until?: string }

/** An annotation of an object, whatever its kind is; with what is found about the object under the code. */
async function planMarking(
  { viewer, fleet, intent }: PlannerInput<Mute> | PlannerInput<Unmute>,
  mark: (about: readonly KnownFinding[]) => Marking,
): Promise<PlannerOutcome> {
  const mesh = await meshFor(viewer, fleet, intent.mesh)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.mesh })
  const { ref, code } = intent
  const resource = knownResource(ref.group, ref.kind)
  const isThere = clustersOf(mesh).includes(ref.cluster) && (await viewer.sees(ref))
  if (resource === undefined || !isThere) return refuse('plan.gone', named(ref))
  const found = await visibleFindings(viewer, (await findingsByRef(fleet, mesh)).get(refKey(ref)) ?? [])
  const { edit, title, note, until = '' } = mark(found.filter((each) => code === '*' || namesOf(each).includes(code)))
  const item: DraftItem = {
    ref,
    resource: { ...resource, version: ref.version },
    by: 'person',
    op: 'update',
    how: 'merge',
    edit,
  }
  const params = { objectKind: ref.kind, object: spelled(ref), code, until, mesh: mesh.name }
  return { ok: true, draft: draftOf({ code: title, params }, [item], { ...noImpact, notes: [note] }) }
}

function namesOf({ code, aliases }: KnownFinding): string[] {
  return [code, ...aliases]
}

function draftOf(title: Message, items: DraftItem[], impact: Impact): Draft {
  return { title, items, derived: [], impact, blocked: [], undoable: true }
}

function spelled({ namespace, name }: ObjectRef): string {
  return namespace === undefined ? name : `${namespace}/${name}`
}

export const findingPlanners = { 'objects.fix': planFix, 'objects.mute': planMute, 'objects.unmute': planUnmute }
