import { KubeError } from './error.ts'

/** One call's lifetime: ends by its deadline, by its caller, or with its cluster. */
export type Guard = {
  readonly signal: AbortSignal
  /** Milliseconds left; endless for none. */
  remaining(): number
  /** Replaces the deadline by a new one from now, for streams: each sign of life arms it again. */
  rearm(ms: number, reason: string): void
  /** Must be called when the call is over, however it ended. */
  done(): void
}

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
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal?.aborted === true) onAbort()
      if (closed) end(controller, 'Closed')
      return {
        signal: controller.signal,
        remaining: timer.remaining,
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

function startTimer(cluster: string, controller: AbortController, firstMs: number) {
  let current = { ms: firstMs, reason: 'Deadline', startedAt: performance.now() }
  const expire = () => {
    const message = `no answer within ${current.ms} ms`
    controller.abort(new KubeError({ code: 'timeout', cluster, message, reason: current.reason }))
  }
  let timer = setTimeout(expire, firstMs)
  return {
    remaining: () => current.startedAt + current.ms - performance.now(),
    rearm: (ms: number, reason: string) => {
      const same = ms === current.ms
      current = { ms, reason, startedAt: performance.now() }
      if (same) {
        timer.refresh()
        return
      }
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

export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted')
}
