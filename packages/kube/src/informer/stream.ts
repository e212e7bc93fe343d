import type { WatchEvent, WatchOptions } from '../client.ts'
import { createBreath } from './breath.ts'
import { completeSync, type Session } from './session.ts'
import { keepVigil, type Vigil } from './vigil.ts'
import { forgetWatchList, refusesWatchList } from './watch-list.ts'

/** How a stream ended. */
export type StreamEnd = {
  /** The server had accepted it. */
  opened: boolean
  /** It told something, or was at least open for a while: no reason to hold back. */
  lively: boolean
  /** It was ended here, to be opened again at once, maybe in another way. */
  again: boolean
  /** What broke it; undefined for a normal end. */
  error?: unknown
}

const livelyAfterMs = 5_000

/** One watch from its beginning to its end, which is told, not thrown. */
export async function readStream<T>(session: Session<T>): Promise<StreamEnd> {
  const initial = session.position === undefined
  const stream = prepare(session, initial)
  const breathe = createBreath()
  if (initial) session.store.beginSync()
  try {
    for await (const event of session.client.watch(session.resource, watchOptions(session, stream))) {
      stream.vigil()?.alive()
      if (receive(session, event)) stream.vigil()?.synced()
      stream.end.lively ||= session.position !== undefined
      await breathe()
    }
  } catch (error) {
    stream.failed(error)
  } finally {
    stream.close()
  }
  return stream.end
}

/** What belongs to one stream: its signal, its vigil once it is open, and what is known about its end. */
function prepare<T>(session: Session<T>, initial: boolean) {
  const end: StreamEnd = { opened: false, lively: false, again: false }
  const cutter = new AbortController()
  const stop = () => cutter.abort()
  session.signal.addEventListener('abort', stop, { once: true })
  if (session.signal.aborted) stop()
  let opened: { at: number; vigil: Vigil } | undefined

  const cut = (why: 'no-list' | 'maybe-dead') => {
    if (why === 'no-list') forgetWatchList(session.client)
    end.again = true
    cutter.abort()
  }
  return {
    end,
    signal: cutter.signal,
    vigil: () => opened?.vigil,
    onOpen() {
      end.opened = true
      opened = { at: performance.now(), vigil: keepVigil(session, { initial, cut }) }
      if (!initial) opened.vigil.alive()
    },
    failed(error: unknown) {
      if (initial && !end.opened && refusesWatchList(error)) cut('no-list')
      if (!end.again) end.error = error
    },
    close() {
      opened?.vigil.end()
      session.signal.removeEventListener('abort', stop)
      const lasted = opened === undefined ? 0 : performance.now() - opened.at
      end.lively ||= session.position !== undefined && lasted > livelyAfterMs
    },
  }
}

function watchOptions<T>(
  { selection, position }: Session<T>,
  { signal, onOpen }: { signal: AbortSignal; onOpen: () => void },
): WatchOptions {
  return {
    ...selection,
    signal,
    onOpen,
    // An API server begins to answer a watch at once, whatever it then has to tell: one that does not is away.
    deadlineMs: 10_000,
    ...(position === undefined ? { sendInitialEvents: true } : { resourceVersion: position }),
  }
}

/** Takes one event in; true when it was the one that completes the telling of the world. */
function receive<T>(session: Session<T>, event: WatchEvent): boolean {
  const { store, outbox } = session
  const syncing = session.position === undefined
  if (event.type === 'BOOKMARK') {
    if (syncing && event.initialEventsEnd) completeSync(session, event.resourceVersion)
    else if (!syncing && event.resourceVersion !== '') session.position = event.resourceVersion
    return syncing && event.initialEventsEnd
  }
  outbox.put(event.type === 'DELETED' ? store.remove(event.object) : store.upsert(event.object))
  if (!syncing) session.position = event.object.metadata.resourceVersion ?? session.position
  return false
}
