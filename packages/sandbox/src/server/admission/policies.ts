import { type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Authorizer } from '../authz/authorizer.ts'
import { CelError, celValue, compileCel } from '../schema/cel.ts'
import { ApiFault } from '../status.ts'
import { inVersion } from '../store/encode.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Attempt } from './admission.ts'
import { CelAuthorizer } from './cel-authorizer.ts'
import { isConcerned } from './matching.ts'

const policies = 'validatingadmissionpolicies.admissionregistration.k8s.io'
const bindings = 'validatingadmissionpolicybindings.admissionregistration.k8s.io'

const variableNames = ['object', 'oldObject', 'request', 'params', 'namespaceObject', 'variables', 'authorizer']

export type PolicyParts = { store: ObjectStore; authorizer: Authorizer }

/** ValidatingAdmissionPolicies with their bindings. Source: apiserver pkg/admission/plugin/policy/validating v0.36. */
export function validateByPolicies(parts: PolicyParts, attempt: Attempt): void {
  if (attempt.served.definition.group === 'admissionregistration.k8s.io') return
  for (const { object: policy } of parts.store.list(policies)) {
    const match = recordAt(policy, 'spec', 'matchConstraints')
    if (!isConcerned(parts.store, { rules: listAt(match, 'resourceRules'), selectors: match }, attempt)) continue
    if (isConcernedByExclusion(parts.store, match, attempt)) continue
    for (const { object: binding } of parts.store.list(bindings)) {
      if (textAt(binding, 'spec', 'policyName') !== policy.metadata.name) continue
      if (bindingConcerned(parts.store, binding, attempt)) judge(parts, { policy, binding }, attempt)
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

function judge(parts: PolicyParts, pair: Pair, attempt: Attempt): void {
  const values = variablesOf(parts, attempt)
  const spec = recordAt(pair.policy, 'spec')
  try {
    for (const each of listAt(spec, 'matchConditions')) {
      if (compileCel(textAt(each, 'expression') ?? '', variableNames).evaluate(values) !== true) return
    }
    values.variables = composed(listAt(spec, 'variables'), values)
    for (const each of listAt(spec, 'validations')) check(pair, each, { values, attempt })
  } catch (fault) {
    if (fault instanceof ApiFault) throw fault
    if (textAt(spec, 'failurePolicy') !== 'Ignore')
      deny(pair, attempt, { message: failureText(fault), reason: 'Invalid' })
  }
}

function failureText(fault: unknown): string {
  const words = fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : String(fault)
  return fault instanceof CelError ? words : `expression resulted in error: ${words}`
}

function composed(variables: Json[], values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const each of variables) {
    const name = textAt(each, 'name') ?? ''
    out[name] = compileCel(textAt(each, 'expression') ?? '', variableNames).evaluate({ ...values, variables: out })
  }
  return out
}

function check(pair: Pair, validation: Json, by: { values: Record<string, unknown>; attempt: Attempt }): void {
  const expression = textAt(validation, 'expression') ?? ''
  if (compileCel(expression, variableNames).evaluate(by.values) === true) return
  const messageExpression = textAt(validation, 'messageExpression')
  const said =
    messageExpression === undefined ? undefined : compileCel(messageExpression, variableNames).evaluate(by.values)
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

function variablesOf(parts: PolicyParts, attempt: Attempt): Record<string, unknown> {
  const { served, user } = attempt
  const { group, kind, plural } = served.definition
  const version = served.version.name
  const state = (object: KubernetesObject | undefined): unknown =>
    object === undefined ? null : celValue(inVersion(served, object), served.version.schema)
  const namespace = parts.store.get('namespaces', undefined, attempt.namespace)?.object
  return {
    object: state(attempt.object),
    oldObject: state(attempt.before),
    params: null,
    variables: {},
    authorizer: new CelAuthorizer(parts.authorizer, user),
    namespaceObject: namespace === undefined ? null : celValue(namespace, undefined),
    request: {
      kind: { group, version, kind },
      resource: { group, version, resource: plural },
      subResource: attempt.subresource,
      name: attempt.name,
      namespace: attempt.namespace,
      operation: attempt.operation,
      dryRun: attempt.dryRun,
      userInfo: { username: user.name, uid: user.uid, groups: user.groups, extra: user.extra },
    },
  }
}
