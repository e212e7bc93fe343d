import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * Everything from our own origin; styles inline because antd writes them at run time. `upgrade-insecure-requests` is
 * left out: it breaks a console on plain http. Framing is off unless origins are named.
 */
export function securityHeaders({
  frameAncestors,
  tls,
}: {
  frameAncestors: readonly string[]
  tls: boolean
}): RequestHandler {
  const framed = frameAncestors.length > 0
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'worker-src': ["'self'", 'blob:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': framed ? ["'self'", ...frameAncestors] : ["'none'"],
      },
    },
    // X-Frame-Options knows no list of origins; where the CSP names some, it must be silent.
    xFrameOptions: framed ? false : { action: 'deny' },
    strictTransportSecurity: tls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
  })
}
