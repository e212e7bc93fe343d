import { type Dispatcher, Pool, ProxyAgent } from 'undici'
import type { Connection, Limits } from './connection.ts'

/** Shorter than the idle time of every server and load balancer in the field, so that they do not hang up first. */
const keepAliveTimeout = 30_000

/** One keep-alive pool for a cluster, through its proxy when it has one. HTTP/1.1: a watch holds a connection. */
export function openDispatcher(connection: Connection, limits: Required<Limits>): Dispatcher {
  const tls = tlsOptions(connection)
  const timeout = limits.connectTimeoutMs
  // Deadlines are kept by guard.ts, for headers and body together: undici's own two would only shadow them.
  const pool = { keepAliveTimeout, headersTimeout: 0, bodyTimeout: 0 }
  if (connection.proxyUrl === undefined) {
    return new Pool(new URL(connection.server).origin, { ...pool, connect: { ...tls, timeout } })
  }
  return new ProxyAgent({
    ...pool,
    uri: connection.proxyUrl,
    requestTls: { ...tls, timeout },
    proxyTls: { timeout },
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: timeout }),
  })
}

function tlsOptions({ certificateAuthority, clientCertificate, insecure, tlsServerName }: Connection) {
  return {
    ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
    ...(clientCertificate === undefined ? {} : { cert: clientCertificate.certificate, key: clientCertificate.key }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
    ...(tlsServerName === undefined ? {} : { servername: tlsServerName }),
  }
}
