import { at, isRecord, type Json, type JsonRecord, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isKubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { TouchedPath } from '@orbweaver/contracts/plan'

/** Fields that servers write: never part of what a person changed. */
const serverFields = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink']

/** An object without what servers write into it: status and the metadata they own. */
export function authored(object: KubernetesObject): KubernetesObject {
  const { status: _status, ...rest } = object
  const metadata = { ...object.metadata }
  for (const field of serverFields) delete metadata[field]
  return { ...rest, metadata }
}

/**
 * Every place in which two objects differ, as JSON pointers (RFC 6901) in document order. Lists of one length are
 * compared place by place; lists of different length differ as a whole, because Istio's lists have no keys and are
 * atomic under server-side apply (istio-and-sail.md 9.3).
 */
export function touchedPaths(before: KubernetesObject | undefined, after: KubernetesObject | undefined): TouchedPath[] {
  const found: TouchedPath[] = []
  const left = before === undefined ? undefined : authored(before)
  const right = after === undefined ? undefined : authored(after)
  compare(left, right, { pointer: '', found })
  return found
}

type Walk = { pointer: string; found: TouchedPath[] }

function compare(before: Json | undefined, after: Json | undefined, walk: Walk): void {
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[key], after[key], { ...walk, pointer: `${walk.pointer}/${escape(key)}` })
    }
    return
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    before.forEach((each, index) => {
      compare(each, after[index], { ...walk, pointer: `${walk.pointer}/${index}` })
    })
    return
  }
  if (before === undefined ? after === undefined : sameJson(before, after)) return
  walk.found.push(touch(walk.pointer, before, after))
}

function touch(pointer: string, before: Json | undefined, after: Json | undefined): TouchedPath {
  return {
    pointer,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}

export function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The steps of a JSON pointer; numbers stay text, as only the document knows which places are lists. */
export function stepsOf(pointer: string): string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands at a pointer; undefined where there is nothing. */
export function valueAt(object: Json | undefined, pointer: string): Json | undefined {
  let here = object
  for (const step of stepsOf(pointer)) here = Array.isArray(here) ? here[indexOf(step)] : at(here, step)
  return here
}

function indexOf(step: string): number {
  return /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1
}

/** The same paths the other way round: what undoes them. */
export function inverse(paths: readonly TouchedPath[]): TouchedPath[] {
  return paths.map((path) => touch(path.pointer, path.after, path.before)).reverse()
}

/** Whether an object has the `before` (or the `after`) value at every path. */
export function holds(object: KubernetesObject, paths: readonly TouchedPath[], side: 'before' | 'after'): boolean {
  return paths.every((path) => {
    const wanted = path[side]
    const found = valueAt(object, path.pointer)
    if (wanted === undefined || found === undefined) return isNothing(wanted) && isNothing(found)
    return sameJson(found, wanted)
  })
}

/** Absent and an empty map are one: an API server drops `labels: {}` when it stores. */
function isNothing(value: Json | undefined): boolean {
  return value === undefined || (isRecord(value) && Object.keys(value).length === 0)
}

/** A copy of the object with the `after` value at every path; maps on the way are made where they are missing. */
export function applyPaths(object: KubernetesObject, paths: readonly TouchedPath[]): KubernetesObject {
  let out: Json | undefined = object
  for (const path of paths) out = put(out, stepsOf(path.pointer), path.after)
  if (!isKubernetesObject(out)) throw new TypeError('a touched path removed apiVersion, kind or metadata')
  return out
}

function put(target: Json | undefined, steps: string[], value: Json | undefined): Json | undefined {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (Array.isArray(target)) {
    const copy = [...target]
    const next = put(copy[indexOf(step)], rest, value)
    if (next !== undefined && indexOf(step) >= 0) copy[indexOf(step)] = next
    return copy
  }
  const record: JsonRecord = isRecord(target) ? { ...target } : {}
  const next = put(record[step], rest, value)
  if (next === undefined) delete record[step]
  else record[step] = next
  return record
}

/** JSON merge patch (RFC 7386) that carries out just these paths. Paths into lists cannot be said in one. */
export function mergePatchOf(paths: readonly TouchedPath[]): JsonRecord {
  let patch: Json | undefined = {}
  for (const path of paths) patch = put(patch, stepsOf(path.pointer), path.after ?? null)
  return isRecord(patch) ? patch : {}
}
