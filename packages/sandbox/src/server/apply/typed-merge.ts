import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { cloneJson } from '../clone.ts'
import type { Schema } from '../schema/schema.ts'
import { emptyFieldSet, type FieldSet, isEmptySet } from './field-set.ts'
import { below, isEmptyValue, itemSchema, itemsByStep, itemStep, shapeOf } from './shape.ts'

/** Lays an applied configuration over the live state. Source: structured-merge-diff v6 typed/merge.go. */
export function mergeApplied(live: Json | undefined, applied: Json | undefined, schema: Schema): Json | undefined {
  if (applied === undefined) return live === undefined ? undefined : cloneJson(live)
  if (live === undefined || live === null) return cloneJson(applied)
  const shape = shapeOf(schema, applied)
  if (shape === 'leaf' || shapeOf(schema, live) !== shape) return cloneJson(applied)
  if (isEmptyValue(applied)) return cloneJson(live)
  return isRecord(live) && isRecord(applied) ? mergeMaps(live, applied, schema) : mergeLists(live, applied, schema)
}

function mergeMaps(live: JsonRecord, applied: JsonRecord, schema: Schema): JsonRecord {
  const out: JsonRecord = {}
  for (const key of new Set([...Object.keys(live), ...Object.keys(applied)])) {
    const merged = mergeApplied(live[key], applied[key], below(schema, key))
    if (merged !== undefined) out[key] = merged
  }
  return out
}

/** Live items keep their places, applied ones their order among themselves; new ones come where the applier has them. */
function mergeLists(live: Json, applied: Json, schema: Schema): Json[] {
  const lefts = itemsByStep(schema, live)
  const rights = itemsByStep(schema, applied)
  const items = itemSchema(schema)
  const out: Json[] = []
  const pending = [...rights.keys()]
  const take = (step: string): void => {
    const merged = mergeApplied(lefts.get(step), rights.get(step), items)
    if (merged !== undefined) out.push(merged)
  }
  for (const [step, item] of lefts) {
    if (!rights.has(step)) {
      out.push(cloneJson(item))
      continue
    }
    while (pending.length > 0 && pending.includes(step)) {
      const next = pending.shift()
      if (next !== undefined) take(next)
      if (next === step) break
    }
  }
  for (const step of pending) take(step)
  return out
}

/** A state without the given fields. Source: structured-merge-diff v6 typed/remove.go. */
export function removeFields(value: Json, gone: FieldSet, schema: Schema): Json | undefined {
  const shape = shapeOf(schema, value)
  if (shape === 'leaf') return value
  if (isRecord(value)) return removeFromMap(value, gone, schema)
  return removeFromList(Array.isArray(value) ? value : [], gone, schema)
}

function removeFromMap(value: JsonRecord, gone: FieldSet, schema: Schema): JsonRecord | undefined {
  if (Object.keys(value).length === 0) return value
  const out: JsonRecord = {}
  let touched = false
  for (const [key, each] of Object.entries(value)) {
    const step = `f:${key}`
    if (each === undefined || gone.own.has(step)) continue
    const deeper = gone.below.get(step) ?? emptyFieldSet()
    const whole = isEmptySet(deeper)
    touched ||= !whole
    out[key] = whole ? each : (removeFields(each, deeper, below(schema, key)) ?? hollow(each))
  }
  return Object.keys(out).length > 0 || touched ? out : undefined
}

/** A map or list stays when only what was in it goes. */
function hollow(value: Json): Json {
  return Array.isArray(value) ? [] : {}
}

function removeFromList(value: Json[], gone: FieldSet, schema: Schema): Json[] | undefined {
  if (value.length === 0) return value
  const out: Json[] = []
  for (const item of value) {
    const step = itemStep(schema, item)
    if (gone.own.has(step)) continue
    const deeper = gone.below.get(step)
    out.push(deeper === undefined ? item : (removeFields(item, deeper, itemSchema(schema)) ?? {}))
  }
  return out.length > 0 ? out : undefined
}

/** Fields that a structure names count as members when anything below them does. */
export function withNamedFields(set: FieldSet, schema: Schema): FieldSet {
  const out = emptyFieldSet()
  for (const step of set.own) out.own.add(step)
  for (const [step, child] of set.below) {
    const field = step.startsWith('f:')
    if (field && schema.fields.has(step.slice(2))) out.own.add(step)
    out.below.set(step, withNamedFields(child, field ? below(schema, step.slice(2)) : itemSchema(schema)))
  }
  return out
}
