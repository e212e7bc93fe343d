import { type Place, type Way, wayBetween } from '@orbweaver/istio/networks/connectivity'
import type { Exposure } from '@orbweaver/contracts/networks'

export type Group = { network: string | undefined; members: Place[] }

/** Clusters by the network they are on: by name, those that nobody named last. */
export function groupsOf(members: readonly Place[]): Group[] {
  const networks = [...new Set(members.map((each) => each.network))].toSorted(
    (a, b) => Number(a === undefined) - Number(b === undefined) || (a ?? '').localeCompare(b ?? '', 'en'),
  )
  return networks.map((network) => ({ network, members: members.filter((each) => each.network === network) }))
}

export type Judged = { from: Place; to: Place; way: Way }

/** Every way between two clusters. */
export function waysOf(members: readonly Place[], exposure: Exposure | undefined): Judged[] {
  return members.flatMap((from) =>
    members.filter((to) => to !== from).map((to) => ({ from, to, way: wayBetween({ members, exposure }, from, to) })),
  )
}

const worst = ['broken', 'unknown', 'reachable'] as const

/** The worst of some ways. */
export function worstOf(ways: readonly Judged[]): Way['state'] {
  return worst.find((state) => ways.some(({ way }) => way.state === state)) ?? 'unknown'
}
