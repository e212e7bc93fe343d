import { at, flagAt, isRecord, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { emptySchema, type Schema, type SchemaType } from './schema.ts'

const types: ReadonlySet<string> = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean'])

function isType(text: string | undefined): text is SchemaType {
  return text !== undefined && types.has(text)
}

/** Reads OpenAPI v3 definitions of built-in kinds into schemas, each definition once. */
export function openapiReader(definitions: JsonRecord): (name: string) => Schema | undefined {
  const made = new Map<string, Schema>()

  const definition = (name: string): Schema | undefined => {
    const known = made.get(name)
    if (known !== undefined) return known
    const raw = definitions[name]
    if (!isRecord(raw)) return undefined
    const schema = emptySchema('object')
    made.set(name, schema)
    fill(schema, raw, read)
    schema.struct = name.slice(name.lastIndexOf('.') + 1)
    asSpecial(schema, name)
    return schema
  }

  const read = (raw: JsonRecord): Schema => {
    const target = textAt(raw, '$ref') ?? textAt(raw, 'allOf', 0, '$ref')
    if (target === undefined) {
      const schema = emptySchema('any')
      fill(schema, raw, read)
      return schema
    }
    const found = definition(target.slice(target.lastIndexOf('/') + 1))
    if (found === undefined) return emptySchema('any')
    return overridden(found, raw)
  }
  return definition
}

/** A reference may carry list and map annotations of its own: they belong to this use only. */
function overridden(schema: Schema, raw: JsonRecord): Schema {
  return raw['x-kubernetes-map-type'] === undefined ? schema : { ...schema, atomicMap: true }
}

function fill(schema: Schema, raw: JsonRecord, read: (raw: JsonRecord) => Schema): void {
  const type = textAt(raw, 'type')
  schema.type = isType(type) ? type : 'any'
  schema.open = schema.type === 'any' || (type === 'object' && raw['properties'] === undefined)
  for (const [key, each] of Object.entries(recordAt(raw, 'properties'))) {
    if (isRecord(each)) schema.fields.set(key, read(each))
  }
  schema.required = listAt(raw, 'required').filter((each) => typeof each === 'string')
  const items = at(raw, 'items')
  if (isRecord(items)) schema.items = read(items)
  const values = at(raw, 'additionalProperties')
  if (isRecord(values)) {
    schema.values = read(values)
    schema.open = false
  }
  fillScalars(schema, raw)
  fillTopology(schema, raw)
}

/** Format and default. */
export function fillScalars(schema: Schema, raw: JsonRecord): void {
  const format = textAt(raw, 'format')
  if (format !== undefined) schema.format = format
  const fallback = at(raw, 'default')
  if (fallback !== undefined) schema.defaultValue = fallback
}

/** How lists and maps merge: shared by server-side apply and strategic merge. */
export function fillTopology(schema: Schema, raw: JsonRecord): void {
  const list = textAt(raw, 'x-kubernetes-list-type')
  if (list === 'map' || list === 'set') schema.list = list
  for (const each of listAt(raw, 'x-kubernetes-list-map-keys')) {
    if (typeof each === 'string') schema.listKeys.push(each)
  }
  schema.atomicMap = textAt(raw, 'x-kubernetes-map-type') === 'atomic'
  const mergeKey = textAt(raw, 'x-kubernetes-patch-merge-key')
  if (mergeKey !== undefined) schema.mergeKey = mergeKey
  schema.patchStrategies = (textAt(raw, 'x-kubernetes-patch-strategy') ?? '').split(',').filter((each) => each !== '')
  schema.embedded = flagAt(raw, 'x-kubernetes-embedded-resource') ?? false
}

/** Definitions whose JSON form is not what their Go struct says. */
function asSpecial(schema: Schema, name: string): void {
  if (name.endsWith('.IntOrString')) {
    schema.type = 'any'
    schema.intOrString = true
  } else if (name.endsWith('.Quantity')) {
    schema.type = 'any'
    schema.format = 'quantity'
  }
}
