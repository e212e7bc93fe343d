import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { startInformer } from '@orbweaver/kube/informer'
import { type Cache, createObjectTable, type ObjectTable } from './object-table.ts'

/** Every actor of a cluster reads through the same caches: one watch a kind, however many look at it. */
export type Caches = {
  of: (resource: Resource) => Cache
  stop: () => Promise<void>
}

/** What keeps a table as the cluster is, until it is told to end. */
export type Follow = (resource: Resource, table: Pick<ObjectTable, 'put' | 'remove'>) => () => Promise<void> | void

/** Actors are near their cluster and should not sleep: short waits, also for kinds whose CRD may still come. */
const TIMING = { backoff: { firstMs: 50, mostMs: 5_000 }, slowMs: 2_000 }

/** Caches that are filled by watches of the cluster's API. */
export function createCaches(client: KubeClient, log: (line: string) => void): Caches {
  const sayOnce = saidOnce(log)
  return cachesOf((resource, table) => {
    const informer = startInformer({
      client,
      resource,
      project: (object) => object,
      onChange: (batch) => {
        for (const { type, object } of batch) {
          if (type === 'DELETED') table.remove(object)
          else table.put(object)
        }
      },
      onState: ({ state, reason }) => {
        if (state === 'fresh' || state === 'syncing') return
        sayOnce(`${client.cluster} is ${state} for its actors: ${reason ?? 'no reason given'}`)
      },
      timing: TIMING,
    })
    return () => informer.stop()
  })
}

/** Caches that are filled in any way: who lives in one process with a store needs no watches. */
export function cachesOf(follow: Follow): Caches {
  const followed = new Map<string, { table: ObjectTable; stop: () => Promise<void> | void }>()
  return {
    of: (resource) => {
      const key = `${resource.group}/${resource.version}/${resource.plural}`
      const known = followed.get(key)
      if (known !== undefined) return known.table
      const table = createObjectTable()
      followed.set(key, { table, stop: follow(resource, table) })
      return table
    },
    stop: async () => {
      await Promise.all([...followed.values()].map(async (each) => each.stop()))
    },
  }
}

/** A cluster that is away is away for every kind at once: one line tells it. */
function saidOnce(log: (line: string) => void): (line: string) => void {
  let last = ''
  return (line) => {
    if (line !== last) log(line)
    last = line
  }
}
