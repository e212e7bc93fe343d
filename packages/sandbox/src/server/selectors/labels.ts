import { isRecord, type Json, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { labelValueComplaints, qualifiedNameComplaints } from '../names.ts'

export type Requirement = { key: string; operator: 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt'; values: string[] }

export class SelectorError extends Error {
  override readonly name = 'SelectorError'
}

/** Parses `a=b,c!=d,e in (f,g),h,!i`. Source: apimachinery pkg/labels/selector.go v0.36. */
export function parseLabelSelector(text: string): Requirement[] {
  return terms(text).map(requirement)
}

/** Splits at commas that are not inside parentheses. */
function terms(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index <= text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (index < text.length && !(character === ',' && depth === 0)) continue
    const term = text.slice(start, index).trim()
    if (term !== '') found.push(term)
    start = index + 1
  }
  return found
}

const setTerm = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/
const equalTerm = /^([^=!<>\s]+)\s*(==|!=|=|<|>)\s*(\S*)$/

function requirement(term: string): Requirement {
  const set = setTerm.exec(term)
  if (set !== null) {
    const values = (set[3] ?? '').split(',').map((each) => each.trim())
    return checked({ key: set[1] ?? '', operator: set[2] === 'in' ? 'in' : 'notin', values })
  }
  const equal = equalTerm.exec(term)
  if (equal === null) return presence(term)
  const [, key = '', sign, value = ''] = equal
  if (value.startsWith('=')) throw new SelectorError("unable to parse requirement: found '=', expected: identifier")
  return checked({ key, operator: comparison(sign), values: [value] })
}

function presence(term: string): Requirement {
  if (/^\S+\s+(in|notin)$/.test(term)) throw new SelectorError("unable to parse requirement: found '' expected: '('")
  const absent = term.startsWith('!')
  const key = (absent ? term.slice(1) : term).trim()
  if (/[\s=()]/.test(key)) throw new SelectorError(`unable to parse requirement: found '${key}', expected: identifier`)
  return checked({ key, operator: absent ? '!' : 'exists', values: [] })
}

function comparison(sign: string | undefined): Requirement['operator'] {
  if (sign === '!=') return 'notin'
  if (sign === '<') return 'lt'
  return sign === '>' ? 'gt' : 'in'
}

function checked(found: Requirement): Requirement {
  const key = qualifiedNameComplaints(found.key)[0]
  if (key !== undefined) {
    throw new SelectorError(`unable to parse requirement: <nil>: Invalid value: ${JSON.stringify(found.key)}: ${key}`)
  }
  for (const value of found.values) {
    const complaint = labelValueComplaints(value)[0]
    if (complaint === undefined) continue
    const field = `values[0][${found.key}]`
    throw new SelectorError(
      `unable to parse requirement: ${field}: Invalid value: ${JSON.stringify(value)}: ${complaint}`,
    )
  }
  return found
}

export function labelsMatch(requirements: Requirement[], labels: Record<string, string>): boolean {
  return requirements.every((each) => holds(each, labels[each.key]))
}

function holds(requirement: Requirement, value: string | undefined): boolean {
  switch (requirement.operator) {
    case 'in':
      return value !== undefined && requirement.values.includes(value)
    case 'notin':
      return value === undefined || !requirement.values.includes(value)
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    case 'gt':
      return value !== undefined && Number(value) > Number(requirement.values[0])
    case 'lt':
      return value !== undefined && Number(value) < Number(requirement.values[0])
  }
}

const operators: ReadonlyMap<string, Requirement['operator']> = new Map([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', '!'],
])

/** A LabelSelector object, as in webhooks, policies and aggregated roles. Empty selects everything. */
export function selectorRequirements(selector: Json | undefined): Requirement[] {
  if (!isRecord(selector)) return []
  const found: Requirement[] = Object.entries(stringsAt(selector, 'matchLabels')).map(([key, value]) => ({
    key,
    operator: 'in',
    values: [value],
  }))
  for (const each of listAt(selector, 'matchExpressions')) {
    const operator = operators.get(textAt(each, 'operator') ?? '')
    const values = listAt(each, 'values').filter((value) => typeof value === 'string')
    if (operator !== undefined) found.push({ key: textAt(each, 'key') ?? '', operator, values })
  }
  return found
}
