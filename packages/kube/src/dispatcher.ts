import { createSecureContext } from 'node:tls'
import { buildConnector, Client, type Dispatcher, Pool } from 'undici'
import type { Connection, Limits } from './connection.ts'
import { bare, openTunnel } from './tunnel.ts'

/** The connections of one cluster: a keep-alive pool that all calls share, and one of its own for each watch. */
export type Connections = {
  shared: Dispatcher
  /**
   * For a watch, which fills an HTTP/1.1 connection anyway. The caller destroys it: aborting a request in a pool leaves
   * a fresh connection behind (undici 7 reconnects for the request that was aborted).
   */
  single(): Dispatcher
}

/** Shorter than the idle time of every server and load balancer in the field, so that they do not hang up first. */
const keepAliveTimeout = 30_000

/** Deadlines are kept by guard.ts, for headers and body together: undici's own two would only shadow them. */
const patience = { keepAliveTimeout, headersTimeout: 0, bodyTimeout: 0 }

/** Opens nothing yet. The connector is shared, so that TLS sessions are resumed. */
export function openConnections(connection: Connection, { connectTimeoutMs }: Required<Limits>): Connections {
  const { origin } = new URL(connection.server)
  const connect = connectorOf(connection, connectTimeoutMs)
  return {
    shared: new Pool(origin, { ...patience, connect }),
    single: () => new Client(origin, { ...patience, connect }),
  }
}

/**
 * undici's own ProxyAgent waits for the proxy when it is destroyed, and its SOCKS5 is experimental; a connector that
 * begins with a tunnel serves the pool and the single connections alike.
 */
function connectorOf(connection: Connection, timeout: number): buildConnector.connector {
  const direct = directConnector(connection, timeout)
  if (connection.proxyUrl === undefined) return direct
  const proxy = new URL(connection.proxyUrl)
  const tunnelled = async (options: buildConnector.Options, callback: buildConnector.Callback) => {
    const secure = options.protocol === 'https:'
    const target = { host: bare(options.hostname), port: Number(options.port) || (secure ? 443 : 80) }
    try {
      const socket = await openTunnel(proxy, target, timeout)
      if (secure) direct({ ...options, httpSocket: socket }, callback)
      else callback(null, socket)
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
    }
  }
  return (options, callback) => void tunnelled(options, callback)
}

/**
 * Certificates and keys are read once, at the first connection, and not for each of the dozens that the watches of a
 * cluster have. What cannot be read fails each connection.
 */
function directConnector(connection: Connection, timeout: number): buildConnector.connector {
  const { certificateAuthority: ca, clientCertificate: pair, insecure, tlsServerName: servername } = connection
  const secured = () => ({
    secureContext: createSecureContext({
      ...(ca === undefined ? {} : { ca }),
      ...(pair === undefined ? {} : { cert: pair.certificate, key: pair.key }),
    }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
    ...(servername === undefined ? {} : { servername }),
  })
  let connector: buildConnector.connector | undefined
  return (options, callback) => {
    try {
      connector ??= buildConnector({ ...(options.protocol === 'https:' ? secured() : {}), timeout })
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
      return
    }
    connector(options, callback)
  }
}
