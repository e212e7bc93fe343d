/**
 * What the editor needs of a CRD's structural schema (Kubernetes: "Specifying a structural schema"). The keywords that
 * structural schemas allow below oneOf/anyOf/allOf only repeat constraints, never shape, so they are not looked at.
 */
export type Schema = {
  type?: string
  description?: string
  enum?: unknown[]
  default?: unknown
  format?: string
  minimum?: number
  maximum?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: boolean | Schema
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-embedded-resource'?: boolean
}

export type Path = (string | number)[]

/** The schema a path leads to; undefined where the schema says nothing (unknown field, free-form object). */
export function schemaAt(schema: Schema | undefined, path: Path): Schema | undefined {
  let here = schema
  for (const step of path) {
    if (here === undefined) return undefined
    here = typeof step === 'number' ? here.items : fieldOf(here, step)
  }
  return here
}

function fieldOf(schema: Schema, name: string): Schema | undefined {
  const own = schema.properties?.[name]
  if (own !== undefined) return own
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined
}

/** Whether fields the schema does not name are allowed below it. */
export function isOpen(schema: Schema): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true)
    return true
  if (schema.properties === undefined) return true
  return schema.additionalProperties !== undefined && schema.additionalProperties !== false
}

/** The type in words: `string`, `array of object`, `integer or string`. */
export function typeName(schema: Schema): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'integer or string'
  if (schema.type === 'array') return schema.items?.type === undefined ? 'array' : `array of ${schema.items.type}`
  if (schema.type === undefined) return 'any'
  return schema.format === undefined ? schema.type : `${schema.type} (${schema.format})`
}

/** JSON pointer (RFC 6901) to path; list positions become numbers. */
export function pathOfPointer(pointer: string): Path {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^(0|[1-9]\d*)$/.test(step) ? Number(step) : step))
}

/** The schema of what every object has at its top, which CRDs leave out: the API server adds it (apimachinery ObjectMeta). */
export function withObjectMeta(schema: Schema): Schema {
  const text: Schema = { type: 'string' }
  const texts: Schema = { type: 'object', additionalProperties: text }
  const metadata: Schema = {
    type: 'object',
    properties: { name: text, namespace: text, labels: texts, annotations: texts },
    additionalProperties: true,
  }
  return { ...schema, properties: { apiVersion: text, kind: text, ...schema.properties, metadata } }
}
