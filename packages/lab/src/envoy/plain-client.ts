import { createConnection, isIP, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import type { Call } from './answer.ts'
import type { Identities } from './certificates.ts'

/** What came back: an HTTP answer, bytes of another kind, or nothing before the end. */
export type Observed =
  | { readonly kind: 'http'; readonly status: number; readonly location: string; readonly body: string }
  | { readonly kind: 'bytes'; readonly text: string }
  | { readonly kind: 'closed' }

type Asking = {
  readonly listener: number
  readonly destination: { readonly address: string; readonly port: number }
  readonly call: Call
  readonly token: string | undefined
  readonly identities: Identities
}

const deadlineMs = 8_000
const settledMs = 500

/** One call, with the PROXY protocol in front, which says who calls and whom. */
export async function ask({ listener, destination, call, token, identities }: Asking): Promise<Observed> {
  const { tls } = call.connection
  const own = tls?.principal === undefined ? undefined : await identities.of(tls.principal)
  const raw = createConnection({ host: '127.0.0.1', port: listener })
  raw.setTimeout(deadlineMs, () => raw.destroy(new Error('no answer')))
  raw.write(`PROXY TCP4 ${call.connection.source} ${destination.address} 40000 ${destination.port}\r\n`)
  const sent = bytesOf(call, token)
  if (tls !== undefined) return overTls(raw, { sent, tls, own: own && { cert: own.chain, key: own.key } })
  raw.write(sent)
  return observed(await everything(raw, sent), sent)
}

type OverTls = {
  readonly sent: string
  readonly tls: NonNullable<Call['connection']['tls']>
  readonly own: { readonly cert: string; readonly key: string } | undefined
}

/** What passes TLS through answers without it: such bytes are looked at before the handshake sees them. */
async function overTls(raw: Socket, { sent, tls, own }: OverTls): Promise<Observed> {
  const seen: Buffer[] = []
  const wrapped = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _, done) => void raw.write(chunk, () => done()),
    final: (done) => void raw.end(() => done()),
  })
  raw.on('data', (chunk: Buffer) => {
    seen.push(chunk)
    wrapped.push(chunk)
  })
  raw.on('error', () => undefined) // closed is closed
  const secure = connect({
    socket: wrapped,
    rejectUnauthorized: false,
    ALPNProtocols: [...tls.alpn],
    ...(tls.sni !== undefined && !isIP(tls.sni) && { servername: tls.sni }), // of addresses TLS tells nothing
    ...own,
  })
  raw.on('close', () => {
    wrapped.push(null)
    setTimeout(() => secure.destroy(), settledMs) // what has come is told first; a broken handshake tells nothing
  })
  secure.write(sent)
  const text = await everything(secure, sent)
  raw.destroy()
  const plain = Buffer.concat(seen).toString('latin1')
  return observed(plain.startsWith('tcp ') ? plain : text, sent)
}

/** What comes until the end, or until all that was sent has come back. */
function everything(from: Duplex, sent: string): Promise<string> {
  return new Promise((done) => {
    const parts: Buffer[] = []
    const end = () => done(Buffer.concat(parts).toString('latin1'))
    from.on('data', (chunk: Buffer) => {
      parts.push(chunk)
      if (Buffer.concat(parts).toString('latin1') === sent) from.end()
    })
    from.on('error', end)
    from.on('close', end)
  })
}

function bytesOf({ request }: Call, token: string | undefined): string {
  if (request === undefined) return 'echo\n'
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
  return [
    `${request.method} ${request.path} HTTP/1.1`,
    `host: ${request.authority}`,
    ...headers,
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    'connection: close',
    '',
    '',
  ].join('\r\n')
}

/** Where what was sent came back, that is an echo, whatever it was. */
function observed(text: string, sent: string): Observed {
  if (text === '') return { kind: 'closed' }
  if (text === sent) return { kind: 'bytes', text: 'echo' }
  const [, status] = /^HTTP\/1\.[01] (\d{3})/u.exec(text) ?? []
  if (status === undefined) return { kind: 'bytes', text: text.trim() }
  const split = text.indexOf('\r\n\r\n')
  const [, location = ''] = /\r\nlocation: ([^\r\n]*)/iu.exec(text.slice(0, split)) ?? []
  return { kind: 'http', status: Number(status), location, body: text.slice(split + 4) }
}
