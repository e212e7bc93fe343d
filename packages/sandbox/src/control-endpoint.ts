import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { flagAt, isRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import { messageOf } from './actors/controller.ts'
import type { Fleet } from './fleet.ts'
import type { Faults, FaultState } from './server/faults.ts'

/** Where drills break things: `POST {url}/faults`, header `authorization: Bearer {token}`. */
export type ControlEndpoint = { url: string; token: string; close: () => Promise<void> }

const MOST_CHARACTERS = 64 * 1024
const FLAGS = ['blackHole', 'refuse', 'unauthorized'] as const
const NUMBERS = ['latencyMs', 'errorRate', 'tooManyRequests'] as const

/**
 * Loopback only. Body: {cluster, reset?, cutWatches?, blackHole?, refuse?, unauthorized?, latencyMs?, errorRate?,
 * tooManyRequests?}; answers with the cluster's faults as they are then.
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
  if (request.method !== 'POST' || request.url !== '/faults') return { status: 404, body: { error: 'POST /faults' } }
  const body = await jsonBody(request)
  if (body === undefined) return { status: 400, body: { error: 'the body is not a JSON object' } }
  const member = fleet.clusters.get(textAt(body, 'cluster') ?? '')
  if (member === undefined) {
    return { status: 404, body: { error: `clusters are ${[...fleet.clusters.keys()].join(', ')}` } }
  }
  const { faults } = member.server
  applyFaults(faults, body)
  return { status: 200, body: { cluster: member.name, faults: faults.state } }
}

function applyFaults(faults: Faults, body: unknown): void {
  if (flagAt(body, 'reset') === true) faults.reset()
  const change: Partial<FaultState> = {}
  for (const flag of FLAGS) change[flag] = flagAt(body, flag) ?? faults.state[flag]
  for (const number of NUMBERS) change[number] = numberAt(body, number) ?? faults.state[number]
  faults.set(change)
  if (flagAt(body, 'cutWatches') === true) faults.cutWatches()
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
