import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Directory, parseAuthority, resolve } from './connect-target.ts'

export type EgressProxy = { readonly close: () => Promise<void> }

type Say = (line: string) => void

const refuse = (client: Duplex, reason: string): void => {
  client.end(`HTTP/1.1 502 ${reason.replaceAll(/[^ -~]/g, ' ')}\r\nconnection: close\r\n\r\n`)
}

const pipe = (client: Duplex, upstream: Socket): void => {
  client.pipe(upstream).pipe(client)
  client.on('error', () => upstream.destroy())
  client.on('close', () => upstream.destroy())
  upstream.on('close', () => client.destroy())
}

const lead = (client: Duplex, head: Buffer, port: number): void => {
  const upstream = connect(port, '127.0.0.1')
  const failed = (error: Error): void => refuse(client, `127.0.0.1:${port}: ${error.message}`)
  upstream.once('error', failed)
  upstream.once('connect', () => {
    upstream.off('error', failed)
    upstream.on('error', () => client.destroy())
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    if (head.length > 0) upstream.write(head)
    pipe(client, upstream)
  })
}

/**
 * The way out of an API server: takes the CONNECT that it sends for each webhook and kubelet call,
 * and leads it to the process on this machine that stands for the address. Nothing else is dialled.
 */
export const startEgressProxy = (
  cluster: string,
  socket: string,
  given: { directory: Directory; say: Say },
): Promise<EgressProxy> => {
  const open = new Set<Duplex>()
  const server: Server = createServer((_request, response) => response.writeHead(405).end())
  const answer = async (client: Duplex, authority: string, head: Buffer): Promise<void> => {
    const destination = parseAuthority(authority)
    if (destination === undefined) return refuse(client, `not a destination: ${authority}`)
    const resolution = await resolve(given.directory, { cluster, ...destination })
    if ('port' in resolution) return lead(client, head, resolution.port)
    given.say(`${cluster}: CONNECT ${authority} refused: ${resolution.refusal}`)
    return refuse(client, resolution.refusal)
  }
  server.on('connect', (request, client, head) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => open.delete(client))
    answer(client, request.url ?? '', head).catch((error: unknown) => refuse(client, String(error)))
  })
  const close = (): Promise<void> =>
    new Promise((closed) => {
      for (const client of open) client.destroy()
      server.close(() => closed())
    })
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(socket, () => done({ close }))
  })
}
