import type { KindKey } from './kinds.ts'
import type { ClusterView } from './view.ts'

/** A number of a kind's state in a cluster: another one after any change to its objects, or to whether it is read. */
export type VersionOf = (cluster: string, kind: KindKey) => number

/** Keeps results of pure work on views until something that the work looked at has changed. */
export type Watched = {
  /** The same view, looking at which is seen. */
  view(of: ClusterView): ClusterView
  /** Works it out when asked for it, and again when a kind it looked at has another version. Never for asynchronous work. */
  kept<Value>(work: () => Value): Kept<Value>
}

type Kept<Value> = {
  value(): Value
  /** Whether it looked at one of these kinds when it was last worked out. */
  lookedAt(kinds: ReadonlySet<KindKey>): boolean
}

type Seen = { cluster: string; kind: KindKey; version: number }

export function createWatched(versionOf: VersionOf): Watched {
  /** What is being worked out now, the innermost last: each depends on what the inner ones look at. */
  const working: Map<string, Seen>[] = []
  const note = (seen: Seen) => {
    for (const each of working) each.set(`${seen.cluster} ${seen.kind}`, seen)
  }
  const looking = (cluster: string, kind: KindKey) => note({ cluster, kind, version: versionOf(cluster, kind) })
  const runs = <Value>(work: () => Value): { value: Value; seen: Seen[] } => {
    const looked = new Map<string, Seen>()
    working.push(looked)
    try {
      return { value: work(), seen: [...looked.values()] }
    } finally {
      working.pop()
    }
  }
  return {
    view: (of) => ({
      cluster: of.cluster,
      has(kind) {
        looking(of.cluster, kind)
        return of.has(kind)
      },
      list(kind, namespace) {
        looking(of.cluster, kind)
        return of.list(kind, namespace)
      },
      get(kind, name, namespace) {
        looking(of.cluster, kind)
        return of.get(kind, name, namespace)
      },
    }),
    kept(work) {
      let last: ReturnType<typeof runs<ReturnType<typeof work>>> | undefined
      return {
        value() {
          const same = last?.seen.every(({ cluster, kind, version }) => versionOf(cluster, kind) === version) === true
          if (last === undefined || !same) last = runs(work)
          else for (const each of last.seen) note(each)
          return last.value
        },
        lookedAt: (kinds) => last?.seen.some(({ kind }) => kinds.has(kind)) === true,
      }
    },
  }
}
