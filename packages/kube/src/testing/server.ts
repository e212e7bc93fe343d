import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Server as NetServer, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onTestFinished } from 'vitest'
import type { KubeClient } from '../client.ts'
import type { Connection } from '../connection.ts'
import { type ClientOptions, createKubeClient } from '../connect.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void
type Upgrade = (request: IncomingMessage, socket: Duplex) => void
export type TestServer = {
  url: string
  port: number
  /** Requests that arrived, in order: `GET /path?query`. */
  seen: string[]
  /** Connections open now. */
  sockets: Set<Socket>
}

/** An HTTP (or, with options, HTTPS) server on loopback for the length of one test. */
export async function serve(handler: Handler, tls?: ServerOptions, upgrade?: Upgrade): Promise<TestServer> {
  const seen: string[] = []
  const listener: Handler = (request, response) => {
    seen.push(`${request.method} ${request.url}`)
    handler(request, response)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  if (upgrade !== undefined) server.on('upgrade', upgrade)
  const { port, sockets } = await listen(server)
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, seen, sockets }
}

/** Any TCP server on a free loopback port, ended with all its connections when the test is. */
export async function listen(server: NetServer): Promise<{ port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    const ended = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await ended
  })
  return { port: portOf(server.address()), sockets }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}

/** A client that is closed when the test ends. */
export function clientOf(
  server: { url: string },
  {
    connection = {},
    ...options
  }: Partial<Omit<ClientOptions, 'connection'>> & { connection?: Partial<Connection> } = {},
): KubeClient {
  const client = createKubeClient({ cluster: 'alpha', connection: { server: server.url, ...connection }, ...options })
  onTestFinished(() => client.close())
  return client
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return body
}
