/** Time as a fleet sees it. Everything that waits for it, waits on it: nothing else of the sandbox asks the machine. */
export type Clock = {
  now: () => Date
  /** Calls back once, when so many milliseconds have passed; the answer calls it off. */
  after: (ms: number, run: () => void) => () => void
}

/** A clock that can be stopped and moved on, never back. */
export type SettableClock = Clock & {
  readonly frozen: boolean
  freeze: () => void
  /** Goes on from where it stands. */
  thaw: () => void
  /** Moves on at once; what falls due on the way is called in its order, each at its own time. */
  advance: (ms: number) => void
}

export const systemClock: Clock = {
  now: () => new Date(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

type Waiting = { at: number; run: () => void; timer: NodeJS.Timeout | undefined }

/** Runs with the machine's own time, or so many times as fast from now on, until it is told otherwise. */
export function createClock(pace = 1): SettableClock {
  const machine = machineTime(pace)
  const waiting = new Set<Waiting>()
  let ahead = 0
  let stoodAt: number | undefined
  const now = (): number => stoodAt ?? machine() + ahead

  const fire = (each: Waiting): void => {
    clearTimeout(each.timer)
    if (waiting.delete(each)) each.run()
  }
  const arm = (each: Waiting): void => {
    clearTimeout(each.timer)
    if (stoodAt === undefined) each.timer = setTimeout(() => due(each), Math.min((each.at - now()) / pace, LONGEST_MS))
  }
  /** A timer may be a millisecond early, and a far one is: what is not due yet is waited for again. */
  const due = (each: Waiting): void => (each.at > now() ? arm(each) : fire(each))
  const armAll = (): void => {
    for (const each of waiting) arm(each)
  }
  const moveTo = (at: number): void => {
    if (stoodAt === undefined) ahead += Math.max(0, at - now())
    else stoodAt = Math.max(stoodAt, at)
  }
  return {
    get frozen() {
      return stoodAt !== undefined
    },
    now: () => new Date(now()),
    after: (ms, run) => {
      const each: Waiting = { at: now() + ms, run, timer: undefined }
      waiting.add(each)
      arm(each)
      return () => {
        clearTimeout(each.timer)
        waiting.delete(each)
      }
    },
    freeze: () => {
      stoodAt ??= now()
      for (const { timer } of waiting) clearTimeout(timer)
    },
    thaw: () => {
      if (stoodAt === undefined) return
      ahead = stoodAt - machine()
      stoodAt = undefined
      armAll()
    },
    advance: (ms) => {
      const until = now() + ms
      for (let next = earliest(waiting); next !== undefined && next.at <= until; next = earliest(waiting)) {
        moveTo(next.at)
        fire(next)
      }
      moveTo(until)
      armAll()
    },
  }
}

/** The machine's time from now on, so many times as fast. */
function machineTime(pace: number): () => number {
  const start = Date.now()
  return () => start + (Date.now() - start) * pace
}

/** Node's timers hold 31 bits of milliseconds. */
const LONGEST_MS = 2 ** 31 - 1

function earliest(waiting: ReadonlySet<Waiting>): Waiting | undefined {
  let first: Waiting | undefined
  for (const each of waiting) if (first === undefined || each.at < first.at) first = each
  return first
}

/** RFC 3339 without fractions: how Kubernetes writes metav1.Time. */
export function timestampOf(clock: Pick<Clock, 'now'>): string {
  return `${clock.now().toISOString().slice(0, 19)}Z`
}
