import { Router } from 'express'
import type { Drain } from './drain.ts'

/**
 * Alive while it answers; ready from the first moment until it drains. Clusters have no say: a console that cannot
 * reach any is the place to see that (T-06).
 */
export function healthRoutes(drain: Drain): Router {
  const router = Router()
  router.get('/healthz', (_req, res) => void res.type('text/plain').send('ok\n'))
  router.get('/readyz', (_req, res) => {
    res.setHeader('cache-control', 'no-store')
    if (drain.draining) res.status(503).type('text/plain').send('draining\n')
    else res.type('text/plain').send('ok\n')
  })
  return router
}
