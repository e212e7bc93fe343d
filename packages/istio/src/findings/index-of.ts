import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { inTextOrder } from '@orbweaver/contracts/text-order'
import type { KindKey } from '../world/kinds.ts'
import { createLook, type Look } from './looking.ts'

/** One thing that objects are looked up by: what every object of some kinds is entered under. */
export type Index<Entry> = {
  readonly name: string
  readonly kinds: readonly KindKey[]
  /** Of the cluster that istiod reads its rules from, or of every cluster of the mesh. */
  readonly where: 'config' | 'every'
  /** Its entries in a store, which are filled when first asked for. */
  in(store: object, fill: (index: Index<Entry>, entries: Entries<Entry>) => void): Entries<Entry>
}

/** A key of an index, which can be looked at whether anything is under it or not. */
export type Key<Entry> = {
  readonly look: Look
  /** What is under it, as it came. */
  owned: Owned<Entry>[]
  /** The same in order, until something comes or goes. */
  all: readonly Entry[] | undefined
}

/** Something under a key, and what it comes from. */
type Owned<Entry> = { cluster: string; object: KubernetesObject; entry: Entry }

/** Keys of one index, kept as objects come and go. */
export type Entries<Entry> = {
  at(key: string): Key<Entry>
  /** Both say which keys are concerned. */
  enter(cluster: string, object: KubernetesObject): Look[]
  leave(cluster: string, object: KubernetesObject): Look[]
}

type Definition<Entry> = {
  name: string
  kinds: readonly KindKey[]
  where?: 'every'
  /** What an object is entered under, and what is found there. */
  entries(object: KubernetesObject, cluster: string): Iterable<readonly [key: string, entry: Entry]>
}

export function defineIndex<Entry>(definition: Definition<Entry>): Index<Entry> {
  const known = new WeakMap<object, Entries<Entry>>()
  const index: Index<Entry> = {
    name: definition.name,
    kinds: definition.kinds,
    where: definition.where ?? 'config',
    in(store, fill) {
      const before = known.get(store)
      if (before !== undefined) return before
      const entries = entriesOf(definition)
      known.set(store, entries)
      fill(index, entries)
      return entries
    },
  }
  return index
}

function entriesOf<Entry>(definition: Definition<Entry>): Entries<Entry> {
  const keys = new Map<string, Key<Entry>>()
  const at = (name: string): Key<Entry> => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const fresh: Key<Entry> = { look: createLook(), owned: [], all: undefined }
    keys.set(name, fresh)
    return fresh
  }
  return {
    at,
    enter(cluster, object) {
      const looks: Look[] = []
      for (const [name, entry] of definition.entries(object, cluster)) {
        const key = at(name)
        key.owned.push({ cluster, object, entry })
        key.all = undefined
        looks.push(key.look)
      }
      return looks
    },
    leave(cluster, object) {
      const looks: Look[] = []
      for (const [name] of definition.entries(object, cluster)) {
        const key = at(name)
        key.owned = key.owned.filter((each) => each.object !== object || each.cluster !== cluster)
        key.all = undefined
        looks.push(key.look)
        // Who looked at it is told, and then looks at the one that is there.
        if (key.owned.length === 0) keys.delete(name)
      }
      return looks
    },
  }
}

/** All under a key, by cluster, kind, namespace and name of what they come from. */
export function allUnder<Entry>(key: Key<Entry>): readonly Entry[] {
  key.all ??= inOrder(key.owned).map(({ entry }) => entry)
  return key.all
}

function inOrder<Entry>(owned: readonly Owned<Entry>[]): readonly Owned<Entry>[] {
  if (owned.length < 2) return owned
  const named = owned.map((each) => ({ each, owner: ownerOf(each) }))
  return named.sort((a, b) => inTextOrder(a.owner, b.owner)).map(({ each }) => each)
}

function ownerOf({ cluster, object: { kind, metadata } }: Owned<unknown>): string {
  return `${cluster} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`
}
