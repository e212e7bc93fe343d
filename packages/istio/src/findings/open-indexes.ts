import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindOf } from '../world/kinds.ts'
import type { Change } from './changes.ts'
import type { Entries, Index } from './index-of.ts'
import type { Look } from './looking.ts'

/** The indexes that somebody has asked for, each filled then and kept since. */
export type OpenIndexes = {
  entries: <Entry>(index: Index<Entry>, key: string) => readonly Entry[]
  look: <Entry>(index: Index<Entry>, key: string) => Look
  /** Enters what a change brings and takes out what it takes; says what somebody looks at of that. */
  change(change: Change, object: KubernetesObject): Look[]
}

type Open = Pick<Index<unknown>, 'name' | 'kinds' | 'where'> & {
  entries: Pick<Entries<unknown>, 'enter' | 'leave' | 'looks'>
}
type Filled = {
  clusters: readonly string[]
  list: (cluster: string, kind: KindKey) => readonly KubernetesObject[]
}

/** The first cluster is the one that istiod reads its rules from. */
export function openIndexes({ clusters, list }: Filled): OpenIndexes {
  const [config] = clusters
  const open = new Map<string, Open>()
  const self = {}
  const opened = <Entry>(index: Index<Entry>): Entries<Entry> => {
    const entries = index.in(self)
    if (open.has(index.name)) return entries
    const { name, kinds, where } = index
    open.set(name, { name, kinds, where, entries })
    for (const cluster of clusters.filter((each) => where === 'every' || each === config)) {
      for (const kind of kinds) for (const object of list(cluster, kind)) entries.enter(cluster, object)
    }
    return entries
  }
  return {
    entries: (index, key) => opened(index).under(key),
    look: (index, key) => opened(index).looks.at(key),
    change(change, object) {
      const kind = kindOf(object)
      return [...open.values()]
        .filter(({ kinds, where }) => kinds.includes(kind) && (where === 'every' || change.cluster === config))
        .flatMap(({ entries }) => moved(entries, change).flatMap((key) => entries.looks.known(key) ?? []))
    },
  }
}

function moved(entries: Open['entries'], { cluster, before, after }: Change): string[] {
  const left = before === undefined ? [] : entries.leave(cluster, before)
  return after === undefined ? left : [...left, ...entries.enter(cluster, after)]
}
