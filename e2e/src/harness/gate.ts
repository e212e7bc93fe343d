import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type Duplex, pipeline } from 'node:stream'
import { text } from 'node:stream/consumers'

/** One lasting write that came through: what it was, in whose name, and its number among all of them. */
export type Write = {
  number: number
  cluster: string
  method: string
  path: string
  /** Whom the console impersonated; undefined for what it did as itself. */
  user: string | undefined
  /** What the API server answered; undefined until it has, and for ever where the write was dropped. */
  status?: number
}

/** What to do with a write; `forward` goes on as if nobody had looked. */
type Ruling = 'forward' | 'drop' | 'forward-and-hold'

export type Gate = {
  /** Address under which the cluster is reached through the gate. */
  url(cluster: string): string
  readonly writes: readonly Write[]
  /** Asked for every lasting write, before it reaches the API server; one at a time. */
  rule(ruling: (write: Write) => Ruling | Promise<Ruling>): void
  reset(): void
  close(): Promise<void>
}

/** The clusters behind a gate, and the bearer tokens of those whose writes it counts: others use the addresses as well. */
export type Behind = { targets: ReadonlyMap<string, string>; counted: ReadonlySet<string> }

/**
 * A proxy before the API servers of a fleet, as the console sees them. Counts what lasts: not reads, dry runs, access
 * reviews and the Lease. `drop` cuts the connection before the write is forwarded, `forward-and-hold` lets it be stored
 * and never answers: the two moments at which a killed console knows least.
 */
export async function openGate({ targets, counted }: Behind): Promise<Gate> {
  const state: State = { counted, writes: [], ruling: () => 'forward', queue: Promise.resolve() }
  const servers = new Map<string, Server>()
  for (const [cluster, target] of targets) {
    const server = createServer((request, response) => void pass(state, { cluster, target, request, response }))
    server.on('upgrade', (request, socket, head) => tunnel(target, { request, socket, head }))
    // An API server does not hang up on an idle connection; one that does cuts the next call off.
    server.keepAliveTimeout = 0
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    servers.set(cluster, server)
  }
  return {
    url: (cluster) => `http://127.0.0.1:${portOf(servers.get(cluster))}`,
    get writes() {
      return state.writes
    },
    rule(ruling) {
      state.ruling = ruling
    },
    reset() {
      state.writes = []
      state.ruling = () => 'forward'
    },
    async close() {
      for (const server of servers.values()) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

type State = {
  counted: ReadonlySet<string>
  writes: Write[]
  ruling: (write: Write) => Ruling | Promise<Ruling>
  queue: Promise<unknown>
}
type Passing = {
  cluster: string
  target: string
  request: IncomingMessage
  response: ServerResponse
  /** What was read of the request already. */
  body?: string
}

function portOf(server: Server | undefined): number {
  const address: AddressInfo | string | null | undefined = server?.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const reviews = /\/(selfsubject|subject|localsubject|token)[a-z]*reviews$/

/** Whether this request, once it is answered, has changed something that stays. */
function isLasting({ method = 'GET', url = '' }: IncomingMessage, body: string | undefined): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false
  const { pathname, searchParams } = new URL(url, 'http://gate')
  if (searchParams.has('dryRun') || reviews.test(pathname)) return false
  // Deletes say it in their DeleteOptions.
  if (body?.includes('"dryRun":["All"]') === true) return false
  return !pathname.includes('/coordination.k8s.io/')
}

async function pass(state: State, given: Passing): Promise<void> {
  const { request, cluster } = given
  if (request.method === 'GET') return void (await forward(given, 'forward'))
  const body = await text(request).catch(() => undefined)
  // Whoever died in the middle of a request has asked for nothing.
  if (body === undefined) return
  const passing = { ...given, body }
  const isCounted = state.counted.has(request.headers.authorization?.replace(/^Bearer /, '') ?? '')
  if (!isCounted || !isLasting(request, body)) return void (await forward(passing, 'forward'))
  const turn = state.queue.then(async () => {
    if (request.socket.destroyed) return
    const write: Write = {
      number: state.writes.length + 1,
      cluster,
      method: request.method ?? '',
      path: new URL(request.url ?? '/', 'http://gate').pathname,
      user: request.headers['impersonate-user']?.toString(),
    }
    state.writes.push(write)
    const ruling = await state.ruling(write)
    if (ruling === 'drop') request.socket.destroy()
    else write.status = await forward(passing, ruling)
  })
  state.queue = turn.catch(() => undefined)
  await turn
}

type Upgrading = { request: IncomingMessage; socket: Duplex; head: Buffer }

/** A port of a Pod: what passes there is between its caller and the Pod, whatever the API server answers. */
function tunnel(target: string, { request, socket, head }: Upgrading): void {
  const { hostname, port } = new URL(target)
  const upstream = connect(Number(port), hostname)
  const { method, url, rawHeaders } = request
  const headers = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('')
  upstream.write(`${method} ${url} HTTP/1.1\r\n${headers}\r\n`)
  upstream.write(head)
  pipeline(socket, upstream, socket, () => undefined)
}

/** What the API server answered (HTTP status); 502 where it could not be asked. A held answer is known to be stored. */
function forward({ target, request, response, body }: Passing, ruling: Exclude<Ruling, 'drop'>): Promise<number> {
  return new Promise((resolve) => {
    const headers = { ...request.headers, host: new URL(target).host }
    const upstream = send(`${target}${request.url ?? '/'}`, { method: request.method, headers }, (answer) => {
      if (ruling === 'forward') {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        response.flushHeaders()
        // A watch that is cut behind the gate is cut before it, too.
        pipeline(answer, response, () => undefined)
      } else answer.resume()
      // A watch is never over: its caller does not wait for the end.
      resolve(answer.statusCode ?? 502)
    })
    upstream.on('error', () => {
      response.destroy()
      resolve(502)
    })
    response.on('close', () => upstream.destroy())
    if (body === undefined) request.pipe(upstream)
    else upstream.end(body)
  })
}
