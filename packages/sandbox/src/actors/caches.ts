import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { type ObjectTable, createObjectTable } from './object-table.ts'
import { followResource } from './reflector.ts'

/** One kind of one cluster, as the last watch event left it. */
export type Cache = {
  list: (namespace?: string) => KubernetesObject[]
  get: (namespace: string, name: string) => KubernetesObject | undefined
  /** Told of every object that came, changed or went, and at once of those already there. */
  onChange: (listener: (object: KubernetesObject) => void) => void
  /** Resolves with true as soon as the condition holds, with false after so many milliseconds. */
  until: (condition: () => boolean, ms: number) => Promise<boolean>
}

/** Every actor of a cluster reads through the same caches: one watch a kind, however many look at it. */
export type Caches = {
  of: (resource: Resource) => Cache
  /** All kinds asked for so far have been listed once. */
  synced: () => Promise<void>
  stop: () => Promise<void>
}

export function createCaches(client: KubeClient, log: (line: string) => void): Caches {
  const tables = new Map<string, { table: ObjectTable; listed: Promise<void>; ended: Promise<void> }>()
  const stopping = new AbortController()
  const open = (resource: Resource): ObjectTable => {
    const key = `${resource.group}/${resource.version}/${resource.plural}`
    const known = tables.get(key)
    if (known !== undefined) return known.table
    const table = createObjectTable()
    const followed = followResource({ client, resource, table, log, signal: stopping.signal })
    tables.set(key, { table, ...followed })
    return table
  }
  return {
    of: open,
    synced: async () => {
      await Promise.all([...tables.values()].map((each) => each.listed))
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([...tables.values()].map((each) => each.ended))
    },
  }
}
