import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Change } from './store/change.ts'
import type { ObjectStore } from './store/store.ts'
import type { Entry } from './store/collection.ts'

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED'

export type Watcher = {
  resource: string
  /** Key prefix of the namespace, or empty. */
  prefix: string
  matches(object: KubernetesObject): boolean
  send(type: WatchEventType, entry: Entry): void
  /** The server ends this watch. */
  end(): void
}

/** Fans changes out to watchers: a change is looked at once by each watcher of its resource. */
export type WatchHub = {
  add(watcher: Watcher): () => void
  /** Sends what a watcher missed since a revision. */
  replay(watcher: Watcher, changes: Change[]): void
  cutAll(): void
  /** Ends the watches of one resource: its CRD changed or went away. */
  cut(resource: string): void
  count(): number
}

export function createWatchHub(store: ObjectStore): WatchHub {
  const watchers = new Map<string, Set<Watcher>>()
  store.listen((resource, change) => {
    for (const watcher of watchers.get(resource) ?? []) deliver(watcher, change)
  })
  const cut = (resource: string): void => {
    for (const watcher of Array.from(watchers.get(resource) ?? [])) watcher.end()
  }
  return {
    add(watcher) {
      const set = watchers.get(watcher.resource) ?? new Set()
      watchers.set(watcher.resource, set)
      set.add(watcher)
      return () => set.delete(watcher)
    },
    replay(watcher, changes) {
      for (const change of changes) deliver(watcher, change)
    },
    cutAll() {
      for (const resource of watchers.keys()) cut(resource)
    },
    cut,
    count: () => [...watchers.values()].reduce((sum, set) => sum + set.size, 0),
  }
}

/** An object that stops matching a selector leaves the watch as DELETED, one that starts arrives as ADDED. */
function deliver(watcher: Watcher, change: Change): void {
  const { entry, before, type } = change
  if (!entry.key.startsWith(watcher.prefix)) return
  const last = before !== undefined && watcher.matches(before.object) ? before : undefined
  if (type === 'DELETED') {
    if (last !== undefined) watcher.send('DELETED', entry)
    return
  }
  if (watcher.matches(entry.object)) watcher.send(last === undefined ? 'ADDED' : 'MODIFIED', entry)
  else if (last !== undefined) watcher.send('DELETED', leaving(last, change.revision))
}

/** The last matching state, with the revision at which it stopped matching. */
function leaving(before: Entry, revision: number): Entry {
  const metadata = { ...before.object.metadata, resourceVersion: String(revision) }
  return { key: before.key, object: { ...before.object, metadata }, revision, text: undefined }
}
