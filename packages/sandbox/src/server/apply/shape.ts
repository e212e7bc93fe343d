import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { emptySchema, fieldOf, type Schema } from '../schema/schema.ts'

/** How server-side apply sees a value: one thing, a map of fields, or a list of items with identities. */
export type Shape = 'leaf' | 'map' | 'list'

/** Where no structure is known, maps are granular and lists atomic. */
const unknown: Schema = { ...emptySchema('any'), open: true }

export function below(schema: Schema, key: string): Schema {
  return fieldOf(schema, key) ?? unknown
}

export function itemSchema(schema: Schema): Schema {
  return schema.items ?? unknown
}

export function shapeOf(schema: Schema, value: Json | undefined): Shape {
  if (isRecord(value)) return isAtomicMap(schema) ? 'leaf' : 'map'
  if (Array.isArray(value)) return schema.list === 'atomic' ? 'leaf' : 'list'
  return 'leaf'
}

/** Free JSON inside built-in kinds (RawExtension, JSON) is one value. */
function isAtomicMap(schema: Schema): boolean {
  return schema.atomicMap || (schema.struct !== '' && schema.fields.size === 0 && schema.values === undefined)
}

export function isEmptyValue(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) && Object.keys(value).length === 0
}

/** The identity of an item in a keyed list or a set. A missing key field counts with its default. */
export function itemStep(schema: Schema, item: Json): string {
  if (schema.list === 'set') return `v:${JSON.stringify(item)}`
  const keys: JsonRecord = {}
  const fields = itemSchema(schema).fields
  for (const key of [...schema.listKeys].sort()) {
    const value = isRecord(item) ? (item[key] ?? fields.get(key)?.defaultValue) : undefined
    if (value !== undefined) keys[key] = value
  }
  return `k:${JSON.stringify(keys)}`
}

/** Items by identity, first occurrence first. */
export function itemsByStep(schema: Schema, list: Json | undefined): Map<string, Json> {
  const items = new Map<string, Json>()
  if (!Array.isArray(list)) return items
  for (const each of list) {
    const step = itemStep(schema, each)
    if (!items.has(step)) items.set(step, each)
  }
  return items
}

/** Keys or items of a value with their structure: one way to walk both maps and lists. */
export function partsOf(
  schema: Schema,
  value: Json | undefined,
  shape: Shape,
): Map<string, { value: Json; schema: Schema }> {
  const parts = new Map<string, { value: Json; schema: Schema }>()
  if (shape === 'map' && isRecord(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (each !== undefined) parts.set(`f:${key}`, { value: each, schema: below(schema, key) })
    }
  }
  if (shape === 'list') {
    for (const [step, each] of itemsByStep(schema, value)) parts.set(step, { value: each, schema: itemSchema(schema) })
  }
  return parts
}
