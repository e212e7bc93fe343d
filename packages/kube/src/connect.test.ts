import type { IncomingHttpHeaders } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createKubeClient } from './connect.ts'
import { KubeError } from './error.ts'
import { deployments, namespaces, pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { bodyOf, clientOf, sendJson, serve } from './testing/server.ts'

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } }
const place = { namespace: 'shop', name: 'web' }

type Asked = {
  method: string
  path: string
  query: Record<string, string>
  headers: IncomingHttpHeaders
  body: unknown
}

/** A server that answers the same pod to everything and keeps what it was asked. */
async function recorder(answer: unknown = pod) {
  const asked: Asked[] = []
  const server = await serve((request, response) => {
    void bodyOf(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://test')
      const query = Object.fromEntries(searchParams)
      asked.push({ method: request.method ?? '', path: pathname, query, headers: request.headers, body })
      sendJson(response, answer)
    })
  })
  return { client: clientOf(server, { connection: { token: 'secret-token' } }), asked, server }
}

describe('reading', () => {
  it('gets one object, with the token, at its URL', async () => {
    const { client, asked } = await recorder()
    expect(await client.get(pods, place)).toEqual(pod)
    expect(asked[0]).toMatchObject({ method: 'GET', path: '/api/v1/namespaces/shop/pods/web' })
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer secret-token', accept: 'application/json' })
  })

  it('keeps the path of a server behind a gateway', async () => {
    const { server } = await recorder()
    const client = clientOf({ url: `${server.url}/k8s/clusters/c-1/` })
    await client.get(deployments, place)
    expect(server.seen).toEqual(['GET /k8s/clusters/c-1/apis/apps/v1/namespaces/shop/deployments/web'])
  })

  it('reads compressed answers', async () => {
    const server = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip')
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
      response.end(gzipSync(JSON.stringify(pod)))
    })
    expect(await clientOf(server).get(pods, place)).toEqual(pod)
  })

  it('hands raw answers over as they are: JSON, text, warnings, the server clock', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/version') {
        response.setHeader('warning', ['299 - "old \\"kind\\""', '299 - "first", 299 - "second"'])
        response.setHeader('date', 'Sun, 01 Nov 2026 10:00:00 GMT')
        sendJson(response, { gitVersion: 'v1.34.1' })
      } else response.end('ok')
    })
    const client = clientOf(server)
    expect(await client.raw('/version')).toEqual({
      status: 200,
      body: { gitVersion: 'v1.34.1' },
      warnings: ['old "kind"', 'first', 'second'],
      date: new Date('2026-11-01T10:00:00Z'),
    })
    expect((await client.raw('/readyz')).body).toBe('ok')
  })

  it('uses few connections for many calls', async () => {
    const { client, server } = await recorder()
    for (let round = 0; round < 50; round += 1) await client.get(pods, place)
    expect(server.sockets.size).toBeLessThanOrEqual(2)
  })
})

