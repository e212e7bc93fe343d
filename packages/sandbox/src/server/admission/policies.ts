import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Registry } from '../registry.ts'
import { CelError, compileCel } from '../schema/cel.ts'
import { ApiFault } from '../status.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Attempt } from './admission.ts'
import { type CelParts, variablesOf } from './cel-variables.ts'
import { paramsOf } from './policy-params.ts'
import { policyVariables } from './policy-variables.ts'
import { isConcerned } from './matching.ts'

const policies = 'validatingadmissionpolicies.admissionregistration.k8s.io'
const bindings = 'validatingadmissionpolicybindings.admissionregistration.k8s.io'

export type PolicyParts = CelParts & { registry: Registry }

/** ValidatingAdmissionPolicies with their bindings. Source: apiserver pkg/admission/plugin/policy/validating v0.36. */
export function validateByPolicies(parts: PolicyParts, attempt: Attempt): void {
  if (attempt.served.definition.group === 'admissionregistration.k8s.io') return
  for (const { object: policy } of parts.store.list(policies)) {
    const match = recordAt(policy, 'spec', 'matchConstraints')
    if (!isConcerned(parts.store, { rules: listAt(match, 'resourceRules'), selectors: match }, attempt)) continue
    if (isConcernedByExclusion(parts.store, match, attempt)) continue
    for (const { object: binding } of parts.store.list(bindings)) {
      if (textAt(binding, 'spec', 'policyName') !== policy.metadata.name) continue
      if (bindingConcerned(parts.store, binding, attempt)) judgeBound(parts, { policy, binding }, attempt)
    }
  }
}

function isConcernedByExclusion(store: ObjectStore, match: JsonRecord, attempt: Attempt): boolean {
  const excluded = listAt(match, 'excludeResourceRules')
  return excluded.length > 0 && isConcerned(store, { rules: excluded, selectors: {} }, attempt)
}

function bindingConcerned(store: ObjectStore, binding: KubernetesObject, attempt: Attempt): boolean {
  const match = recordAt(binding, 'spec', 'matchResources')
  const rules = listAt(match, 'resourceRules')
  return isConcerned(store, { rules: rules.length > 0 ? rules : anything, selectors: match }, attempt)
}

const anything: Json[] = [
  { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*', '*/*'], scope: '*' },
]

type Pair = { policy: KubernetesObject; binding: KubernetesObject }

/** Once for each object of parameters that the binding names, or once without any. */
function judgeBound(parts: PolicyParts, pair: Pair, attempt: Attempt): void {
  if (!isRecord(recordAt(pair.policy, 'spec').paramKind)) return judge(parts, pair, { attempt, params: null })
  const found = paramsOf(parts, pair, attempt)
  const missing = textAt(pair.binding, 'spec', 'paramRef', 'parameterNotFoundAction')
  if (found.length === 0 && missing !== 'Allow') {
    const message =
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction'
    deny(pair, attempt, { message, reason: 'Invalid' })
  }
  for (const params of found) judge(parts, pair, { attempt, params })
}

function judge(parts: PolicyParts, pair: Pair, of: { attempt: Attempt; params: unknown }): void {
  const { attempt } = of
  const values = { ...variablesOf(parts, attempt), params: of.params }
  const spec = recordAt(pair.policy, 'spec')
  try {
    for (const each of listAt(spec, 'matchConditions')) {
      if (compileCel(textAt(each, 'expression') ?? '', policyVariables).evaluate(values) !== true) return
    }
    const variables = composed(listAt(spec, 'variables'), values)
    for (const each of listAt(spec, 'validations')) check(pair, each, { values: { ...values, variables }, attempt })
  } catch (fault) {
    if (fault instanceof ApiFault) throw fault
    if (textAt(spec, 'failurePolicy') !== 'Ignore') {
      const message = fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : String(fault)
      deny(pair, attempt, { message, reason: 'Invalid' })
    }
  }
}

/** As CEL's own errors are told: with the expression, and the words in lower case. */
function evaluated(expression: string, values: Record<string, unknown>): unknown {
  const program = compileCel(expression, policyVariables)
  try {
    return program.evaluate(values)
  } catch (fault) {
    if (fault instanceof CelError || !(fault instanceof Error)) throw fault
    const [words = ''] = fault.message.split('\n')
    throw new Error(`expression '${expression}' resulted in error: ${words.charAt(0).toLowerCase()}${words.slice(1)}`)
  }
}

function composed(variables: Json[], values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const each of variables) {
    const name = textAt(each, 'name') ?? ''
    out[name] = compileCel(textAt(each, 'expression') ?? '', policyVariables).evaluate({ ...values, variables: out })
  }
  return out
}

function check(pair: Pair, validation: Json, by: { values: Record<string, unknown>; attempt: Attempt }): void {
  const expression = textAt(validation, 'expression') ?? ''
  if (evaluated(expression, by.values) === true) return
  const messageExpression = textAt(validation, 'messageExpression')
  const said =
    messageExpression === undefined ? undefined : compileCel(messageExpression, policyVariables).evaluate(by.values)
  const message =
    typeof said === 'string' && said !== ''
      ? said
      : (textAt(validation, 'message') ?? `failed expression: ${expression}`)
  deny(pair, by.attempt, { message, reason: textAt(validation, 'reason') ?? 'Invalid' })
}

const codes: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  Forbidden: 403,
  Invalid: 422,
  RequestEntityTooLarge: 413,
}

/** What the binding's actions make of a failed validation: a refusal, a warning, or both. */
function deny(pair: Pair, attempt: Attempt, failure: { message: string; reason: string }): void {
  const actions = listAt(pair.binding, 'spec', 'validationActions')
  const names = `ValidatingAdmissionPolicy '${pair.policy.metadata.name}' with binding '${pair.binding.metadata.name}' denied request`
  if (actions.includes('Warn')) {
    const words = `Validation failed for ValidatingAdmissionPolicy '${pair.policy.metadata.name}' with binding '${pair.binding.metadata.name}': ${failure.message}`
    attempt.warnings.push(words)
  }
  if (!actions.includes('Deny')) return
  const { group, plural } = attempt.served.definition
  const resource = group === '' ? plural : `${plural}.${group}`
  const subject = attempt.name === '' ? resource : `${resource} "${attempt.name}"`
  throw new ApiFault({
    code: codes[failure.reason] ?? 422,
    reason: failure.reason,
    message: `${subject} is forbidden: ${names}: ${failure.message}`,
    details: {
      ...(attempt.name === '' ? {} : { name: attempt.name }),
      ...(group === '' ? {} : { group }),
      kind: plural,
      causes: [{ message: `${names}: ${failure.message}` }],
    },
  })
}
