import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { quantity } from '../quantity.ts'
import { nearestPath } from './nearest.ts'
import { fieldOfType, top, type ValuesSchema, type ValueType } from './schema.ts'

/** Why a value cannot be taken, and where. `unknown` names the nearest that is known, if any is near. */
export type ValueProblem = {
  path: string
  code:
    | 'bool'
    | 'string'
    | 'int'
    | 'number'
    | 'duration'
    | 'goDuration'
    | 'quantity'
    | 'intOrString'
    | 'object'
    | 'choice'
    | 'list'
    | 'map'
    | 'unknown'
  params: Record<string, string>
}

/** Everything in `spec.values` that this minor of Istio does not know or does not take. null clears, so it fits anywhere. */
export function checkValues(schema: ValuesSchema, values: JsonRecord): ValueProblem[] {
  return checkValue(schema, top, { path: '', value: values })
}

export type Given = { path: string; value: Json | undefined }

export function checkValue(schema: ValuesSchema, type: ValueType, { path, value }: Given): ValueProblem[] {
  if (value === undefined || value === null) return []
  if (type.form === 'record') return checkRecord(schema, type.name, { path, value })
  if (type.form === 'list') return checkList(schema, type.of, { path, value })
  if (type.form === 'map') return checkMap(schema, type.of, { path, value })
  if (type.form !== 'choice') return fits[type.form](value) ? [] : [problem(path, type.form)]
  const members = Object.keys(type.members)
  const known = members.some((each) => each === value)
  return known ? [] : [problem(path, 'choice', { members: members.join(', ') })]
}

function checkList(schema: ValuesSchema, of: ValueType, { path, value }: Given): ValueProblem[] {
  if (!Array.isArray(value)) return [problem(path, 'list')]
  return value.flatMap((each, index) => checkValue(schema, of, { path: `${path}[${index}]`, value: each }))
}

function checkMap(schema: ValuesSchema, of: ValueType, { path, value }: Given): ValueProblem[] {
  if (!isRecord(value)) return [problem(path, 'map')]
  return Object.entries(value).flatMap(([key, each]) => checkValue(schema, of, { path: `${path}.${key}`, value: each }))
}

function checkRecord(schema: ValuesSchema, record: string, { path, value }: Given): ValueProblem[] {
  if (!isRecord(value)) return [problem(path, 'object')]
  return Object.entries(value).flatMap(([name, each]) => {
    const field = fieldOfType(schema, record, name)
    const here = path === '' ? name : `${path}.${name}`
    if (field !== undefined) return checkValue(schema, field.type, { path: here, value: each })
    const nearest = nearestPath(schema, record, { path, name })
    return [problem(here, 'unknown', { minor: schema.minor, ...(nearest === undefined ? {} : { nearest }) })]
  })
}

function problem(path: string, code: ValueProblem['code'], params: Record<string, string> = {}): ValueProblem {
  return { path, code, params: { path, ...params } }
}

const isText = (value: Json): value is string => typeof value === 'string'
const isNumber = (value: Json): value is number => typeof value === 'number' && Number.isFinite(value)

const fits = {
  bool: (value: Json) => typeof value === 'boolean',
  string: isText,
  int: (value: Json) => isNumber(value) && Number.isSafeInteger(value),
  number: isNumber,
  // protobuf's JSON form of google.protobuf.Duration.
  duration: (value: Json) => isText(value) && /^-?\d+(\.\d{1,9})?s$/.test(value),
  // time.ParseDuration.
  goDuration: (value: Json) => isText(value) && /^(0|(\d+(\.\d+)?(ns|us|ms|s|m|h))+)$/.test(value),
  quantity: (value: Json) => (isText(value) || isNumber(value)) && quantity(value) !== undefined,
  intOrString: (value: Json) => isText(value) || (isNumber(value) && Number.isSafeInteger(value)),
  // Of Kubernetes, and of no fixed form.
  object: (value: Json) => typeof value === 'object' || isText(value) || typeof value === 'boolean' || isNumber(value),
} as const
