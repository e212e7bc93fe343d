import { isRecord, type Json, type JsonRecord, listAt, sameJson, textAt } from '@orbweaver/contracts/json'
import type { FieldError } from '../field-errors.ts'
import { shown } from '../field-errors.ts'
import { celValue, compileCel, type Program } from './cel.ts'
import type { Schema } from './schema.ts'
import { itemStep, itemsByStep } from '../apply/shape.ts'

const variables = ['self', 'oldSelf']

type Rule = {
  text: string
  program: Program
  message: string | undefined
  messageProgram: Program | undefined
  reason: FieldError['reason']
  fieldPath: string
  transition: boolean
  optionalOldSelf: boolean
}

const reasons: ReadonlySet<string> = new Set([
  'FieldValueForbidden',
  'FieldValueRequired',
  'FieldValueDuplicate',
  'FieldValueInvalid',
])

function isReason(text: string | undefined): text is FieldError['reason'] {
  return text !== undefined && reasons.has(text)
}

const compiledRules = new WeakMap<Schema, Rule[]>()

/** The x-kubernetes-validations of one node; throws CelError when one does not compile. */
function rulesOf(schema: Schema): Rule[] {
  const known = compiledRules.get(schema)
  if (known !== undefined) return known
  const rules = listAt(schema.rules, 'x-kubernetes-validations').map(compileRule)
  compiledRules.set(schema, rules)
  return rules
}

export function compileRule(raw: Json): Rule {
  const text = textAt(raw, 'rule') ?? ''
  const messageExpression = textAt(raw, 'messageExpression')
  const reason = textAt(raw, 'reason')
  const program = compileCel(text, variables)
  return {
    text,
    program,
    message: textAt(raw, 'message'),
    messageProgram: messageExpression === undefined ? undefined : compileCel(messageExpression, variables),
    reason: isReason(reason) ? reason : 'FieldValueInvalid',
    fieldPath: textAt(raw, 'fieldPath') ?? '',
    transition: program.mentions('oldSelf'),
    optionalOldSelf: isRecord(raw) && raw.optionalOldSelf === true,
  }
}

const ruledSchemas = new WeakMap<Schema, boolean>()

/** Whether anything in a structure has rules. */
export function hasRules(schema: Schema): boolean {
  const known = ruledSchemas.get(schema)
  if (known !== undefined) return known
  ruledSchemas.set(schema, false) // until we know: a structure may contain itself
  const below = [...schema.fields.values(), schema.items, schema.values]
  const found =
    listAt(schema.rules, 'x-kubernetes-validations').length > 0 ||
    below.some((each) => each !== undefined && each.struct === '' && hasRules(each))
  ruledSchemas.set(schema, found)
  return found
}

type Place = { value: Json; before: Json | undefined; schema: Schema; path: string }

/** What the CEL rules of a schema say about a value; transition rules only speak where there was a value before. */
export function ruleErrors(place: Place): FieldError[] {
  const { value, schema } = place
  const errors = ownErrors(place)
  if (Array.isArray(value) && schema.items !== undefined) errors.push(...itemErrors(place, value, schema.items))
  if (isRecord(value) && schema.struct === '') errors.push(...fieldErrors(place, value))
  return errors
}

/** Items of keyed lists are the same item as before when their keys are; those of other lists have no past. */
function itemErrors(place: Place, value: Json[], items: Schema): FieldError[] {
  const { schema, before, path } = place
  const old = schema.list === 'map' ? itemsByStep(schema, before) : undefined
  return value.flatMap((each, index) => {
    const was = old?.get(itemStep(schema, each))
    return ruleErrors({ value: each, before: was, schema: items, path: `${path}[${index}]` })
  })
}

function fieldErrors(place: Place, value: JsonRecord): FieldError[] {
  const { schema, before, path } = place
  const errors: FieldError[] = []
  for (const [key, each] of Object.entries(value)) {
    const field = schema.fields.get(key)
    const below = field ?? schema.values
    if (below === undefined || each === undefined || each === null) continue
    const was = isRecord(before) ? before[key] : undefined
    const name = field === undefined ? `[${key}]` : path === '' ? key : `.${key}`
    errors.push(...ruleErrors({ value: each, before: was, schema: below, path: `${path}${name}` }))
  }
  return errors
}

function ownErrors(place: Place): FieldError[] {
  const errors: FieldError[] = []
  const rules = rulesOf(place.schema)
  if (rules.length === 0) return errors
  const self = celValue(place.value, place.schema)
  const oldSelf = place.before === undefined ? undefined : celValue(place.before, place.schema)
  const unchanged = place.before !== undefined && sameJson(place.value, place.before)
  for (const rule of rules) {
    if (rule.transition ? oldSelf === undefined && !rule.optionalOldSelf : unchanged) continue
    const error = broken(rule, { self, oldSelf: oldSelf ?? null }, place)
    if (error !== undefined) errors.push(error)
  }
  return errors
}

function broken(rule: Rule, values: Record<string, unknown>, place: Place): FieldError | undefined {
  const field = `${place.path}${rule.fieldPath}` || '<nil>'
  const shownValue = isRecord(place.value) || Array.isArray(place.value) ? '' : ` ${shown(place.value)}:`
  const make = (detail: string, reason: FieldError['reason']): FieldError => {
    const head =
      reason === 'FieldValueInvalid'
        ? `Invalid value:${shownValue}`.replace(/:$/, '')
        : (heads[reason] ?? 'Invalid value')
    return { reason, field, head, detail }
  }
  try {
    if (rule.program.evaluate(values) === true) return undefined
  } catch (fault) {
    const detail = `${faultWords(fault)} evaluating rule: ${rule.message ?? rule.text}`
    // The value is not shown here but its type.
    return { reason: 'FieldValueInvalid', field, head: `Invalid value: "${typeOf(place.schema)}"`, detail }
  }
  return make(messageOf(rule, values), rule.reason)
}

/** As a CRD says it: nothing where anything goes. */
const typeOf = ({ type }: Schema): string => (type === 'any' ? '' : type)

/** What cel-go says where the library has words of its own. */
function faultWords(fault: unknown): string {
  const words = fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : String(fault)
  const known = conversions.find(([start]) => words.startsWith(start))
  if (known === undefined) return words.replace(/^No such key/, 'no such key')
  return `type conversion error from 'string' to 'google.protobuf.${known[1]}'`
}

const conversions: [string, string][] = [
  ['Invalid duration string', 'Duration'],
  ['timestamp()', 'Timestamp'],
]

const heads: Partial<Record<FieldError['reason'], string>> = {
  FieldValueForbidden: 'Forbidden',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
}

/** A messageExpression that fails falls back to the message, then to the rule itself. */
function messageOf(rule: Rule, values: Record<string, unknown>): string {
  try {
    const said = rule.messageProgram?.evaluate(values)
    if (typeof said === 'string' && said.trim() !== '') return said
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault
  }
  return rule.message ?? `failed rule: ${rule.text}`
}
