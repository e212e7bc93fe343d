import type { Way } from '@orbweaver/istio/networks/connectivity'
import { type Group, type Judged, worstOf } from './groups.ts'

/** Beyond this the lines would hide the networks: the table of ways tells. */
const mostLinked = 8

const lines: Record<Way['state'], string> = { reachable: '<==>', unknown: '<-.->', broken: 'x--x' }

/**
 * Networks as boxes with their clusters, and between each two of them the worst way as a line: thick when complete, dotted
 * when not known, crossed when broken.
 */
export function networkPicture(groups: readonly Group[], ways: readonly Judged[], unnamed: string): string {
  const clusters = groups.flatMap(({ members }) => members.map(({ cluster }) => cluster))
  const boxes = groups.flatMap(({ network, members }, index) => [
    `subgraph n${index}["${network ?? unnamed}"]`,
    ...members.map(({ cluster, role }) => `c${clusters.indexOf(cluster)}["${cluster}"]:::${role}`),
    'end',
  ])
  return ['flowchart LR', ...boxes, ...(groups.length > mostLinked ? [] : linksOf(groups, ways))].join('\n')
}

function linksOf(groups: readonly Group[], ways: readonly Judged[]): string[] {
  return groups.flatMap((one, index) =>
    groups.slice(index + 1).map((other, further) => {
      const between = ways.filter(({ from, to }) => joins([from.network, to.network], [one.network, other.network]))
      return `n${index} ${lines[worstOf(between)]} n${index + 1 + further}`
    }),
  )
}

type Pair = readonly [string | undefined, string | undefined]

/** In either direction. */
function joins([from, to]: Pair, [one, other]: Pair): boolean {
  return (from === one && to === other) || (from === other && to === one)
}
