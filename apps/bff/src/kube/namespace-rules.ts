import { type AccessRules, rulesAllow } from '@orbweaver/kube/access'
import type { AccessQuestion } from '@orbweaver/kube/client'

/** What somebody may do in one namespace, cluster-wide rights included. */
export type NamespaceRules = {
  /** False when an authorizer cannot enumerate its rules (webhooks): then `no` means nothing. */
  complete: boolean
  allows(question: Omit<AccessQuestion, 'namespace'>): boolean
}

/**
 * Most people have the same rights in most namespaces: equal rules are kept once, and each question to them is worked
 * out once. Of more than `max` different ones the oldest are no longer shared.
 */
export function sharedRules(max: number): (rules: AccessRules) => NamespaceRules {
  const known = new Map<string, NamespaceRules>()
  return (rules) => {
    const key = JSON.stringify(rules)
    const shared = known.get(key) ?? namespaceRules(rules)
    known.set(key, shared)
    const oldest = known.keys().next().value
    if (known.size > max && oldest !== undefined) known.delete(oldest)
    return shared
  }
}

function namespaceRules(rules: AccessRules): NamespaceRules {
  const worked = new Map<string, boolean>()
  return {
    complete: !rules.incomplete,
    allows(question) {
      // Names are without number; kinds and verbs are not.
      if (question.name !== undefined) return rulesAllow(rules, question)
      const key = `${question.verb} ${question.group} ${question.resource} ${question.subresource ?? ''}`
      const allowed = worked.get(key) ?? rulesAllow(rules, question)
      worked.set(key, allowed)
      return allowed
    },
  }
}
