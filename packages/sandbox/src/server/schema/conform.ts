import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { fieldOf, type Schema } from './schema.ts'

/** A value that Go's decoder could not put into a built-in kind's struct. */
export class TypeMismatch extends Error {
  override readonly name = 'TypeMismatch'
}

type Place = { path: string; goPath: string; struct: string }

/**
 * Fits a value into a structure: unknown fields are taken out and named. For built-in kinds a value of the wrong type is
 * an error in the decoder's words and null means absent; for custom kinds both are left to validation.
 */
export function conform(value: JsonRecord, schema: Schema, builtin: boolean): { value: JsonRecord; unknown: string[] } {
  const unknown: string[] = []
  const walk = builtin ? decodeInto(unknown) : pruneInto(unknown)
  const result = walk(value, schema, { path: '', goPath: '', struct: schema.struct })
  return { value: isRecord(result) ? result : {}, unknown }
}

type Walk = (value: Json, schema: Schema, place: Place) => Json | undefined

function decodeInto(unknown: string[]): Walk {
  const walk: Walk = (value, schema, place) => {
    if (value === null) return schema.type === 'any' && schema.open && schema.struct !== '' ? null : undefined
    const problem = mismatch(value, schema)
    if (problem !== undefined) {
      const where = place.goPath === '' ? 'value' : `struct field ${place.struct}.${place.goPath}`
      throw new TypeMismatch(`json: cannot unmarshal ${problem} into Go ${where} of type ${goType(schema)}`)
    }
    if (schema.format === 'byte' && typeof value === 'string') mustBeBase64(value)
    return descend(walk, unknown, { value, schema, place })
  }
  return walk
}

/** Source: Go's encoding/base64 CorruptInputError. */
function mustBeBase64(text: string): void {
  const plain = text.replaceAll(/[\r\n]/g, '')
  const wrong = /[^A-Za-z0-9+/]/.exec(plain.replace(/={0,2}$/, ''))?.index
  if (wrong !== undefined) throw new TypeMismatch(`illegal base64 data at input byte ${wrong}`)
  if (plain.length % 4 !== 0)
    throw new TypeMismatch(`illegal base64 data at input byte ${plain.length - (plain.length % 4)}`)
}

function pruneInto(unknown: string[]): Walk {
  const walk: Walk = (value, schema, place) => {
    if (schema.struct !== '') return decodeInto(unknown)(value, schema, { ...place, goPath: '', struct: schema.struct })
    return value === null ? null : descend(walk, unknown, { value, schema, place })
  }
  return walk
}

function descend(walk: Walk, unknown: string[], at: { value: Json; schema: Schema; place: Place }): Json | undefined {
  const { value, schema, place } = at
  if (Array.isArray(value)) {
    const { items } = schema
    if (items === undefined) return value
    return value.map((each, index) => walk(each, items, { ...place, path: `${place.path}[${index}]` }) ?? null)
  }
  if (!isRecord(value)) return value
  if (isFree(schema)) return schema.open || schema.intOrString || schema.struct !== '' ? value : {}
  return fitRecord(walk, unknown, { value, schema, place })
}

/** A node that says nothing about what is inside. */
function isFree(schema: Schema): boolean {
  return schema.type === 'any' && schema.fields.size === 0 && schema.values === undefined && !schema.embedded
}

function fitRecord(walk: Walk, unknown: string[], at: { value: JsonRecord; schema: Schema; place: Place }): JsonRecord {
  const { value, schema, place } = at
  const out: JsonRecord = {}
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) continue
    const below = fieldOf(schema, key)
    const path = place.path === '' ? key : `${place.path}.${key}`
    if (below === undefined) {
      if (schema.open) out[key] = each
      else unknown.push(path)
      continue
    }
    const goPath = goPathOf(place.goPath, schema.fields.has(key) ? key : '')
    const fitted = walk(each, below, { path, goPath, struct: schema.struct === '' ? place.struct : schema.struct })
    if (fitted !== undefined) out[key] = fitted
  }
  return out
}

/** Go names struct fields alone: keys of maps and indexes of lists are not in the path. */
function goPathOf(parent: string, field: string): string {
  return [parent, field].filter((each) => each !== '').join('.')
}

/** The JSON kind of a value that does not fit, as Go's decoder names it. */
function mismatch(value: Json, schema: Schema): string | undefined {
  if (schema.type === 'any' || fits(value, schema)) return undefined
  if (Array.isArray(value)) return 'array'
  if (isRecord(value)) return 'object'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number' && schema.type === 'integer') return `number ${value}`
  return typeof value
}

function fits(value: Json, schema: Schema): boolean {
  switch (schema.type) {
    case 'object':
      return isRecord(value)
    case 'array':
      return Array.isArray(value)
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'number':
      return typeof value === 'number'
    case 'any':
      return true
  }
}

function goType(schema: Schema): string {
  switch (schema.type) {
    case 'integer':
      return schema.format === 'int64' ? 'int64' : 'int32'
    case 'array':
      return `[]${schema.items === undefined ? 'interface {}' : goType(schema.items)}`
    case 'object':
      return goMapType(schema)
    case 'string':
      return schema.format === 'byte' ? '[]uint8' : 'string'
    case 'number':
    case 'boolean':
    case 'any':
      return { number: 'float64', boolean: 'bool', any: 'interface {}' }[schema.type]
  }
}

function goMapType(schema: Schema): string {
  if (schema.struct !== '') return `v1.${schema.struct}`
  return `map[string]${schema.values === undefined ? 'string' : goType(schema.values)}`
}
