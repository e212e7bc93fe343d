import type { Scene } from '../scene.ts'

export const rbac = 'rbac.authorization.k8s.io'

export type Rule = {
  apiGroups?: string[]
  resources?: string[]
  verbs: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
}

export const readsMaps: Rule = { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }
export const user = (name: string) => ({ kind: 'User', apiGroup: rbac, name })
export const groupOf = (name: string) => ({ kind: 'Group', apiGroup: rbac, name })

export type Grant = { rules: Rule[]; to: object }

/** A Role and its binding in the check's namespace. */
export async function granted({ ask, at }: Scene, { rules, to }: Grant): Promise<void> {
  await ask(at(`${rbac}/v1/roles`), { body: { metadata: { name: 'role' }, rules } })
  const roleRef = { apiGroup: rbac, kind: 'Role', name: 'role' }
  await ask(at(`${rbac}/v1/rolebindings`), { body: { metadata: { name: 'binding' }, roleRef, subjects: [to] } })
}
