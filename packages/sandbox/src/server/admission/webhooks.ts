import {
  isRecord,
  type Json,
  type JsonRecord,
  listAt,
  numberAt,
  sameJson,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { asObject } from '../clone.ts'
import { apiVersionFor } from '../definition.ts'
import { compileCel } from '../schema/cel.ts'
import { jsonPatch, PatchError, readOperations } from '../json-patch.ts'
import { ApiFault, badRequest, internal } from '../status.ts'
import { inVersion } from '../store/encode.ts'
import type { Attempt } from './admission.ts'
import { type CelParts, variablesOf } from './cel-variables.ts'
import { isConcerned } from './matching.ts'
import { policyVariables } from './policy-variables.ts'
import { type Answer, callWebhook, type ServiceRoute, WebhookFailure } from './webhook-call.ts'

export type WebhookParts = CelParts & { uid: () => string; resolve: ServiceRoute }

const mutating = 'mutatingwebhookconfigurations.admissionregistration.k8s.io'
const validating = 'validatingwebhookconfigurations.admissionregistration.k8s.io'

/** Objects of this group are never shown to webhooks: a broken one could otherwise not be repaired. */
const exempt = 'admissionregistration.k8s.io'

function webhooksFor(parts: WebhookParts, key: string, attempt: Attempt): JsonRecord[] {
  if (attempt.served.definition.group === exempt) return []
  return parts.store
    .list(key)
    .flatMap((each) => listAt(each.object, 'webhooks'))
    .filter(isRecord)
    .filter((each) => isConcerned(parts.store, { rules: listAt(each, 'rules'), selectors: each }, attempt))
    .filter((each) => conditionsHold(parts, each, attempt))
}

/** Source: apiserver pkg/admission/plugin/webhook/matchconditions. */
function conditionsHold(parts: WebhookParts, webhook: JsonRecord, attempt: Attempt): boolean {
  const conditions = listAt(webhook, 'matchConditions')
  if (conditions.length === 0) return true
  const values = variablesOf(parts, attempt)
  return conditions.every(
    (each) => compileCel(textAt(each, 'expression') ?? '', policyVariables).evaluate(values) === true,
  )
}

/** Mutating webhooks one after another in the order of their configurations' names; `IfNeeded` ones once more after a change. */
export async function mutateByWebhooks(parts: WebhookParts, attempt: Attempt): Promise<KubernetesObject | undefined> {
  let object = attempt.object
  const again: JsonRecord[] = []
  let changed = false
  for (const webhook of webhooksFor(parts, mutating, attempt)) {
    const next = await mutateBy(parts, webhook, { ...attempt, object })
    if (!sameJson(next, object) && again.length > 0) changed = true
    object = next
    if (webhook.reinvocationPolicy === 'IfNeeded') again.push(webhook)
  }
  if (!changed) return object
  for (const webhook of again) object = await mutateBy(parts, webhook, { ...attempt, object })
  return object
}

async function mutateBy(
  parts: WebhookParts,
  webhook: JsonRecord,
  attempt: Attempt,
): Promise<KubernetesObject | undefined> {
  const answer = await asked(parts, webhook, attempt)
  if (answer === undefined) return attempt.object
  refuse(webhook, answer)
  if (answer.patch === undefined || attempt.object === undefined) return attempt.object
  try {
    const patched = jsonPatch(attempt.object, readOperations(answer.patch))
    return isRecord(patched) ? asObject(patched) : attempt.object
  } catch (fault) {
    if (fault instanceof PatchError) throw internal(fault.message)
    throw fault
  }
}

/** Validating webhooks all at once; the first refusal in the order of names is the one told. */
export async function validateByWebhooks(parts: WebhookParts, attempt: Attempt): Promise<void> {
  const webhooks = webhooksFor(parts, validating, attempt)
  const answers = await Promise.allSettled(webhooks.map((each) => asked(parts, each, attempt)))
  for (const [index, answer] of answers.entries()) {
    const webhook = webhooks[index]
    if (answer.status === 'rejected') throw answer.reason
    if (webhook !== undefined && answer.value !== undefined) refuse(webhook, answer.value)
  }
}

/** The answer, or undefined when the webhook failed and its policy is Ignore. */
async function asked(parts: WebhookParts, webhook: JsonRecord, attempt: Attempt): Promise<Answer | undefined> {
  const name = textAt(webhook, 'name') ?? ''
  const effects = textAt(webhook, 'sideEffects')
  if (attempt.dryRun && effects !== 'None' && effects !== 'NoneOnDryRun') {
    throw badRequest(`admission webhook ${JSON.stringify(name)} does not support dry run`)
  }
  try {
    const answer = await callWebhook(webhook, reviewOf(parts, attempt), parts.resolve)
    attempt.warnings.push(...answer.warnings)
    return answer
  } catch (fault) {
    if (!(fault instanceof WebhookFailure)) throw fault
    if (webhook.failurePolicy === 'Ignore') return undefined
    throw internal(`failed calling webhook ${JSON.stringify(name)}: ${fault.message}`)
  }
}

/** Source: apiserver pkg/admission/plugin/webhook/errors/statuserror.go. */
function refuse(webhook: JsonRecord, answer: Answer): void {
  if (answer.allowed) return
  const denial = `admission webhook ${JSON.stringify(textAt(webhook, 'name') ?? '')} denied the request`
  const { message = '', reason = '' } = stringsAt(answer.status)
  const said = message === '' ? reason : message
  const code = numberAt(answer.status, 'code')
  const { details } = answer.status
  throw new ApiFault({
    code: isErrorCode(code) ? code : 400,
    reason,
    message: said === '' ? `${denial} without explanation` : `${denial}: ${said}`,
    ...(isRecord(details) ? { details } : {}),
  })
}

function isErrorCode(code: number | undefined): code is number {
  return code !== undefined && code >= 400 && code < 600
}

function reviewOf(parts: WebhookParts, attempt: Attempt): JsonRecord {
  const { served, user } = attempt
  const { group, kind, plural } = served.definition
  const gvk = { group, version: served.version.name, kind }
  const gvr = { group, version: served.version.name, resource: plural }
  const state = (object: KubernetesObject | undefined): Json =>
    object === undefined ? null : { ...inVersion(served, object), apiVersion: apiVersionFor(served), kind }
  const namespace = attempt.namespace === '' ? {} : { namespace: attempt.namespace }
  return {
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: parts.uid(),
      kind: gvk,
      resource: gvr,
      ...(attempt.subresource === ''
        ? {}
        : { subResource: attempt.subresource, requestSubResource: attempt.subresource }),
      requestKind: gvk,
      requestResource: gvr,
      name: attempt.name,
      ...namespace,
      operation: attempt.operation,
      userInfo: { username: user.name, uid: user.uid, groups: user.groups, extra: user.extra },
      object: state(attempt.object),
      oldObject: state(attempt.before),
      dryRun: attempt.dryRun,
      options: attempt.options,
    },
  }
}
