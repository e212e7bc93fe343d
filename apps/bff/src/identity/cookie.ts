import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How the session cookie is set: `secure` when the browser speaks TLS to us (or to the declared proxy). */
export type CookieStyle = { secure: boolean; framed: boolean }

/** `__Host-` makes the browser refuse the cookie unless Secure, without Domain and for the whole host (RFC 6265bis). */
function cookieName(style: CookieStyle): string {
  return style.secure ? '__Host-orbweaver' : 'orbweaver'
}

const wellFormed = /^[A-Za-z0-9_-]{43}$/

export function newSessionId(): string {
  return randomBytes(32).toString('base64url')
}

/** The session id a Cookie header carries; undefined when absent or not of our making. */
export function sessionIdIn(header: string | undefined, style: CookieStyle): string | undefined {
  const name = cookieName(style)
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name && value !== undefined && wellFormed.test(value.trim())) return value.trim()
  }
  return undefined
}

/** A cookie of the browser's session: the server's own clock ends it. Framed by another site it must be partitioned. */
export function sessionCookie(id: string, style: CookieStyle): string {
  return [`${cookieName(style)}=${id}`, ...attributes(style)].join('; ')
}

export function clearedCookie(style: CookieStyle): string {
  return [`${cookieName(style)}=`, ...attributes(style), 'Max-Age=0'].join('; ')
}

/** Browsers take SameSite=None only with Secure, so a console framed over plain http keeps Lax and cannot sign in there. */
function attributes(style: CookieStyle): string[] {
  const common = ['Path=/', 'HttpOnly']
  if (!style.secure) return [...common, 'SameSite=Lax']
  return style.framed ? [...common, 'Secure', 'SameSite=None', 'Partitioned'] : [...common, 'Secure', 'SameSite=Lax']
}

/** Bound to the session and computable by every replica: whoever knows it can read our replies, which no other site can. */
export function csrfTokenOf(sessionId: string): string {
  return createHmac('sha256', sessionId).update('orbweaver csrf 1').digest('base64url')
}

export function isCsrfTokenOf(sessionId: string, token: string): boolean {
  if (sessionId === '') return false
  const expected = Buffer.from(csrfTokenOf(sessionId))
  const given = Buffer.from(token)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
