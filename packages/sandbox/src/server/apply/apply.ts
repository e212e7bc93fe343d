import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { asObject } from '../clone.ts'
import { apiVersionFor } from '../definition.ts'
import type { Schema } from '../schema/schema.ts'
import { applyConflict, type Cause } from '../status.ts'
import { compareStates, fieldSetOf } from './compare.ts'
import {
  difference,
  emptyFieldSet,
  type FieldSet,
  intersection,
  isEmptySet,
  pathsOf,
  pathText,
  union,
} from './field-set.ts'
import { contested, renewLastApplied } from './last-applied.ts'
import { isSameManager, type Manager, managersOf, ownable, setManagers } from './managers.ts'
import { comparable, secondsOf, type Writer } from './track.ts'
import { mergeApplied, removeFields, withNamedFields } from './typed-merge.ts'

/**
 * Server-side apply: the merged object with its managers, or a conflict. `live` is undefined when the object is new.
 * Source: structured-merge-diff v6 merge/update.go Apply.
 */
export function applyConfiguration(
  writer: Writer & { force: boolean },
  live: KubernetesObject | undefined,
  applied: KubernetesObject,
): KubernetesObject {
  const { served, subresource } = writer
  const { schema, status } = served.version
  const base: JsonRecord = live === undefined ? skeleton(applied) : comparable(live)
  const spoken = fieldSetOf(comparable(applied), schema)
  const me: Manager = {
    name: writer.manager,
    operation: 'Apply',
    apiVersion: apiVersionFor(served),
    subresource,
    time: secondsOf(writer.time),
    fields: ownable(spoken, subresource, status),
  }
  const managers = managersOf(live)
  const mine = managers.find((each) => isSameManager(each, me))
  const others = managers.filter((each) => each !== mine)
  const merged = mergeApplied(base, comparable(applied), schema) ?? base
  const pruned = prune(merged, { schema, last: mine?.fields, now: [spoken, ...others.map((each) => each.fields)] })
  const changes = compareStates(base, pruned, schema)
  const taken = union(changes.added, changes.modified)
  const conflicts = conflictsOf(others, contested(writer, live, taken))
  if (conflicts.length > 0 && !writer.force) throw conflictFault(conflicts)
  const lost = union(taken, changes.removed)
  const left = others.map((each) => ({ ...each, fields: difference(each.fields, lost) }))
  me.fields = difference(me.fields, changes.removed)
  if (isEmptySet(lost)) me.time = mine?.time ?? ''
  const object = asObject(isRecord(pruned) ? pruned : base)
  setManagers(object, [...left, me])
  renewLastApplied(writer, object, applied)
  return object
}

function skeleton(applied: KubernetesObject): JsonRecord {
  const { name, namespace } = applied.metadata
  return {
    apiVersion: applied.apiVersion,
    kind: applied.kind,
    metadata: namespace === undefined ? { name } : { name, namespace },
  }
}

/** Takes out what this manager applied last time, left out now, and nobody else owns. */
function prune(merged: Json, by: { schema: Schema; last: FieldSet | undefined; now: FieldSet[] }): Json {
  const { schema, last, now } = by
  if (last === undefined || isEmptySet(last)) return merged
  const applied = withNamedFields(last, schema)
  const all = named(merged, schema)
  const pruned = removeFields(merged, applied, schema) ?? {}
  const owned = withNamedFields(now.reduce(union, emptyFieldSet()), schema)
  const withOwned = removeFields(merged, difference(all, union(named(pruned, schema), owned)), schema) ?? {}
  return removeFields(merged, intersection(difference(all, named(withOwned, schema)), applied), schema) ?? {}
}

function named(value: Json, schema: Schema): FieldSet {
  return withNamedFields(fieldSetOf(value, schema), schema)
}

type Conflict = { manager: Manager; path: string }

function conflictsOf(others: Manager[], taken: FieldSet): Conflict[] {
  return others.flatMap((manager) =>
    [...pathsOf(intersection(manager.fields, taken))].map((path) => ({ manager, path: pathText(path) })),
  )
}

/** Source: apimachinery util/managedfields/internal/conflict.go. */
function conflictFault(conflicts: Conflict[]): Error {
  const causes: Cause[] = conflicts.map(({ manager, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${described(manager)}`,
    field: path,
  }))
  return applyConflict(`Apply failed with ${conflictText(conflicts)}`, causes)
}

function conflictText(conflicts: Conflict[]): string {
  const [first] = conflicts
  if (conflicts.length === 1 && first !== undefined) {
    return `1 conflict: conflict with ${described(first.manager)}: ${first.path}`
  }
  const byManager = new Map<string, string[]>()
  for (const { manager, path } of conflicts) {
    const words = described(manager)
    byManager.set(words, [...(byManager.get(words) ?? []), path])
  }
  const parts = [...byManager]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([words, paths]) => `conflicts with ${words}:\n${paths.map((each) => `- ${each}`).join('\n')}`)
  return `${conflicts.length} conflicts: ${parts.join('\n')}`
}

function described(manager: Manager): string {
  const who = JSON.stringify(manager.name)
  const where = manager.subresource === '' ? '' : ` with subresource ${JSON.stringify(manager.subresource)}`
  return manager.operation === 'Update' ? `${who}${where} using ${manager.apiVersion}` : `${who}${where}`
}
