import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, createServer as createTcpServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, listen, sendJson, serve } from './testing/server.ts'

const place = { namespace: 'shop', name: 'web' }
const pem = (name: string) => readFileSync(new URL(`../testdata/${name}.pem`, import.meta.url), 'utf8')

async function apiServer() {
  const groups: unknown[] = []
  const server = await serve(
    (request, response) => {
      groups.push(request.headersDistinct['impersonate-group'])
      if (request.url?.includes('watch=true') === true) {
        response.end('{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}}\n')
      } else sendJson(response, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } })
    },
    { cert: pem('server'), key: pem('server.key') },
  )
  return { ...server, groups }
}

/** A proxy that tunnels with CONNECT, or refuses with a status, or never answers. */
async function proxy(behaviour: 'tunnel' | 'hang' | number) {
  const asked: { target: string | undefined; authorization: string | undefined }[] = []
  const server = createServer()
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] })
    if (behaviour === 'hang') return
    if (typeof behaviour === 'number') {
      client.end(`HTTP/1.1 ${behaviour} No\r\n\r\n`)
      return
    }
    tunnel(client, request.url)
  })
  const { port } = await listen(server)
  return { port, asked }
}

function tunnel(client: Socket, target: string | undefined) {
  const [host, port] = (target ?? '').split(':')
  const upstream = connect(Number(port), host, () => {
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    upstream.pipe(client)
    client.pipe(upstream)
  })
  upstream.on('error', () => client.destroy())
  client.on('error', () => upstream.destroy())
  client.on('close', () => upstream.destroy())
}

describe('an HTTP proxy', () => {
  it('tunnels calls, watches and every group line', async () => {
    const api = await apiServer()
    const { port, asked } = await proxy('tunnel')
    const connection = { certificateAuthority: pem('ca'), proxyUrl: `http://ann:pass%20word@127.0.0.1:${port}` }
    const client = clientOf(api, { connection }).as({ user: 'alice', groups: ['one', 'two'] })
    expect((await client.get(pods, place)).metadata.name).toBe('web')
    for await (const event of client.watch(pods, {})) expect(event).toMatchObject({ resourceVersion: '7' })
    expect(api.groups).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
    const authorization = `Basic ${Buffer.from('ann:pass word').toString('base64')}`
    expect(asked).toEqual([
      { target: `127.0.0.1:${api.port}`, authorization },
      { target: `127.0.0.1:${api.port}`, authorization },
    ])
  })

  it('leaves the server to prove itself, under its given name', async () => {
    const api = await apiServer()
    const { port } = await proxy('tunnel')
    const proxyUrl = `http://127.0.0.1:${port}`
    const doubted = clientOf(api, { connection: { certificateAuthority: pem('other-ca'), proxyUrl } })
    expect(await failureOf(doubted.get(pods, place))).toMatchObject({ code: 'tls' })
    const misnamed = clientOf(api, {
      connection: { certificateAuthority: pem('ca'), proxyUrl, tlsServerName: 'api.internal.test' },
    })
    expect(await failureOf(misnamed.get(pods, place))).toMatchObject({ code: 'tls' })
  })

  it.each([403, 407, 502])(
    'that answers %s makes the cluster unreachable, without a word of its password',
    async (status) => {
      const { port } = await proxy(status)
      const connection = { proxyUrl: `http://ann:canary-password@127.0.0.1:${port}` }
      const error = await failureOf(clientOf({ url: 'https://127.0.0.1:1' }, { connection }).get(pods, place))
      expect(error).toMatchObject({ code: 'unreachable', reason: 'ProxyRefused' })
      expect(error.message).toContain(String(status))
      expect(JSON.stringify([error, error.stack])).not.toContain('canary')
    },
  )

  it('that hangs ends with the call', async () => {
    const { port, asked } = await proxy('hang')
    const client = clientOf({ url: 'https://127.0.0.1:1' }, { connection: { proxyUrl: `http://127.0.0.1:${port}` } })
    const startedAt = performance.now()
    expect(await failureOf(client.get(pods, place, { deadlineMs: 100 }))).toMatchObject({ code: 'timeout' })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(asked.length).toBeGreaterThan(0)
    const impatient = { limits: { connectTimeoutMs: 50 }, connection: { proxyUrl: `http://127.0.0.1:${port}` } }
    const error = await failureOf(clientOf({ url: 'https://127.0.0.1:1' }, impatient).get(pods, place))
    expect(error).toMatchObject({ code: 'unreachable', reason: 'ProxySilent' })
  })

  it('that is not there is unreachable', async () => {
    const connection = { proxyUrl: 'http://127.0.0.1:1' }
    const client = clientOf({ url: 'https://127.0.0.1:2' }, { connection })
    expect(await failureOf(client.get(pods, place))).toMatchObject({ code: 'unreachable' })
  })
})

/** Enough of RFC 1928 and 1929 for one CONNECT to an IPv4 address; with a password, it is asked for. */
async function socksProxy(password?: string) {
  const targets: string[] = []
  const { port } = await listen(
    createTcpServer((client) => {
      const connectTo = (request: Buffer) => {
        const host = [...request.subarray(4, 8)].join('.')
        const target = request.readUInt16BE(8)
        targets.push(`${host}:${target}`)
        const upstream = connect(target, host, () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
          upstream.pipe(client)
          client.pipe(upstream)
        })
        client.on('close', () => upstream.destroy())
        upstream.on('error', () => client.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])))
      }
      client.once('data', () => {
        client.write(Buffer.from([5, password === undefined ? 0 : 2]))
        client.once('data', (login: Buffer) => {
          if (password === undefined) {
            connectTo(login)
            return
          }
          const right = login
            .subarray(1)
            .equals(Buffer.from(`\u0003ann${String.fromCharCode(password.length)}${password}`))
          client.write(Buffer.from([1, right ? 0 : 1]))
          client.once('data', connectTo)
        })
      })
    }),
  )
  return { port, targets }
}

describe('a SOCKS5 proxy', () => {
  it('tunnels as well', async () => {
    const api = await apiServer()
    const { port, targets } = await socksProxy()
    const connection = { certificateAuthority: pem('ca'), proxyUrl: `socks5://127.0.0.1:${port}` }
    const client = clientOf(api, { connection }).as({ user: 'alice', groups: ['one', 'two'] })
    expect((await client.get(pods, place)).metadata.name).toBe('web')
    expect(targets).toEqual([`127.0.0.1:${api.port}`])
    expect(api.groups).toEqual([['one', 'two']])
  })

  it('gets its password, and only the right one opens', async () => {
    const api = await apiServer()
    const { port } = await socksProxy('se cret')
    const through = (login: string) =>
      clientOf(api, {
        connection: { certificateAuthority: pem('ca'), proxyUrl: `socks5://${login}127.0.0.1:${port}` },
      }).get(pods, place)
    expect((await through('ann:se%20cret@')).metadata.name).toBe('web')
    for (const login of ['ann:canary@', '']) {
      const error = await failureOf(through(login))
      expect(error).toMatchObject({ code: 'unreachable', reason: 'ProxyRefused' })
      expect(JSON.stringify([error, error.stack])).not.toContain('canary')
    }
  })

  it('that cannot reach the server says so', async () => {
    const { port } = await socksProxy()
    const client = clientOf({ url: 'https://127.0.0.1:1' }, { connection: { proxyUrl: `socks5://127.0.0.1:${port}` } })
    expect(await failureOf(client.get(pods, place))).toMatchObject({ code: 'unreachable', reason: 'ProxyRefused' })
  })
})
