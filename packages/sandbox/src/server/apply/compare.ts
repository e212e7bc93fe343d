import { isRecord, type Json, sameJson } from '@orbweaver/contracts/json'
import type { Schema } from '../schema/schema.ts'
import { emptyFieldSet, type FieldSet, insertPath } from './field-set.ts'
import { isEmptyValue, partsOf, type Shape, shapeOf } from './shape.ts'

export type Comparison = { added: FieldSet; modified: FieldSet; removed: FieldSet }

type Sides = { left: Json | undefined; right: Json | undefined; schema: Schema }

/** What differs between two states of an object, as field paths. Source: structured-merge-diff v6 typed/compare.go. */
export function compareStates(left: Json, right: Json, schema: Schema): Comparison {
  const found: Comparison = { added: emptyFieldSet(), modified: emptyFieldSet(), removed: emptyFieldSet() }
  visit(found, { left, right, schema }, [])
  return found
}

function visit(found: Comparison, sides: Sides, path: readonly string[]): void {
  const { left, right, schema } = sides
  const shape = commonShape(sides)
  if (shape === 'leaf') {
    leaf(found, sides, path)
    return
  }
  const lefts = partsOf(schema, left, shape)
  const rights = partsOf(schema, right, shape)
  for (const [step, part] of new Map([...lefts, ...rights])) {
    const below = { left: lefts.get(step)?.value, right: rights.get(step)?.value, schema: part.schema }
    visit(found, below, [...path, step])
  }
  if (left === undefined) insertPath(found.added, path)
  else if (right === undefined) insertPath(found.removed, path)
}

/** Null takes the shape of the other side; two empty sides, or two shapes, are compared as one value. */
function commonShape({ left, right, schema }: Sides): Shape {
  if (isEmptyValue(left) && isEmptyValue(right)) return 'leaf'
  const shapes = [left, right]
    .filter((each) => each !== undefined && each !== null)
    .map((each) => shapeOf(schema, each))
  const [first = 'leaf', second = first] = shapes
  return first === second ? first : 'leaf'
}

function leaf(found: Comparison, sides: Sides, path: readonly string[]): void {
  if (path.length === 0) return
  if (sides.left === undefined) insertPath(found.added, path)
  else if (sides.right === undefined) insertPath(found.removed, path)
  else if (!sameJson(sides.left, sides.right)) insertPath(found.modified, path)
}

/** Every field an applied configuration speaks of. Source: structured-merge-diff v6 typed/tofieldset.go. */
export function fieldSetOf(value: Json, schema: Schema): FieldSet {
  const set = emptyFieldSet()
  collect(set, { value, schema }, [])
  return set
}

function collect(set: FieldSet, at: { value: Json; schema: Schema }, path: readonly string[]): void {
  const shape = shapeOf(at.schema, at.value)
  if (shape === 'leaf') {
    insertPath(set, path)
    return
  }
  for (const [step, part] of partsOf(at.schema, at.value, shape)) {
    const here = [...path, step]
    collect(set, part, here)
    const named = step.startsWith('f:') && at.schema.fields.has(step.slice(2))
    const hollow = part.value === null || (isRecord(part.value) && Object.keys(part.value).length === 0)
    if (shape === 'list' || !named || hollow) insertPath(set, here)
  }
}
