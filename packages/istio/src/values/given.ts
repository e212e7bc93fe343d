import { isRecord, type Json, type JsonRecord, sameJson } from '@orbweaver/contracts/json'
import { checkValue, checkValues, type ValueProblem } from './check.ts'
import { ownerOf } from './owned.ts'
import { fieldOfType, fieldsOf, isBranch, type ValueField, type ValuesSchema } from './schema.ts'

/** One value that somebody gave. */
export type GivenValue = {
  path: string
  /** The same, for names that have dots themselves. */
  keys: readonly string[]
  value: Json
  /** Absent where the minor does not know it. */
  field?: ValueField
}

/** `spec.values` as single values: records are gone through, a list or a map is one value. */
export function givenValues(schema: ValuesSchema, values: JsonRecord): GivenValue[] {
  const fields = new Map(fieldsOf(schema).map((field) => [field.path, field]))
  return leavesOf(schema, 'Values', { keys: [], values }).map(({ keys, value }) => {
    const path = keys.join('.')
    const field = fields.get(path)
    return { path, keys, value, ...(field === undefined ? {} : { field }) }
  })
}

type Leaf = Pick<GivenValue, 'keys' | 'value'>

function leavesOf(
  schema: ValuesSchema,
  record: string,
  above: { keys: readonly string[]; values: JsonRecord },
): Leaf[] {
  return Object.entries(above.values).flatMap(([name, value]) => {
    if (value === undefined) return []
    const keys = [...above.keys, name]
    const type = fieldOfType(schema, record, name)?.type
    if (type === undefined || !isBranch(schema, type) || !isRecord(value)) return [{ keys, value }]
    return leavesOf(schema, type.name, { keys, values: value })
  })
}

/** Whether a value says what the chart says anyway. */
export function saysDefault({ value, field }: GivenValue): boolean {
  return field?.default !== undefined && sameJson(value, field.default)
}

/** Why a value of `spec.values` is refused: it does not fit, is not known, or is not a person's to give. */
export type ValueRefusal = ValueProblem | { path: string; code: 'owned'; params: { path: string; owner: string } }

export function refusedValues(schema: ValuesSchema | undefined, values: JsonRecord): ValueRefusal[] {
  const taken = pathsIn(values).flatMap((path) => {
    const owner = ownerOf(path)
    return owner === undefined ? [] : [{ path, code: 'owned' as const, params: { path, owner } }]
  })
  const misfits =
    schema === undefined ? [] : checkValues(schema, values).filter(({ path }) => ownerOf(path) === undefined)
  return [...taken, ...misfits]
}

/**
 * Those that a change brings: what stood there before and means no less than before is not held against it. With another
 * minor everything is looked at anew.
 */
export function newlyRefused(before: readonly ValueRefusal[], after: readonly ValueRefusal[]): ValueRefusal[] {
  const known = new Set(before.map((each) => JSON.stringify(each)))
  return after.filter((each) => !known.has(JSON.stringify(each)))
}

/** Paths of everything that is no map, dotted. */
function pathsIn(values: JsonRecord, above = ''): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const path = above === '' ? name : `${above}.${name}`
    return isRecord(value) && Object.keys(value).length > 0 ? pathsIn(value, path) : [path]
  })
}

export type VersionDifference = { path: string; what: 'removed' | 'changed' | 'deprecated' | 'default'; to?: Json }

/** What becomes of the values that are given when the mesh goes to another minor. */
export function differencesAt(from: ValuesSchema, to: ValuesSchema, values: JsonRecord): VersionDifference[] {
  const then = new Map(fieldsOf(to).map((field) => [field.path, field]))
  return givenValues(from, values).flatMap(({ path, value, field }): VersionDifference[] => {
    const next = then.get(path)
    if (field === undefined) return []
    if (next === undefined) return [{ path, what: 'removed' }]
    if (checkValue(to, next.type, { path, value }).length > checkValue(from, field.type, { path, value }).length)
      return [{ path, what: 'changed' }]
    if (next.deprecated && !field.deprecated) return [{ path, what: 'deprecated' }]
    const same = sameJson(field.default ?? null, next.default ?? null)
    return same ? [] : [{ path, what: 'default', to: next.default ?? null }]
  })
}
