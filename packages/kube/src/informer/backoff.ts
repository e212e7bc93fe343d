import { jittered } from '../retry.ts'

/** Waiting times that double with each failure, for ever. */
export type Backoff = {
  /** Milliseconds to wait now. */
  next(): number
  /** Things went well. */
  reset(): void
}

export type BackoffBounds = { firstMs: number; mostMs: number }

export function createBackoff({ firstMs, mostMs }: BackoffBounds): Backoff {
  let failures = 0
  return {
    next() {
      const wait = Math.min(mostMs, firstMs * 2 ** failures)
      failures = Math.min(failures + 1, 30)
      return jittered(wait)
    },
    reset() {
      failures = 0
    },
  }
}
