import { setTimeout as pause } from 'node:timers/promises'
import type { KubeClient, Resource, WatchEvent } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { ObjectTable } from './object-table.ts'

export type Following = {
  client: KubeClient
  resource: Resource
  table: ObjectTable
  log: (line: string) => void
  signal: AbortSignal
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 5_000

/** Lists, then watches, for ever; `listed` resolves after the first list, `ended` after the signal. */
export function followResource(following: Following): { listed: Promise<void>; ended: Promise<void> } {
  let markListed = (): void => undefined
  const listed = new Promise<void>((resolve) => {
    markListed = resolve
  })
  const ended = follow(following, markListed).finally(markListed)
  return { listed, ended }
}

async function follow(following: Following, markListed: () => void): Promise<void> {
  const { client, resource, table, log, signal } = following
  let failures = 0
  while (!signal.aborted) {
    try {
      const { items, resourceVersion } = await client.list(resource, { signal })
      table.replaceAll(items)
      markListed()
      failures = 0
      await watchFrom(following, resourceVersion)
    } catch (error) {
      if (isOver(signal)) return
      failures += 1
      if (isWorthALine(error, failures)) log(`${client.cluster}: watching ${resource.plural}: ${String(error)}`)
      // A kind the cluster does not serve is looked for again, without holding up who waits for the first list.
      markListed()
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS), undefined, { signal }).catch(
        () => undefined,
      )
    }
  }
}

/** Asked anew: the signal may have come during the call. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted
}

/** Missing kinds and compacted history are normal; the rest is said once and then every now and then. */
function isWorthALine(error: unknown, failures: number): boolean {
  const routine = error instanceof KubeError && ['not_found', 'gone', 'aborted'].includes(error.code)
  return !routine && (failures === 1 || failures % 20 === 0)
}

/** Goes on from the last version seen when the server ends the stream; returns when a new list is needed. */
async function watchFrom(following: Following, from: string): Promise<void> {
  const { client, resource, signal } = following
  let resourceVersion = from
  while (!signal.aborted) {
    for await (const event of client.watch(resource, { resourceVersion, signal })) {
      resourceVersion = apply(following.table, event) ?? resourceVersion
    }
  }
}

function apply(table: ObjectTable, event: WatchEvent): string | undefined {
  if (event.type === 'BOOKMARK') return event.resourceVersion
  if (event.type === 'DELETED') table.remove(event.object)
  else table.put(event.object)
  return event.object.metadata.resourceVersion
}
