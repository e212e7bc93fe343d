import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KindKey } from '../world/kinds.ts'
import { createLooks, type Looks } from './looking.ts'

/** One thing that objects are looked up by: what every object of some kinds is entered under. */
export type Index<Entry> = {
  readonly name: string
  readonly kinds: readonly KindKey[]
  /** Of the cluster that istiod reads its rules from, or of every cluster of the mesh. */
  readonly where: 'config' | 'every'
  /** Its entries in a store, made when first asked for. */
  in(store: object): Entries<Entry>
}

/** Keys of one index, kept as objects come and go. */
export type Entries<Entry> = {
  /** All under a key, by cluster, kind, namespace and name of what they come from. */
  under(key: string): readonly Entry[]
  /** Both say which keys are concerned. */
  enter(cluster: string, object: KubernetesObject): string[]
  leave(cluster: string, object: KubernetesObject): string[]
  /** By key. */
  readonly looks: Looks
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
  return {
    name: definition.name,
    kinds: definition.kinds,
    where: definition.where ?? 'config',
    in(store) {
      const entries = known.get(store) ?? entriesOf(definition)
      known.set(store, entries)
      return entries
    },
  }
}

function entriesOf<Entry>(definition: Definition<Entry>): Entries<Entry> {
  const byKey = new Map<string, Map<string, Entry[]>>()
  const flat = new Map<string, readonly Entry[]>()
  const ownerOf = (cluster: string, { kind, metadata }: KubernetesObject) =>
    `${cluster} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`
  return {
    looks: createLooks(),
    under(key) {
      const known = flat.get(key)
      if (known !== undefined) return known
      const owners = byKey.get(key)
      if (owners === undefined) return []
      const all = [...owners].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => own)
      flat.set(key, all)
      return all
    },
    enter(cluster, object) {
      const owner = ownerOf(cluster, object)
      const keys: string[] = []
      for (const [key, entry] of definition.entries(object, cluster)) {
        const owners = byKey.get(key) ?? new Map<string, Entry[]>()
        byKey.set(key, owners)
        const own = owners.get(owner)
        if (own === undefined) owners.set(owner, [entry])
        else own.push(entry)
        flat.delete(key)
        keys.push(key)
      }
      return keys
    },
    leave(cluster, object) {
      const owner = ownerOf(cluster, object)
      const keys: string[] = []
      for (const [key] of definition.entries(object, cluster)) {
        const owners = byKey.get(key)
        owners?.delete(owner)
        if (owners?.size === 0) byKey.delete(key)
        flat.delete(key)
        keys.push(key)
      }
      return keys
    },
  }
}
