import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { User } from '../authn/user.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Authorizer, PathQuestion, PolicyRule, Question } from './authorizer.ts'

const roleKeys = {
  clusterRoles: 'clusterroles.rbac.authorization.k8s.io',
  clusterRoleBindings: 'clusterrolebindings.rbac.authorization.k8s.io',
  roles: 'roles.rbac.authorization.k8s.io',
  roleBindings: 'rolebindings.rbac.authorization.k8s.io',
}

type Grant = { rule: PolicyRule; why: string }

/** RBAC over the stored roles and bindings. Source: kubernetes plugin/pkg/auth/authorizer/rbac and pkg/registry/rbac v1.36. */
export function createRbac(store: ObjectStore): Authorizer {
  const grants = (user: User, namespace: string): Iterable<Grant> => grantsOf(store, user, namespace)
  const firstMatch = (user: User, question: Question): Grant | undefined => {
    for (const grant of grants(user, question.namespace)) if (covers(grant.rule, question)) return grant
    return undefined
  }
  return {
    allowed: (user, question) => isMaster(user) || firstMatch(user, question) !== undefined,
    allowedPath: (user, question) => isMaster(user) || pathAllowed(grants(user, ''), question),
    rules: (user, namespace) => {
      if (isMaster(user)) return [everything, everyPath]
      return [...grants(user, namespace)].map((each) => each.rule)
    },
    reason: (user, question) => (isMaster(user) ? '' : (firstMatch(user, question)?.why ?? '')),
  }
}

const all = ['*']
const everything: PolicyRule = {
  verbs: all,
  apiGroups: all,
  resources: all,
  resourceNames: [],
  nonResourceURLs: [],
}
const everyPath: PolicyRule = { verbs: all, apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: all }

function isMaster(user: User): boolean {
  return user.groups.includes('system:masters')
}

function pathAllowed(grants: Iterable<Grant>, question: PathQuestion): boolean {
  for (const { rule } of grants) {
    if (has(rule.verbs, question.verb) && rule.nonResourceURLs.some((each) => pathCovers(each, question.path)))
      return true
  }
  return false
}

function pathCovers(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true
  return pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1))
}

function* grantsOf(store: ObjectStore, user: User, namespace: string): Iterable<Grant> {
  for (const { object } of store.list(roleKeys.clusterRoleBindings)) {
    const subject = matchingSubject(object, user, '')
    if (subject !== undefined) yield* granted(store, object, { namespace: '', subject })
  }
  if (namespace === '') return
  for (const { object } of store.list(roleKeys.roleBindings, namespace)) {
    const subject = matchingSubject(object, user, namespace)
    if (subject !== undefined) yield* granted(store, object, { namespace, subject })
  }
}

function* granted(
  store: ObjectStore,
  binding: KubernetesObject,
  by: { namespace: string; subject: string },
): Iterable<Grant> {
  const kind = textAt(binding, 'roleRef', 'kind') ?? ''
  const name = textAt(binding, 'roleRef', 'name') ?? ''
  const role =
    kind === 'ClusterRole'
      ? store.get(roleKeys.clusterRoles, undefined, name)
      : store.get(roleKeys.roles, by.namespace, name)
  if (role === undefined) return
  const bound = by.namespace === '' ? binding.metadata.name : `${binding.metadata.name}/${by.namespace}`
  const why = `RBAC: allowed by ${binding.kind} "${bound}" of ${kind} "${name}" to ${by.subject}`
  for (const rule of rulesOf(role.object)) yield { rule, why }
}

const ruleCache = new WeakMap<KubernetesObject, PolicyRule[]>()

export function rulesOf(role: KubernetesObject): PolicyRule[] {
  const known = ruleCache.get(role)
  if (known !== undefined) return known
  const rules = listAt(role, 'rules')
    .filter(isRecord)
    .map((each) => ({
      verbs: texts(each, 'verbs'),
      apiGroups: texts(each, 'apiGroups'),
      resources: texts(each, 'resources'),
      resourceNames: texts(each, 'resourceNames'),
      nonResourceURLs: texts(each, 'nonResourceURLs'),
    }))
  ruleCache.set(role, rules)
  return rules
}

function texts(value: unknown, key: string): string[] {
  return listAt(value, key).filter((each) => typeof each === 'string')
}

function matchingSubject(binding: KubernetesObject, user: User, namespace: string): string | undefined {
  for (const each of listAt(binding, 'subjects')) {
    const subject = recordAt(each)
    const kind = textAt(subject, 'kind') ?? ''
    const name = textAt(subject, 'name') ?? ''
    if (kind === 'User' && name === user.name) return `User "${name}"`
    if (kind === 'Group' && user.groups.includes(name)) return `Group "${name}"`
    const home = textAt(subject, 'namespace') ?? namespace
    if (kind === 'ServiceAccount' && user.name === `system:serviceaccount:${home}:${name}`) {
      return `ServiceAccount "${name}/${home}"`
    }
  }
  return undefined
}

function has(list: string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted)
}

/** Whether one rule covers a resource request. Source: pkg/apis/rbac/v1/evaluation_helpers.go. */
function covers(rule: PolicyRule, question: Question): boolean {
  if (!has(rule.verbs, question.verb) || !has(rule.apiGroups, question.group)) return false
  if (!resourceCovers(rule.resources, question)) return false
  return rule.resourceNames.length === 0 || rule.resourceNames.includes(question.name)
}

function resourceCovers(resources: string[], question: Question): boolean {
  const { resource, subresource } = question
  const path = subresource === '' ? resource : `${resource}/${subresource}`
  if (resources.includes('*') || resources.includes(path)) return true
  return subresource !== '' && resources.includes(`*/${subresource}`)
}
