import { isRecord, type Json, type JsonRecord, listAt, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { itemStep } from '../apply/shape.ts'
import { duplicateValue, type FieldError, invalidValue, required } from '../field-errors.ts'
import type { Schema } from './schema.ts'
import { hasRules, ruleErrors } from './rules.ts'
import { valueErrors } from './value-errors.ts'

/**
 * Everything a CRD's schema has against an object; CEL speaks only when the shape is right, as on a real server. What has
 * not changed since before is not judged anew (CRDValidationRatcheting).
 */
export function customErrors(
  schema: Schema,
  object: KubernetesObject,
  before: KubernetesObject | undefined,
): FieldError[] {
  const [now, then] = [withoutMetadata(object), before === undefined ? undefined : withoutMetadata(before)]
  const errors = structuralErrors({ value: now, before: then, rules: schema.rules, path: '' })
  errors.push(...duplicateErrors(now, schema, ''))
  if (hasRules(schema) && errors.some((each) => blocking.has(each.reason))) {
    const detail =
      'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'
    return [...errors, invalidValue('<nil>', null, detail)]
  }
  return [...errors, ...ruleErrors({ value: object, before, schema, path: '' })]
}

function withoutMetadata({ metadata: _metadata, ...rest }: KubernetesObject): JsonRecord {
  return rest
}

/** With one of these the value is not of the shape that rules are written for. */
const blocking: ReadonlySet<FieldError['reason']> = new Set([
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
  'FieldValueNotSupported',
])

/** `path` is empty at the root. */
type Place = { value: Json; before: Json | undefined; rules: JsonRecord; path: string }

/** Walks value and schema together. */
function structuralErrors(place: Place): FieldError[] {
  const { value, before, rules, path } = place
  if (before !== undefined && sameJson(value, before)) return []
  if (isWrongNull(value, rules)) return [required(path)]
  const errors = valueErrors({
    value,
    rules: path === '' ? { ...rules, required: requiredBesideMetadata(rules) } : rules,
    path,
  })
  errors.push(...combinationErrors(place))
  const { items } = rules
  if (Array.isArray(value) && isRecord(items)) {
    for (const [index, each] of value.entries()) {
      errors.push(...structuralErrors({ value: each, before: undefined, rules: items, path: `${path}[${index}]` }))
    }
  }
  if (isRecord(value)) errors.push(...fieldErrors({ ...place, value }))
  return errors
}

function requiredBesideMetadata(rules: JsonRecord): Json[] {
  return listAt(rules, 'required').filter((each) => each !== 'metadata')
}

/** Null where a value must be is reported as an absent one. */
function isWrongNull(value: Json, rules: JsonRecord): boolean {
  if (value !== null || rules.nullable === true) return false
  return rules.type !== undefined || rules['x-kubernetes-int-or-string'] === true
}

function fieldErrors({ value, before, rules, path }: Place & { value: JsonRecord }): FieldError[] {
  const errors: FieldError[] = []
  const fields = isRecord(rules.properties) ? rules.properties : {}
  for (const [key, each] of Object.entries(value)) {
    const own = fields[key]
    const below = own ?? rules.additionalProperties
    if (each === undefined || !isRecord(below)) continue
    const at = path === '' ? key : `${path}.${key}`
    const was = isRecord(before) ? before[key] : undefined
    errors.push(...structuralErrors({ value: each, before: was, rules: below, path: at }))
  }
  return errors
}

/** allOf, anyOf, oneOf, not. Texts: kube-openapi pkg/validation/validate/schema_props.go. */
function combinationErrors({ value, before, rules, path }: Place): FieldError[] {
  const errors: FieldError[] = []
  const branches = (key: string): FieldError[][] =>
    listAt(rules, key)
      .filter(isRecord)
      .map((each) => structuralErrors({ value, before, rules: each, path }))
  const name = JSON.stringify(path)
  const all = branches('allOf').flat()
  if (all.length > 0) errors.push(invalidValue('<nil>', '', `${name} must validate all the schemas (allOf)`), ...all)
  const any = branches('anyOf')
  if (any.length > 0 && any.every((each) => each.length > 0)) {
    errors.push(invalidValue('<nil>', '', `${name} must validate at least one schema (anyOf)`), ...closest(any))
  }
  const one = branches('oneOf')
  const holding = one.filter((each) => each.length === 0).length
  if (one.length > 0 && holding !== 1) {
    const found = holding === 0 ? 'Found none valid' : `Found ${holding} valid alternatives`
    errors.push(invalidValue('<nil>', '', `${name} must validate one and only one schema (oneOf). ${found}`))
    if (holding === 0) errors.push(...closest(one))
  }
  if (isRecord(rules.not) && structuralErrors({ value, before, rules: rules.not, path }).length === 0) {
    errors.push(invalidValue('<nil>', '', `${name} must not validate the schema (not)`))
  }
  return errors
}

/** The branch that came nearest is the one whose complaints are shown. */
function closest(branches: FieldError[][]): FieldError[] {
  return branches.reduce((best, each) => (each.length < best.length ? each : best), branches[0] ?? [])
}

/** Items of sets and keyed lists must be unique. */
function duplicateErrors(value: Json, schema: Schema, path: string): FieldError[] {
  if (Array.isArray(value)) {
    const items = schema.items
    const own = schema.list === 'atomic' ? [] : repeated(value, schema, path)
    return items === undefined
      ? own
      : [...own, ...value.flatMap((each, index) => duplicateErrors(each, items, `${path}[${index}]`))]
  }
  if (!isRecord(value) || schema.struct !== '') return []
  return Object.entries(value).flatMap(([key, each]) => {
    const below = schema.fields.get(key) ?? schema.values
    if (below === undefined || each === undefined) return []
    return duplicateErrors(each, below, path === '' ? key : `${path}.${key}`)
  })
}

function repeated(list: Json[], schema: Schema, path: string): FieldError[] {
  const errors: FieldError[] = []
  const seen = new Set<string>()
  for (const [index, each] of list.entries()) {
    const step = itemStep(schema, each)
    const shown = schema.list === 'set' ? each : identity(schema, each)
    if (seen.has(step)) errors.push(duplicateValue(`${path}[${index}]`, shown))
    seen.add(step)
  }
  return errors
}

function identity(schema: Schema, item: Json): JsonRecord {
  const keys: JsonRecord = {}
  for (const key of schema.listKeys) if (isRecord(item) && item[key] !== undefined) keys[key] = item[key]
  return keys
}
