import { randomUUID } from 'node:crypto'
import { createServer, type Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { auditEvent } from '../audit.ts'
import { authenticate } from '../authn/authenticate.ts'
import { impersonate } from '../authn/impersonate.ts'
import type { Cluster } from '../cluster.ts'
import { type FaultState, noFaults } from '../faults.ts'
import { route } from '../router.ts'
import { ApiFault, internal, unauthorized, unavailable } from '../status.ts'
import { bodyReader } from './body.ts'
import type { Certificate } from './certificate.ts'
import { type Call, jsonReply, type Raw, type Reply, textReply } from './call.ts'
import { requestInfo } from './request-info.ts'

const compress = promisify(gzip)
/** Answers longer than this are compressed when the client can read it. Source: apiserver responsewriters/writers.go. */
const compressBytes = 128 * 1024

export type Listener = {
  port: number
  /** Resets every connection, idle or not. */
  cut(): void
  close(): Promise<void>
}

/** The first byte of a TLS handshake. */
const handshake = 0x16

/**
 * Serves one cluster on loopback, HTTP and HTTPS on the same port: kubectl sends credentials over TLS alone, everything
 * else is simpler without.
 */
export async function listen(cluster: Cluster, port: number, certificate: Certificate): Promise<Listener> {
  const door: Door = { cluster, faults: () => cluster.faults.state }
  const plain = serving(door, createServer())
  const secure = serving(door, createSecureServer({ key: certificate.key, cert: certificate.certificate }))
  const sockets = new Set<Socket>()
  const front = createSocketServer((socket) => {
    if (cluster.faults.state.refuse) {
      socket.resetAndDestroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.once('readable', () => {
      const first: unknown = socket.read(1)
      if (!Buffer.isBuffer(first)) return
      socket.unshift(first)
      const target = first[0] === handshake ? secure : plain
      target.emit('connection', socket)
    })
  })
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject)
    front.listen(port, '127.0.0.1', resolve)
  })
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: portOf(front.address()),
    cut,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve())
        cut()
      }),
  }
}

/** The same API by a way that no fault reaches, for what lives in the cluster. Plain HTTP on loopback. */
export async function listenInside(cluster: Cluster): Promise<Listener> {
  const server = serving({ cluster, faults: () => noFaults }, createServer())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: portOf(server.address()),
    cut: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function serving<T extends Server>(door: Door, server: T): T {
  server.keepAliveTimeout = 90_000
  server.on('request', (request, response) => void answer(door, { request, response }))
  // With a listener for these Node makes no response of its own.
  server.on('upgrade', (request, socket: Duplex, head) => {
    if (head.length > 0) socket.unshift(head)
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(request.socket)
    response.on('finish', () => socket.end())
    const upgrade = (): Duplex => {
      response.detachSocket(request.socket)
      return socket
    }
    void answer(door, { request, response, upgrade })
  })
  return server
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** One cluster behind one of its doors. */
type Door = { cluster: Cluster; faults: () => FaultState }

async function answer(door: Door, raw: Raw): Promise<void> {
  const { cluster, faults } = door
  const { response } = raw
  const { blackHole, latencyMs } = faults()
  if (blackHole) return
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs))
  response.setHeader('Date', cluster.clock().toUTCString())
  const warnings: string[] = []
  let reply: Reply
  try {
    reply = await handled(door, raw, warnings)
  } catch (fault) {
    reply = faultReply(fault)
  }
  if (faults().blackHole || reply.body === undefined || response.destroyed) return
  await send(raw, reply, warnings)
}

async function handled({ cluster, faults }: Door, raw: Raw, warnings: string[]): Promise<Reply> {
  const { request } = raw
  const { tooManyRequests } = faults()
  if (tooManyRequests > 0) return overloaded(tooManyRequests)
  inject(faults())
  const url = new URL(`http://localhost${request.url ?? '/'}`)
  const method = request.method ?? 'GET'
  const info = requestInfo(method, url)
  const authenticated = authenticate(request.headers, cluster.tokens)
  const { authorizer, impersonations: memory } = cluster
  const user = impersonate(request, { user: authenticated, authorizer, info, memory })
  const call: Call = {
    method,
    url,
    query: url.searchParams,
    info,
    headers: request.headers,
    user,
    body: bodyReader(request),
    warnings,
    raw,
    faults,
  }
  const reply = await route(cluster, call)
  cluster.audit?.(await auditEvent(call, authenticated.name, reply))
  return reply
}

/** No Status: the filter that refuses writes plain text. Source: apiserver pkg/server/filters tooManyRequests v0.36. */
function overloaded(seconds: number): Reply {
  const reply = textReply(429, 'Too many requests, please try again later.\n')
  return { ...reply, headers: { ...reply.headers, 'Retry-After': String(seconds) } }
}

function inject(state: FaultState): void {
  if (state.errorRate > 0 && Math.random() < state.errorRate) {
    throw unavailable('the server is currently unable to handle the request')
  }
  if (state.unauthorized) throw unauthorized()
}

function faultReply(fault: unknown): Reply {
  const known =
    fault instanceof ApiFault
      ? fault
      : internal(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
  const reply = jsonReply(known.code, JSON.stringify(known.body))
  return { ...reply, headers: { ...reply.headers, ...known.headers } }
}

async function send({ request, response }: Raw, reply: Reply, warnings: string[]): Promise<void> {
  const headers: Record<string, string | string[]> = {
    'Audit-Id': randomUUID(),
    'Cache-Control': 'no-cache, private',
    ...reply.headers,
  }
  const lines = [...new Set(warnings)].map((each) => `299 - ${JSON.stringify(headerText(each))}`)
  if (lines.length > 0) headers.Warning = lines
  let body = Buffer.isBuffer(reply.body) ? reply.body : Buffer.from(reply.body ?? '')
  if (body.length > compressBytes && String(request.headers['accept-encoding'] ?? '').includes('gzip')) {
    body = await compress(body, { level: 1 })
    headers['Content-Encoding'] = 'gzip'
  }
  headers['Content-Length'] = String(body.length)
  if (!request.complete && reply.status >= 400) headers.Connection = 'close'
  response.writeHead(reply.status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Header values are Latin-1 and one line. */
function headerText(text: string): string {
  return text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(/[^\x20-\x7e]/g, '?')
}
