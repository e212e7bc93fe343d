import { request } from 'node:http'
import { afterEach } from 'vitest'
import { type ApiServer, type ApiServerOptions, startApiServer } from '../api-server.ts'
import { parseJson } from '../clone.ts'
import type { Json } from '@orbweaver/contracts/json'

export type Answer = { status: number; body: Json; text: string; warnings: string[]; headers: Record<string, string> }

export type Ask = {
  method?: string
  body?: unknown
  /** Content type of the body; JSON when absent. */
  type?: string
  token?: string
  headers?: Record<string, string | string[]>
  /** Milliseconds without an answer after which the request is given up. */
  patienceMs?: number
}

const open = new Set<ApiServer>()

afterEach(async () => {
  for (const server of open) await server.close()
  open.clear()
})

/** A server for one test, with `admin` (system:masters) and `alice` (group devs); closed after it. */
export async function testServer(options: Partial<ApiServerOptions> = {}): Promise<ApiServer> {
  const server = await startApiServer({ name: 'test', uidSeed: 'test', ...options })
  open.add(server)
  server.addUser({ token: 'admin', name: 'admin', groups: ['system:masters'] })
  server.addUser({ token: 'alice', name: 'alice', groups: ['devs'] })
  await server.settled()
  return server
}

export async function ask(server: ApiServer, path: string, how: Ask = {}): Promise<Answer> {
  const body = how.body === undefined ? undefined : typeof how.body === 'string' ? how.body : JSON.stringify(how.body)
  const headers: Record<string, string | string[]> = { 'User-Agent': 'tester/1', ...how.headers }
  if (how.token !== '') headers.Authorization = `Bearer ${how.token ?? 'admin'}`
  if (body !== undefined) {
    headers['Content-Type'] = how.type ?? 'application/json'
    headers['Content-Length'] = String(Buffer.byteLength(body))
  }
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, server.url), {
      method: how.method ?? (body === undefined ? 'GET' : 'POST'),
      headers,
    })
    sent.on('error', reject)
    if (how.patienceMs !== undefined) sent.setTimeout(how.patienceMs, () => sent.destroy(new Error('no answer')))
    sent.on('response', (response) => {
      const chunks: string[] = []
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = chunks.join('')
        const warnings = response.headersDistinct.warning ?? []
        const plain = Object.fromEntries(Object.entries(response.headers).map(([key, value]) => [key, String(value)]))
        resolve({ status: response.statusCode ?? 0, body: parsed(text), text, warnings, headers: plain })
      })
    })
    sent.end(body)
  })
}

function parsed(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

export const patchTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const

export function change(
  server: ApiServer,
  path: string,
  how: { type: keyof typeof patchTypes; body: unknown },
): Promise<Answer> {
  return ask(server, path, { method: 'PATCH', type: patchTypes[how.type], body: how.body })
}

export function deployment(name: string): Record<string, Json> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'app:1' }] } },
    },
  }
}

/** Lines of a watch as they come; ends with the stream. */
export async function* watchLines(server: ApiServer, path: string): AsyncIterable<Json> {
  const headers = { Authorization: 'Bearer admin' }
  const sent = request(new URL(path, server.url), { headers })
  const response = await new Promise<AsyncIterable<unknown>>((resolve, reject) => {
    sent.on('response', resolve)
    sent.on('error', reject)
    sent.end()
  })
  let rest = ''
  try {
    for await (const chunk of response) {
      rest += String(chunk)
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield parseJson(line)
    }
  } finally {
    sent.destroy()
  }
}
