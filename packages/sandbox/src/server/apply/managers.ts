import { isRecord, type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type FieldSet, fromFieldsV1, isEmptySet, toFieldsV1, withoutTree } from './field-set.ts'

/** One entry of managedFields. Its key is everything but the fields and, for updates too, the time. */
export type Manager = {
  name: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  subresource: string
  time: string
  fields: FieldSet
}

export function managersOf(object: KubernetesObject | undefined): Manager[] {
  return listAt(object, 'metadata', 'managedFields').map((each) => ({
    name: textAt(each, 'manager') ?? '',
    operation: textAt(each, 'operation') === 'Apply' ? 'Apply' : 'Update',
    apiVersion: textAt(each, 'apiVersion') ?? '',
    subresource: textAt(each, 'subresource') ?? '',
    time: textAt(each, 'time') ?? '',
    fields: fromFieldsV1(isRecord(each) ? each.fieldsV1 : undefined),
  }))
}

/** The real server keeps appliers apart by name and subresource, updaters by version as well. */
export function isSameManager(a: Manager, b: Manager): boolean {
  if (a.name !== b.name || a.operation !== b.operation || a.subresource !== b.subresource) return false
  return a.operation === 'Apply' || a.apiVersion === b.apiVersion
}

/** Writes managers back, appliers first, then by time and name. Source: apimachinery util/managedfields/internal. */
export function setManagers(object: KubernetesObject, managers: Manager[]): void {
  const kept = managers.filter((each) => !isEmptySet(each.fields)).sort(byOrder)
  if (kept.length === 0) delete object.metadata.managedFields
  else object.metadata.managedFields = kept.map(entryOf)
}

function byOrder(a: Manager, b: Manager): number {
  const order = (each: Manager): string =>
    [each.operation, each.time, each.name, each.apiVersion, each.subresource].join('\u0000')
  const [left, right] = [order(a), order(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function entryOf(manager: Manager): Json {
  const entry: JsonRecord = {
    manager: manager.name,
    operation: manager.operation,
    apiVersion: manager.apiVersion,
    ...(manager.time === '' ? {} : { time: manager.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(manager.fields),
  }
  return manager.subresource === '' ? entry : { ...entry, subresource: manager.subresource }
}

/** Fields that belong to the server and to nobody else. */
const unowned: readonly (readonly string[])[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata', 'f:name'],
  ['f:metadata', 'f:namespace'],
  ['f:metadata', 'f:creationTimestamp'],
  ['f:metadata', 'f:selfLink'],
  ['f:metadata', 'f:uid'],
  ['f:metadata', 'f:clusterName'],
  ['f:metadata', 'f:generation'],
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:resourceVersion'],
]

/** The fields a writer may own: not the server's, and not status unless it wrote through that subresource. */
export function ownable(fields: FieldSet, subresource: string, hasStatus: boolean): FieldSet {
  let out = fields
  for (const path of unowned) out = withoutTree(out, path)
  out.own.delete('f:metadata')
  if (subresource === 'status') {
    for (const step of [...out.own, ...out.below.keys()]) {
      if (step !== 'f:status' && step !== 'f:metadata') out = withoutTree(out, [step])
    }
    return out
  }
  return hasStatus ? withoutTree(out, ['f:status']) : out
}
