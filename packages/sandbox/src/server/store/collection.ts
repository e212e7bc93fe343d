import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** A stored object at one revision. Never changed in place, so snapshots and watchers may share it. */
export type Entry = { key: string; object: KubernetesObject; revision: number; text: string | undefined }

/** The objects of one resource, always sorted by `namespace/name` as etcd keys are. */
export type Collection = {
  get(key: string): Entry | undefined
  put(entry: Entry): void
  delete(key: string): void
  /** Entries whose key starts with the prefix, in key order. The array belongs to the caller. */
  range(prefix: string): Entry[]
  size(): number
}

export function createCollection(): Collection {
  const entries = new Map<string, Entry>()
  const keys: string[] = []
  let sorted = true

  const sort = (): void => {
    if (!sorted) keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    sorted = true
  }
  const firstAtOrAfter = (key: string): number => {
    let low = 0
    let high = keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((keys[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    get: (key) => entries.get(key),
    put(entry) {
      if (!entries.has(entry.key)) {
        const last = keys.at(-1)
        if (last !== undefined && last > entry.key) sorted = false
        keys.push(entry.key)
      }
      entries.set(entry.key, entry)
    },
    delete(key) {
      if (!entries.delete(key)) return
      sort()
      keys.splice(firstAtOrAfter(key), 1)
    },
    range(prefix) {
      sort()
      const found: Entry[] = []
      for (let index = firstAtOrAfter(prefix); index < keys.length; index += 1) {
        const key = keys[index]
        if (key === undefined || !key.startsWith(prefix)) break
        const entry = entries.get(key)
        if (entry !== undefined) found.push(entry)
      }
      return found
    },
    size: () => entries.size,
  }
}

export function entryKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
}
