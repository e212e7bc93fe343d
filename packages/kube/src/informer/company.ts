import type { KubeClient } from '../client.ts'

/** An informer among the others of its client: what it needs to hear of them. */
export type Member = { isUnreachable(): boolean; wake(): void }

const companies = new WeakMap<KubeClient, Set<Member>>()

/** Informers of one client wait for the same cluster; the returned function leaves. */
export function joinCompany(client: KubeClient, member: Member): () => void {
  const company = companies.get(client) ?? new Set()
  companies.set(client, company.add(member))
  return () => void company.delete(member)
}

/** One of them reached the cluster: the others need not wait out their half minutes. */
export function rallyCompany(client: KubeClient): void {
  for (const member of companies.get(client) ?? []) {
    if (member.isUnreachable()) member.wake()
  }
}
