import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { failureOf } from './testing/failure.ts'
import { type Forward, httpForward, servePod } from './testing/pod.ts'
import { clientOf, type Handler, listen, sendJson, serve } from './testing/server.ts'

const istiod = { namespace: 'istio-system', name: 'istiod-1' }
const clusterz = { port: 15014, path: '/debug/clusterz?pretty' }
const pem = (name: string) => readFileSync(new URL(`../testdata/${name}.pem`, import.meta.url), 'utf8')

const answering = async (handler: Handler) => servePod(await httpForward(handler))
const forever: Forward = (_port, { input }) => drained(input)

async function drained(input: AsyncIterable<Buffer>): Promise<void> {
  for await (const bytes of input) if (bytes.length === 0) return
}

describe('an answer of a process in a Pod', () => {
  it('comes with its status, parsed when it is JSON and as text when it is not', async () => {
    const seen: string[] = []
    const server = await answering((request, response) => {
      seen.push(`${request.headers.host} ${request.url}`)
      if (request.url === '/version') response.end('1.31.0-unknown-Clean')
      else if (request.url === '/ready') response.writeHead(503).end()
      else sendJson(response, [{ id: 'hub', syncStatus: 'synced' }])
    })
    const client = clientOf(server)
    const body = [{ id: 'hub', syncStatus: 'synced' }]
    expect(await client.getThroughPod(istiod, clusterz)).toEqual({ status: 200, body })
    const version = await client.getThroughPod(istiod, { port: 8080, path: '/version' })
    expect(version).toEqual({ status: 200, body: '1.31.0-unknown-Clean' })
    expect(await client.getThroughPod(istiod, { port: 8080, path: '/ready' })).toEqual({ status: 503, body: '' })
    expect(seen).toEqual(['localhost:15014 /debug/clusterz?pretty', 'localhost:8080 /version', 'localhost:8080 /ready'])
    expect(server.upgrades.map(({ url }) => url)).toEqual(
      [15014, 8080, 8080].map((port) => `/api/v1/namespaces/istio-system/pods/istiod-1/portforward?ports=${port}`),
    )
  })

  it('may come in chunks, be long, and many at once, and leaves no connection behind', async () => {
    const long = 'x'.repeat(300_000)
    const server = await answering((request, response) => {
      response.setHeader('content-type', 'application/json')
      for (let from = 0; from < long.length; from += 70_000) {
        response.write(from === 0 ? `["${request.url}${long.slice(0, 70_000)}` : long.slice(from, from + 70_000))
      }
      response.end('"]')
    })
    const client = clientOf(server)
    const paths = Array.from({ length: 8 }, (_, index) => `/${index}`)
    const answers = await Promise.all(paths.map((path) => client.getThroughPod(istiod, { port: 8080, path })))
    expect(answers.map(({ body }) => body)).toEqual(paths.map((path) => [`${path}${long}`]))
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('is refused beyond the limit, however it comes', async () => {
    const server = await answering((request, response) => {
      if (request.url === '/length') response.setHeader('content-length', 5_000)
      response.end('x'.repeat(5_000))
    })
    for (const path of ['/length', '/chunks']) {
      const asked = clientOf(server).getThroughPod(istiod, { port: 8080, path, maxAnswerBytes: 4_000 })
      expect(await failureOf(asked)).toMatchObject({ code: 'too_large', reason: 'AnswerSize' })
    }
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('that is no HTTP or not the JSON it says it is is a bad one', async () => {
    const noise = await servePod(async (_port, { data }) => data(Buffer.from('SSH-2.0-dropbear\r\n')))
    expect(await failureOf(clientOf(noise).getThroughPod(istiod, clusterz))).toMatchObject({ code: 'bad_answer' })
    const html = await answering((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end('<html>')
    })
    expect(await failureOf(clientOf(html).getThroughPod(istiod, clusterz))).toMatchObject({ code: 'bad_answer' })
  })
})

describe('the call', () => {
  it('speaks as the cluster is spoken to: over TLS, with its token, as another identity', async () => {
    const tls = { cert: pem('server'), key: pem('server.key') }
    const server = await servePod(await httpForward((_request, response) => response.end('1.31.0')), tls)
    const connection = { certificateAuthority: pem('ca'), token: 'secret-token' }
    const client = clientOf(server, { connection }).as({ user: 'alice', groups: ['dev', 'ops'] })
    expect(await client.getThroughPod(istiod, { port: 8080, path: '/version' })).toEqual({
      status: 200,
      body: '1.31.0',
    })
    const [upgrade] = server.upgrades
    expect(upgrade?.headers).toMatchObject({
      accept: '*/*',
      authorization: 'Bearer secret-token',
      'impersonate-user': 'alice',
      'sec-websocket-protocol': 'v4.channel.k8s.io',
    })
    expect(upgrade?.headersDistinct['impersonate-group']).toEqual(['dev', 'ops'])
    const stranger = clientOf(server, { connection: { token: 'secret-token' } })
    expect(await failureOf(stranger.getThroughPod(istiod, clusterz))).toMatchObject({ code: 'tls' })
  })

  it.each([
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'not_found'],
    [400, 'BadRequest', 'invalid'],
    [503, 'ServiceUnavailable', 'server_error'],
  ])('fails as others do when the server answers %i %s', async (status, reason, code) => {
    const refuse: Handler = (_request, response) =>
      sendJson(response, { kind: 'Status', code: status, reason, message: `no: ${reason}` }, status)
    const server = await serve(refuse)
    const error = await failureOf(clientOf(server).getThroughPod(istiod, clusterz))
    expect(error).toMatchObject({ code, status, reason, message: `no: ${reason}` })
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('takes no server that upgrades to something else', async () => {
    const strange = [
      'Upgrade: websocket\r\nSec-WebSocket-Accept: nonsense\r\nSec-WebSocket-Protocol: v4.channel.k8s.io',
      'Upgrade: SPDY/3.1',
    ]
    for (const headers of strange) {
      const { port } = await listen(
        createServer((socket) => {
          socket.once('data', () => {
            socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n${headers}\r\n\r\n`)
          })
        }),
      )
      const asked = clientOf({ url: `http://127.0.0.1:${port}` }).getThroughPod(istiod, clusterz)
      expect(await failureOf(asked)).toMatchObject({ code: 'bad_answer', reason: 'Handshake' })
    }
    const plain = await serve((_request, response) => sendJson(response, {}))
    expect(await failureOf(clientOf(plain).getThroughPod(istiod, clusterz))).toMatchObject({ code: 'bad_answer' })
  })

  it.each([
    ['a name', { ...istiod, name: 'a/b' }, clusterz],
    ['a port', istiod, { ...clusterz, port: 65_536 }],
    ['a path', istiod, { ...clusterz, path: '/a b' }],
    ['a path with a host', istiod, { ...clusterz, path: 'http://elsewhere/' }],
  ])('is invalid with what is not %s', async (_, pod, request) => {
    const server = await servePod(forever)
    expect(await failureOf(clientOf(server).getThroughPod(pod, request))).toMatchObject({ code: 'invalid' })
  })
})

describe('a Pod that does not answer', () => {
  it('is told apart from a cluster that does not', async () => {
    const words =
      'error forwarding port 9 to pod p, uid : dial tcp 127.0.0.1:9: connect: connection refused secret-token'
    const server = await servePod(async (_port, { error }) => error(words))
    const client = clientOf(server, { connection: { token: 'secret-token' } })
    const error = await failureOf(client.getThroughPod(istiod, { port: 9, path: '/' }))
    expect(error).toMatchObject({ code: 'pod_unreachable', reason: 'PortForward', cluster: 'alpha' })
    expect(error.message).toBe(words.replace('secret-token', '***'))
    const gone = clientOf({ url: 'http://127.0.0.1:1' }).getThroughPod(istiod, clusterz)
    expect(await failureOf(gone)).toMatchObject({ code: 'unreachable', reason: 'ECONNREFUSED' })
  })

  it('hangs up before or in its answer', async () => {
    const early = await servePod(async () => undefined)
    const late = await servePod(async (_port, { data }) =>
      data(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')),
    )
    for (const server of [early, late]) {
      const error = await failureOf(clientOf(server).getThroughPod(istiod, clusterz))
      expect(error).toMatchObject({ code: 'pod_unreachable' })
    }
  })

  it('is given up at the deadline, by the caller and with the client', async () => {
    const server = await servePod(forever)
    const client = clientOf(server)
    const slow = client.getThroughPod(istiod, { ...clusterz, deadlineMs: 100 })
    expect(await failureOf(slow)).toMatchObject({ code: 'timeout', reason: 'Deadline' })
    const stop = new AbortController()
    const stopped = failureOf(client.getThroughPod(istiod, { ...clusterz, signal: stop.signal }))
    await expect.poll(() => server.sockets.size).toBe(1)
    stop.abort()
    expect(await stopped).toMatchObject({ code: 'aborted', reason: 'Caller' })
    await expect.poll(() => server.sockets.size).toBe(0)
    const closed = failureOf(client.getThroughPod(istiod, clusterz))
    await expect.poll(() => server.sockets.size).toBe(1)
    await client.close()
    expect(await closed).toMatchObject({ code: 'aborted', reason: 'Closed' })
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('takes a place among the calls and gives it back', async () => {
    const server = await servePod(forever)
    const client = clientOf(server, { limits: { maxInFlight: 1 } })
    const first = failureOf(client.getThroughPod(istiod, { ...clusterz, deadlineMs: 200 }))
    expect(await failureOf(client.raw('/version', { deadlineMs: 50 }))).toMatchObject({ reason: 'Queued' })
    expect(await first).toMatchObject({ reason: 'Deadline' })
    expect(await failureOf(client.raw('/version'))).toMatchObject({ status: 400 })
  })
})
