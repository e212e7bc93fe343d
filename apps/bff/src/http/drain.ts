import type { Server } from 'node:http'
import type { RequestHandler } from 'express'
import { answerProblem } from './problem.ts'

export type DrainLimits = {
  /** Milliseconds for load balancers to see `/readyz` fail before the port is closed. */
  announceMs: number
  /** Milliseconds for answers under way, after that. */
  limitMs: number
}

/** The end of a process's life: told to load balancers first, then to streams, then waited for. */
export type Drain = {
  readonly draining: boolean
  /** Ends the streams. */
  readonly signal: AbortSignal
  /** Refuses what comes after the beginning of the end over a connection that was kept alive. */
  readonly guard: RequestHandler
  /** Resolves when the last answer is out, or after `limitMs` without the rest. */
  close(server: Server, limits: DrainLimits): Promise<void>
}

export function createDrain(): Drain {
  const ending = new AbortController()
  return {
    get draining() {
      return ending.signal.aborted
    },
    signal: ending.signal,
    guard(_req, res, next) {
      if (!ending.signal.aborted) {
        next()
        return
      }
      res.setHeader('connection', 'close')
      answerProblem(res, 'server.draining', {})
    },
    async close(server, { announceMs, limitMs }) {
      ending.abort()
      if (announceMs > 0) await new Promise((resolve) => setTimeout(resolve, announceMs))
      await new Promise<void>((resolve) => {
        const limit = setTimeout(() => server.closeAllConnections(), limitMs)
        // A connection whose last answer is out may be kept alive by its client: nobody waits for that.
        const sweep = setInterval(() => server.closeIdleConnections(), 100)
        server.close(() => {
          clearTimeout(limit)
          clearInterval(sweep)
          resolve()
        })
      })
    },
  }
}
