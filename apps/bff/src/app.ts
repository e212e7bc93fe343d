import type { contract } from '@orbweaver/contracts/contract'
import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { apiHandler, apiPrefix, type House } from './http/api.ts'
import { jsonBody } from './http/body.ts'
import { consoleFiles } from './http/console-files.ts'
import { csrfGuard } from './http/csrf.ts'
import { docsPage } from './http/docs-page.ts'
import type { Drain } from './http/drain.ts'
import { eventHandlers } from './http/event-handlers.ts'
import { healthRoutes } from './http/health.ts'
import { loopbackHostOnly } from './http/host-guard.ts'
import { lastResort } from './http/last-resort.ts'
import { createApiDocument } from './http/openapi.ts'
import { answerProblem } from './http/problem.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { accessHandlers } from './identity/handlers.ts'
import { clusterHandlers } from './slices/clusters/handlers.ts'
import { historyHandlers } from './slices/history/handlers.ts'
import { meshHandlers } from './slices/meshes/handlers.ts'
import { metricsHandlers } from './slices/metrics/handlers.ts'
import { objectHandlers } from './slices/objects/handlers.ts'
import { securityHandlers } from './slices/security/handlers.ts'
import { sidecarHandlers } from './slices/sidecars/handlers.ts'
import { trafficHandlers } from './slices/traffic/handlers.ts'

/** One line a slice. */
const slices = {
  access: accessHandlers,
  clusters: clusterHandlers,
  meshes: meshHandlers,
  sidecars: sidecarHandlers,
  traffic: trafficHandlers,
  security: securityHandlers,
  metrics: metricsHandlers,
  objects: objectHandlers,
  history: historyHandlers,
  events: eventHandlers,
} satisfies Record<keyof typeof contract, object>

export type AppOptions = House & {
  drain: Drain
  /** Modes local and self: only what was addressed to this machine is answered. */
  loopbackOnly: boolean
  /** What a scraper must pass first. */
  metricsGuard: readonly RequestHandler[]
  tls: boolean
  behindProxy: boolean
  frameAncestors: readonly string[]
  /** The built console; the API alone without it. */
  consoleDirectory?: string | undefined
  /** Attempts to sign in, from one address in one minute. */
  signInsPerMinute: number
}

/** The table of contents of the server: who sees a request, in which order. */
export function createApp(options: AppOptions): Express {
  const { doorkeeper, drain, log, metrics, behindProxy } = options
  const document = createApiDocument(options.version)
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', behindProxy ? 1 : false)

  app.use(requestLog(log))
  app.use(metrics.time)
  app.use(securityHeaders({ frameAncestors: options.frameAncestors, tls: options.tls }))
  app.use(loopbackHostOnly(options.loopbackOnly))
  app.use(stripImpersonation)
  app.use(compression({ filter: compressible, threshold: compressedBytes }))
  app.use(healthRoutes(drain))
  app.get('/metrics', ...options.metricsGuard, metrics.expose)

  app.get(`${apiPrefix}/openapi.json`, (_req, res, next) => {
    document().then((json) => void res.json(json), next)
  })
  app.get('/api/docs', (_req, res, next) => {
    document().then((json) => void res.type('html').send(docsPage(json)), next)
  })

  app.use(apiPrefix, drain.guard)
  app.use(apiPrefix, noStore)
  app.use(
    apiPrefix,
    csrfGuard({ cookies: doorkeeper.cookies, implicit: doorkeeper.implicit, behindProxy, signInPath: '/session' }),
  )
  app.post(`${apiPrefix}/session`, signInLimit(options.signInsPerMinute))
  app.use(apiPrefix, jsonBody())
  app.use(apiPrefix, apiHandler(slices, options))
  app.use('/api', noSuchRoute)

  if (options.consoleDirectory !== undefined) app.use(consoleFiles(options.consoleDirectory))
  app.use(lastResort(options.fleet.hub.name))
  return app
}

/** Who one is to a cluster is decided here, never by a header of the request. */
const stripImpersonation: RequestHandler = (req, _res, next) => {
  for (const header of Object.keys(req.headers)) if (header.startsWith('impersonate-')) delete req.headers[header]
  next()
}

/** Shorter answers fit into a few packets as they are: a compressor of their own would cost more than it saves. */
const compressedBytes = 4_096

/** A compressor holds back bytes until it has enough of them: a stream of notices must pass as it comes. */
function compressible(req: express.Request, res: express.Response): boolean {
  const type = res.getHeader('content-type')
  return !(typeof type === 'string' && type.startsWith('text/event-stream')) && compression.filter(req, res)
}

const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('cache-control', 'no-store')
  next()
}

function signInLimit(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // It would complain on standard error about proxies that nobody declared; they are simply not believed.
    validate: false,
    handler: (_req, res) => answerProblem(res, 'request.rate_limited', { retryAfterSeconds: 60 }),
  })
}

const noSuchRoute: RequestHandler = (_req, res) => {
  const code = 'request.no_such_route'
  res.status(404).json({ defined: false, code, status: 404, message: code, data: {} })
}
