/** Milliseconds after which a key is looked at again, without an error having happened. */
export type Again = { againInMs: number } | undefined

export type WorkQueue = {
  /** Asks for a run; any number of calls before the run begins are one. */
  add: (key: string) => void
  /** Ends the queue and waits for runs under way. */
  stop: () => Promise<void>
}

export type QueueOptions = {
  run: (key: string) => Promise<Again | void>
  /** Told of each failed run; the queue tries again with growing delays. */
  onError: (key: string, error: unknown, failures: number) => void
  /** Runs at one moment, of different keys. Default 4. */
  workers?: number
  /** First and longest delay after an error, milliseconds. Default 20 and 5,000. */
  backoffMs?: { first: number; longest: number }
}

/** One run a key at a time; a key asked for while it runs, runs once more. */
export function startWorkQueue({ run, onError, workers = 4, backoffMs }: QueueOptions): WorkQueue {
  const { first, longest } = backoffMs ?? { first: 20, longest: 5_000 }
  const waiting = new Set<string>()
  const running = new Map<string, Promise<void>>()
  const failures = new Map<string, number>()
  const timers = new Map<string, NodeJS.Timeout>()
  let stopped = false

  const later = (key: string, ms: number): void => {
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => wake(key), ms),
    )
  }
  const wake = (key: string): void => {
    timers.delete(key)
    add(key)
  }
  const work = async (key: string): Promise<void> => {
    try {
      const again = await run(key)
      failures.delete(key)
      if (again !== undefined && !stopped) later(key, again.againInMs)
    } catch (error) {
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      if (stopped) return
      onError(key, error, count)
      later(key, Math.min(first * 2 ** (count - 1), longest))
    }
  }
  const pump = (): void => {
    for (const key of waiting) {
      if (stopped || running.size >= workers) return
      if (running.has(key)) continue
      waiting.delete(key)
      running.set(
        key,
        work(key).finally(() => finish(key)),
      )
    }
  }
  const finish = (key: string): void => {
    running.delete(key)
    pump()
  }
  const add = (key: string): void => {
    if (stopped) return
    waiting.add(key)
    pump()
  }
  const stop = async (): Promise<void> => {
    stopped = true
    waiting.clear()
    for (const timer of timers.values()) clearTimeout(timer)
    await Promise.all(running.values())
  }
  return { add, stop }
}
