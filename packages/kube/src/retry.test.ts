import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, sendJson, serve } from './testing/server.ts'

const place = { namespace: 'shop', name: 'web' }
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: place }

/** Does one thing a call, in order; after the last of them it answers well. */
async function serverThat(...misfortunes: ((response: ServerResponse) => void)[]) {
  let round = 0
  return serve((request, response) => {
    request.resume()
    const misfortune = misfortunes[round]
    round += 1
    if (misfortune === undefined) sendJson(response, pod)
    else misfortune(response)
  })
}

const fails =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end()
const hangsUp = (response: ServerResponse) => response.destroy()

describe('repeats', () => {
  it.each([429, 502, 503, 504])('a read after %s', async (status) => {
    const server = await serverThat(fails(status), fails(status))
    expect(await clientOf(server).get(pods, place)).toEqual(pod)
    expect(server.seen).toHaveLength(3)
  })

  it('a read after the connection broke', async () => {
    const server = await serverThat(hangsUp)
    expect(await clientOf(server).get(pods, place)).toEqual(pod)
    expect(server.seen).toHaveLength(2)
  })

  it('a server-side apply', async () => {
    const server = await serverThat(fails(503), hangsUp)
    const { object } = await clientOf(server).patch(pods, place, { type: 'apply', body: pod })
    expect(object).toEqual(pod)
    expect(server.seen).toHaveLength(3)
  })

  it('only so often', async () => {
    const server = await serverThat(fails(503), fails(503), fails(503))
    expect(await failureOf(clientOf(server).get(pods, place))).toMatchObject({ code: 'server_error', status: 503 })
    expect(server.seen).toHaveLength(3)
  })

  it('after as long as the server asks for', async () => {
    const server = await serverThat(fails(429, { 'retry-after': '1' }))
    const startedAt = performance.now()
    await clientOf(server).get(pods, place)
    expect(performance.now() - startedAt).toBeGreaterThan(990)
  })
})

describe('does not repeat', () => {
  it.each([
    ['the wish is longer than the bound', { 'retry-after': '60' }, {}],
    ['the deadline would pass first', { 'retry-after': '5' }, { deadlineMs: 500 }],
  ])('when %s', async (_, headers, options) => {
    const server = await serverThat(fails(429, headers))
    const error = await failureOf(clientOf(server).get(pods, place, options))
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: Number(headers['retry-after']) * 1000 })
    expect(server.seen).toHaveLength(1)
  })

  it('a write that may have happened', async () => {
    for (const misfortune of [fails(503), fails(429), hangsUp]) {
      const server = await serverThat(misfortune, misfortune, misfortune, misfortune)
      const client = clientOf(server)
      await failureOf(client.create(pods, pod))
      await failureOf(client.replace(pods, pod))
      await failureOf(client.patch(pods, place, { type: 'json', body: [] }))
      await failureOf(client.remove(pods, place))
      expect(server.seen.map((each) => each.split(' ')[0])).toEqual(['POST', 'PUT', 'PATCH', 'DELETE'])
    }
  })

  it.each([400, 403, 404, 409, 500])('%s', async (status) => {
    const server = await serverThat(fails(status))
    expect(await failureOf(clientOf(server).get(pods, place))).toMatchObject({ status })
    expect(server.seen).toHaveLength(1)
  })
})
