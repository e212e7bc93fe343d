import { isRecord, textAt } from '@orbweaver/contracts/json'
import type { MemberSync, SyncState } from '@orbweaver/contracts/member-sync'
import type { Message } from '@orbweaver/contracts/message'

/** A cluster that an istiod reads, as it tells it (pkg/cluster/cluster.go DebugInfo, 1.30); its own has no Secret. */
type ReadCluster = { id: string; secretName: string | undefined; state: Told }
type Told = Exclude<SyncState, 'not-asked'>

/** What one istiod answered, or why it did not. */
export type IstiodAnswer = { pod: string } & ({ clusters: readonly ReadCluster[] } | { why: Message })

/** An istiod forgets a cluster that it closed: `closed` is seen for a moment at most. */
const states: Readonly<Record<string, Told>> = {
  synced: 'synced',
  syncing: 'syncing',
  timeout: 'timeout',
  closed: 'unknown-to-istiod',
}

/** Reads what `/debug/clusterz` says; undefined where that is something else. */
export function readClusterz(body: unknown): ReadCluster[] | undefined {
  if (!Array.isArray(body)) return undefined
  const clusters: ReadCluster[] = []
  for (const each of body) {
    const id = textAt(each, 'id')
    const state = states[textAt(each, 'syncStatus') ?? '']
    if (!isRecord(each) || id === undefined || state === undefined) return undefined
    clusters.push({ id, secretName: textAt(each, 'secretName'), state })
  }
  return clusters
}

/** Worst first. */
const worst: readonly SyncState[] = ['timeout', 'unknown-to-istiod', 'syncing', 'synced', 'not-asked']

/** How one cluster stands with all istiods together. One that was not heard says nothing about the cluster. */
export function syncOf(cluster: string, answers: readonly IstiodAnswer[]): Omit<MemberSync, 'asOf'> {
  const told = answers.map((answer) => {
    if ('why' in answer) return { pod: answer.pod, state: 'not-asked' as const, why: answer.why }
    const found = answer.clusters.find(({ id }) => id === cluster)
    return { pod: answer.pod, state: found?.state ?? ('unknown-to-istiod' as const), secretName: found?.secretName }
  })
  const state = worst.find((each) => told.some((replica) => replica.state === each)) ?? 'not-asked'
  const why = state === 'not-asked' ? told.map((each) => each.why).find((each) => each !== undefined) : undefined
  const secretName = told.map((each) => each.secretName).find((each) => each !== undefined && each !== '')
  return {
    state,
    ...(why !== undefined && { why }),
    ...(secretName !== undefined && { secretName }),
    replicas: told.map(({ pod, state, why }) => ({ pod, state, ...(why !== undefined && { why }) })),
  }
}

/** Whether istiod said that it does not serve this member: workloads and services there are missing to the mesh. */
export function isUnserved({ state }: Pick<MemberSync, 'state'>): boolean {
  return state === 'timeout' || state === 'unknown-to-istiod'
}
