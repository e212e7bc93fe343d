import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { textAt } from '@orbweaver/contracts/json'
import type { PrometheusCredentials } from '@orbweaver/contracts/prometheus-credentials'
import { Agent, type Dispatcher, request } from 'undici'

export type HttpRequest = {
  url: URL
  headers: Readonly<Record<string, string>>
  credentials: PrometheusCredentials
  deadlineMs: number
  maxAnswerBytes: number
}

/** A status and what was said, parsed where it is JSON; or why there was no answer, by the codes of the cluster door. */
export type HttpAnswer = { status: number; body: unknown } | { what: string }

const inflate = promisify(gunzip)

/** Connections are few, and shared by all who ask at the same authority. */
const connectTimeoutMs = 3_000
const agents = new Map<string, Agent>()
const mostAgents = 100

/** One GET. A redirect is an answer like any other: credentials go nowhere else. */
export async function getOverHttp(asked: HttpRequest): Promise<HttpAnswer> {
  const { url, credentials, deadlineMs, maxAnswerBytes } = asked
  const signal = AbortSignal.timeout(deadlineMs)
  try {
    const answer = await request(url, {
      dispatcher: agentFor(credentials.certificateAuthority),
      headers: {
        ...asked.headers,
        ...authorization(credentials),
        'accept-encoding': 'gzip',
        'user-agent': 'orbweaver',
      },
      signal,
    })
    return { status: answer.statusCode, body: await bodyOf(answer, maxAnswerBytes) }
  } catch (thrown) {
    return { what: signal.aborted ? 'kube.timeout' : whatOf(thrown) }
  }
}

function authorization({ token, user }: PrometheusCredentials): Record<string, string> {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (user === undefined) return {}
  return { authorization: `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}` }
}

function agentFor(ca = ''): Agent {
  const known = agents.get(ca)
  if (known !== undefined) return known
  const agent = new Agent({ connect: { timeout: connectTimeoutMs, ...(ca !== '' && { ca }) }, connections: 8 })
  const oldest = agents.keys().next().value
  if (agents.size >= mostAgents && oldest !== undefined) {
    void agents.get(oldest)?.close()
    agents.delete(oldest)
  }
  agents.set(ca, agent)
  return agent
}

class TooLarge extends Error {}

async function bodyOf({ body, headers }: Dispatcher.ResponseData, most: number): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > most) throw new TooLarge()
    chunks.push(bytes)
  }
  const whole = Buffer.concat(chunks)
  const plain = headers['content-encoding'] === 'gzip' ? await inflate(whole, { maxOutputLength: most }) : whole
  return parsed(plain.toString('utf8'))
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** Never the server's words: whoever answers at an address that was mistyped is not quoted. */
function whatOf(thrown: unknown): string {
  const code = textAt(thrown, 'code') ?? ''
  if (thrown instanceof TooLarge || code === 'ERR_BUFFER_TOO_LARGE') return 'kube.too_large'
  if (/CERT|^ERR_(TLS|SSL|OSSL|CRYPTO)|^EPROTO$|ISSUER|SIGNATURE|HOSTNAME/.test(code)) return 'kube.tls'
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return 'kube.timeout'
  return /^(HPE_|Z_)/.test(code) ? 'kube.bad_answer' : 'kube.unreachable'
}
