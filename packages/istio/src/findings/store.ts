import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type KindKey, kindOf } from '../world/kinds.ts'
import type { ClusterView, VersionOf } from '../world/view.ts'
import { type Change, changesIn } from './changes.ts'
import { type Held, heldOf, placeOf } from './held.ts'
import type { Index, Key } from './index-of.ts'
import type { Look } from './looking.ts'
import { openIndexes } from './open-indexes.ts'

/** Objects of some clusters, with what is looked up in them; who changes it is told every look that this touches. */
export type Store = {
  has(cluster: string, kind: KindKey): boolean
  list(cluster: string, kind: KindKey, namespace?: string): readonly KubernetesObject[]
  /** All of a kind by `placeOf`. */
  places(cluster: string, kind: KindKey): ReadonlyMap<string, KubernetesObject>
  /** By `placeOf`. */
  get(cluster: string, kind: KindKey, place: string): KubernetesObject | undefined
  at: <Entry>(index: Index<Entry>, key: string) => Key<Entry>
  /** What somebody looks at who asks for one of these. */
  readonly lookAt: LookAt
  change(changes: readonly Change[]): Set<Look>
  /** Brings what was read so far in line with the views: what has changed there, and all looks that this touches. */
  refresh(): { changes: Change[]; looks: Set<Look> }
}

type LookAt = {
  read(cluster: string, kind: KindKey): Look
  kind(cluster: string, kind: KindKey, namespace?: string): Look
  place(cluster: string, kind: KindKey, place: string): Look
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
    const looks = new Set<Look>()
    for (const each of changes) {
      const object = each.after ?? each.before
      if (object === undefined) continue
      const home = read(each.cluster, kindOf(object))
      home.put(placeOf(object), each.after)
      for (const look of [...looksOn(home, object), ...indexes.change(each, object)]) looks.add(look)
    }
    return looks
  }
  const lookAt: LookAt = {
    read: (cluster, kind) => read(cluster, kind).looks.read,
    kind(cluster, kind, namespace) {
      const { all, namespaces } = read(cluster, kind).looks
      return namespace === undefined ? all : namespaces.at(namespace)
    },
    place: (cluster, kind, place) => read(cluster, kind).looks.places.at(place),
  }
  return {
    has: (cluster, kind) => read(cluster, kind).read,
    list: (cluster, kind, namespace) => read(cluster, kind).list(namespace),
    places: (cluster, kind) => read(cluster, kind).byPlace,
    get: (cluster, kind, place) => read(cluster, kind).byPlace.get(place),
    at: indexes.at,
    lookAt,
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

/** Of what is held, all that somebody looks at who may see this object. */
function looksOn({ looks }: Held, object: KubernetesObject): Look[] {
  const { namespace = '' } = object.metadata
  const { all, namespaces, places } = looks
  return [all, namespaces.known(namespace), places.known(placeOf(object))].filter((each) => each !== undefined)
}

type Now = { cluster: string; kind: KindKey; view: ClusterView | undefined; version: number }

/** Notes the version; what has changed is told, and left to who keeps the objects. */
function renewed(home: Held, { cluster, kind, view, version }: Now): { changes: Change[]; looks: Look[] } {
  if (version === home.version) return { changes: [], looks: [] }
  home.version = version
  const isRead = view?.has(kind) ?? false
  const looks = isRead === home.read ? [] : [home.looks.read]
  home.read = isRead
  return { changes: changesIn(cluster, home.byPlace, view?.list(kind) ?? []), looks }
}
