import type { Json, JsonRecord } from '@orbweaver/contracts/json'

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'any'

/**
 * The structure of a kind, one form for built-in kinds (from OpenAPI) and custom ones (from their CRD).
 * A graph, not a tree: JSONSchemaProps contains itself.
 */
export type Schema = {
  type: SchemaType
  /** Named fields. A node with neither fields nor values accepts no key unless `open`. */
  fields: Map<string, Schema>
  required: string[]
  items?: Schema
  /** additionalProperties: every key of a map has this structure. */
  values?: Schema
  /** x-kubernetes-preserve-unknown-fields, RawExtension and free JSON: unknown keys are kept. */
  open: boolean
  /** x-kubernetes-embedded-resource */
  embedded: boolean
  intOrString: boolean
  nullable: boolean
  defaultValue?: Json
  format?: string
  list: 'atomic' | 'set' | 'map'
  listKeys: string[]
  atomicMap: boolean
  mergeKey?: string
  patchStrategies: string[]
  /** Name of the Go struct, for decode errors; empty for custom kinds. */
  struct: string
  /** Value validations as JSON schema: enum, pattern, bounds, allOf, x-kubernetes-validations. */
  rules: JsonRecord
}

export function emptySchema(type: SchemaType): Schema {
  return {
    type,
    fields: new Map(),
    required: [],
    open: false,
    embedded: false,
    intOrString: false,
    nullable: false,
    list: 'atomic',
    listKeys: [],
    atomicMap: false,
    patchStrategies: [],
    struct: '',
    rules: {},
  }
}

/** The structure below one key of an object. */
export function fieldOf(schema: Schema | undefined, key: string): Schema | undefined {
  return schema?.fields.get(key) ?? schema?.values
}
