import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'

type Labels = Record<string, string>

/** Whether labels satisfy a `metav1.LabelSelector`. An empty selector matches everything, as in Kubernetes. */
export function selectorMatches(selector: unknown, labels: Labels): boolean {
  const wanted = Object.entries(stringsAt(selector, 'matchLabels'))
  if (!wanted.every(([key, value]) => labels[key] === value)) return false
  return listAt(selector, 'matchExpressions').every((each) => expressionMatches(each, labels))
}

function expressionMatches(expression: unknown, labels: Labels): boolean {
  const value = labels[textAt(expression, 'key') ?? '']
  const values = listAt(expression, 'values')
  switch (textAt(expression, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false
  }
}

/** Whether a selector says nothing at all: such ones are skipped by the injector's lists. */
export function selectorIsEmpty(selector: unknown): boolean {
  return Object.keys(stringsAt(selector, 'matchLabels')).length + listAt(selector, 'matchExpressions').length === 0
}
