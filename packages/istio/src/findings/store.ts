import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '../world/grouped.ts'
import { type KindKey, kindOf } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import type { VersionOf } from '../world/watched.ts'
import type { Index } from './index-of.ts'

/** One object of one cluster before and after: without `before` it is new, without `after` gone. */
export type Change = {
  cluster: string
  before?: KubernetesObject | undefined
  after?: KubernetesObject | undefined
}

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
  entries<Entry>(index: Index<Entry>, key: string): readonly Entry[]
  change(changes: readonly Change[]): Set<string>
  /** Brings what was read so far in line with the views: what has changed there, and all looks that this touches. */
  refresh(): { changes: Change[]; looks: Set<string> }
}

type Held = {
  read: boolean
  version: number
  byPlace: Map<string, KubernetesObject>
  list: readonly KubernetesObject[] | undefined
  byNamespace: ReadonlyMap<string, readonly KubernetesObject[]> | undefined
}
type Kept = Pick<Index<unknown>, 'name' | 'kinds' | 'where'> & {
  enter(cluster: string, object: KubernetesObject): string[]
  leave(cluster: string, object: KubernetesObject): string[]
}

export function placeOf({ metadata }: { metadata: { name: string; namespace?: string } }): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

const none: readonly KubernetesObject[] = []

/** The first view is the cluster that istiod reads its rules from. */
export function createStore(views: readonly ClusterView[], versionOf: VersionOf = () => 0): Store {
  const config = views[0]?.cluster
  const byCluster = new Map(views.map((view) => [view.cluster, view]))
  const held = new Map<string, Map<KindKey, Held>>(views.map((view) => [view.cluster, new Map()]))
  const indexes = new Map<string, Kept>()
  const self = {}

  const read = (cluster: string, kind: KindKey): Held => {
    const kinds = held.get(cluster)
    const known = kinds?.get(kind)
    if (known !== undefined) return known
    const view = byCluster.get(cluster)
    const list = view?.list(kind) ?? none
    const fresh: Held = {
      read: view?.has(kind) ?? false,
      version: versionOf(cluster, kind),
      byPlace: new Map(list.map((each) => [placeOf(each), each])),
      list,
      byNamespace: undefined,
    }
    kinds?.set(kind, fresh)
    return fresh
  }
  const listOf = (home: Held): readonly KubernetesObject[] => (home.list ??= [...home.byPlace.values()])
  const change = (changes: readonly Change[]): Set<string> => {
    const looks = new Set<string>()
    for (const { cluster, before, after } of changes) {
      const object = after ?? before
      if (object === undefined) continue
      const kind = kindOf(object)
      const place = placeOf(object)
      const home = read(cluster, kind)
      if (after === undefined) home.byPlace.delete(place)
      else home.byPlace.set(place, after)
      home.list = undefined
      home.byNamespace = undefined
      looks.add(lookAt.kind(cluster, kind)).add(lookAt.kind(cluster, kind, object.metadata.namespace ?? ''))
      looks.add(lookAt.name(cluster, kind, place))
      for (const index of indexes.values()) {
        if (!index.kinds.includes(kind) || (index.where === 'config' && cluster !== config)) continue
        const left = before === undefined ? [] : index.leave(cluster, before)
        const entered = after === undefined ? [] : index.enter(cluster, after)
        for (const key of [...left, ...entered]) looks.add(lookAt.entry(index, key))
      }
    }
    return looks
  }
  const opened = <Entry>(index: Index<Entry>) => {
    const entries = index.in(self)
    if (indexes.has(index.name)) return entries
    const { name, kinds, where } = index
    indexes.set(name, { name, kinds, where, enter: entries.enter, leave: entries.leave })
    const clusters = views.map((view) => view.cluster).filter((each) => where === 'every' || each === config)
    for (const cluster of clusters) {
      for (const kind of kinds) for (const object of listOf(read(cluster, kind))) entries.enter(cluster, object)
    }
    return entries
  }
  return {
    has: (cluster, kind) => read(cluster, kind).read,
    list(cluster, kind, namespace) {
      const home = read(cluster, kind)
      if (namespace === undefined) return listOf(home)
      home.byNamespace ??= groupedBy(listOf(home), (each) => each.metadata.namespace ?? '')
      return home.byNamespace.get(namespace) ?? none
    },
    get: (cluster, kind, place) => read(cluster, kind).byPlace.get(place),
    entries: (index, key) => opened(index).under(key),
    change,
    refresh() {
      const changes: Change[] = []
      const looks = new Set<string>()
      for (const [cluster, kinds] of held) {
        for (const [kind, home] of kinds) {
          const version = versionOf(cluster, kind)
          if (version === home.version) continue
          home.version = version
          const view = byCluster.get(cluster)
          const isRead = view?.has(kind) ?? false
          if (isRead !== home.read) looks.add(lookAt.read(cluster, kind))
          home.read = isRead
          changes.push(...changesIn(cluster, home.byPlace, view?.list(kind) ?? none))
        }
      }
      for (const each of change(changes)) looks.add(each)
      return { changes, looks }
    },
  }
}

/** By identity: who holds an object never changes it. */
function changesIn(
  cluster: string,
  before: ReadonlyMap<string, KubernetesObject>,
  after: readonly KubernetesObject[],
): Change[] {
  const there = new Set<string>()
  const changes: Change[] = []
  for (const object of after) {
    const place = placeOf(object)
    there.add(place)
    const was = before.get(place)
    if (was !== object) changes.push({ cluster, before: was, after: object })
  }
  for (const [place, was] of before) if (!there.has(place)) changes.push({ cluster, before: was })
  return changes
}
