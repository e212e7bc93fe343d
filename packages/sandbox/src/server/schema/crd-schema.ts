import { flagAt, isRecord, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { emptySchema, type Schema, type SchemaType } from './schema.ts'
import { fillScalars, fillTopology } from './openapi-schema.ts'
import { builtinSchema } from '../builtins/definitions.ts'

const types: ReadonlyMap<string, SchemaType> = new Map([
  ['object', 'object'],
  ['array', 'array'],
  ['string', 'string'],
  ['integer', 'integer'],
  ['number', 'number'],
  ['boolean', 'boolean'],
])

/** Reads a structural schema. Value rules stay as JSON in `rules`, structure becomes fields, items and values. */
export function crdSchema(raw: JsonRecord): Schema {
  const schema = structure(raw)
  schema.type = 'object'
  asResource(schema)
  return schema
}

function structure(raw: JsonRecord): Schema {
  const type = types.get(textAt(raw, 'type') ?? '')
  const schema = emptySchema(type ?? 'any')
  for (const [key, each] of Object.entries(recordAt(raw, 'properties'))) {
    if (isRecord(each)) schema.fields.set(key, structure(each))
  }
  schema.required = listAt(raw, 'required').filter((each) => typeof each === 'string')
  if (isRecord(raw.items)) schema.items = structure(raw.items)
  if (isRecord(raw.additionalProperties)) schema.values = structure(raw.additionalProperties)
  schema.open = flagAt(raw, 'x-kubernetes-preserve-unknown-fields') ?? raw.additionalProperties === true
  schema.intOrString = flagAt(raw, 'x-kubernetes-int-or-string') ?? false
  schema.nullable = flagAt(raw, 'nullable') ?? false
  fillScalars(schema, raw)
  fillTopology(schema, raw)
  schema.rules = raw
  if (schema.embedded) asResource(schema)
  return schema
}

/** apiVersion, kind and metadata belong to every object, whatever its CRD says of them. */
function asResource(schema: Schema): void {
  const text = emptySchema('string')
  if (!schema.fields.has('apiVersion')) schema.fields.set('apiVersion', text)
  if (!schema.fields.has('kind')) schema.fields.set('kind', text)
  const meta = builtinSchema('', 'v1', 'Namespace').fields.get('metadata')
  if (meta !== undefined) schema.fields.set('metadata', meta)
}
