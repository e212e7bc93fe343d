import type { Identity } from '@orbweaver/kube/client'
import { OpenAPIHandler } from '@orpc/openapi/node'
import type { Router } from '@orpc/server'
import type { AnyContractRouter } from '@orpc/contract'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { Changes } from '../changes/changes.ts'
import type { Doorkeeper } from '../identity/doorkeeper.ts'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'
import type { Prometheus } from '../prometheus/prometheus.ts'
import { queryCoercion } from './coercion.ts'
import type { Notices } from './context.ts'
import { toProblem } from './failure.ts'
import type { Metrics } from './metrics.ts'
import { requestIdOf } from './request-log.ts'
import type { Entry } from './server.ts'

export const apiPrefix = '/api/v1'

/** What the whole server has one of. */
export type House = {
  log: Logger
  fleet: Fleet
  changes: Changes
  prometheus: Prometheus
  notices: Notices
  doorkeeper: Doorkeeper
  metrics: Metrics
  /** Of the console itself. */
  version: string
  /** Opens the fleet as one person. */
  open: (identity: Identity) => ViewerDoor
}

/** The contract's router as an Express handler: a fresh context for each request, every throw turned into a declared error. */
export function apiHandler(router: Router<AnyContractRouter, Entry>, house: House): RequestHandler {
  const handler = new OpenAPIHandler<Entry>(router, {
    plugins: [queryCoercion()],
    interceptors: [
      async (call) => {
        try {
          return await call.next()
        } catch (error) {
          const { requestId, log } = call.context
          throw toProblem(error, { requestId, log, hub: house.fleet.hub.name })
        }
      },
    ],
    eventIteratorKeepAliveInterval: 20_000,
  })
  return async (req, res, next) => {
    const { matched } = await handler.handle(req, res, { prefix: apiPrefix, context: entryOf(req, res, house) })
    if (!matched) next()
  }
}

function entryOf(req: Request, res: Response, house: House): Entry {
  const { fleet, changes, prometheus, notices, open, version } = house
  const ended = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) ended.abort()
  })
  return {
    requestId: requestIdOf(req),
    log: req.log,
    fleet,
    changes,
    prometheus,
    notices,
    open,
    version,
    signal: ended.signal,
    visit: house.doorkeeper.visit(req, res),
    named: (operation) => house.metrics.name(res, operation),
  }
}
