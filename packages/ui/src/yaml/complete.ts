import { placeAt } from './place.ts'
import { type Schema, schemaAt, typeName } from './schema.ts'

export type Completion = {
  label: string
  /** Type, for fields; nothing for values. */
  detail: string
  info: string
  /** Text to insert, with what a field of its type needs next. */
  insert: string
  kind: 'property' | 'enum'
  /** Whether the schema demands it: these come first. */
  required: boolean
}

export type Completions = { from: number; options: Completion[] }

/** What can stand at a place of the text: fields not there yet, or the values of an enum or a boolean. */
export function completionsAt(text: string, offset: number, schema: Schema): Completions | undefined {
  const place = placeAt(text, offset)
  const parent = schemaAt(schema, place.parent)
  if (parent === undefined) return undefined
  if (place.inValue) {
    const options = valuesOf(schemaAt(parent, [place.field ?? '']))
    return options.length === 0 ? undefined : { from: place.from, options }
  }
  const indent = indentAt(text, place.from)
  const fields = Object.entries(parent.properties ?? {})
    .filter(([name]) => name !== place.field && !place.siblings.includes(name))
    .map(([name, field]) =>
      fieldCompletion(name, field, { required: parent.required?.includes(name) === true, indent }),
    )
  const options = fields.length === 0 && parent.type !== 'object' ? valuesOf(parent) : fields
  return options.length === 0 ? undefined : { from: place.from, options }
}

function valuesOf(schema: Schema | undefined): Completion[] {
  const values = schema?.enum ?? (schema?.type === 'boolean' ? [true, false] : [])
  return values.map(String).map((label) => ({
    label,
    detail: '',
    info: schema?.description ?? '',
    insert: label,
    kind: 'enum',
    required: false,
  }))
}

function fieldCompletion(name: string, field: Schema, at: { required: boolean; indent: number }): Completion {
  const deeper = `\n${' '.repeat(at.indent + 2)}`
  const opening = field.type === 'array' ? `${deeper}- ` : field.type === 'object' ? deeper : ' '
  return {
    label: name,
    detail: typeName(field),
    info: field.description ?? '',
    insert: `${name}:${opening}`,
    kind: 'property',
    required: at.required,
  }
}

/** The column where the word begins: fields below it go two deeper. */
function indentAt(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

export type Explanation = { from: number; to: number; field: string; schema: Schema }

/** The field whose name or value is at a place of the text, and what the schema says about it. */
export function explainAt(text: string, offset: number, schema: Schema): Explanation | undefined {
  const place = placeAt(text, offset)
  if (place.field === undefined) return undefined
  const found = schemaAt(schema, [...place.parent, place.field])
  if (found === undefined) return undefined
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const from = text.indexOf(place.field, start)
  return { from, to: from + place.field.length, field: place.field, schema: found }
}
