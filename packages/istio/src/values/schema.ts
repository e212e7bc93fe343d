import { isRecord, type Json, type JsonRecord, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { mergePatched } from '../diff/merge-patch.ts'
import { readVersion } from '../versions.ts'

/**
 * What a value of Istio may be. `duration`: seconds, the only unit of protobuf's JSON, in which istiod reads mesh
 * configuration; `goDuration`: what Go reads, as arguments of istiod.
 */
export type ValueType =
  | { form: 'bool' | 'string' | 'int' | 'number' | 'duration' | 'goDuration' | 'quantity' | 'intOrString' | 'object' }
  | { form: 'choice'; members: Readonly<Record<string, string>> }
  | { form: 'list' | 'map'; of: ValueType }
  /** Fields are looked up by this name. */
  | { form: 'record'; name: string }

export type ValueField = {
  /** Dotted, from the top of `spec.values`; keys of maps are no part of it, as a map is one value. */
  path: string
  type: ValueType
  /** Istio's own words, in English. */
  doc: string
  deprecated: boolean
  /** What the istiod chart gives; absent where it says nothing. */
  default?: Json
}

/** The values of one minor of Istio, as Sail's `spec.values` takes them. */
export type ValuesSchema = { minor: string; types: JsonRecord; enums: JsonRecord; defaults: JsonRecord }

/** Every value of every minor that is known here. About 200 kB, therefore loaded when it is needed. */
export type AllValues = { minors: readonly string[]; of: (istioVersion: string) => ValuesSchema | undefined }

let loaded: Promise<AllValues> | undefined

export function loadValues(): Promise<AllValues> {
  loaded ??= import('./generated/values-schema.ts').then(({ valuesJson }) => readAll(JSON.parse(valuesJson)))
  return loaded
}

function readAll(document: unknown): AllValues {
  const base = recordAt(document, 'base')
  const newest = textAt(document, 'newest') ?? ''
  const differences = recordAt(document, 'differences')
  const made = new Map<string, ValuesSchema>()
  const schemaOf = (minor: string): ValuesSchema => {
    const merged = mergePatched(base, recordAt(differences, minor))
    const schema = {
      minor,
      types: recordAt(merged, 'types'),
      enums: recordAt(merged, 'enums'),
      defaults: recordAt(merged, 'defaults'),
    }
    made.set(minor, schema)
    return schema
  }
  const minors = [...Object.keys(differences), newest]
  const of = (istioVersion: string) => {
    const version = readVersion(istioVersion)
    const minor = version === undefined ? '' : `${version.major}.${version.minor}`
    return minors.includes(minor) ? (made.get(minor) ?? schemaOf(minor)) : undefined
  }
  return { minors, of }
}

const plain = [
  'bool',
  'string',
  'int',
  'number',
  'duration',
  'goDuration',
  'quantity',
  'intOrString',
  'object',
] as const

/** Reads a type as packages/schemas/src/values/compile.ts writes it. */
function readType(schema: ValuesSchema, text: string): ValueType {
  if (text.endsWith('[]')) return { form: 'list', of: readType(schema, text.slice(0, -2)) }
  if (text.endsWith('{}')) return { form: 'map', of: readType(schema, text.slice(0, -2)) }
  const form = plain.find((each) => each === text)
  if (form !== undefined) return { form }
  return schema.enums[text] === undefined
    ? { form: 'record', name: text }
    : { form: 'choice', members: stringsAt(schema.enums, text) }
}

type OwnField = Pick<ValueField, 'type' | 'doc' | 'deprecated'>

/** One field of a record; undefined where there is none of that name. */
export function fieldOfType(schema: ValuesSchema, record: string, name: string): OwnField | undefined {
  const field = listAt(schema.types, record, name)
  const [type, doc, deprecated] = field
  if (typeof type !== 'string') return undefined
  return { type: readType(schema, type), doc: typeof doc === 'string' ? doc : '', deprecated: deprecated === 1 }
}

export function namesOfType(schema: ValuesSchema, record: string): string[] {
  return Object.keys(recordAt(schema.types, record))
}

/** A record without fields says something by being there; all others are told by what is in them. */
export function isBranch(schema: ValuesSchema, type: ValueType): type is { form: 'record'; name: string } {
  return type.form === 'record' && namesOfType(schema, type.name).length > 0
}

export const top: ValueType = { form: 'record', name: 'Values' }

/** Every value that can be set, by path. */
export function fieldsOf(schema: ValuesSchema): ValueField[] {
  return below(schema, 'Values', { path: '', default: schema.defaults }).toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function below(schema: ValuesSchema, record: string, above: Pick<ValueField, 'path' | 'default'>): ValueField[] {
  return namesOfType(schema, record).flatMap((name) => {
    const field = fieldOfType(schema, record, name)
    if (field === undefined) return []
    const given = isRecord(above.default) ? above.default[name] : undefined
    const path = above.path === '' ? name : `${above.path}.${name}`
    const here = { path, ...(given === undefined ? {} : { default: given }) }
    return isBranch(schema, field.type) ? below(schema, field.type.name, here) : [{ ...field, ...here }]
  })
}
