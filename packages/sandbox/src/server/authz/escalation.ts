import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Attempt } from '../admission/admission.ts'
import { forbidden } from '../status.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Authorizer, PolicyRule, Question } from './authorizer.ts'
import { rulesOf } from './rbac.ts'

const group = 'rbac.authorization.k8s.io'

type Parts = { store: ObjectStore; authorizer: Authorizer }

/**
 * Nobody gives rights that they do not have: neither by a role, unless they may escalate it, nor by a binding, unless they
 * may bind its role. Throws 403. Source: kubernetes pkg/registry/rbac/{role,rolebinding}/policybased v1.36.
 */
export function checkEscalation(parts: Parts, attempt: Attempt): void {
  const { object, served, user, namespace } = attempt
  const { group: of, plural } = served.definition
  if (of !== group || object === undefined || user.groups.includes('system:masters')) return
  const binding = plural.endsWith('bindings')
  const question = { group, version: '*', subresource: '', namespace }
  const allowed: Question = binding
    ? { ...question, verb: 'bind', resource: roleResource(object), name: textAt(object, 'roleRef', 'name') ?? '' }
    : { ...question, verb: 'escalate', resource: plural, name: attempt.name }
  if (parts.authorizer.allowed(user, allowed)) return
  const rules = binding ? boundRules(parts.store, object, namespace) : rulesOf(object)
  const missing = missingRights(rules, parts.authorizer.rules(user, namespace))
  if (missing.length === 0) return
  const groups = user.groups.map((each) => JSON.stringify(each)).join(' ')
  const head = `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:`
  throw forbidden(served.definition, object.metadata.name, [head, ...missing].join('\n'))
}

const roleResource = (binding: KubernetesObject): string =>
  textAt(binding, 'roleRef', 'kind') === 'ClusterRole' ? 'clusterroles' : 'roles'

function boundRules(store: ObjectStore, binding: KubernetesObject, namespace: string): PolicyRule[] {
  const resource = roleResource(binding)
  const home = resource === 'roles' ? namespace : undefined
  const role = store.get(`${resource}.${group}`, home, textAt(binding, 'roleRef', 'name') ?? '')
  return role === undefined ? [] : rulesOf(role.object)
}

/** One verb on one thing. */
type Right = { verb: string; group: string; resource: string; name: string | undefined; path: string | undefined }

/** Source: apiserver pkg/registry/rbac/validation BreakdownRule, in component-helpers auth/rbac/validation. */
function rightsOf(rule: PolicyRule): Right[] {
  const none = { group: '', resource: '', name: undefined, path: undefined }
  const names = rule.resourceNames.length === 0 ? [undefined] : rule.resourceNames
  return rule.verbs.flatMap((verb) => [
    ...rule.apiGroups.flatMap((each) =>
      rule.resources.flatMap((resource) => names.map((name) => ({ ...none, verb, group: each, resource, name }))),
    ),
    ...rule.nonResourceURLs.map((path) => ({ ...none, verb, path })),
  ])
}

function covers(rule: PolicyRule, right: Right): boolean {
  const has = (list: string[], wanted: string): boolean => list.includes('*') || list.includes(wanted)
  if (!has(rule.verbs, right.verb)) return false
  if (right.path !== undefined) {
    const { path } = right
    return rule.nonResourceURLs.some(
      (each) => each === path || (each.endsWith('*') && path.startsWith(each.slice(0, -1))),
    )
  }
  const below = `*/${right.resource.split('/')[1] ?? ''}`
  if (!has(rule.apiGroups, right.group)) return false
  if (!has(rule.resources, right.resource) && !rule.resources.includes(below)) return false
  return rule.resourceNames.length === 0 || (right.name !== undefined && rule.resourceNames.includes(right.name))
}

/** What is missing, a line for each thing with all its verbs, as Go prints rules. */
function missingRights(wanted: PolicyRule[], held: PolicyRule[]): string[] {
  const lines = new Map<string, string[]>()
  for (const right of wanted.flatMap(rightsOf)) {
    if (held.some((rule) => covers(rule, right))) continue
    const head = headOf(right)
    lines.set(head, [...(lines.get(head) ?? []), JSON.stringify(right.verb)])
  }
  return [...lines].map(([head, verbs]) => `{${head}, Verbs:[${[...new Set(verbs)].join(' ')}]}`).sort()
}

function headOf({ group: of, resource, name, path }: Right): string {
  if (path !== undefined) return `NonResourceURLs:[${JSON.stringify(path)}]`
  const thing = `APIGroups:[${JSON.stringify(of)}], Resources:[${JSON.stringify(resource)}]`
  return name === undefined ? thing : `${thing}, ResourceNames:[${JSON.stringify(name)}]`
}
