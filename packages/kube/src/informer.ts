import { runInformer } from './informer/run.ts'
import { createSession, hurry, type InformerOptions } from './informer/session.ts'
import type { InformerState } from './informer/truth.ts'

export type Informer<T> = {
  /** By `namespace/name`, the namespace empty for kinds without. Empty and `syncing` at first; complete as soon as the state was `fresh` once. */
  readonly objects: ReadonlyMap<string, T>
  state(): InformerState
  /** Tries again now instead of waiting: a person asks, or there is news of the cluster. */
  hurry(): void
  /** Ends at once and calls nothing any more; resolves when everything is released. */
  stop(): Promise<void>
}

/**
 * Keeps the objects of one kind as the cluster has them: one list, then a watch, for ever. Needs the rights to list and
 * to watch. Never gives up; how true the objects are is said by `state`.
 */
export function startInformer<T>(options: InformerOptions<T>): Informer<T> {
  const stopped = new AbortController()
  const session = createSession(options, stopped.signal)
  const ended = runInformer(session)
  return {
    objects: session.store.objects,
    state: () => session.truth.now(),
    hurry: () => hurry(session),
    async stop() {
      stopped.abort()
      await ended
    },
  }
}
