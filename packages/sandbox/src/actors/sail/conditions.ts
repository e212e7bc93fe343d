import { isRecord, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** One that nobody has said anything of is Unknown, without a reason. */
export type SailCondition = { type: string; status: 'True' | 'False' | 'Unknown'; reason?: string; message?: string }

/** Condition types, in the order in which they decide the state. */
export const REVISION_ORDER = ['Reconciled', 'Ready', 'DependenciesHealthy']
export const TAG_ORDER = ['Reconciled', 'InUse']

export function isTrue(type: string): SailCondition {
  return { type, status: 'True', reason: type }
}

/** Reason of the first condition that is not True (pkg/reconciler/condition.go); an unused tag is not a failure. */
export function stateOf(conditions: readonly SailCondition[], order: readonly string[]): string {
  for (const type of order) {
    const found = conditions.find((each) => each.type === type)
    if (found !== undefined && found.status !== 'True') return found.reason ?? ''
  }
  return 'Healthy'
}

/** Why the operator did not do what an object asks. */
export function unreconciled(reason: string, message: string): SailCondition {
  return { type: 'Reconciled', status: 'False', reason, message }
}

/** The words of every controller but that of Istio for what it failed in. */
export function reconcileError(message: string): SailCondition {
  return unreconciled('ReconcileError', `error reconciling resource: ${message}`)
}

/** Whether anything in the cluster names a revision or tag. */
export function inUse(referenced: boolean): SailCondition {
  return referenced
    ? {
        type: 'InUse',
        status: 'True',
        reason: 'ReferencedByWorkloads',
        message: 'Referenced by at least one pod or namespace',
      }
    : {
        type: 'InUse',
        status: 'False',
        reason: 'NotReferencedByAnything',
        message: 'Not referenced by any pod or namespace',
      }
}

/**
 * Conditions to store: lastTransitionTime moves only when the status flips, and those that nothing is said of stay as
 * they are (sail api/v1/condition.go).
 */
export function storedConditions(before: KubernetesObject, next: readonly SailCondition[], now: string): JsonRecord[] {
  const old = listAt(before, 'status', 'conditions').filter((each) => isRecord(each))
  const types = old.map((each) => textAt(each, 'type'))
  const kept = old.map((each) => {
    const said = next.find(({ type }) => type === textAt(each, 'type'))
    if (said === undefined) return each
    const since = textAt(each, 'status') === said.status ? textAt(each, 'lastTransitionTime') : undefined
    return { ...said, lastTransitionTime: since ?? now }
  })
  const added = next.filter(({ type }) => !types.includes(type)).map((each) => ({ ...each, lastTransitionTime: now }))
  return [...kept, ...added]
}

/** A stored condition of another object, to be passed on; Unknown where there is none. */
export function conditionSaid(object: KubernetesObject, type: string): SailCondition {
  const found = listAt(object, 'status', 'conditions').find((each) => textAt(each, 'type') === type)
  const [status, reason, message] = [textAt(found, 'status'), textAt(found, 'reason'), textAt(found, 'message')]
  return {
    type,
    status: status === 'True' || status === 'False' ? status : 'Unknown',
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  }
}
