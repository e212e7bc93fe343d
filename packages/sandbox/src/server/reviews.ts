import { isRecord, type Json, type JsonRecord, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { issuer } from './authn/tokens.ts'
import type { User } from './authn/user.ts'
import type { Question } from './authz/authorizer.ts'
import type { Cluster } from './cluster.ts'
import type { Served } from './definition.ts'
import { type Call, jsonReply, type Reply } from './http/call.ts'
import { type FieldError, invalidValue } from './field-errors.ts'
import { badRequest, invalid, methodNotAllowed } from './status.ts'
import { decodeBody } from './verbs/decode.ts'
import { writeOptions } from './verbs/write-options.ts'

/** Kinds that are posted, answered and never stored. Source: kubernetes pkg/registry/{authentication,authorization} v1.36. */
export async function review(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  if (call.info.verb !== 'create') throw methodNotAllowed()
  const options = writeOptions(call, 'CreateOptions')
  const body = await decodeBody({ call, served, fieldValidation: options.fieldValidation })
  const status = answer(cluster, call, { kind: served.definition.kind, spec: recordAt(body, 'spec') })
  return jsonReply(201, JSON.stringify({ ...body, metadata: {}, status }))
}

type Asked = { kind: string; spec: JsonRecord }

function answer(cluster: Cluster, call: Call, asked: Asked): Json {
  const { kind, spec } = asked
  switch (kind) {
    case 'SelfSubjectReview':
      return { userInfo: infoOf(call.user) }
    case 'TokenReview':
      return tokenStatus(cluster, spec)
    case 'SelfSubjectAccessReview':
      return accessStatus(cluster, call.user, spec)
    case 'SelfSubjectRulesReview':
      return rulesStatus(cluster, call.user, spec)
    case 'LocalSubjectAccessReview':
      if (textAt(spec, 'resourceAttributes', 'namespace') !== call.info.namespace) {
        throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${call.info.namespace}`)
      }
      return accessStatus(cluster, subjectOf(spec), spec)
    default:
      return accessStatus(cluster, subjectOf(spec), spec)
  }
}

function infoOf(user: User): JsonRecord {
  return {
    username: user.name,
    ...(user.uid === '' ? {} : { uid: user.uid }),
    groups: user.groups,
    ...(Object.keys(user.extra).length === 0 ? {} : { extra: user.extra }),
  }
}

function tokenStatus(cluster: Cluster, spec: JsonRecord): Json {
  const verified = cluster.tokens.verify(textAt(spec, 'token') ?? '')
  if (verified === undefined) return { user: {}, error: 'invalid bearer token' }
  const wanted = listAt(spec, 'audiences').filter((each) => typeof each === 'string')
  const audiences = verified.audiences.filter((each) => (wanted.length === 0 ? each === issuer : wanted.includes(each)))
  if (audiences.length === 0)
    return {
      user: {},
      error: `token audiences ${JSON.stringify(verified.audiences)} is invalid for the target audiences ${JSON.stringify(wanted)}`,
    }
  return { authenticated: true, user: infoOf(verified.user), audiences }
}

function subjectOf(spec: JsonRecord): User {
  const extra: Record<string, string[]> = {}
  for (const [key, values] of Object.entries(recordAt(spec, 'extra'))) {
    extra[key] = Array.isArray(values) ? values.filter((each) => typeof each === 'string') : []
  }
  const groups = listAt(spec, 'groups').filter((each) => typeof each === 'string')
  const [name, uid] = [textAt(spec, 'user') ?? '', textAt(spec, 'uid') ?? '']
  if (name === '' && groups.length === 0)
    throw badRequest('spec.user: Invalid value: "": at least one of user or group must be specified')
  return { name, uid, groups, extra }
}

function attributeErrors(spec: JsonRecord): FieldError[] {
  if (isRecord(spec.resourceAttributes) || isRecord(spec.nonResourceAttributes)) return []
  const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
  return [invalidValue('spec.resourceAttributes', null, detail)]
}

function refused(errors: FieldError[]): Error {
  return invalid({ group: 'authorization.k8s.io', kind: '' }, '', errors)
}

function accessStatus(cluster: Cluster, user: User, spec: JsonRecord): Json {
  const path = recordAt(spec, 'nonResourceAttributes')
  if (spec.nonResourceAttributes !== undefined) {
    const { path: wanted, verb } = stringsAt(path)
    const allowed = cluster.authorizer.allowedPath(user, { verb: verb ?? '', path: wanted ?? '' })
    return { allowed }
  }
  const wrong = attributeErrors(spec)
  if (wrong.length > 0) throw refused(wrong)
  const question = questionOf(spec)
  if (!cluster.authorizer.allowed(user, question)) return { allowed: false }
  const reason = cluster.authorizer.reason(user, question)
  return reason === '' ? { allowed: true } : { allowed: true, reason }
}

function questionOf(spec: JsonRecord): Question {
  const text = (key: string): string => textAt(spec, 'resourceAttributes', key) ?? ''
  return {
    verb: text('verb'),
    group: text('group'),
    version: text('version'),
    resource: text('resource'),
    subresource: text('subresource'),
    namespace: text('namespace'),
    name: text('name'),
  }
}

function rulesStatus(cluster: Cluster, user: User, spec: JsonRecord): Json {
  const namespace = textAt(spec, 'namespace') ?? ''
  if (namespace === '') throw badRequest('no namespace on request')
  const rules = cluster.authorizer.rules(user, namespace)
  const resourceRules = rules
    .filter((each) => each.resources.length > 0)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs,
      apiGroups,
      resources,
      ...(resourceNames.length === 0 ? {} : { resourceNames }),
    }))
  const nonResourceRules = rules
    .filter((each) => each.nonResourceURLs.length > 0)
    .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }))
  return { resourceRules, nonResourceRules, incomplete: false }
}
