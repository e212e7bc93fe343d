import { flagAt, isRecord, type Json, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { AccessQuestion, CallOptions, Identity, KubeClient } from './client.ts'
import { KubeError } from './error.ts'

/** What the API server's authorizers said. `error` is theirs, as when a webhook authorizer did not answer. */
export type AccessVerdict = { allowed: boolean; reason?: string; error?: string }

/** May the client's own identity do this? */
export async function selfSubjectAccessReview(
  client: KubeClient,
  question: AccessQuestion,
  options: CallOptions = {},
): Promise<AccessVerdict> {
  const spec = { resourceAttributes: attributesOf(question) }
  const status = await review(client, { kind: 'SelfSubjectAccessReview', spec, ...options })
  return verdictOf(client, status)
}

/** A path of the API server that is no resource: `nonResourceURLs` of RBAC. */
type PathQuestion = { verb: string; path: string }

/**
 * May somebody else do this? Asked with the client's own right to create SubjectAccessReviews. A user that is impersonated
 * gets the group system:authenticated by itself, one that is asked about does not, so it is added here.
 */
export async function subjectAccessReview(
  client: KubeClient,
  { identity, question }: { identity: Identity; question: AccessQuestion | PathQuestion },
  options: CallOptions = {},
): Promise<AccessVerdict> {
  const { user, extra } = identity
  const groups = [...new Set([...identity.groups, 'system:authenticated'])]
  const asked =
    'path' in question ? { nonResourceAttributes: question } : { resourceAttributes: attributesOf(question) }
  const spec = { user, groups, ...asked, ...(extra === undefined ? {} : { extra }) }
  const status = await review(client, { kind: 'SubjectAccessReview', spec, ...options })
  return verdictOf(client, status)
}

/** One sentence of RBAC: any of the verbs on any of the resources of any of the groups; no names means all names. */
export type AccessRule = { verbs: string[]; apiGroups: string[]; resources: string[]; resourceNames: string[] }

/** `incomplete`: there may be rights that the authorizer cannot list, so that a rule not found means nothing. */
export type AccessRules = { rules: AccessRule[]; incomplete: boolean }

/** All that the client's identity may do in a namespace, rights in the whole cluster included. */
export async function selfSubjectRulesReview(
  client: KubeClient,
  namespace: string,
  options: CallOptions = {},
): Promise<AccessRules> {
  const status = await review(client, { kind: 'SelfSubjectRulesReview', spec: { namespace }, ...options })
  const rules = listAt(status, 'resourceRules').map((rule) => ({
    verbs: textsAt(rule, 'verbs'),
    apiGroups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    resourceNames: textsAt(rule, 'resourceNames'),
  }))
  return {
    rules,
    incomplete: flagAt(status, 'incomplete') !== false || textAt(status, 'evaluationError') !== undefined,
  }
}

/** RBAC's own matching (rbac/v1 evaluation helpers): `*` stands for all, also for all subresources. */
export function rulesAllow({ rules }: Pick<AccessRules, 'rules'>, question: AccessQuestion): boolean {
  const { verb, group, resource, subresource, name } = question
  const wanted = subresource === undefined ? [resource] : [`${resource}/${subresource}`, `*/${subresource}`]
  return rules.some(
    (rule) =>
      covers(rule.verbs, [verb]) &&
      covers(rule.apiGroups, [group]) &&
      covers(rule.resources, wanted) &&
      (rule.resourceNames.length === 0 || (name !== undefined && rule.resourceNames.includes(name))),
  )
}

export type TokenVerdict = { authenticated: true; identity: Identity } | { authenticated: false; error: string }

/** Whose token is this? Asked with the client's own right to create TokenReviews; the token is in no error. */
export async function tokenReview(
  client: KubeClient,
  { token, audiences }: { token: string; audiences?: string[] },
  options: CallOptions = {},
): Promise<TokenVerdict> {
  const spec = { token, ...(audiences === undefined ? {} : { audiences }) }
  try {
    const status = await review(client, { kind: 'TokenReview', spec, ...options })
    if (flagAt(status, 'authenticated') === true) {
      return { authenticated: true, identity: identityOf(client, recordAt(status, 'user')) }
    }
    return { authenticated: false, error: (textAt(status, 'error') ?? '').replaceAll(token, '***') }
  } catch (error) {
    if (error instanceof KubeError) error.message = error.message.replaceAll(token, '***')
    throw error
  }
}

/** Who the client's identity is to the API server. Kubernetes 1.28 and newer; older ones reject with `not_found`. */
export async function selfSubjectReview(client: KubeClient, options: CallOptions = {}): Promise<Identity> {
  const status = await review(client, { kind: 'SelfSubjectReview', spec: undefined, ...options })
  return identityOf(client, recordAt(status, 'userInfo'))
}

const groupOf = {
  SelfSubjectAccessReview: 'authorization.k8s.io',
  SubjectAccessReview: 'authorization.k8s.io',
  SelfSubjectRulesReview: 'authorization.k8s.io',
  SelfSubjectReview: 'authentication.k8s.io',
  TokenReview: 'authentication.k8s.io',
} as const

type Review = CallOptions & { kind: keyof typeof groupOf; spec: object | undefined }

/** Posts a review, which stores nothing and so may be repeated, and returns its status. */
async function review(client: KubeClient, { kind, spec, ...options }: Review): Promise<Json> {
  const apiVersion = `${groupOf[kind]}/v1`
  const { body } = await client.raw(`/apis/${apiVersion}/${kind.toLowerCase()}s`, {
    ...options,
    method: 'POST',
    repeatable: true,
    body: { apiVersion, kind, metadata: {}, ...(spec === undefined ? {} : { spec }) },
  })
  const status = isRecord(body) ? body.status : undefined
  return status ?? badAnswer(client, `the answer is no ${kind}`)
}

function verdictOf(client: KubeClient, status: Json): AccessVerdict {
  const allowed = flagAt(status, 'allowed') ?? badAnswer(client, 'the answer is no verdict')
  const reason = textAt(status, 'reason')
  const error = textAt(status, 'evaluationError')
  return { allowed, ...(reason === undefined ? {} : { reason }), ...(error === undefined ? {} : { error }) }
}

function identityOf(client: KubeClient, userInfo: Json): Identity {
  const user = textAt(userInfo, 'username') ?? badAnswer(client, 'the answer names nobody')
  const extra = Object.entries(recordAt(userInfo, 'extra')).map(([key, values]) => [key, textsAt(values)] as const)
  const identity = { user, groups: textsAt(userInfo, 'groups') }
  return extra.length === 0 ? identity : { ...identity, extra: Object.fromEntries(extra) }
}

function attributesOf({ verb, group, resource, subresource, namespace, name }: AccessQuestion): object {
  return {
    verb,
    group,
    resource,
    ...(subresource === undefined ? {} : { subresource }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  }
}

function covers(given: string[], wanted: string[]): boolean {
  return given.includes('*') || wanted.some((each) => given.includes(each))
}

function badAnswer(client: KubeClient, message: string): never {
  throw new KubeError({ code: 'bad_answer', cluster: client.cluster, message, reason: 'NotAReview' })
}
