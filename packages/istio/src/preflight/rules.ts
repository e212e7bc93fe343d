import type { Permission } from './check.ts'

/** A rule of a ClusterRole. Source: Kubernetes rbac.authorization.k8s.io/v1 PolicyRule. */
export type Rule = { apiGroups: string[]; resources: string[]; verbs: string[] }

/** The fewest rules that grant just these rights; in the order of the rights. */
export function rulesOf(permissions: readonly Permission[]): Rule[] {
  const verbs = new Map<string, { group: string; resource: string; verbs: string[] }>()
  for (const { group, resource, verb } of permissions) {
    const key = JSON.stringify([group, resource])
    const known = verbs.get(key) ?? { group, resource, verbs: [] }
    if (!known.verbs.includes(verb)) known.verbs.push(verb)
    verbs.set(key, known)
  }
  const rules = new Map<string, Rule>()
  for (const each of verbs.values()) {
    const key = JSON.stringify([each.group, each.verbs.toSorted()])
    const rule = rules.get(key) ?? { apiGroups: [each.group], resources: [], verbs: each.verbs }
    rule.resources.push(each.resource)
    rules.set(key, rule)
  }
  return [...rules.values()]
}
