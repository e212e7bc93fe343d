import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Change } from './change.ts'
import { type Collection, createCollection, type Entry, entryKey } from './collection.ts'
import { createHistory, type History } from './history.ts'

type Listener = (key: string, change: Change) => void

/** The etcd of one cluster: revisions, collections by resource key, and their recent history. */
export type ObjectStore = {
  revision(): number
  get(resource: string, namespace: string | undefined, name: string): Entry | undefined
  list(resource: string, namespace?: string): Entry[]
  /** The same as it was at a revision; undefined when that is compacted away. */
  listAt(resource: string, namespace: string | undefined, revision: number): Entry[] | undefined
  count(resource: string): number
  /** Stores a new state with a new resourceVersion, which is written into the given object. */
  put(resource: string, object: KubernetesObject): Entry
  remove(resource: string, object: KubernetesObject): Entry | undefined
  /** Changes after a revision, oldest first; undefined when they are compacted away. */
  since(resource: string, revision: number): Change[] | undefined
  oldest(): number
  listen(listener: Listener): () => void
  /** Forgets history up to now: older resourceVersions answer 410. */
  compact(): void
}

export function createObjectStore(clock: () => Date): ObjectStore {
  const collections = new Map<string, Collection>()
  const listeners = new Set<Listener>()
  const history: History = createHistory(clock)
  let revision = 1

  const collection = (resource: string): Collection => {
    const found = collections.get(resource)
    if (found !== undefined) return found
    const made = createCollection()
    collections.set(resource, made)
    return made
  }
  const publish = (resource: string, change: Change): void => {
    history.record(resource, change)
    for (const listener of listeners) listener(resource, change)
  }

  return {
    revision: () => revision,
    get: (resource, namespace, name) => collection(resource).get(entryKey(namespace, name)),
    list: (resource, namespace) => collection(resource).range(prefixOf(namespace)),
    listAt(resource, namespace, at) {
      const now = collection(resource).range(prefixOf(namespace))
      return at >= revision ? now : history.rewind(resource, now, { at, prefix: prefixOf(namespace) })
    },
    count: (resource) => collection(resource).size(),
    put(resource, object) {
      revision += 1
      object.metadata.resourceVersion = String(revision)
      const key = entryKey(object.metadata.namespace, object.metadata.name)
      const before = collection(resource).get(key)
      const entry: Entry = { key, object, revision, text: undefined }
      collection(resource).put(entry)
      publish(resource, { type: before === undefined ? 'ADDED' : 'MODIFIED', entry, before, revision })
      return entry
    },
    remove(resource, object) {
      const key = entryKey(object.metadata.namespace, object.metadata.name)
      const before = collection(resource).get(key)
      if (before === undefined) return undefined
      revision += 1
      collection(resource).delete(key)
      const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } }
      const entry: Entry = { key, object: last, revision, text: undefined }
      publish(resource, { type: 'DELETED', entry, before, revision })
      return entry
    },
    since: (resource, from) => history.since(resource, from),
    oldest: () => history.oldest(),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    compact: () => history.compact(revision),
  }
}

function prefixOf(namespace: string | undefined): string {
  return namespace === undefined || namespace === '' ? '' : `${namespace}/`
}
