import { isRecord, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type SailCondition = { type: string; status: 'True' | 'False' | 'Unknown'; reason: string; message?: string }

/** The condition types of the two controllers, in the order in which they decide the state. */
export const REVISION_ORDER = ['Reconciled', 'Ready', 'DependenciesHealthy']
export const TAG_ORDER = ['Reconciled', 'InUse']

export function isTrue(type: string): SailCondition {
  return { type, status: 'True', reason: type }
}

/** Reason of the first condition that is not True (pkg/reconciler/condition.go); an unused tag is not a failure. */
export function stateOf(conditions: readonly SailCondition[], order: readonly string[]): string {
  for (const type of order) {
    const found = conditions.find((each) => each.type === type)
    if (found !== undefined && found.status !== 'True') return found.reason
  }
  return 'Healthy'
}

/** Conditions to store: lastTransitionTime moves only when the status flips. */
export function storedConditions(before: KubernetesObject, next: readonly SailCondition[], now: string): JsonRecord[] {
  const old = listAt(before, 'status', 'conditions')
  return next.map(({ type, status, reason, message }) => {
    const earlier = old.find((each) => textAt(each, 'type') === type)
    const since = textAt(earlier, 'status') === status ? textAt(earlier, 'lastTransitionTime') : undefined
    const base = { type, status, reason, lastTransitionTime: since ?? now }
    return message === undefined ? base : { ...base, message }
  })
}

/** The stored conditions of another object, to be passed on. */
export function conditionsOf(object: KubernetesObject): SailCondition[] {
  return listAt(object, 'status', 'conditions').flatMap((each) => {
    const [type, status, reason] = [textAt(each, 'type'), textAt(each, 'status'), textAt(each, 'reason')]
    if (!isRecord(each) || type === undefined || reason === undefined) return []
    if (status !== 'True' && status !== 'False' && status !== 'Unknown') return []
    const message = textAt(each, 'message')
    return [message === undefined ? { type, status, reason } : { type, status, reason, message }]
  })
}
