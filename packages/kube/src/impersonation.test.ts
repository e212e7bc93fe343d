import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Identity } from './client.ts'
import { KubeError } from './error.ts'
import { pods } from './resources.ts'
import { clientOf, listen, sendJson, serve } from './testing/server.ts'

/** Speaks HTTP by hand, so that the test sees each header line as it came over the wire. */
async function rawServer() {
  const heads: string[] = []
  const body = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } })
  const { port } = await listen(
    createServer((socket) => {
      socket.on('data', (bytes) => {
        heads.push(bytes.toString('utf8'))
        socket.write(
          `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        )
      })
    }),
  )
  return { url: `http://127.0.0.1:${port}`, heads }
}

const linesOf = (head: string | undefined) =>
  (head ?? '').split('\r\n').filter((line) => line.toLowerCase().startsWith('impersonate-'))

it('sends each group and each extra value as a line of its own', async () => {
  const server = await rawServer()
  const client = clientOf(server).as({
    user: 'alice@example.com',
    groups: ['dev, ops', 'viewers'],
    extra: { 'example.com/Project': ['one', 'two'] },
  })
  await client.get(pods, { namespace: 'shop', name: 'web' })
  expect(linesOf(server.heads[0])).toEqual([
    'impersonate-user: alice@example.com',
    'impersonate-group: dev, ops',
    'impersonate-group: viewers',
    'impersonate-extra-example.com%2Fproject: one',
    'impersonate-extra-example.com%2Fproject: two',
  ])
})

it('sends names outside ASCII as UTF-8, as Go reads them', async () => {
  const server = await rawServer()
  await clientOf(server).as({ user: '张三', groups: [] }).get(pods, { namespace: 'shop', name: 'web' })
  expect(linesOf(server.heads[0])).toEqual(['impersonate-user: 张三'])
})

it('shares the connections of a cluster among its identities, and closes only with the first', async () => {
  const users: unknown[] = []
  const server = await serve((request, response) => {
    users.push(request.headers['impersonate-user'])
    sendJson(response, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } })
  })
  const client = clientOf(server)
  const alice = client.as({ user: 'alice', groups: [] })
  const place = { namespace: 'shop', name: 'web' }
  await alice.get(pods, place)
  await alice.as({ user: 'bob', groups: [] }).get(pods, place)
  await alice.close()
  await client.get(pods, place)
  expect(users).toEqual(['alice', 'bob', undefined])
  expect(server.sockets.size).toBeLessThanOrEqual(2)
})

describe('identities that are refused', () => {
  it.each<[string, Identity]>([
    ['no user', { user: '', groups: [] }],
    ['a line break', { user: 'alice\r\nImpersonate-Group: admins', groups: [] }],
    ['a line break in a group', { user: 'alice', groups: ['a\nb'] }],
    ['a line break in an extra key', { user: 'alice', groups: [], extra: { 'a\nb': ['c'] } }],
    ['a line break in an extra value', { user: 'alice', groups: [], extra: { a: ['b\nc'] } }],
    ['half a character', { user: 'a\ud800', groups: [] }],
    ['an empty group', { user: 'alice', groups: [''] }],
    ['a space at the end', { user: 'alice ', groups: [] }],
    ['a very long name', { user: 'a'.repeat(1025), groups: [] }],
    ['very many groups', { user: 'alice', groups: Array.from({ length: 1000 }, (_, index) => `g${index}`) }],
    ['everything', { user: 'alice', groups: ['system:masters'] }],
  ])('%s', (_, identity) => {
    const client = clientOf({ url: 'http://127.0.0.1:1' })
    expect(() => client.as(identity)).toThrow(KubeError)
    expect(() => clientOf({ url: 'http://127.0.0.1:1' }, { identity })).toThrow('cannot impersonate')
  })
})
