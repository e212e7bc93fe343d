/** Who a request speaks as, after authentication and impersonation. */
export type User = {
  name: string
  uid: string
  groups: string[]
  extra: Record<string, string[]>
}

export const anonymous: User = { name: 'system:anonymous', uid: '', groups: ['system:unauthenticated'], extra: {} }

export function authenticatedUser(name: string, groups: string[], uid = ''): User {
  return { name, uid, groups: withGroup(groups, 'system:authenticated'), extra: {} }
}

export function withGroup(groups: string[], group: string): string[] {
  return groups.includes(group) ? groups : [...groups, group]
}

export function serviceAccountUser(account: { namespace: string; name: string; uid: string }): User {
  const { namespace, name, uid } = account
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]
  return authenticatedUser(`system:serviceaccount:${namespace}:${name}`, groups, uid)
}
