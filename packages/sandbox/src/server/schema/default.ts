import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { cloneJson } from '../clone.ts'
import type { Schema } from './schema.ts'

/**
 * Fills absent fields of a custom object with the defaults of its schema, level by level: a default that is an object is
 * itself filled. Null in a field that may not be null counts as absent. Source: apiextensions pkg/apiserver/schema/defaulting.
 */
export function applyDefaults(value: Json, schema: Schema): void {
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const each of value) applyDefaults(each, schema.items)
    return
  }
  if (!isRecord(value) || schema.struct !== '') return
  for (const [key, field] of schema.fields) defaultField(value, key, field)
  for (const [key, each] of Object.entries(value)) {
    const below = schema.fields.get(key) ?? schema.values
    if (below !== undefined && each !== undefined) applyDefaults(each, below)
  }
}

function defaultField(value: JsonRecord, key: string, field: Schema): void {
  if (field.defaultValue === undefined) return
  if (value[key] === undefined || (value[key] === null && !field.nullable)) value[key] = cloneJson(field.defaultValue)
}
