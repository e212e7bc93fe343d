import type { Authorizer } from '../authz/authorizer.ts'
import { checkEscalation } from '../authz/escalation.ts'
import { cloneObject } from '../clone.ts'
import type { Registry } from '../registry.ts'
import type { ObjectStore } from '../store/store.ts'
import { defaulted } from '../verbs/validate-object.ts'
import type { Admission } from './admission.ts'
import { admitPod, requireNamespace } from './built-in.ts'
import { validateByPolicies } from './policies.ts'
import type { ServiceRoute } from './webhook-call.ts'
import { mutateByWebhooks, validateByWebhooks } from './webhooks.ts'

export type AdmissionParts = {
  store: ObjectStore
  authorizer: Authorizer
  registry: Registry
  uid: () => string
  suffix: () => string
  resolve: ServiceRoute
}

/** The admission chain in the real order: built-in mutations, mutating webhooks; then policies, validating webhooks. */
export function createAdmission(parts: AdmissionParts): Admission {
  return {
    async mutate(attempt) {
      requireNamespace(parts.store, attempt)
      checkEscalation(parts, attempt)
      if (attempt.object === undefined) throw new TypeError('only objects can be mutated')
      const object = cloneObject(attempt.object)
      admitPod(parts, { ...attempt, object })
      const mutated = (await mutateByWebhooks(parts, { ...attempt, object })) ?? object
      if (mutated !== object) defaulted(attempt.served, mutated)
      return mutated
    },
    async validate(attempt) {
      validateByPolicies(parts, attempt)
      await validateByWebhooks(parts, attempt)
    },
  }
}
