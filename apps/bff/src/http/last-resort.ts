import { isRecord } from '@orbweaver/contracts/json'
import type { ErrorRequestHandler } from 'express'
import { bodyLimitBytes } from './body.ts'
import { toProblem } from './failure.ts'
import { problem } from './problem.ts'
import { requestIdOf } from './request-log.ts'

/** What body-parser calls the ways in which a body cannot be read. */
const byType: Record<string, string> = {
  'charset.unsupported': 'charset',
  'encoding.unsupported': 'encoding',
  'entity.parse.failed': 'malformed',
  'request.aborted': 'aborted',
  'request.size.invalid': 'aborted',
}

/** What was thrown in front of the contract's router, in the words of the contract. */
export function lastResort(hub: string): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express tells error handlers from others by their four parameters
  return (error: unknown, req, res, _next) => {
    const answer = unreadable(error) ?? toProblem(error, { requestId: requestIdOf(req), log: req.log, hub })
    if (res.headersSent) res.destroy()
    else res.status(answer.status).json(answer.toJSON())
  }
}

function unreadable(error: unknown) {
  const type = isRecord(error) && typeof error.type === 'string' ? error.type : ''
  if (type === 'entity.too.large') return problem('request.too_large', { limitBytes: bodyLimitBytes })
  const code = byType[type]
  if (code !== undefined) return problem('request.invalid', { issues: [{ path: '', code }] })
  const url = error instanceof URIError || (isRecord(error) && error.code === 'ERR_INVALID_URL')
  return url ? problem('request.invalid', { issues: [{ path: 'url', code: 'malformed' }] }) : undefined
}
