import { type IncomingHttpHeaders, request } from 'node:http'
import { textAt } from '@orbweaver/contracts/json'

export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  text: string
  body: unknown
  code: string | undefined
}

export type Call = {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is. */
  raw?: string | Buffer
}

/** One request over a connection of its own, with whatever headers the test wants, Host and Origin included. */
export function call(address: string, path: string, options: Call = {}): Promise<Answer> {
  const payload = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  const type: Record<string, string> = options.body === undefined ? {} : { 'content-type': 'application/json' }
  const method = options.method ?? (payload === undefined ? 'GET' : 'POST')
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, address),
      { method, agent: false, headers: { ...type, ...options.headers } },
      (got) => {
        let text = ''
        got.setEncoding('utf8')
        got.on('data', (chunk: string) => {
          text += chunk
        })
        got.on('end', () => {
          const body = parsed(text)
          resolve({ status: got.statusCode ?? 0, headers: got.headers, text, body, code: textAt(body, 'code') })
        })
        got.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(payload)
  })
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** What the browser keeps of Set-Cookie: name and value. */
export function cookieOf(answer: Answer): string {
  return (answer.headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0]).join('; ')
}

export type SignedInClient = {
  cookie: string
  csrf: string
  write: (path: string, options?: Call) => Promise<Answer>
  read: (path: string) => Promise<Answer>
}

/** Signs in as a persona (mode local) or with a token, and keeps cookie and CSRF token as the console does. */
export async function signIn(
  address: string,
  who: { mode: 'local'; persona: string } | { mode: 'token'; token: string },
): Promise<SignedInClient> {
  const answer = await call(address, '/api/v1/session', { body: who })
  if (answer.status !== 200) throw new Error(`not signed in: ${answer.text}`)
  const cookie = cookieOf(answer)
  const csrf = textAt(answer.body, 'csrfToken') ?? ''
  return {
    cookie,
    csrf,
    read: (path) => call(address, path, { headers: { cookie } }),
    write: (path, options = {}) =>
      call(address, path, {
        method: 'POST',
        ...options,
        headers: { cookie, 'x-csrf-token': csrf, origin: address, ...options.headers },
      }),
  }
}
