import { abortReason, pause } from './guard.ts'

/** Keeps the load on one API server bounded, whoever in the process asks. */
export type Throttle = {
  /** One call of the rate budget; waits its turn. */
  token: (signal: AbortSignal) => Promise<void>
  /** One of the places in flight; the returned function gives it back. First come, first served. */
  slot: (signal: AbortSignal) => Promise<() => void>
}

export function createThrottle(limits: { qps: number; burst: number; maxInFlight: number }): Throttle {
  const bucket = createBucket(limits)
  const gate = createGate(limits.maxInFlight)
  return { token: bucket, slot: gate }
}

/** A token bucket that may owe: each caller reserves the next token and sleeps until it exists, so order is kept. */
function createBucket({ qps, burst }: { qps: number; burst: number }) {
  let tokens = burst
  let filledAt = performance.now()
  return async (signal: AbortSignal): Promise<void> => {
    const now = performance.now()
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * qps)
    filledAt = now
    tokens -= 1
    if (tokens >= 0) return
    try {
      await pause((-tokens / qps) * 1000, signal)
    } catch (error) {
      tokens += 1
      throw error
    }
  }
}

function createGate(places: number) {
  let taken = 0
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next === undefined) taken -= 1
    else next()
  }
  return (signal: AbortSignal): Promise<() => void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(abortReason(signal))
        return
      }
      if (taken < places) {
        taken += 1
        resolve(once(release))
        return
      }
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve(once(release))
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1)
        reject(abortReason(signal))
      }
      waiting.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
}

function once(work: () => void): () => void {
  let open = true
  return () => {
    if (open) work()
    open = false
  }
}
