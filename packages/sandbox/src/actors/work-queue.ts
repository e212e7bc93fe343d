import { type Clock, systemClock } from '../clock.ts'

/** Milliseconds after which a key is looked at again, without an error having happened. */
export type Again = { againInMs: number } | undefined

export type WorkQueue = {
  /** Asks for a run; any number of calls before the run begins are one. */
  add: (key: string) => void
  /** Something is being done, waits for its turn or is to be tried again; what only waits for its time does not count. */
  isBusy: () => boolean
  /** Ends the queue and waits for runs under way. */
  stop: () => Promise<void>
}

export type QueueOptions = {
  run: (key: string) => Promise<Again | void>
  /** Told of each failed run; the queue tries again with growing delays. */
  onError: (key: string, error: unknown, failures: number) => void
  /** Failures that time does not heal, only another look: they are tried again though the clock stands still. */
  isRoutine?: (error: unknown) => boolean
  clock?: Clock
  /** Runs at one moment, of different keys. Default 4. */
  workers?: number
  /** First and longest delay after an error, milliseconds. Default 20 and 5,000. */
  backoffMs?: { first: number; longest: number }
}

/** One run a key at a time; a key asked for while it runs, runs once more. */
export function startWorkQueue(options: QueueOptions): WorkQueue {
  const { run, onError, isRoutine = () => false, clock = systemClock, workers = 4, backoffMs } = options
  const { first, longest } = backoffMs ?? { first: 20, longest: 5_000 }
  const waiting = new Set<string>()
  const running = new Map<string, Promise<void>>()
  const failures = new Map<string, number>()
  const timers = createTimers((key) => add(key))
  let stopped = false

  const work = async (key: string): Promise<void> => {
    try {
      const again = await run(key)
      failures.delete(key)
      if (again !== undefined && !stopped) timers.set(key, again.againInMs, clock)
    } catch (error) {
      const count = (failures.get(key) ?? 0) + 1
      failures.set(key, count)
      if (stopped) return
      onError(key, error, count)
      timers.set(key, Math.min(first * 2 ** (count - 1), longest), isRoutine(error) ? systemClock : clock)
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
    // Whoever tells of one object may be about to tell of others: a run should see them all.
    if (waiting.size === 0) queueMicrotask(pump)
    waiting.add(key)
  }
  const stop = async (): Promise<void> => {
    stopped = true
    waiting.clear()
    timers.clear()
    await Promise.all(running.values())
  }
  const isBusy = (): boolean => waiting.size + running.size + failures.size > 0
  return { add, isBusy, stop }
}

type Timers = { set: (key: string, ms: number, by: Clock) => void; clear: () => void }

/** One timer a key: a later one takes the place of the one before. */
function createTimers(due: (key: string) => void): Timers {
  const cancels = new Map<string, () => void>()
  return {
    set: (key, ms, by) => {
      cancels.get(key)?.()
      const cancel = by.after(ms, () => {
        cancels.delete(key)
        due(key)
      })
      cancels.set(key, cancel)
    },
    clear: () => {
      for (const cancel of cancels.values()) cancel()
    },
  }
}
