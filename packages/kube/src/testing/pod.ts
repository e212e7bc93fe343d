import { type IncomingMessage, createServer as createHttpServer } from 'node:http'
import type { ServerOptions } from 'node:https'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { openWebSocket, websocketAccept } from '../websocket.ts'
import { type Handler, listen, serve } from './server.ts'

/** What a kubelet does with a forwarded port: `data` and `error` are written to the two channels. */
export type Forward = (
  port: number,
  channels: {
    data: (bytes: Buffer) => Promise<void>
    error: (words: string) => Promise<void>
    input: AsyncIterable<Buffer>
  },
) => Promise<void>

export type PodServer = {
  url: string
  /** Requests for an upgrade, in order. */
  upgrades: IncomingMessage[]
  /** Ports of the Pod connected to now. */
  sockets: Set<Duplex>
}

/** An API server that forwards ports as kubelets do, for the length of one test. */
export async function servePod(forward: Forward, tls?: ServerOptions): Promise<PodServer> {
  const upgrades: IncomingMessage[] = []
  const sockets = new Set<Duplex>()
  const server = await serve(
    (_request, response) => response.writeHead(400).end('no upgrade'),
    tls,
    (request, socket) => {
      upgrades.push(request)
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.write(
        [
          'HTTP/1.1 101 Switching Protocols',
          'Upgrade: websocket',
          'Connection: Upgrade',
          `Sec-WebSocket-Accept: ${websocketAccept(request.headers['sec-websocket-key'] ?? '')}`,
          `Sec-WebSocket-Protocol: ${request.headers['sec-websocket-protocol'] ?? ''}`,
          '\r\n',
        ].join('\r\n'),
      )
      void forwarded(socket, Number(new URL(request.url ?? '', server.url).searchParams.get('ports')), forward).catch(
        () => socket.destroy(),
      )
    },
  )
  return { url: server.url, upgrades, sockets }
}

async function forwarded(socket: Duplex, port: number, forward: Forward): Promise<void> {
  const link = openWebSocket(socket, { masks: false, most: 65_536 })
  const on = (channel: number, bytes: Buffer) => link.send(Buffer.concat([Buffer.from([channel]), bytes]))
  const named = Buffer.from([port & 0xff, port >> 8])
  await on(0, named)
  await on(1, named)
  await forward(port, {
    data: (bytes) => on(0, bytes),
    error: (words) => on(1, Buffer.from(words)),
    input: inputOf(link.messages),
  })
  link.close()
}

async function* inputOf(messages: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const message of messages) yield message.subarray(1)
}

/** A process in the Pod that answers HTTP. */
export async function httpForward(handler: Handler): Promise<Forward> {
  return forwardTo(await listen(createHttpServer(handler)))
}

/** A process in the Pod that speaks TLS, and says nothing after the handshake. */
export async function tlsForward(options: TlsOptions): Promise<Forward> {
  return forwardTo(await listen(createTlsServer(options, (socket) => socket.on('error', () => undefined))))
}

function forwardTo({ port: target }: { port: number }): Forward {
  return async (_port, { data, input }) => {
    const socket = connect(target, '127.0.0.1')
    const upwards = (async () => {
      for await (const bytes of input) socket.write(bytes)
      socket.destroy()
    })().catch(() => socket.destroy())
    for await (const bytes of socket) if (Buffer.isBuffer(bytes)) await data(bytes)
    void upwards
  }
}
