import type { Identity } from '@orbweaver/kube/client'

const account = /^system:serviceaccount:([a-z0-9-]{1,63}):([a-z0-9.-]{1,253})$/

/**
 * Who somebody is to the clusters, from what a TokenReview or a personas file says (design section 7). `system:` names
 * belong to the cluster that gave them: a ServiceAccount of the hub must not become the ServiceAccount of the same
 * name in a member, and no `system:` group (masters, nodes, authenticated…) is ever impersonated. Undefined for every
 * other `system:` user, who cannot be anybody here.
 */
export function normaliseIdentity(raw: { user: string; groups: readonly string[] }): Identity | undefined {
  const found = account.exec(raw.user)
  if (found !== null) return { user: `orbweaver:sa:${found[1] ?? ''}:${found[2] ?? ''}`, groups: [] }
  if (raw.user === '' || raw.user.startsWith('system:')) return undefined
  return { user: raw.user, groups: withoutSystem(raw.groups) }
}

export type NamePrefixes = { userPrefix?: string | undefined; groupPrefix?: string | undefined }

/**
 * The same person as one cluster names them (FleetCluster.spec.identity: the prefixes its API server's OIDC flags set).
 * Prefixes that would make somebody a `system:` user are not used; groups that they would make `system:` are dropped.
 */
export function mapIdentity(identity: Identity, prefixes: NamePrefixes | undefined): Identity {
  const user = `${prefixes?.userPrefix ?? ''}${identity.user}`
  return {
    ...identity,
    user: user.startsWith('system:') ? identity.user : user,
    groups: withoutSystem(identity.groups.map((group) => `${prefixes?.groupPrefix ?? ''}${group}`)),
  }
}

function withoutSystem(groups: readonly string[]): string[] {
  return [...new Set(groups)].filter((group) => group !== '' && !group.startsWith('system:'))
}

/** One text per person, for keys of caches. */
export function identityKey(identity: Identity): string {
  return JSON.stringify([identity.user, [...identity.groups].sort(), identity.extra ?? {}])
}
