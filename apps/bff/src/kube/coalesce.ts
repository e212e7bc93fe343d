/** Many small changes told as one: at most once in `everyMs`, with all that came meanwhile. */
export type Coalesced = {
  add(what: string): void
  listen(listener: (what: ReadonlySet<string>) => void): () => void
  stop(): void
}

export function coalesce(everyMs: number): Coalesced {
  const listeners = new Set<(what: ReadonlySet<string>) => void>()
  let waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const tell = () => {
    timer = undefined
    const told = waiting
    waiting = new Set()
    for (const each of listeners) each(told)
  }
  return {
    add(what) {
      waiting.add(what)
      timer ??= setTimeout(tell, everyMs)
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop() {
      clearTimeout(timer)
      listeners.clear()
    },
  }
}
