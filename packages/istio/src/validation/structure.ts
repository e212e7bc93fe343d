import {
  canonicalJson,
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  sameJson,
  textAt,
} from '@orbweaver/contracts/json'
import { step } from '../pointer.ts'
import { brokenRules } from './structure-rules.ts'

/** What the schema of a CRD has against a value: an API server refuses all but unknown fields, which it drops. */
export type StructureFault = {
  what:
    | 'type-wrong'
    | 'value-unknown'
    | 'field-missing'
    | 'field-unknown'
    | 'value-unfit'
    | 'choice-wrong'
    | 'item-twice'
    | 'rule-broken'
  pointer: string
  params: Record<string, string>
  /** What was meant, where one is near; what else may stand there. */
  known?: readonly string[]
}

type Place = { value: Json; schema: JsonRecord; pointer: string }

/** Everything that is wrong, by place. Of the rules in CEL those of Istio's own definitions are known. */
export function structureFaults(place: Place): StructureFault[] {
  const { value, schema } = place
  if (value === null && schema['nullable'] === true) return []
  const type = typeFault(place)
  if (type !== undefined) return [type]
  const rules = brokenRules(value, schema).map(
    (rule): StructureFault => ({ what: 'rule-broken', pointer: place.pointer, params: { rule } }),
  )
  return [...valueFaults(place), ...choiceFaults(place), ...rules, ...below(place)]
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isRecord(value)) return 'object'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function typeFault({ value, schema, pointer }: Place): StructureFault | undefined {
  const actual = typeOf(value)
  const intOrString = schema['x-kubernetes-int-or-string'] === true
  const wanted = intOrString ? ['integer', 'string'] : [textAt(schema, 'type') ?? actual]
  if (wanted.includes(actual) || (actual === 'integer' && wanted.includes('number'))) return undefined
  return { what: 'type-wrong', pointer, params: { actual, wanted: wanted.join(' / ') } }
}

function valueFaults({ value, schema, pointer }: Place): StructureFault[] {
  const known = listAt(schema, 'enum')
  if (known.length > 0 && !known.some((each) => sameJson(each, value))) {
    const words = known.filter((each) => typeof each === 'string')
    return [
      {
        what: 'value-unknown',
        pointer,
        params: { value: shown(value), known: known.map(shown).join(', ') },
        known: words,
      },
    ]
  }
  const rule = unmetRule(value, schema)
  return rule === undefined ? [] : [{ what: 'value-unfit', pointer, params: { value: shown(value), rule } }]
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 80)

