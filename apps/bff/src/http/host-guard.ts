import type { RequestHandler } from 'express'
import { isLoopbackHost } from '../env.ts'
import { answerProblem } from './problem.ts'

/**
 * Modes local and self know no proof, so they answer only what was addressed to this machine: a page whose name was
 * rebound to 127.0.0.1 still sends its own name in Host (DNS rebinding).
 */
export function loopbackHostOnly(required: boolean): RequestHandler {
  return (req, res, next) => {
    if (!required || isLoopbackHost(hostWithoutPort(req.headers.host ?? ''))) next()
    else answerProblem(res, 'request.invalid', { issues: [{ path: 'host', code: 'not_loopback' }] })
  }
}

function hostWithoutPort(host: string): string {
  return host.replace(/:\d{1,5}$/, '')
}
