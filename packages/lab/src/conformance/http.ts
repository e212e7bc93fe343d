import { Agent as PlainAgent, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Duplex } from 'node:stream'

/** Where an API server is, and what verifies it. */
export type Endpoint = { readonly server: string; readonly ca?: string }

export type Outgoing = {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body?: Buffer | undefined
}

const agents = {
  plain: new PlainAgent({ keepAlive: true, maxSockets: 64 }),
  secure: new SecureAgent({ keepAlive: true, maxSockets: 64 }),
}

/** Milliseconds without a byte after which a request counts as lost; watches may be silent for longer. */
const silenceMs = 30_000

/** Sends, and resolves with the head of the answer; the caller reads the rest. */
export function send({ server, ca }: Endpoint, outgoing: Outgoing): Promise<IncomingMessage> {
  const url = new URL(outgoing.path, server)
  const options = { method: outgoing.method, headers: outgoing.headers }
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? secureRequest(url, { ...options, agent: agents.secure, ...(ca === undefined ? {} : { ca }) })
        : plainRequest(url, { ...options, agent: agents.plain })
    request.setTimeout(silenceMs, () => request.destroy(new Error(`no answer to ${outgoing.method} ${outgoing.path}`)))
    request.on('error', reject)
    request.on('response', resolve)
    request.end(outgoing.body)
  })
}

/** What a request for an upgrade got: a connection, or an answer. */
export type Upgraded = { readonly answer: IncomingMessage; readonly socket?: Duplex }

/** Over a connection of its own. */
export async function sendUpgrade({ server, ca }: Endpoint, { method, path, headers }: Outgoing): Promise<Upgraded> {
  const url = new URL(path, server)
  const options = { method, headers: { ...headers, connection: 'Upgrade' }, agent: false }
  const request =
    url.protocol === 'https:'
      ? secureRequest(url, { ...options, ...(ca === undefined ? {} : { ca }) })
      : plainRequest(url, options)
  request.end()
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('response', (answer) => resolve({ answer }))
    request.on('upgrade', (answer, socket, head) => {
      if (head.length > 0) socket.unshift(head)
      resolve({ answer, socket })
    })
  })
}

export async function bytesOf(message: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Whole lines as they come. */
export async function* linesOf(message: AsyncIterable<unknown>): AsyncIterable<string> {
  let rest = ''
  for await (const chunk of message) {
    rest += String(chunk)
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

/** Headers by lower-case name; lists stay lists. */
export function headersOf(message: IncomingMessage): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    const [first, ...more] = values ?? []
    if (first !== undefined) headers[name] = more.length === 0 ? first : [first, ...more]
  }
  return headers
}
