import { createHash } from 'node:crypto'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { mayGetPath } from '../identity/reviews.ts'
import { isBearerToken } from '../identity/token.ts'
import { createTtlCache } from '../kube/ttl-cache.ts'

/** controller-runtime keeps tokens for a minute and verdicts for up to five (pkg/metrics/filters/filters.go). */
const keptMs = 60_000
/** Attempts in a minute from one address that were let in nowhere. */
const mostRefused = 60

/**
 * Metrics tell the names of clusters and how they do. They are given to whom the hub's RBAC gives `get` on the
 * nonResourceURL /metrics, as Kubernetes' own components do it (WithAuthenticationAndAuthorization).
 */
export function metricsGuard(hub: KubeClient): RequestHandler[] {
  const verdicts = createTtlCache<Awaited<ReturnType<typeof mayGetPath>>>({ ttlMs: keptMs, max: 1_000 })
  const verdictOn = (token: string) =>
    verdicts.get(createHash('sha256').update(token).digest('hex'), () => mayGetPath(hub, token, '/metrics'))
  const limit = rateLimit({
    windowMs: 60_000,
    limit: mostRefused,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
  })
  const guard: RequestHandler = async (req, res, next) => {
    const refuse = (status: number, words: string) => void res.status(status).type('text/plain').send(`${words}\n`)
    const token = /^bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1]
    res.setHeader('cache-control', 'no-store')
    if (token === undefined || !isBearerToken(token)) {
      res.setHeader('www-authenticate', 'Bearer')
      refuse(401, 'a bearer token of the hub is needed')
      return
    }
    const verdict = await verdictOn(token).catch(asFault)
    if (verdict instanceof KubeError) refuse(503, `the hub cannot be asked: ${verdict.code}`)
    else if (verdict === 'nobody') refuse(401, 'the hub does not know this token')
    else if (verdict === 'no') refuse(403, 'the hub gives this account no get on the nonResourceURL /metrics')
    else next()
  }
  return [limit, guard]
}

function asFault(error: unknown): KubeError {
  if (error instanceof KubeError) return error
  throw error
}
