import { type Json, isRecord, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'

export type Labels = Readonly<Record<string, string | undefined>>

/**
 * Whether a Kubernetes LabelSelector matches labels: absent or empty matches everything, a malformed one nothing
 * (apimachinery, metav1.LabelSelectorAsSelector).
 */
export function matchesSelector(selector: Json | undefined, labels: Labels): boolean {
  if (selector === undefined || selector === null) return true
  if (!isRecord(selector)) return false
  return (
    matchesLabels(stringsAt(selector, 'matchLabels'), labels) &&
    listAt(selector, 'matchExpressions').every((each) => matchesExpression(each, labels))
  )
}

/** Whether every wanted label is there: the form that Services and Istio's own selectors have. */
export function matchesLabels(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}

function matchesExpression(expression: Json, labels: Labels): boolean {
  const key = textAt(expression, 'key')
  if (key === undefined) return false
  const value = labels[key]
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
