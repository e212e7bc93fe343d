import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { WatchEvent } from './client.ts'
import type { Limits } from './connection.ts'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, sendJson, serve } from './testing/server.ts'

const podNamed = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' } })
const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`
const bookmark = (resourceVersion: string, annotations?: object) =>
  line('BOOKMARK', { kind: 'Pod', apiVersion: 'v1', metadata: { resourceVersion, annotations } })

async function watching(script: (response: ServerResponse) => void, limits: Limits = {}) {
  const server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    script(response)
  })
  return { client: clientOf(server, { limits }), server }
}

async function eventsOf(events: AsyncIterable<WatchEvent>) {
  const seen: WatchEvent[] = []
  const failure = await failureOf(
    (async () => {
      for await (const event of events) seen.push(event)
      throw new Error('normal end')
    })(),
  ).catch(() => undefined)
  return { seen, failure }
}

describe('events', () => {
  it('arrive whole, whatever the pieces they come in, until the normal end', async () => {
    const text = [
      line('ADDED', podNamed('größe-张三')),
      line('MODIFIED', podNamed('two')),
      '\n',
      line('DELETED', podNamed('three')),
      bookmark('7'),
    ].join('')
    const { client } = await watching((response) => {
      const bytes = Buffer.from(text)
      const next = (from: number) => {
        if (from >= bytes.length) response.end()
        else response.write(bytes.subarray(from, from + 3), () => setImmediate(next, from + 3))
      }
      next(0)
    })
    const { seen, failure } = await eventsOf(client.watch(pods, { resourceVersion: '5' }))
    expect(failure).toBeUndefined()
    expect(seen).toEqual([
      { type: 'ADDED', object: podNamed('größe-张三') },
      { type: 'MODIFIED', object: podNamed('two') },
      { type: 'DELETED', object: podNamed('three') },
      { type: 'BOOKMARK', resourceVersion: '7', initialEventsEnd: false },
    ])
  })

  it('are asked for with bookmarks, from a version, of a selection', async () => {
    const { client, server } = await watching((response) => response.end())
    const options = {
      namespace: 'shop',
      labelSelector: 'app=web',
      fieldSelector: 'spec.nodeName=a',
      resourceVersion: '5',
    }
    await eventsOf(client.watch(pods, options))
    const url = new URL(server.seen[0]?.split(' ')[1] ?? '', 'http://test')
    expect(url.pathname).toBe('/api/v1/namespaces/shop/pods')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '5',
      labelSelector: 'app=web',
      fieldSelector: 'spec.nodeName=a',
    })
  })

  it('of a WatchList end with a marked bookmark', async () => {
    const { client, server } = await watching((response) => {
      response.end(line('ADDED', podNamed('a')) + bookmark('9', { 'k8s.io/initial-events-end': 'true' }))
    })
    const { seen } = await eventsOf(client.watch(pods, { sendInitialEvents: true }))
    expect(seen[1]).toEqual({ type: 'BOOKMARK', resourceVersion: '9', initialEventsEnd: true })
    expect(server.seen[0]).toContain('sendInitialEvents=true&resourceVersionMatch=NotOlderThan')
  })
})

describe('an end that is none', () => {
  it('is 410 as a status', async () => {
    const server = await serve((_request, response) =>
      sendJson(response, { message: 'too old', reason: 'Expired' }, 410),
    )
    const { failure } = await eventsOf(clientOf(server).watch(pods, { resourceVersion: '1' }))
    expect(failure).toMatchObject({ code: 'gone', status: 410, reason: 'Expired' })
  })

  it('is 410 as an event inside a stream', async () => {
    const status = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (7)' }
    const { client } = await watching((response) => response.end(line('ADDED', podNamed('a')) + line('ERROR', status)))
    const { seen, failure } = await eventsOf(client.watch(pods, { resourceVersion: '1' }))
    expect(seen).toHaveLength(1)
    expect(failure).toMatchObject({ code: 'gone', status: 410, message: 'too old resource version: 1 (7)' })
  })

  it.each([401, 403, 404, 429, 500])('is %s', async (status) => {
    const server = await serve((_request, response) => sendJson(response, { message: 'no' }, status))
    const { failure } = await eventsOf(clientOf(server).watch(pods, {}))
    expect(failure).toMatchObject({ status, message: 'no' })
  })

  it.each([
    ['the connection breaks', (response: ServerResponse) => response.destroy(), 'unreachable'],
    ['it ends in the middle of a line', (response: ServerResponse) => response.end('{"type":"ADD'), 'unreachable'],
    ['a line is not JSON', (response: ServerResponse) => response.end('<html>\n'), 'bad_answer'],
    ['a line is no event', (response: ServerResponse) => response.end('{"type":"ADDED","object":7}\n'), 'bad_answer'],
  ])('is when %s', async (_, misfortune, code) => {
    const { client } = await watching((response) => {
      response.write(line('ADDED', podNamed('a')), () => misfortune(response))
    })
    const { seen, failure } = await eventsOf(client.watch(pods, {}))
    expect(seen).toHaveLength(1)
    expect(failure).toMatchObject({ code })
  })

  it('is silence, and a word within time is none', async () => {
    const { client, server } = await watching(
      (response) => {
        response.write(bookmark('1'))
        setTimeout(() => response.write(bookmark('2')), 150)
      },
      { watchSilenceMs: 200 },
    )
    const { seen, failure } = await eventsOf(client.watch(pods, {}))
    expect(seen).toHaveLength(2)
    expect(failure).toMatchObject({ code: 'timeout', reason: 'WatchSilent' })
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('is a line without end, long before it fills the memory', async () => {
    let written = 0
    const { client } = await watching(
      (response) => {
        const more = () => {
          written += 65_536
          if (!response.destroyed) response.write('x'.repeat(65_536), more)
        }
        more()
      },
      { maxEventBytes: 1_000_000 },
    )
    const { failure } = await eventsOf(client.watch(pods, {}))
    expect(failure).toMatchObject({ code: 'too_large', reason: 'EventSize' })
    expect(written).toBeLessThan(10_000_000)
  })

  it('shows no credential that a server echoes', async () => {
    const token = 'canary-token-0123456789'
    const server = await serve((request, response) => {
      response.writeHead(200)
      response.end(line('ERROR', { code: 500, message: `broken by ${request.headers.authorization}` }))
    })
    const { failure } = await eventsOf(clientOf(server, { connection: { token } }).watch(pods, {}))
    expect(failure?.message).toBe('broken by Bearer ***')
    expect(JSON.stringify([failure, failure?.stack])).not.toContain('canary')
  })
})

it('reads large events', async () => {
  const big = { ...podNamed('big'), data: 'y'.repeat(3_000_000) }
  const { client } = await watching((response) => response.end(line('ADDED', big)))
  const { seen, failure } = await eventsOf(client.watch(pods, {}))
  expect(failure).toBeUndefined()
  expect(seen).toEqual([{ type: 'ADDED', object: big }])
})

it('leaves no connection behind when its reader goes away', async () => {
  const { client, server } = await watching((response) => response.write(line('ADDED', podNamed('a'))))
  for await (const event of client.watch(pods, {})) {
    expect(event.type).toBe('ADDED')
    break
  }
  await expect.poll(() => server.sockets.size).toBe(0)
})
