import { setTimeout as sleep } from 'node:timers/promises'

/**
 * How long something was waited for by who also got to work: from one look to the next no more counts than twice the pause
 * between them. What a busy machine takes away from everybody is nobody's fault.
 */
export type Patience = {
  /** Pauses until the next look. */
  pause(): Promise<void>
  /** Time that was waited (ms). */
  waited(): number
  /** Begins anew. */
  restart(): void
}

export function createPatience(pauseMs: number): Patience {
  let [waited, last] = [0, performance.now()]
  return {
    async pause() {
      await sleep(pauseMs)
      const now = performance.now()
      waited += Math.min(now - last, 2 * pauseMs)
      last = now
    },
    waited: () => waited,
    restart: () => void (waited = 0),
  }
}
