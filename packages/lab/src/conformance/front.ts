import { createServer, type IncomingMessage, ServerResponse } from 'node:http'
import { type Duplex, pipeline } from 'node:stream'
import { isJson, isRecord, type Json } from '@orbweaver/contracts/json'
import type { Answered, Breakage, Sent } from './breakage.ts'
import { bytesOf, type Endpoint, headersOf, linesOf, send, sendUpgrade } from './http.ts'

/** What a check talks to: the target, with a breakage in between. Intact runs go the same way, through nothing. */
export type Front = { readonly url: string; readonly close: () => Promise<void> }

type Behind = { readonly endpoint: Endpoint; readonly admin: string; readonly breakage: Breakage }

export async function openFront(behind: Behind): Promise<Front> {
  const server = createServer((request, response) => {
    pass(behind, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(502).end(`front: ${String(error)}`)
    })
  })
  // As long as API servers keep theirs: a check may be silent for longer than Node's five seconds.
  server.keepAliveTimeout = 90_000
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Node hands it over without a listener: a client that is gone before there is a way on would end the process.
    socket.on('error', () => socket.destroy())
    if (head.length > 0) socket.unshift(head)
    passUpgrade(behind, request, socket).catch((error: unknown) => socket.destroy(asError(error)))
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, close }
}

/** Those of one hop only, and lengths that may no longer be right. */
const hopHeaders: readonly string[] = ['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding']

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

async function pass(behind: Behind, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await bytesOf(request)
  const sent = sentOf(request, bytes)
  const asked = JSON.stringify(sent.body)
  if (behind.breakage.kind === 'request') behind.breakage.request(sent, { admin: behind.admin })
  const unchanged = JSON.stringify(sent.body) === asked
  const body = unchanged ? bytes : Buffer.from(JSON.stringify(sent.body ?? null))
  if (body.length > 0) sent.headers['content-length'] = String(body.length)
  const answer = await send(behind.endpoint, {
    method: sent.method,
    path: pathOf(sent),
    headers: sent.headers,
    body,
  })
  response.on('close', () => answer.destroy())
  if (isStream(sent) && answer.statusCode === 200) await streamed(behind.breakage, answer, response)
  else await answered(behind.breakage, { sent, answer }, response)
}

/** A connection that is handed over is nobody's to look into: what may be broken is the request for it. */
async function passUpgrade(behind: Behind, request: IncomingMessage, socket: Duplex): Promise<void> {
  const sent = sentOf(request, Buffer.alloc(0))
  if (behind.breakage.kind === 'request') behind.breakage.request(sent, { admin: behind.admin })
  const { method, headers } = sent
  const { answer, socket: target } = await sendUpgrade(behind.endpoint, { method, path: pathOf(sent), headers })
  if (target === undefined) {
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(request.socket)
    response.on('finish', () => socket.end())
    await answered(behind.breakage, { sent, answer }, response)
    return
  }
  const lines = Object.entries(headersOf(answer)).map(([name, value]) => `${name}: ${[value].flat().join(', ')}\r\n`)
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
  pipeline(socket, target, socket, () => undefined)
}

function sentOf(request: IncomingMessage, bytes: Buffer): Sent {
  const url = new URL(request.url ?? '/', 'http://front')
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: withoutHop(headersOf(request)),
    body: parsed(bytes),
  }
}

function pathOf({ path, query }: Sent): string {
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

function withoutHop(headers: Record<string, string | string[]>): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.includes(name)))
}

function isStream({ query }: Sent): boolean {
  return ['1', 'true'].includes(query.get('watch') ?? '')
}

async function streamed(breakage: Breakage, answer: IncomingMessage, response: ServerResponse): Promise<void> {
  answer.socket.setTimeout(0)
  response.writeHead(200, withoutHop(headersOf(answer)))
  response.flushHeaders()
  const change = breakage.kind === 'form' ? breakage.event : undefined
  for await (const line of linesOf(answer)) {
    const event = parsed(Buffer.from(line))
    const kept = change === undefined || !isRecord(event) ? line : told(change(event))
    if (kept !== undefined) response.write(`${kept}\n`)
  }
  response.end()
}

const told = (event: Json | undefined): string | undefined => (event === undefined ? undefined : JSON.stringify(event))

async function answered(
  breakage: Breakage,
  { sent, answer }: { sent: Sent; answer: IncomingMessage },
  response: ServerResponse,
): Promise<void> {
  const bytes = await bytesOf(answer)
  const reply: Answered = {
    status: answer.statusCode ?? 0,
    headers: withoutHop(headersOf(answer)),
    body: parsed(bytes),
  }
  const before = JSON.stringify(reply.body)
  if (breakage.kind === 'form') breakage.answer?.(reply, sent)
  const unchanged = JSON.stringify(reply.body) === before
  response.writeHead(reply.status, reply.headers)
  response.end(unchanged ? bytes : JSON.stringify(reply.body ?? null))
}

/** Undefined for what is no JSON: it passes as it is. */
function parsed(bytes: Buffer): Json | undefined {
  if (bytes.length === 0) return undefined
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}
