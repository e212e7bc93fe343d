import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { flagAt, isRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import { messageOf } from './actors/controller.ts'
import type { SettableClock } from './clock.ts'
import { changeOf } from './fault-names.ts'
import type { Fleet } from './fleet.ts'

/** Where drills break things: `POST {url}/faults` and `/clock`, header `authorization: Bearer {token}`. */
export type ControlEndpoint = { url: string; token: string; close: () => Promise<void> }

const MOST_CHARACTERS = 64 * 1024

/**
 * Loopback only. `/faults` takes {cluster, reset?, cutWatches?} and any key of fault-names.ts, and answers with what is
 * wrong with the cluster then. `/clock` takes {freeze?, thaw?, advanceMs?} and answers {now, frozen}.
 */
export async function startControlEndpoint(fleet: Fleet): Promise<ControlEndpoint> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    handle(fleet, token, request)
      .then(({ status, body }) => answer(response, status, body))
      .catch((error: unknown) => answer(response, 500, { error: messageOf(error) }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Answer = { status: number; body: object }

async function handle(fleet: Fleet, token: string, request: IncomingMessage): Promise<Answer> {
  if (!isAuthorized(request, token)) return { status: 401, body: { error: 'a bearer token is needed' } }
  const path = request.method === 'POST' ? request.url : undefined
  if (path !== '/faults' && path !== '/clock') return { status: 404, body: { error: 'POST /faults or /clock' } }
  const body = await jsonBody(request)
  if (body === undefined) return { status: 400, body: { error: 'the body is not a JSON object' } }
  return path === '/clock' ? setClock(fleet.clock, body) : setFaults(fleet, body)
}

function setClock(clock: SettableClock, body: unknown): Answer {
  const advanceMs = numberAt(body, 'advanceMs') ?? 0
  if (advanceMs < 0) return { status: 400, body: { error: 'time does not go back' } }
  if (flagAt(body, 'freeze') === true) clock.freeze()
  clock.advance(advanceMs)
  if (flagAt(body, 'thaw') === true) clock.thaw()
  return { status: 200, body: { now: clock.now().toISOString(), frozen: clock.frozen } }
}

function setFaults(fleet: Fleet, body: unknown): Answer {
  const member = fleet.clusters.get(textAt(body, 'cluster') ?? '')
  if (member === undefined) {
    return { status: 404, body: { error: `clusters are ${[...fleet.clusters.keys()].join(', ')}` } }
  }
  const change = changeOf(body)
  if (typeof change === 'string') return { status: 400, body: { error: change } }
  const { server, troubles } = member
  if (flagAt(body, 'reset') === true) {
    server.faults.reset()
    troubles.reset()
  }
  server.faults.set(change.faults)
  troubles.set(change.troubles)
  if (flagAt(body, 'cutWatches') === true) server.faults.cutWatches()
  return { status: 200, body: { cluster: member.name, faults: { ...server.faults.state, ...troubles.state } } }
}

function isAuthorized(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > MOST_CHARACTERS) return undefined
  }
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
