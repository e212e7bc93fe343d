import { type Place, type Way, wayBetween } from '@orbweaver/istio/networks/connectivity'
import type { Crossing } from '@orbweaver/contracts/metrics'
import type { Exposure } from '@orbweaver/contracts/networks'

export type Group = { network: string | undefined; members: Place[] }

/** Clusters by the network they are on: by name, those that nobody named last. */
export function groupsOf(members: readonly Place[]): Group[] {
  const networks = [...new Set(members.map((each) => each.network))].toSorted(
    (a, b) => Number(a === undefined) - Number(b === undefined) || (a ?? '').localeCompare(b ?? '', 'en'),
  )
  return networks.map((network) => ({ network, members: members.filter((each) => each.network === network) }))
}

/** `crossing`: the requests that were counted on the way, if any were. */
export type Judged = { from: Place; to: Place; way: Way; crossing?: Crossing | undefined }

type Between = { members: readonly Place[]; exposure: Exposure | undefined; crossings: readonly Crossing[] }

/** Every way between two clusters. */
export function waysOf(net: Between): Judged[] {
  const counted = new Map(net.crossings.map((each) => [`${each.from}/${each.to}`, each]))
  return net.members.flatMap((from) =>
    net.members
      .filter((to) => to !== from)
      .map((to) => ({
        from,
        to,
        way: wayBetween(net, from, to),
        crossing: counted.get(`${from.cluster}/${to.cluster}`),
      })),
  )
}

const worst = ['broken', 'unknown', 'reachable'] as const

/** The worst of some ways. */
export function worstOf(ways: readonly Judged[]): Way['state'] {
  return worst.find((state) => ways.some(({ way }) => way.state === state)) ?? 'unknown'
}
