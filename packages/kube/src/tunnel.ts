import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, isIPv4, type Socket } from 'node:net'

export type Target = { host: string; port: number }

/** Why a proxy gave no tunnel: `ProxyRefused` with its answer, or `ProxySilent`. */
class TunnelError extends Error {
  readonly code: 'ProxyRefused' | 'ProxySilent'

  constructor(code: TunnelError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * A connection to the target through an http, https (CONNECT, RFC 9110 9.3.6) or socks5 (RFC 1928, 1929) proxy. Names
 * are looked up by the proxy. Rejects with TunnelError or with what the socket threw.
 */
export async function openTunnel(proxy: URL, target: Target, timeoutMs: number): Promise<Socket> {
  return proxy.protocol === 'socks5:' ? socksTunnel(proxy, target, timeoutMs) : connectTunnel(proxy, target, timeoutMs)
}

function connectTunnel(proxy: URL, { host, port }: Target, timeoutMs: number): Promise<Socket> {
  const secure = proxy.protocol === 'https:'
  const path = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const request = (secure ? secureRequest : plainRequest)({
    method: 'CONNECT',
    path,
    host: bare(proxy.hostname),
    port: Number(proxy.port) || (secure ? 443 : 80),
    headers: { host: path, ...authorizationOf(proxy) },
    agent: false,
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(silent(timeoutMs)), timeoutMs)
    request.once('connect', (response: IncomingMessage, socket: Socket, head: Buffer) => {
      clearTimeout(timer)
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
        return
      }
      socket.destroy()
      reject(refused(`the proxy answered ${response.statusCode}`))
    })
    rejectOnFailure(request, (error) => {
      clearTimeout(timer)
      reject(error)
    })
    request.end()
  })
}

/** A proxy that answers CONNECT like any other request says no, whatever its status. */
function rejectOnFailure(request: ClientRequest, reject: (error: Error) => void): void {
  request.once('error', reject)
  request.once('response', (response) => {
    response.destroy()
    reject(refused(`the proxy answered ${response.statusCode}`))
  })
}

async function socksTunnel(proxy: URL, target: Target, timeoutMs: number): Promise<Socket> {
  const socket = connect(Number(proxy.port) || 1080, bare(proxy.hostname))
  const timer = setTimeout(() => socket.destroy(silent(timeoutMs)), timeoutMs)
  try {
    await once(socket, 'connect')
    await socksLogin(socket, proxy)
    await socksConnect(socket, target)
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const noLogin = 0x00
const passwordLogin = 0x02

async function socksLogin(socket: Socket, proxy: URL): Promise<void> {
  const method = proxy.username === '' ? noLogin : passwordLogin
  socket.write(Buffer.from([5, 1, method]))
  const answer = await take(socket, 2)
  if (answer[1] !== method) throw refused('the proxy wants another login')
  if (method === noLogin) return
  const name = Buffer.from(decodeURIComponent(proxy.username))
  const password = Buffer.from(decodeURIComponent(proxy.password))
  socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([password.length]), password]))
  if ((await take(socket, 2))[1] !== 0) throw refused('the proxy refused the login')
}

async function socksConnect(socket: Socket, { host, port }: Target): Promise<void> {
  const name = Buffer.from(host)
  const address = isIPv4(host)
    ? Buffer.from([1, ...host.split('.').map(Number)])
    : Buffer.concat([Buffer.from([3, name.length]), name])
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), address, Buffer.from([port >> 8, port & 0xff])]))
  const [, reply, , type, first = 0] = await take(socket, 5)
  if (reply !== 0) throw refused(`the proxy answered ${reply}`)
  const addressBytes = type === 1 ? 4 : type === 4 ? 16 : first + 1
  await take(socket, addressBytes - 1 + 2)
}

/** The next bytes, as many as asked for: what comes after them stays for the next reader. */
async function take(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = socket.read(count)
    if (bytes instanceof Buffer && bytes.length === count) return bytes
    if (bytes instanceof Buffer || socket.readableEnded) throw refused('the proxy hung up')
    await once(socket, 'readable')
  }
}

function authorizationOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }
}

/** URLs write IPv6 addresses in brackets, sockets do not. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function refused(message: string): TunnelError {
  return new TunnelError('ProxyRefused', message)
}

function silent(timeoutMs: number): TunnelError {
  return new TunnelError('ProxySilent', `the proxy did not answer within ${timeoutMs} ms`)
}
