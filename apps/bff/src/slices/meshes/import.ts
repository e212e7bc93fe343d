import type { IntentOf } from '@orbweaver/contracts/intent'
import {
  annotationsOf,
  type KubernetesObject,
  labelsOf,
  type ObjectRef,
  refOf,
  targetOf,
} from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { DnsLabel, DnsName } from '@orbweaver/contracts/names'
import { withMergePatch } from '@orbweaver/istio/diff/merge-patch'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { isSameRule, portable, portableNamespace } from '@orbweaver/istio/meshes/portable'
import type { Resource } from '@orbweaver/kube/client'
import { namespaces as namespaceResource } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { istioKinds } from '../../kube/mirrored-kinds.ts'

type Import = IntentOf<'meshes.import'>
type Wanted = {
  ref: ObjectRef
  resource: Resource
  object: KubernetesObject
  /** The member where it lies without effect, and is deleted once it is here. */
  from: string | undefined
}

/**
 * Namespaces and rules of an exported mesh, brought into one that is there. What is there already as it should be is
 * left alone; what is there in another form is kept or replaced, as the person chose, and named.
 */
export const planImport: Planner<Import> = async (input) => {
  const { viewer, fleet, intent } = input
  const mesh = await meshFor(viewer, fleet, intent.name)
  if (mesh === undefined) return refuse('meshes.not_found', { name: intent.name })
  const reasons = intent.objects.map((each) => refusalOf(mesh, each)).filter((each) => each !== undefined)
  if (reasons.length > 0) return { ok: false, reasons }
  const wanted = intent.objects.flatMap((each) => wantedOf(each) ?? [])
  const drafted: Drafted = { items: [], notes: [], made: new Map(), moved: [] }
  for (const each of wanted) await draftObject(input, each, drafted)
  drafted.items.push(...drafted.moved)
  return {
    ok: true,
    draft: {
      title: { code: 'meshes.import', params: { name: mesh.name, count: wanted.length } },
      items: drafted.items,
      derived: [],
      impact: { ...noImpact, notes: drafted.notes },
      blocked: [],
      undoable: true,
    },
  }
}

function wantedOf({ cluster, object, from }: Import['objects'][number]): Wanted | undefined {
  const ref = refOf(cluster, object)
  if (ref.group === '' && ref.kind === 'Namespace') {
    return { ref, resource: namespaceResource, object: portableNamespace(object), from: undefined }
  }
  const resource = istioKinds.find((each) => each.group === ref.group && each.kind === ref.kind)
  return resource === undefined
    ? undefined
    : { ref, resource: { ...resource, version: ref.version }, object: portable(object), from }
}

function refusalOf(mesh: Mesh, imported: Import['objects'][number]): Message | undefined {
  const { cluster, object, from } = imported
  const wanted = wantedOf(imported)
  const { kind, name, namespace } = refOf(cluster, object)
  if (wanted === undefined) return { code: 'objects.not_a_rule', params: { kind } }
  if (!DnsName.safeParse(name).success) return { code: 'objects.bad_name', params: { name } }
  if (wanted.resource === namespaceResource) {
    return clustersOf(mesh).includes(cluster)
      ? undefined
      : { code: 'meshes.not_a_member', params: { name: mesh.name, cluster } }
  }
  if (!DnsLabel.safeParse(namespace).success) return { code: 'objects.no_namespace', params: { name } }
  const { cluster: primary } = mesh.controlPlane
  if (from !== undefined && !mesh.members.some((each) => each.cluster === from)) {
    return { code: 'meshes.not_a_member', params: { name: mesh.name, cluster: from } }
  }
  return cluster === primary ? undefined : { code: 'objects.wrong_cluster', params: { cluster, wanted: primary } }
}

type Drafted = {
  items: DraftItem[]
  notes: Message[]
  /** Namespaces that are made, with the index of the item that makes them. */
  made: Map<string, number>
  /** Originals that go after everything was brought here. */
  moved: DraftItem[]
}

async function draftObject(input: PlannerInput<Import>, wanted: Wanted, drafted: Drafted): Promise<void> {
  const { ref, resource, object } = wanted
  const live = await input.viewer.get(ref.cluster, resource, targetOf(ref))
  const base = { ref, resource, by: 'person' } as const
  const known = drafted.items.length
  if (live === undefined) {
    const needs = await namespaceFor(input, ref, drafted)
    drafted.items.push({ ...base, op: 'create', object, ...(needs !== undefined && { needs }) })
    if (resource === namespaceResource) drafted.made.set(`${ref.cluster} ${ref.name}`, drafted.items.length - 1)
  } else if (resource === namespaceResource) {
    drafted.items.push({ ...base, op: 'update', how: 'merge', edit: (now) => withMergePatch(now, marksOf(object)) })
  } else if (!isSameRule(live, object)) {
    const replaced = input.intent.conflicts === 'replace'
    const params = { kind: ref.kind, name: ref.name, namespace: ref.namespace ?? '' }
    drafted.notes.push({ code: replaced ? 'meshes.import_replaces' : 'meshes.import_keeps', params })
    if (!replaced) return
    drafted.items.push({ ...base, op: 'update', how: 'replace', edit: (now) => inPlaceOf(now, object) })
  }
  const move = await moveOf(input, wanted)
  const { length } = drafted.items
  // The original goes only where the item that brings it was carried out.
  if (move !== undefined) drafted.moved.push(length > known ? { ...move, onlyWith: length - 1 } : move)
}

/** What was brought here goes where it lay: the very object the person may see there, and no younger one. */
async function moveOf(
  { viewer }: PlannerInput<Import>,
  { ref, resource, from }: Wanted,
): Promise<DraftItem | undefined> {
  if (from === undefined) return undefined
  const original = await viewer.get(from, resource, targetOf(ref))
  const uid = original?.metadata.uid
  return uid === undefined ? undefined : { ref: { ...ref, cluster: from }, resource, by: 'person', op: 'delete', uid }
}

/** A namespace that is missing, and that no earlier item makes, is made first by those who may. */
async function namespaceFor(
  { viewer, fleet }: PlannerInput<Import>,
  { cluster, namespace }: ObjectRef,
  { items, made }: Drafted,
): Promise<number | undefined> {
  if (namespace === undefined) return undefined
  const known = made.get(`${cluster} ${namespace}`)
  const mirror = fleet.get(cluster)?.mirror
  if (known !== undefined || mirror === undefined || !mirror.known(namespaceResource)) return known
  if (mirror.get(namespaceResource, { name: namespace }) !== undefined) return undefined
  const { group, plural } = namespaceResource
  if (!(await viewer.may(cluster, { verb: 'create', group, resource: plural }))) return undefined
  const object: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }
  items.push({ ref: refOf(cluster, object), resource: namespaceResource, by: 'person', op: 'create', object })
  made.set(`${cluster} ${namespace}`, items.length - 1)
  return items.length - 1
}

/** Only what is said of the namespace is written to it; what others said of it stays. */
function marksOf(object: KubernetesObject) {
  return { metadata: { labels: labelsOf(object), annotations: annotationsOf(object) } }
}

function inPlaceOf(live: KubernetesObject, object: KubernetesObject): KubernetesObject {
  const { labels: _labels, annotations: _annotations, ...metadata } = live.metadata
  return { ...object, metadata: { ...metadata, ...object.metadata } }
}
