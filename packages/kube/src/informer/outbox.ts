import type { Change } from './store.ts'

const mostHeld = 500

/** Collects changes and hands them on together, at the latest in the next turn of the event loop. */
export type Outbox<T> = {
  put(changes: Change<T>[]): void
  /** Hands on at once what is held. */
  flush(): void
}

export function createOutbox<T>(deliver: (batch: Change<T>[]) => void, signal: AbortSignal): Outbox<T> {
  let held: Change<T>[] = []
  let scheduled = false
  const flush = () => {
    const batch = held
    held = []
    if (batch.length > 0 && !signal.aborted) deliver(batch)
  }
  return {
    put(changes) {
      for (const change of changes) held.push(change)
      if (held.length >= mostHeld) flush()
      else if (!scheduled && held.length > 0) {
        scheduled = true
        setImmediate(() => {
          scheduled = false
          flush()
        })
      }
    },
    flush,
  }
}
