import type { Limits } from './connection.ts'
import { KubeError } from './error.ts'
import { isCut } from './failure.ts'
import { type Guard, pause } from './guard.ts'

type Retrying = { limits: Required<Limits>; guard: Guard; repeatable: boolean }

const passingStatus = new Set([429, 502, 503, 504])
const firstPauseMs = 100

/**
 * Tries again what may be repeated: overload (429 and its `Retry-After`), 502, 503, 504 and broken connections, while the
 * deadline leaves time for it. A refused connection or an unknown certificate will not change within a call.
 */
export async function retried<T>(attempt: () => Promise<T>, { limits, guard, repeatable }: Retrying): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!repeatable || round >= limits.attempts || !(error instanceof KubeError) || !isPassing(error)) throw error
      const wait = error.retryAfterMs ?? jittered(firstPauseMs * 2 ** (round - 1))
      if (wait > limits.maxRetryAfterMs || wait >= guard.remaining()) throw error
      await pause(wait, guard.signal)
    }
  }
}

/** Half to one and a half of it: callers that failed together do not come back together. */
export function jittered(ms: number): number {
  return ms * (0.5 + Math.random())
}

function isPassing(error: KubeError): boolean {
  return isCut(error) || (error.status !== undefined && passingStatus.has(error.status))
}
