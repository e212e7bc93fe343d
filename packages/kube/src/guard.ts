import { setMaxListeners } from 'node:events'
import { KubeError } from './error.ts'

/** One call's lifetime: ends by its deadline, by its caller, or with its cluster. */
export type Guard = {
  readonly signal: AbortSignal
  /** Milliseconds left; endless for none. */
  remaining(): number
  /** What the call is doing, to be named when its time ends under it. */
  phase(reason: Phase): void
  /** A new deadline from now, for streams: each sign of life arms it again. */
  rearm(ms: number): void
  /** Must be called when the call is over, however it ended. */
  done(): void
}

/** Waiting for a place among the cluster's calls, for the server, or for the next sign of life of a watch. */
type Phase = 'Queued' | 'Deadline' | 'WatchSilent'

export type Guards = {
  start(options: { signal?: AbortSignal; deadlineMs: number }): Guard
  /** Ends every call now and every later one at once. */
  close(): void
}

export function createGuards(cluster: string): Guards {
  const running = new Set<AbortController>()
  let closed = false
  const end = (controller: AbortController, reason: string) =>
    controller.abort(new KubeError({ code: 'aborted', cluster, message: 'the call was ended', reason }))

  return {
    start({ signal, deadlineMs }) {
      const controller = new AbortController()
      const timer = startTimer(cluster, controller, deadlineMs)
      const onAbort = () => end(controller, 'Caller')
      running.add(controller)
      if (signal !== undefined) {
        // One signal may end very many calls; each takes its listener away again.
        setMaxListeners(0, signal)
        signal.addEventListener('abort', onAbort, { once: true })
        if (signal.aborted) onAbort()
      }
      if (closed) end(controller, 'Closed')
      return {
        signal: controller.signal,
        remaining: timer.remaining,
        phase: timer.phase,
        rearm: timer.rearm,
        done() {
          timer.stop()
          running.delete(controller)
          signal?.removeEventListener('abort', onAbort)
        },
      }
    },
    close() {
      closed = true
      for (const controller of running) end(controller, 'Closed')
    },
  }
}

/** Node's timers count in 31 bits and take anything longer for one millisecond. */
const longestTimer = 2 ** 31 - 1

function startTimer(cluster: string, controller: AbortController, firstMs: number) {
  let ms = Math.min(firstMs, longestTimer)
  let startedAt = performance.now()
  let reason: Phase = 'Deadline'
  const expire = () => {
    const message = `no answer within ${Math.round(ms)} ms`
    controller.abort(new KubeError({ code: 'timeout', cluster, message, reason }))
  }
  let timer = setTimeout(expire, ms)
  return {
    remaining: () => startedAt + ms - performance.now(),
    phase: (next: Phase) => {
      reason = next
    },
    rearm: (next: number) => {
      startedAt = performance.now()
      if (next === ms) {
        timer.refresh()
        return
      }
      ms = next
      clearTimeout(timer)
      timer = setTimeout(expire, ms)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Waits, or rejects with the signal's reason as soon as it ends. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(abortReason(signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
  })
}

/** The promise, or the signal's end when that comes first: undici notices an abort only once it is connected. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(abortReason(signal))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) onAbort()
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted')
}
