import { get } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { textAt } from '@orbweaver/contracts/json'
import { afterEach, describe, expect, test } from 'vitest'
import { call, signIn } from './testing/call.ts'
import { bind, namespace, pod, register, role, startHub, startMember } from './testing/clusters.ts'
import { atOnce, noChanges, startTestServer, type TestServer } from './testing/server.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function serve(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer(options)
  open.push(() => server.stop(atOnce))
  return server
}

/** Takes connections and never says anything. */
async function blackHole(): Promise<string> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const bound = server.address()
  return `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`
}

type Stream = { text(): string; ended: Promise<void>; close(): void }

function listen(address: string, cookie: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const request = get(`${address}/api/v1/events`, { agent: false, headers: { cookie } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      const ended = new Promise<void>((done) => response.on('close', done))
      resolve({ text: () => text, ended, close: () => request.destroy() })
    })
    request.on('error', reject)
  })
}

/** An engine whose list takes until it is opened. */
function createGate() {
  let open: () => void = () => undefined
  let reach: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const list = async () => {
    reach()
    await opened
    return []
  }
  return { changes: { ...noChanges, list }, reached, open }
}

const until = { timeout: 10_000, interval: 20 }

describe('a hub that swallows everything', () => {
  test('does not keep the server from being ready, signing people in, or saying what is wrong', async () => {
    const startedAt = performance.now()
    const server = await serve({ hub: { server: await blackHole() } })
    expect((await call(server.address, '/readyz')).status).toBe(200)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    const client = await signIn(server.address, { mode: 'local', persona: 'admin' })
    await expect
      .poll(async () => textAt((await client.read('/api/v1/changes')).body, 'clusters', 0, 'state'), until)
      .toBe('unreachable')
    const askedAt = performance.now()
    const { body } = await client.read('/api/v1/changes')
    expect(performance.now() - askedAt).toBeLessThan(1_500)
    expect(textAt(body, 'clusters', 0, 'reason')).toBe('kube.timeout')
    expect(textAt(body, 'clusters', 0, 'since')).toBeDefined()
  })
})

describe('the end', () => {
  test('is told first, ends streams, waits for answers under way, and refuses new ones', async () => {
    const gate = createGate()
    const server = await serve({ engine: () => ({ changes: gate.changes, stop: () => Promise.resolve() }) })
    const client = await signIn(server.address, { mode: 'local', persona: 'admin' })
    const stream = await listen(server.address, client.cookie)
    const underWay = client.read('/api/v1/changes')
    await gate.reached
    const ended = server.stop({ announceMs: 300, limitMs: 5_000 })
    await stream.ended
    expect((await call(server.address, '/readyz')).status).toBe(503)
    expect((await client.read('/api/v1/changes')).code).toBe('server.draining')
    gate.open()
    expect((await underWay).status).toBe(200)
    await ended
    await expect(call(server.address, '/readyz')).rejects.toThrow('ECONNREFUSED')
  })

  test('does not wait for ever', async () => {
    const gate = createGate()
    const server = await serve({ engine: () => ({ changes: gate.changes, stop: () => Promise.resolve() }) })
    const client = await signIn(server.address, { mode: 'local', persona: 'admin' })
    const cut = expect(client.read('/api/v1/changes')).rejects.toThrow()
    await gate.reached
    await server.stop({ announceMs: 0, limitMs: 50 })
    await cut
  })
})

test('what goes wrong inside is an id for the reader, and a line in the log', async () => {
  const changes = { ...noChanges, list: () => Promise.reject(new Error('inner workings: canary')) }
  const server = await serve({ engine: () => ({ changes, stop: () => Promise.resolve() }) })
  const client = await signIn(server.address, { mode: 'local', persona: 'admin' })
  const answer = await client.read('/api/v1/changes')
  expect([answer.status, answer.code]).toEqual([500, 'server.failed'])
  expect(answer.text).not.toContain('canary')
  expect(textAt(answer.body, 'data', 'request')).toBe(answer.headers['x-request-id'])
  expect(server.logged()).toContain('inner workings')
})

test('a port that is taken is an error of the start, with nothing left behind', async () => {
  const server = await serve()
  const port = Number(new URL(server.address).port)
  await expect(startTestServer({ port })).rejects.toThrow('EADDRINUSE')
})

test('metrics name operations and clusters', async () => {
  const server = await serve()
  const client = await signIn(server.address, { mode: 'local', persona: 'admin' })
  await client.read('/api/v1/changes')
  const { text } = await call(server.address, '/metrics')
  expect(text).toContain(
    'orbweaver_http_request_duration_seconds_count{operation="history.list",method="GET",status="200"} 1',
  )
  expect(text).toContain('orbweaver_cluster_state{cluster="hub"')
  expect(text).toContain('orbweaver_sessions 1')
  expect(text).toContain('process_resident_memory_bytes')
})

test('a stream carries what its reader may know, and no name', async () => {
  const hub = await startHub()
  const east = await startMember('east')
  open.push(
    () => hub.close(),
    () => east.close(),
  )
  role(east, 'pod-reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }])
  bind(east, { user: 'vi', role: 'pod-reader', inNamespace: 'shop' })
  for (const name of ['shop', 'hidden']) east.store.put(namespace(name))
  east.store.put(pod('web', 'shop'))
  register(hub, east)
  const server = await serve({ hub: hub.connection })
  const viewer = await signIn(server.address, { mode: 'local', persona: 'viewer' })
  const stranger = await signIn(server.address, { mode: 'local', persona: 'admin' })
  await expect
    .poll(async () => (await call(server.address, '/metrics')).text, until)
    .toContain('cluster="east",kind="Pod"} 1')
  const [seen, unseen] = [await listen(server.address, viewer.cookie), await listen(server.address, stranger.cookie)]
  open.push(
    () => seen.close(),
    () => unseen.close(),
  )
  east.store.put(pod('web-2', 'shop'))
  await expect.poll(() => seen.text(), until).toContain('{"word":"sidecars","cluster":"east"}')
  expect(seen.text() + unseen.text()).not.toContain('web')
  expect(unseen.text()).not.toContain('east')
})
