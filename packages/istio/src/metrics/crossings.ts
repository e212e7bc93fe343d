import type { Crossing } from '@orbweaver/contracts/metrics'
import { groupedBy } from '../world/grouped.ts'
import type { Edge } from './edges.ts'
import { share } from './top.ts'

/** Requests from each cluster to each other; those that reached no cluster crossed nothing. */
export function crossingsOf(edges: readonly Edge[]): Crossing[] {
  const crossing = edges.flatMap(({ from, to, requests, errors }) =>
    from.cluster === undefined || to.cluster === undefined || from.cluster === to.cluster
      ? []
      : [{ from: from.cluster, to: to.cluster, requests, errors }],
  )
  return [...groupedBy(crossing, ({ from, to }) => `${from} ${to}`).values()]
    .flatMap((all) => {
      const [first] = all
      const requests = all.reduce((sum, each) => sum + each.requests, 0)
      const errors = all.reduce((sum, each) => sum + each.errors, 0)
      return first === undefined ? [] : [{ from: first.from, to: first.to, requests, errors: share(errors, requests) }]
    })
    .toSorted((a, b) => a.from.localeCompare(b.from, 'en') || a.to.localeCompare(b.to, 'en'))
}
