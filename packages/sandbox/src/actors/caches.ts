import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { startInformer } from '@orbweaver/kube/informer'
import { type Cache, createObjectTable, type ObjectTable } from './object-table.ts'

/** Every actor of a cluster reads through the same caches: one watch a kind, however many look at it. */
export type Caches = {
  of: (resource: Resource) => Cache
  /** All kinds asked for so far have been listed once. */
  synced: () => Promise<void>
  stop: () => Promise<void>
}

/** Actors are near their cluster and should not sleep: short waits, also for kinds whose CRD may still come. */
const TIMING = { backoff: { firstMs: 50, mostMs: 5_000 }, slowMs: 2_000 }

type Followed = { table: ObjectTable; listed: Promise<void>; stop: () => Promise<void> }

export function createCaches(client: KubeClient, log: (line: string) => void): Caches {
  const followed = new Map<string, Followed>()
  const sayOnce = saidOnce(log)
  const open = (resource: Resource): Followed => {
    const key = `${resource.group}/${resource.version}/${resource.plural}`
    const known = followed.get(key) ?? follow(client, resource, sayOnce)
    followed.set(key, known)
    return known
  }
  return {
    of: (resource) => open(resource).table,
    synced: async () => {
      await Promise.all([...followed.values()].map((each) => each.listed))
    },
    stop: async () => {
      await Promise.all([...followed.values()].map((each) => each.stop()))
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

function follow(client: KubeClient, resource: Resource, log: (line: string) => void): Followed {
  const table = createObjectTable()
  let markListed = (): void => undefined
  const listed = new Promise<void>((resolve) => {
    markListed = resolve
  })
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
      if (state === 'fresh') markListed()
      else if (state !== 'syncing') log(`${client.cluster} is ${state} for its actors: ${reason ?? 'no reason given'}`)
    },
    timing: TIMING,
  })
  return { table, listed, stop: () => informer.stop() }
}
