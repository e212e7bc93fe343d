import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { apiVersionFor, type Served } from '../definition.ts'
import type { Schema } from '../schema/schema.ts'
import { compareStates } from './compare.ts'
import { difference, emptyFieldSet, isEmptySet, union } from './field-set.ts'
import { isSameManager, type Manager, managersOf, ownable, setManagers } from './managers.ts'

export type Writer = { served: Served; subresource: string; manager: string; time: Date }

/** How many managers by update an object keeps; older ones are folded together. Source: managedfields capmanagers.go. */
const updaterLimit = 10

/**
 * Records in `after` who owns what once this create, PUT or patch is stored: the writer owns what it changed, others lose
 * that. Source: structured-merge-diff v6 merge/update.go Update.
 */
export function trackUpdate(writer: Writer, before: KubernetesObject | undefined, after: KubernetesObject): void {
  const { served, subresource } = writer
  const { schema, status } = served.version
  if (before !== undefined && isResetOfManagers(after)) {
    delete after.metadata.managedFields
    return
  }
  const changes = compareStates(comparable(before ?? blank(served)), comparable(after), schema)
  const gained = union(changes.added, changes.modified)
  const lost = union(gained, changes.removed)
  const me: Manager = {
    name: writer.manager === '' ? 'unknown' : writer.manager,
    operation: 'Update',
    apiVersion: apiVersionFor(served),
    subresource,
    time: subresource === 'scale' ? '' : secondsOf(writer.time),
    fields: emptyFieldSet(),
  }
  const managers = givenManagers(writer, before, after)
  const mine = managers.find((each) => isSameManager(each, me))
  const others = managers
    .filter((each) => each !== mine)
    .map((each) => ({ ...each, fields: difference(each.fields, lost) }))
  const had = mine?.fields ?? emptyFieldSet()
  me.fields = ownable(union(difference(had, changes.removed), gained), subresource, status)
  // The time is of the last write that gave a field a value (apimachinery util/managedfields/internal/managedfieldsupdater.go).
  if (mine !== undefined && isEmptySet(ownable(gained, subresource, status))) me.time = mine.time
  setManagers(after, capped([...others, me]))
}

/** A writer may say who owns what; whoever says nothing of it leaves it as it was. Source: fieldmanager.go decodeLiveOrNew. */
function givenManagers(
  { subresource }: Writer,
  before: KubernetesObject | undefined,
  after: KubernetesObject,
): Manager[] {
  const given = subresource === '' ? managersOf(after) : []
  return given.length === 0 ? managersOf(before) : given
}

/** A list with one empty entry, or an empty list, forgets all managers. */
function isResetOfManagers(object: KubernetesObject): boolean {
  const given = object.metadata.managedFields
  if (!Array.isArray(given)) return false
  const first = given[0]
  return given.length === 0 || (given.length === 1 && isRecord(first) && Object.keys(first).length === 0)
}

export function secondsOf(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}

/** managedFields speak of everything but themselves. */
export function comparable(object: KubernetesObject): JsonRecord {
  const { managedFields: _managedFields, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** What an empty object of a built-in kind looks like to the server: its plain structs are there, though empty. */
function blank(served: Served): KubernetesObject {
  const base = { apiVersion: apiVersionFor(served), kind: served.definition.kind, metadata: { name: '' } }
  return served.definition.builtin ? { ...hollow(served.version.schema), ...base } : base
}

function hollow(schema: Schema): JsonRecord {
  const out: JsonRecord = {}
  for (const [key, field] of schema.fields) {
    if (isHollow(field.defaultValue) || always.has(field.struct)) out[key] = hollow(field)
    else if (schema.required.includes(key) && field.type === 'array') out[key] = null
  }
  return out
}

function isHollow(value: Json | undefined): boolean {
  return isRecord(value) && Object.keys(value).length === 0
}

/** Structs held by value although their reference carries no default of its own. */
const always: ReadonlySet<string> = new Set([
  'ObjectMeta',
  'DeploymentSpec',
  'DeploymentStrategy',
  'DaemonSetSpec',
  'DaemonSetUpdateStrategy',
  'StatefulSetSpec',
  'StatefulSetUpdateStrategy',
  'ReplicaSetSpec',
  'PodTemplateSpec',
  'PodSpec',
  'JobSpec',
  'CronJobSpec',
  'JobTemplateSpec',
  'ServiceSpec',
  'NamespaceSpec',
  'NodeSpec',
  'RoleRef',
  'LeaseSpec',
  'CustomResourceDefinitionSpec',
  'CustomResourceDefinitionNames',
  'ValidatingAdmissionPolicySpec',
  'ValidatingAdmissionPolicyBindingSpec',
  'NetworkPolicySpec',
  'PodDisruptionBudgetSpec',
  'CrossVersionObjectReference',
  'HorizontalPodAutoscalerSpec',
])

/** Beyond the limit the oldest updaters become one, so that the list cannot grow for ever. */
function capped(managers: Manager[]): Manager[] {
  const updaters = managers.filter((each) => each.operation === 'Update').sort((a, b) => (a.time < b.time ? -1 : 1))
  const surplus = updaters.slice(0, Math.max(0, updaters.length - updaterLimit))
  const first = surplus[0]
  if (first === undefined) return managers
  const folded = {
    ...first,
    name: 'ancient-changes',
    fields: surplus.reduce((all, each) => union(all, each.fields), emptyFieldSet()),
  }
  return [...managers.filter((each) => !surplus.includes(each)), folded]
}
