import { isRecord, listAt, stringsAt, textAt } from './json.ts'

/** One condition on labels. All conditions of a selector must hold; no condition selects everything. */
export type LabelRequirement = { key: string; operator: LabelOperator; values: string[] }
type LabelOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt'

const objectOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const

/**
 * A LabelSelector object (`matchLabels`, `matchExpressions`) as conditions; undefined when it is malformed. What a
 * missing selector means differs by field, so the caller decides about that before it asks here.
 */
export function labelSelectorOf(selector: unknown): LabelRequirement[] | undefined {
  if (!isRecord(selector)) return undefined
  const equal = Object.entries(stringsAt(selector, 'matchLabels')).map(([key, value]) => inSet(key, [value]))
  const expressions = listAt(selector, 'matchExpressions').map(expressionOf)
  const sound = expressions.filter((each) => each !== undefined)
  return sound.length === expressions.length ? [...equal, ...sound] : undefined
}

/**
 * The text form, as in `?labelSelector=`: `a=b,c!=d,e in (x,y),f notin (z),g,!h,i>3`; undefined when it is malformed
 * (apimachinery `labels.Parse`).
 */
export function parseLabelSelector(text: string): LabelRequirement[] | undefined {
  if (text.trim() === '') return []
  const terms = splitTerms(text).map(termOf)
  const sound = terms.filter((each) => each !== undefined)
  return sound.length === terms.length ? sound : undefined
}

export function matchesLabels(requirements: LabelRequirement[], labels: Record<string, string>): boolean {
  return requirements.every((each) => holds(each, Object.hasOwn(labels, each.key) ? labels[each.key] : undefined))
}

/** NotIn holds for objects without the label as well (Kubernetes docs, "Labels and selectors"). */
function holds({ operator, values }: LabelRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return compares(value, values, (a, b) => a > b)
    case 'Lt':
      return compares(value, values, (a, b) => a < b)
  }
}

function compares(value: string | undefined, [bound]: string[], test: (a: number, b: number) => boolean): boolean {
  if (value === undefined || bound === undefined || !/^-?\d+$/.test(value)) return false
  return test(Number(value), Number(bound))
}

function expressionOf(expression: unknown): LabelRequirement | undefined {
  const key = textAt(expression, 'key')
  const operator = objectOperators.find((each) => each === textAt(expression, 'operator'))
  const values = listAt(expression, 'values').filter((each) => typeof each === 'string')
  if (key === undefined || operator === undefined || values.length !== listAt(expression, 'values').length)
    return undefined
  const wantsValues = operator === 'In' || operator === 'NotIn'
  return wantsValues === values.length > 0 ? { key, operator, values } : undefined
}

/** Commas between terms, not those inside the brackets of a set. */
function splitTerms(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((each) => each.trim())
}

const keyPattern = String.raw`([A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?)`
const setTerm = new RegExp(String.raw`^${keyPattern}\s+(in|notin)\s*\(([^()]*)\)$`)
const equalTerm = new RegExp(String.raw`^${keyPattern}\s*(==|=|!=)\s*([A-Za-z0-9._-]*)$`)
const orderTerm = new RegExp(String.raw`^${keyPattern}\s*(>|<)\s*(-?\d+)$`)
const existsTerm = new RegExp(String.raw`^(!?)\s*${keyPattern}$`)

function termOf(term: string): LabelRequirement | undefined {
  return setOf(term) ?? equalityOf(term) ?? orderOf(term) ?? existenceOf(term)
}

function setOf(term: string): LabelRequirement | undefined {
  const [, key, word, list] = setTerm.exec(term) ?? []
  if (key === undefined || list === undefined) return undefined
  const values = list.split(',').map((each) => each.trim())
  return { key, operator: word === 'in' ? 'In' : 'NotIn', values }
}

function equalityOf(term: string): LabelRequirement | undefined {
  const [, key, sign, value] = equalTerm.exec(term) ?? []
  if (key === undefined || value === undefined) return undefined
  return { key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] }
}

function orderOf(term: string): LabelRequirement | undefined {
  const [, key, sign, value] = orderTerm.exec(term) ?? []
  if (key === undefined || value === undefined) return undefined
  return { key, operator: sign === '>' ? 'Gt' : 'Lt', values: [value] }
}

function existenceOf(term: string): LabelRequirement | undefined {
  const [, not, key] = existsTerm.exec(term) ?? []
  if (key === undefined) return undefined
  return { key, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: [] }
}

function inSet(key: string, values: string[]): LabelRequirement {
  return { key, operator: 'In', values }
}