describe('writing', () => {
  it('creates in the namespace of the object', async () => {
    const { client, asked } = await recorder()
    const { object, warnings } = await client.create(pods, pod, { dryRun: true, fieldValidation: 'Strict' })
    expect({ object, warnings }).toEqual({ object: pod, warnings: [] })
    expect(asked[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/namespaces/shop/pods',
      query: { dryRun: 'All', fieldValidation: 'Strict', fieldManager: 'orbweaver' },
      body: pod,
    })
  })

  it('replaces an object or one subresource of it', async () => {
    const { client, asked } = await recorder()
    await client.replace(pods, pod, { fieldManager: 'someone' })
    await client.replace(pods, pod, { subresource: 'status' })
    expect(asked.map(({ method, path, query }) => ({ method, path, query }))).toEqual([
      { method: 'PUT', path: '/api/v1/namespaces/shop/pods/web', query: { fieldManager: 'someone' } },
      { method: 'PUT', path: '/api/v1/namespaces/shop/pods/web/status', query: { fieldManager: 'orbweaver' } },
    ])
  })

  it.each([
    ['merge', 'application/merge-patch+json', { metadata: { labels: { a: 'b' } } }],
    ['strategic', 'application/strategic-merge-patch+json', { spec: {} }],
    ['apply', 'application/apply-patch+yaml', pod],
  ] as const)('sends a %s patch by its name', async (type, contentType, body) => {
    const { client, asked } = await recorder()
    await client.patch(pods, place, { type, body })
    expect(asked[0]).toMatchObject({ method: 'PATCH', headers: { 'content-type': contentType }, body })
    expect(asked[0]?.query).toEqual({ fieldManager: 'orbweaver' })
  })

  it('sends a JSON patch, and forces an apply when told', async () => {
    const { client, asked } = await recorder()
    const operations = [{ op: 'remove', path: '/metadata/labels' }]
    await client.patch(pods, { ...place, subresource: 'status' }, { type: 'json', body: operations })
    await client.patch(pods, place, { type: 'apply', body: pod, force: true, fieldManager: 'orbweaver-mesh' })
    expect(asked[0]).toMatchObject({ headers: { 'content-type': 'application/json-patch+json' }, body: operations })
    expect(asked[0]?.path).toBe('/api/v1/namespaces/shop/pods/web/status')
    expect(asked[1]?.query).toEqual({ fieldManager: 'orbweaver-mesh', force: 'true' })
  })

  it('deletes what was meant and nothing else', async () => {
    const { client, asked } = await recorder({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' })
    const options = { uid: 'u-1', resourceVersion: '7', propagation: 'Foreground', dryRun: true } as const
    expect(await client.remove(pods, place, options)).toBeUndefined()
    expect(asked[0]).toMatchObject({
      method: 'DELETE',
      path: '/api/v1/namespaces/shop/pods/web',
      body: {
        kind: 'DeleteOptions',
        dryRun: ['All'],
        propagationPolicy: 'Foreground',
        preconditions: { uid: 'u-1', resourceVersion: '7' },
      },
    })
  })

  it('returns the object that waits for its finalizers', async () => {
    const { client } = await recorder()
    expect(await client.remove(pods, place)).toEqual(pod)
  })
})

describe('what cannot be a URL', () => {
  it.each([
    ['no name', { namespace: 'shop', name: '' }],
    ['a way out', { namespace: 'shop', name: '..' }],
    ['a slash', { namespace: 'shop', name: 'web/status' }],
    ['a percent sign', { namespace: 'shop', name: '%2e%2e' }],
    ['a line break', { namespace: 'shop', name: 'a\nb' }],
    ['no namespace', { name: 'web' }],
    ['an empty namespace', { namespace: '', name: 'web' }],
    ['a namespace with a slash', { namespace: 'a/b', name: 'web' }],
  ])('%s is refused before anything is sent', async (_, target) => {
    const { client, server } = await recorder()
    for (const call of [client.get(pods, target), client.remove(pods, target)]) {
      expect(await failureOf(call)).toMatchObject({ code: 'invalid', reason: 'BadPath', cluster: 'alpha' })
    }
    expect(server.seen).toEqual([])
  })

  it('refuses a namespace for what has none, and a server that is no URL', async () => {
    const { client } = await recorder()
    expect(await failureOf(client.get(namespaces, place))).toMatchObject({ code: 'invalid' })
    expect(await failureOf(client.list(namespaces, { namespace: 'shop' }))).toMatchObject({ code: 'invalid' })
    expect(() => createKubeClient({ cluster: 'alpha', connection: { server: 'nowhere' } })).toThrow(KubeError)
  })
})

it.each([
  ['text', 'text/html', '<html>sign in</html>'],
  ['broken JSON', 'application/json', '{"kind":'],
  ['another thing', 'application/json', '{"kind":"Status"}'],
])('an answer that is %s is a bad answer', async (_, type, body) => {
  const server = await serve((_request, response) => response.writeHead(200, { 'content-type': type }).end(body))
  expect(await failureOf(clientOf(server).get(pods, place))).toMatchObject({ code: 'bad_answer' })
  expect(await failureOf(clientOf(server).list(pods))).toMatchObject({ code: 'bad_answer' })
})

it('follows no redirect: credentials go nowhere else', async () => {
  const elsewhere = await recorder()
  const server = await serve((_request, response) => response.writeHead(302, { location: elsewhere.server.url }).end())
  expect(await failureOf(clientOf(server).get(pods, place))).toMatchObject({ code: 'bad_answer', status: 302 })
  expect(elsewhere.asked).toEqual([])
})

describe('credentials made anew', () => {
  it('are sent from the next call on, by every identity, and a watch that runs goes on', async () => {
    const tokens: (string | undefined)[] = []
    const lines: ((object: object) => void)[] = []
    const server = await serve((request, response) => {
      tokens.push(request.headers.authorization)
      if (!(request.url ?? '').includes('watch=')) return sendJson(response, pod)
      response.writeHead(200, { 'content-type': 'application/json' })
      lines.push((object) => response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`))
      response.flushHeaders()
    })
    const client = clientOf(server, { connection: { token: 'first-token' } })
    const person = client.as({ user: 'ada', groups: [] })
    const events = client.watch(pods, {})[Symbol.asyncIterator]()
    const first = events.next()
    await expect.poll(() => lines.length).toBe(1)
    person.renew({ token: 'second-token' })
    await client.get(pods, place)
    await person.get(pods, place)
    expect(tokens).toEqual(['Bearer first-token', 'Bearer second-token', 'Bearer second-token'])
    lines[0]?.(pod)
    expect((await first).value).toEqual({ type: 'ADDED', object: pod })
    await events.return?.()
  })

  it('are told to nobody, nor are those they replaced', async () => {
    const server = await serve((request, response) => {
      sendJson(response, { kind: 'Status', message: `first-token and ${request.headers.authorization}` }, 403)
    })
    const client = clientOf(server, { connection: { token: 'first-token' } })
    client.renew({ token: 'second-token' })
    expect((await failureOf(client.get(pods, place))).message).toBe('*** and Bearer ***')
  })
})
