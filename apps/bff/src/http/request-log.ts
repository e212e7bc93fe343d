import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type HttpLogger, pinoHttp } from 'pino-http'
import type { Logger } from 'pino'

const saneId = /^[A-Za-z0-9._-]{8,128}$/

/** The caller's own id, when it is fit to be a log field, so that a proxy's log and ours meet. */
function acceptedId(req: IncomingMessage): string {
  const given = req.headers['x-request-id']
  return typeof given === 'string' && saneId.test(given) ? given : randomUUID()
}

/**
 * One line a request: method, path, status, time. No header, body, cookie or query string is ever logged: they hold
 * tokens, kubeconfigs and what people search for.
 */
export function requestLog(log: Logger): HttpLogger {
  return pinoHttp({
    logger: log,
    genReqId(req, res) {
      const id = acceptedId(req)
      res.setHeader('x-request-id', id)
      return id
    },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'request' },
    serializers: {
      req: (req: { method?: string; url?: string; raw?: { originalUrl?: string; url?: string } }) => ({
        method: req.method,
        path: (req.raw?.originalUrl ?? req.url ?? '').split('?', 1)[0],
      }),
      res: (res: { statusCode?: number }) => ({ status: res.statusCode }),
      err: (error: Error) => ({ name: error.name, message: error.message }),
    },
    customLogLevel: (_req, res, error) => (error !== undefined || res.statusCode >= 500 ? 'error' : 'info'),
    autoLogging: { ignore: (req) => quiet.has((req.url ?? '').split('?', 1)[0] ?? '') },
  })
}

/** Asked every few seconds by machines. */
const quiet = new Set(['/healthz', '/readyz', '/metrics'])

/** The id this request has in the log, which its answer carries too. */
export function requestIdOf(req: IncomingMessage): string {
  return typeof req.id === 'string' ? req.id : ''
}
