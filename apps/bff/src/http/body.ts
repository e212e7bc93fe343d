import { isRecord } from '@orbweaver/contracts/json'
import express, { type RequestHandler } from 'express'
import { answerProblem } from './problem.ts'

export const bodyLimitBytes = 2 * 1024 * 1024
/** Deeper than any Kubernetes object; shallow enough for every recursive reader behind. */
const deepest = 64

const bodiless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Only JSON is read, and only so much of it: what is not JSON never reaches the router, which would read it whole. */
export function jsonBody(): RequestHandler[] {
  return [refuseOtherTypes, express.json({ limit: bodyLimitBytes, type: 'application/json' }), refuseDepth]
}

const refuseOtherTypes: RequestHandler = (req, res, next) => {
  const carriesBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  const takesJson = !bodiless.has(req.method) && req.is('application/json') === 'application/json'
  if (!carriesBody || takesJson) next()
  else answerProblem(res, 'request.invalid', { issues: [{ path: 'content-type', code: 'not_json' }] })
}

const refuseDepth: RequestHandler = (req, res, next) => {
  const body: unknown = req.body
  if (depthWithin(body, deepest)) next()
  else answerProblem(res, 'request.invalid', { issues: [{ path: '', code: 'too_deep' }] })
}

/** Goes a level at a time, never into itself: the depth it looks for is one that a call stack may not have. */
function depthWithin(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return false
    level = level.flatMap(childrenOf)
  }
  return true
}

function childrenOf(value: unknown): unknown[] {
  const children: unknown[] = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : []
  return children.filter((each) => typeof each === 'object' && each !== null)
}
