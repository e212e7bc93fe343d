import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindOf } from '../world/kinds.ts'
import type { Change } from './changes.ts'
import type { Entries, Index, Key } from './index-of.ts'
import type { Look } from './looking.ts'

/** The indexes that somebody has asked for, each filled then and kept since. */
export type OpenIndexes = {
  at: <Entry>(index: Index<Entry>, key: string) => Key<Entry>
  /** Enters what a change brings and takes out what it takes; says what somebody may look at of that. */
  change(change: Change, object: KubernetesObject): Look[]
}

type Open = Pick<Index<unknown>, 'kinds' | 'where'> & { entries: Pick<Entries<unknown>, 'enter' | 'leave'> }
type Filled = {
  clusters: readonly string[]
  list: (cluster: string, kind: KindKey) => readonly KubernetesObject[]
}

/** The first cluster is the one that istiod reads its rules from. */
export function openIndexes({ clusters, list }: Filled): OpenIndexes {
  const [config] = clusters
  const open: Open[] = []
  const self = {}
  const fill = <Entry>({ kinds, where }: Index<Entry>, entries: Entries<Entry>) => {
    open.push({ kinds, where, entries })
    for (const cluster of clusters.filter((each) => where === 'every' || each === config)) {
      for (const kind of kinds) for (const object of list(cluster, kind)) entries.enter(cluster, object)
    }
  }
  return {
    at: (index, key) => index.in(self, fill).at(key),
    change(change, object) {
      const kind = kindOf(object)
      return open
        .filter(({ kinds, where }) => kinds.includes(kind) && (where === 'every' || change.cluster === config))
        .flatMap(({ entries }) => moved(entries, change))
    },
  }
}

function moved(entries: Open['entries'], { cluster, before, after }: Change): Look[] {
  const left = before === undefined ? [] : entries.leave(cluster, before)
  return after === undefined ? left : [...left, ...entries.enter(cluster, after)]
}