/** The first bound that a value is beyond, as the schema has it. */
function unmetRule(value: Json, schema: JsonRecord): string | undefined {
  const unmet = BOUNDS.find(({ field, measure, holds }) => {
    const bound = numberAt(schema, field)
    const size = bound === undefined ? undefined : measure(value)
    return bound !== undefined && size !== undefined && !holds(size, bound, schema)
  })
  if (unmet !== undefined) return `${unmet.field}: ${JSON.stringify(schema[unmet.field])}`
  if (textAt(schema, 'format') === 'byte' && typeof value === 'string' && !BASE64.test(value)) return 'format: byte'
  const pattern = textAt(schema, 'pattern')
  return typeof value === 'string' && pattern !== undefined && !matches(pattern, value)
    ? `pattern: ${pattern}`
    : undefined
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

type Bound = {
  field: string
  measure: (value: Json) => number | undefined
  holds: (size: number, bound: number, schema: JsonRecord) => boolean
}

const ofNumber = (value: Json): number | undefined => (typeof value === 'number' ? value : undefined)
const ofText = (value: Json): number | undefined => (typeof value === 'string' ? Array.from(value).length : undefined)
const ofList = (value: Json): number | undefined => (Array.isArray(value) ? value.length : undefined)
const ofMap = (value: Json): number | undefined => (isRecord(value) ? Object.keys(value).length : undefined)
const atLeast = (size: number, bound: number): boolean => size >= bound
const atMost = (size: number, bound: number): boolean => size <= bound

const BOUNDS: readonly Bound[] = [
  {
    field: 'minimum',
    measure: ofNumber,
    holds: (size, bound, schema) => (schema['exclusiveMinimum'] === true ? size > bound : size >= bound),
  },
  {
    field: 'maximum',
    measure: ofNumber,
    holds: (size, bound, schema) => (schema['exclusiveMaximum'] === true ? size < bound : size <= bound),
  },
  { field: 'minLength', measure: ofText, holds: atLeast },
  { field: 'maxLength', measure: ofText, holds: atMost },
  { field: 'minItems', measure: ofList, holds: atLeast },
  { field: 'maxItems', measure: ofList, holds: atMost },
  { field: 'minProperties', measure: ofMap, holds: atLeast },
  { field: 'maxProperties', measure: ofMap, holds: atMost },
]

/** A pattern that this engine does not know says nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern.replaceAll('\\z', '$').replaceAll('\\A', '^'), 'u').test(value)
  } catch {
    return true
  }
}

/** allOf, anyOf, oneOf, not: which fields may stand together. */
function choiceFaults({ value, schema, pointer }: Place): StructureFault[] {
  const holds = (each: Json): boolean =>
    isRecord(each) && structureFaults({ value, schema: each, pointer }).length === 0
  const [any, one] = [listAt(schema, 'anyOf'), listAt(schema, 'oneOf')]
  const wrong = [
    any.length > 0 && !any.some(holds),
    one.length > 0 && one.filter(holds).length !== 1,
    isRecord(schema['not']) && holds(schema['not']),
  ]
  const all = listAt(schema, 'allOf').flatMap((each) =>
    isRecord(each) ? structureFaults({ value, schema: each, pointer }) : [],
  )
  return wrong.includes(true) ? [choiceFault(schema, pointer), ...all] : all
}

function choiceFault(schema: JsonRecord, pointer: string): StructureFault {
  return { what: 'choice-wrong', pointer, params: { fields: fieldsOf(schema).join(', ') } }
}

/** The fields that a choice is between. */
function fieldsOf(schema: JsonRecord): string[] {
  const named = ['anyOf', 'oneOf'].flatMap((key) => listAt(schema, key)).flatMap((each) => listAt(each, 'required'))
  return [...new Set(named.filter((each) => typeof each === 'string'))]
}

function below({ value, schema, pointer }: Place): StructureFault[] {
  if (Array.isArray(value)) {
    const items = recordAt(schema, 'items')
    const each = value.flatMap((item, index) =>
      structureFaults({ value: item, schema: items, pointer: pointer + step(index) }),
    )
    return [...each, ...twice(value, schema, pointer)]
  }
  if (!isRecord(value)) return []
  const missing = listAt(schema, 'required').filter((each) => typeof each === 'string' && value[each] === undefined)
  const absent = missing.map(
    (field): StructureFault => ({ what: 'field-missing', pointer, params: { field: shown(field) } }),
  )
  return [
    ...absent,
    ...Object.entries(value).flatMap(([key, each]) =>
      each === undefined ? [] : fieldFaults({ value: each, schema, pointer }, key),
    ),
  ]
}

/** Items of sets, and of lists that are known by keys, are there once. */
function twice(list: readonly Json[], schema: JsonRecord, pointer: string): StructureFault[] {
  const type = textAt(schema, 'x-kubernetes-list-type')
  if (type !== 'map' && type !== 'set') return []
  const keys = listAt(schema, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string')
  const identity = (item: Json): string =>
    canonicalJson(type === 'set' ? item : keys.map((key) => (isRecord(item) ? item[key] : undefined) ?? null))
  const known = list.map(identity)
  return known.flatMap((item, index): StructureFault[] =>
    known.indexOf(item) === index ? [] : [{ what: 'item-twice', pointer: pointer + step(index), params: { item } }],
  )
}

function fieldFaults({ value, schema, pointer }: Place, key: string): StructureFault[] {
  const fields = recordAt(schema, 'properties')
  const field = Object.hasOwn(fields, key) ? fields[key] : schema['additionalProperties']
  const at = pointer + step(key)
  if (isRecord(field)) return structureFaults({ value, schema: field, pointer: at })
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['properties'] === undefined
  if (open || field === true) return []
  return [{ what: 'field-unknown', pointer: at, params: { field: key }, known: Object.keys(fields) }]
}
