import type { Request, RequestHandler } from 'express'
import { type CookieStyle, isCsrfTokenOf, sessionIdIn } from '../identity/cookie.ts'
import { answerProblem } from './problem.ts'

export type CsrfOptions = {
  cookies: CookieStyle
  /** Mode self: whoever reaches the server is somebody, cookie or not. */
  implicit: boolean
  /** A TLS proxy is in front: the name the browser used is in X-Forwarded-Host. */
  behindProxy: boolean
  /** Below the API's prefix; signing in has no session to bind a token to, and is held by Origin and content type alone. */
  signInPath: string
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Writes need a page of our own: the Origin must be ours, and the session's token must come in a header. */
export function csrfGuard({ cookies, implicit, behindProxy, signInPath }: CsrfOptions): RequestHandler {
  return (req, res, next) => {
    if (reading.has(req.method)) {
      next()
      return
    }
    if (!isOwnOrigin(req, behindProxy)) {
      answerProblem(res, 'access.csrf', { reason: 'origin' })
      return
    }
    const sessionId = sessionIdIn(req.headers.cookie, cookies)
    const signingIn = req.method === 'POST' && req.path === signInPath
    // Without a cookie there is nothing to ride on: the router answers that nobody is signed in.
    const nobody = sessionId === undefined && !implicit
    if (nobody || signingIn || isCsrfTokenOf(sessionId ?? '', req.get('x-csrf-token') ?? '')) next()
    else answerProblem(res, 'access.csrf', { reason: 'token' })
  }
}

/** Browsers send Origin with every write; what sends neither Origin nor Sec-Fetch-Site is no browser. */
function isOwnOrigin(req: Request, behindProxy: boolean): boolean {
  const { origin } = req.headers
  if (origin === undefined) {
    const site = req.get('sec-fetch-site')
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  if (!URL.canParse(origin)) return false
  const forwarded = behindProxy ? req.get('x-forwarded-host') : undefined
  return new URL(origin).host === (forwarded ?? req.headers.host ?? '').toLowerCase()
}
