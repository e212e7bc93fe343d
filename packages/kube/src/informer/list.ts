import { setImmediate as nextTurn } from 'node:timers/promises'
import type { KubeClient } from '../client.ts'
import { listPages } from '../pages.ts'
import { completeSync, type Session } from './session.ts'

/** A page may take this long: nobody waits for it, and giving it up would only begin the list again. */
const pageDeadlineMs = 30_000

/** Tells the world by a paged list. Rejects with KubeError; `gone` when it took too long between two pages. */
export async function readList<T>(session: Session<T>): Promise<void> {
  const { client, resource, selection, signal, store, outbox } = session
  const raw: KubeClient['raw'] = (path, call) => client.raw(path, { ...call, deadlineMs: pageDeadlineMs })
  let resourceVersion = ''
  store.beginSync()
  for await (const page of listPages({ cluster: client.cluster, raw }, resource, { ...selection, signal })) {
    for (const each of page.items) outbox.put(store.upsert(each))
    resourceVersion = page.resourceVersion
    await nextTurn()
  }
  completeSync(session, resourceVersion)
}
