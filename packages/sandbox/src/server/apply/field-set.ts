import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { parseJson } from '../clone.ts'

/**
 * A set of field paths as managedFields keep them: `f:name` for a key, `k:{…}` for an item of a keyed list, `v:…` for an
 * item of a set. A path may be in the set itself (`own`) and have paths below it. Source: structured-merge-diff v6 fieldpath.
 */
export type FieldSet = { own: Set<string>; below: Map<string, FieldSet> }

export function emptyFieldSet(): FieldSet {
  return { own: new Set(), below: new Map() }
}

export function insertPath(set: FieldSet, path: readonly string[]): void {
  let here = set
  for (const step of path.slice(0, -1)) here = childOf(here, step)
  const last = path.at(-1)
  if (last !== undefined) here.own.add(last)
}

function childOf(set: FieldSet, step: string): FieldSet {
  const found = set.below.get(step)
  if (found !== undefined) return found
  const made = emptyFieldSet()
  set.below.set(step, made)
  return made
}

export function isEmptySet(set: FieldSet): boolean {
  return set.own.size === 0 && [...set.below.values()].every(isEmptySet)
}

type Pick = (left: boolean, right: boolean) => boolean

function combine(a: FieldSet, b: FieldSet, pick: Pick): FieldSet {
  const out = emptyFieldSet()
  for (const step of new Set([...a.own, ...b.own])) if (pick(a.own.has(step), b.own.has(step))) out.own.add(step)
  for (const step of new Set([...a.below.keys(), ...b.below.keys()])) {
    const child = combine(a.below.get(step) ?? emptyFieldSet(), b.below.get(step) ?? emptyFieldSet(), pick)
    if (!isEmptySet(child)) out.below.set(step, child)
  }
  return out
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (left, right) => left || right)
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (left, right) => left && right)
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (left, right) => left && !right)
}

/** Without a path and everything below it. */
export function withoutTree(set: FieldSet, path: readonly string[]): FieldSet {
  const [step, ...rest] = path
  if (step === undefined) return set
  const out: FieldSet = { own: new Set(set.own), below: new Map(set.below) }
  if (rest.length === 0) {
    out.own.delete(step)
    out.below.delete(step)
    return out
  }
  const child = out.below.get(step)
  if (child === undefined) return out
  const less = withoutTree(child, rest)
  if (isEmptySet(less)) out.below.delete(step)
  else out.below.set(step, less)
  return out
}

/** Every path in the set, in the order managedFields are written. */
export function* pathsOf(set: FieldSet, prefix: readonly string[] = []): Iterable<string[]> {
  for (const step of [...set.own].sort()) yield [...prefix, step]
  for (const [step, child] of [...set.below].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield* pathsOf(child, [...prefix, step])
  }
}

export function toFieldsV1(set: FieldSet): JsonRecord {
  const out: JsonRecord = {}
  for (const step of [...new Set([...set.own, ...set.below.keys()])].sort()) {
    const child = set.below.get(step)
    const below = child === undefined ? {} : toFieldsV1(child)
    if (child === undefined && !set.own.has(step)) continue
    out[step] = set.own.has(step) && child !== undefined ? { '.': {}, ...below } : below
  }
  return out
}

export function fromFieldsV1(fields: Json | undefined): FieldSet {
  const set = emptyFieldSet()
  if (!isRecord(fields)) return set
  for (const [step, below] of Object.entries(fields)) {
    if (step === '.' || !isRecord(below)) continue
    const keys = Object.keys(below)
    if (keys.length === 0 || keys.includes('.')) set.own.add(step)
    if (keys.some((each) => each !== '.')) set.below.set(step, fromFieldsV1(below))
  }
  return set
}

/** A path as conflicts name it: `.spec.containers[name="x"].image`. */
export function pathText(path: readonly string[]): string {
  return path.map(stepText).join('')
}

function stepText(step: string): string {
  const value = step.slice(2)
  if (step.startsWith('f:')) return `.${value}`
  if (step.startsWith('v:')) return `[=${value}]`
  if (step.startsWith('i:')) return `[${value}]`
  const keys = parseJson(value)
  const pairs = Object.entries(isRecord(keys) ? keys : {}).map(([key, each]) => `${key}=${JSON.stringify(each)}`)
  return `[${pairs.join(',')}]`
}
