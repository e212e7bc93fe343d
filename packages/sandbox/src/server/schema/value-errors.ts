import { isRecord, type Json, type JsonRecord, listAt, numberAt, sameJson, textAt } from '@orbweaver/contracts/json'
import {
  type FieldError,
  invalidValue,
  notSupportedValue,
  required,
  tooLong,
  tooMany,
  wrongType,
} from '../field-errors.ts'
import { formatHolds } from './formats.ts'

export type Place = { value: Json; path: string; rules: JsonRecord }

/** The JSON kind of a value, as kube-openapi's validator names it. */
function jsonType(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isRecord(value)) return 'object'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'boolean' ? 'boolean' : 'string'
}

/** Type, enum, pattern, bounds, format: what JSON schema says of one value. Texts: kube-openapi pkg/validation/errors. */
export function valueErrors(place: Place): FieldError[] {
  const wrong = typeError(place)
  if (wrong !== undefined) return [wrong]
  const { value } = place
  const errors: FieldError[] = []
  if (typeof value === 'string') errors.push(...stringErrors(place, value))
  if (typeof value === 'number') errors.push(...numberErrors(place, value))
  if (Array.isArray(value)) errors.push(...listErrors(place, value))
  if (isRecord(value)) errors.push(...mapErrors(place, value))
  const known = listAt(place.rules, 'enum')
  if (known.length > 0 && !known.some((each) => sameJson(each, value))) {
    errors.push(
      notSupportedValue(
        place.path,
        value,
        known.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))),
      ),
    )
  }
  return errors
}

function typeError({ value, path, rules }: Place): FieldError | undefined {
  const actual = jsonType(value)
  const wanted = rules['x-kubernetes-int-or-string'] === true ? ['integer', 'string'] : [textAt(rules, 'type') ?? '']
  if (wanted.includes('') || wanted.includes(actual)) return undefined
  if (actual === 'integer' && wanted.includes('number')) return undefined
  if (actual === 'null') return rules.nullable === true ? undefined : nullError(path, wanted)
  const detail = `${path} in body must be of type ${wanted.join(',')}: ${JSON.stringify(actual)}`
  return wrongType(path, actual, detail)
}

function nullError(path: string, wanted: string[]): FieldError {
  return wrongType(path, 'null', `${path} in body must be of type ${wanted.join(',')}: "null"`)
}

function stringErrors({ path, rules }: Place, value: string): FieldError[] {
  const errors: FieldError[] = []
  const length = Array.from(value).length
  const [least, most, pattern, format] = [
    numberAt(rules, 'minLength'),
    numberAt(rules, 'maxLength'),
    textAt(rules, 'pattern'),
    textAt(rules, 'format'),
  ]
  if (most !== undefined && length > most) errors.push(tooLong(path, most))
  if (least !== undefined && length < least) {
    errors.push(invalidValue(path, value, `${path} in body should be at least ${least} chars long`))
  }
  if (pattern !== undefined && !patternHolds(pattern, value)) {
    errors.push(invalidValue(path, value, `${path} in body should match '${pattern}'`))
  }
  if (format !== undefined && !formatHolds(format, value)) {
    errors.push(wrongType(path, value, `${path} in body must be of type ${format}: ${JSON.stringify(value)}`))
  }
  return errors
}

const patterns = new Map<string, RegExp>()

/** Go's RE2 and JavaScript agree on what CRDs use; inline `(?i)` is the one thing to translate. */
function patternHolds(pattern: string, value: string): boolean {
  const known = patterns.get(pattern)
  if (known !== undefined) return known.test(value)
  const insensitive = pattern.startsWith('(?i)')
  const source = (insensitive ? pattern.slice(4) : pattern).replaceAll('\\z', '$').replaceAll('\\A', '^')
  const made = new RegExp(source, insensitive ? 'i' : '')
  patterns.set(pattern, made)
  return made.test(value)
}

function numberErrors(place: Place, value: number): FieldError[] {
  const { path, rules } = place
  const complaints = [...boundComplaints(rules, value)]
  const step = numberAt(rules, 'multipleOf')
  if (step !== undefined && value % step !== 0) complaints.push(`a multiple of ${step}`)
  const errors = complaints.map((each) => invalidValue(path, value, `${path} in body should be ${each}`))
  if (rules.format === 'int32' && (value > 2_147_483_647 || value < -2_147_483_648)) {
    errors.push(invalidValue(path, '', `Checked value must be of type integer with format int32 in ${path}`))
  }
  return errors
}

function boundComplaints(rules: JsonRecord, value: number): string[] {
  const complaints: string[] = []
  const [least, most] = [numberAt(rules, 'minimum'), numberAt(rules, 'maximum')]
  if (least !== undefined) {
    if (rules.exclusiveMinimum === true && value <= least) complaints.push(`greater than ${least}`)
    else if (value < least) complaints.push(`greater than or equal to ${least}`)
  }
  if (most === undefined) return complaints
  if (rules.exclusiveMaximum === true && value >= most) complaints.push(`less than ${most}`)
  else if (value > most) complaints.push(`less than or equal to ${most}`)
  return complaints
}

function listErrors({ path, rules }: Place, value: Json[]): FieldError[] {
  const [least, most] = [numberAt(rules, 'minItems'), numberAt(rules, 'maxItems')]
  if (most !== undefined && value.length > most) return [itemsTooMany(path, value.length, most)]
  if (least !== undefined && value.length < least) {
    return [invalidValue(path, value.length, `${path} in body should have at least ${least} items`)]
  }
  return []
}

function itemsTooMany(path: string, have: number, limit: number): FieldError {
  const error = tooMany(path, have, limit)
  return limit === 1 ? { ...error, detail: 'must have at most 1 item' } : error
}

function mapErrors({ path, rules }: Place, value: JsonRecord): FieldError[] {
  const errors: FieldError[] = []
  const size = Object.keys(value).length
  const [least, most] = [numberAt(rules, 'minProperties'), numberAt(rules, 'maxProperties')]
  if (most !== undefined && size > most) errors.push(itemsTooMany(path, size, most))
  if (least !== undefined && size < least) {
    errors.push(invalidValue(path, size, `${path} in body should have at least ${least} properties`))
  }
  for (const key of listAt(rules, 'required')) {
    if (typeof key !== 'string' || value[key] !== undefined) continue
    errors.push(required(path === '' ? key : `${path}.${key}`))
  }
  return errors
}
