import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { KubeError } from './error.ts'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, listen, sendJson, serve } from './testing/server.ts'

const place = { namespace: 'shop', name: 'web' }
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: place }

/** Accepts connections and never says a word. */
async function silent() {
  const { port, sockets } = await listen(createServer((socket) => socket.resume()))
  return { url: `http://127.0.0.1:${port}`, sockets }
}

describe('a server that hangs', () => {
  it('ends every kind of call at its deadline', async () => {
    const client = clientOf(await silent())
    const options = { deadlineMs: 50 }
    const calls = [
      client.get(pods, place, options),
      client.list(pods, options),
      client.create(pods, pod, options),
      client.patch(pods, place, { type: 'merge', body: {}, ...options }),
      client.remove(pods, place, options),
      client.raw('/version', options),
      client.watch(pods, options)[Symbol.asyncIterator]().next(),
    ]
    for (const error of await Promise.all(calls.map(failureOf))) {
      expect(error).toMatchObject({ code: 'timeout', reason: 'Deadline' })
    }
  })

  it('ends while the body is still coming', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"kind":')
    })
    const error = await failureOf(clientOf(server).get(pods, place, { deadlineMs: 50 }))
    expect(error).toMatchObject({ code: 'timeout', reason: 'Deadline' })
  })

  it('closes the connection it gave up', async () => {
    const server = await silent()
    const call = failureOf(clientOf(server).get(pods, place, { deadlineMs: 100 }))
    await expect.poll(() => server.sockets.size).toBe(1)
    const [socket] = server.sockets
    await call
    await expect.poll(() => socket?.destroyed).toBe(true)
  })

  it('says when the call never got a place', async () => {
    const client = clientOf(await silent(), { limits: { maxInFlight: 1 } })
    const first = failureOf(client.get(pods, place, { deadlineMs: 100 }))
    expect(await failureOf(client.get(pods, place, { deadlineMs: 50 }))).toMatchObject({
      code: 'timeout',
      reason: 'Queued',
    })
    expect(await first).toMatchObject({ reason: 'Deadline' })
  })
})

describe('an end from outside', () => {
  it('ends a call, also one that waits for its turn or has not begun', async () => {
    const client = clientOf(await silent(), { limits: { maxInFlight: 1 } })
    const stop = new AbortController()
    const calls = [1, 2].map(() => failureOf(client.get(pods, place, { signal: stop.signal })))
    stop.abort()
    calls.push(failureOf(client.get(pods, place, { signal: stop.signal })))
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'aborted', reason: 'Caller' })
  })

  it('ends a watch', async () => {
    const server = await serve((_request, response) => response.writeHead(200).flushHeaders())
    const stop = new AbortController()
    const next = clientOf(server).watch(pods, { signal: stop.signal })[Symbol.asyncIterator]().next()
    await expect.poll(() => server.seen.length).toBe(1)
    stop.abort()
    expect(await failureOf(next)).toMatchObject({ code: 'aborted' })
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('closing the client ends all its calls and refuses new ones', async () => {
    const server = await serve((request, response) => {
      if (request.url?.includes('watch') === true) response.writeHead(200).flushHeaders()
    })
    const client = clientOf(server)
    const running = [client.get(pods, place), client.watch(pods, {})[Symbol.asyncIterator]().next()]
    const failures = running.map(failureOf)
    await expect.poll(() => server.seen.length).toBe(2)
    await client.close()
    for (const error of await Promise.all(failures)) expect(error).toMatchObject({ code: 'aborted', reason: 'Closed' })
    expect(await failureOf(client.get(pods, place))).toMatchObject({ code: 'aborted', reason: 'Closed' })
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('warns of no listener leak with one signal for very many calls', async () => {
    const warnings: string[] = []
    const listener = (warning: Error) => warnings.push(warning.name)
    process.on('warning', listener)
    const server = await serve((_request, response) => sendJson(response, pod))
    const client = clientOf(server)
    const stop = new AbortController()
    await Promise.all(Array.from({ length: 60 }, () => client.get(pods, place, { signal: stop.signal })))
    process.off('warning', listener)
    expect(warnings).toEqual([])
  })
})

it('takes an endless deadline for a very long one', async () => {
  const server = await serve((_request, response) => setTimeout(() => sendJson(response, pod), 20))
  expect(await clientOf(server).get(pods, place, { deadlineMs: Number.POSITIVE_INFINITY })).toEqual(pod)
})

describe('nobody there', () => {
  it('is unreachable at once', async () => {
    const { port } = await listen(createServer())
    const closed = await serve(() => undefined)
    expect(port).not.toBe(closed.port)
    const client = clientOf({ url: 'http://127.0.0.1:1' })
    expect(await failureOf(client.get(pods, place))).toMatchObject({ code: 'unreachable', reason: 'ECONNREFUSED' })
  })

  it('is unreachable for a name that nobody knows', async () => {
    const client = clientOf({ url: 'http://nobody.invalid' })
    const error = await failureOf(client.get(pods, place))
    expect(error).toBeInstanceOf(KubeError)
    expect(error.code).toBe('unreachable')
  })
})
