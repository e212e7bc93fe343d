import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindOf } from '../world/kinds.ts'
import type { ClusterView, VersionOf } from '../world/view.ts'
import { type Change, changesIn } from './changes.ts'
import { type Held, heldOf, placeOf } from './held.ts'
import type { Index } from './index-of.ts'
import { openIndexes } from './open-indexes.ts'

/** What somebody looks at, as text: a change to it names the same. */
export const lookAt = {
  kind: (cluster: string, kind: KindKey, namespace?: string) => `${cluster} ${kind} ${namespace ?? '*'}`,
  name: (cluster: string, kind: KindKey, place: string) => `${cluster} ${kind} ${place}`,
  read: (cluster: string, kind: KindKey) => `${cluster} ${kind}?`,
  entry: (index: { name: string }, key: string) => `${index.name}: ${key}`,
}

/** Objects of some clusters, with what is looked up in them; who changes it is told every look that this touches. */
export type Store = {
  has(cluster: string, kind: KindKey): boolean
  list(cluster: string, kind: KindKey, namespace?: string): readonly KubernetesObject[]
  /** By `placeOf`. */
  get(cluster: string, kind: KindKey, place: string): KubernetesObject | undefined
  entries: <Entry>(index: Index<Entry>, key: string) => readonly Entry[]
  change(changes: readonly Change[]): Set<string>
  /** Brings what was read so far in line with the views: what has changed there, and all looks that this touches. */
  refresh(): { changes: Change[]; looks: Set<string> }
}

/** The first view is the cluster that istiod reads its rules from. */
export function createStore(views: readonly ClusterView[], versionOf: VersionOf = () => 0): Store {
  const byCluster = new Map(views.map((view) => [view.cluster, view]))
  const held = new Map<string, Map<KindKey, Held>>(views.map((view) => [view.cluster, new Map()]))
  const read = (cluster: string, kind: KindKey): Held => {
    const kinds = held.get(cluster)
    const known = kinds?.get(kind)
    if (known !== undefined) return known
    const fresh = heldOf(byCluster.get(cluster), kind, versionOf(cluster, kind))
    kinds?.set(kind, fresh)
    return fresh
  }
  const indexes = openIndexes({ clusters: [...byCluster.keys()], list: (cluster, kind) => read(cluster, kind).list() })
  const change = (changes: readonly Change[]) => {
    const looks = new Set<string>()
    for (const each of changes) {
      const object = each.after ?? each.before
      if (object === undefined) continue
      const at = { cluster: each.cluster, kind: kindOf(object), place: placeOf(object) }
      read(at.cluster, at.kind).put(at.place, each.after)
      for (const look of looksAt(at, object)) looks.add(look)
      for (const { name, keys } of indexes.change(each, object)) {
        for (const key of keys) looks.add(lookAt.entry({ name }, key))
      }
    }
    return looks
  }
  return {
    has: (cluster, kind) => read(cluster, kind).read,
    list: (cluster, kind, namespace) => read(cluster, kind).list(namespace),
    get: (cluster, kind, place) => read(cluster, kind).byPlace.get(place),
    entries: indexes.entries,
    change,
    refresh() {
      const news = [...held].flatMap(([cluster, kinds]) =>
        [...kinds].map(([kind, home]) =>
          renewed(home, { cluster, kind, view: byCluster.get(cluster), version: versionOf(cluster, kind) }),
        ),
      )
      const changes = news.flatMap((each) => each.changes)
      return { changes, looks: new Set([...news.flatMap((each) => each.looks), ...change(changes)]) }
    },
  }
}

type Place = { cluster: string; kind: KindKey; place: string }

function looksAt({ cluster, kind, place }: Place, object: KubernetesObject): string[] {
  const { namespace = '' } = object.metadata
  return [lookAt.kind(cluster, kind), lookAt.kind(cluster, kind, namespace), lookAt.name(cluster, kind, place)]
}

type Now = { cluster: string; kind: KindKey; view: ClusterView | undefined; version: number }

/** Notes the version; what has changed is told, and left to who keeps the objects. */
function renewed(home: Held, { cluster, kind, view, version }: Now): { changes: Change[]; looks: string[] } {
  if (version === home.version) return { changes: [], looks: [] }
  home.version = version
  const isRead = view?.has(kind) ?? false
  const looks = isRead === home.read ? [] : [lookAt.read(cluster, kind)]
  home.read = isRead
  return { changes: changesIn(cluster, home.byPlace, view?.list(kind) ?? []), looks }
}
