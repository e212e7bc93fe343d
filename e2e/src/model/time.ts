import { createClock, type SettableClock } from '@orbweaver/sandbox/clock'

/** The time of one universe: of its clusters, and of the console in its thread. */
export type Time = {
  readonly clock: SettableClock
  /** What a console's thread needs to know the time by itself. */
  shared(): { pace: number; since: number; began: number; jumped: SharedArrayBuffer }
  /** Passes at once; what falls due in the clusters happens on the way. */
  pass(ms: number): void
}

/** Runs `pace` times as fast as the machine's. */
export function createTime(pace: number): Time {
  const clock = createClock(pace)
  const jumped = new SharedArrayBuffer(8)
  const jumps = new Float64Array(jumped)
  const [since, began] = [Date.now(), clock.now().getTime()]
  return {
    clock,
    shared: () => ({ pace, since, began, jumped }),
    pass(ms) {
      jumps[0] = (jumps[0] ?? 0) + ms
      clock.advance(ms)
    },
  }
}
