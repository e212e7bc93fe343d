import { describe, expect, it } from 'vitest'
import { listPages } from './pages.ts'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, sendJson, serve } from './testing/server.ts'

/** A list of so many pods; its continue tokens are offsets, and it can lose its memory of one once. */
async function listServer(count: number, forgets: (from: number) => boolean = () => false) {
  const limits: number[] = []
  const server = await serve((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://test')
    const from = Number(searchParams.get('continue') ?? 0)
    const limit = Number(searchParams.get('limit'))
    limits.push(limit)
    if (forgets(from)) {
      sendJson(
        response,
        { kind: 'Status', reason: 'Expired', message: 'the provided continue parameter is too old' },
        410,
      )
      return
    }
    const items = Array.from({ length: Math.min(limit, count - from) }, (_, index) => ({
      metadata: { name: `p${from + index}`, namespace: 'shop' },
      spec: { filler: 'x'.repeat(1_000) },
    }))
    const next = from + items.length
    const metadata = { resourceVersion: '42', ...(next < count ? { continue: String(next) } : {}) }
    sendJson(response, { kind: 'PodList', apiVersion: 'v1', metadata, items })
  })
  return { server, limits }
}

it.each([0, 1, 499, 500, 501, 1_999])('lists %s objects, each once and named', async (count) => {
  const { server } = await listServer(count)
  const { items, resourceVersion } = await clientOf(server).list(pods)
  expect(resourceVersion).toBe('42')
  expect(items.map((each) => each.metadata.name)).toEqual(Array.from({ length: count }, (_, index) => `p${index}`))
  expect(items.every((each) => each.kind === 'Pod' && each.apiVersion === 'v1')).toBe(true)
  expect(server.seen).toHaveLength(Math.max(1, Math.ceil(count / 500)))
})

it('asks for a selection, the same on every page', async () => {
  const { server } = await listServer(3)
  await clientOf(server).list(pods, {
    namespace: 'shop',
    labelSelector: 'a in (b,c)',
    fieldSelector: 'x=y',
    pageSize: 2,
  })
  const queries = server.seen.map((each) => new URL(each.split(' ')[1] ?? '', 'http://test'))
  expect(queries.map((url) => url.pathname)).toEqual(['/api/v1/namespaces/shop/pods', '/api/v1/namespaces/shop/pods'])
  for (const { searchParams } of queries) {
    expect(searchParams.get('labelSelector')).toBe('a in (b,c)')
    expect(searchParams.get('fieldSelector')).toBe('x=y')
  }
})

describe('a list that grew too old between its pages', () => {
  it('begins again', async () => {
    let forgotten = false
    const { server } = await listServer(1_200, (from) => {
      const now = from === 1_000 && !forgotten
      forgotten ||= now
      return now
    })
    const { items } = await clientOf(server).list(pods)
    expect(new Set(items.map((each) => each.metadata.name)).size).toBe(1_200)
    expect(items).toHaveLength(1_200)
    expect(server.seen).toHaveLength(6)
  })

  it('is given up after three times', async () => {
    const { server } = await listServer(1_200, (from) => from === 500)
    expect(await failureOf(clientOf(server).list(pods))).toMatchObject({ code: 'gone' })
    expect(server.seen).toHaveLength(6)
  })

  it('tells those who read page by page', async () => {
    const { server } = await listServer(1_200, (from) => from === 500)
    const seen: number[] = []
    const reading = async () => {
      for await (const page of listPages(clientOf(server), pods)) seen.push(page.items.length)
    }
    expect(await failureOf(reading())).toMatchObject({ code: 'gone' })
    expect(seen).toEqual([500])
  })
})

it('asks for smaller pages when one is too large', async () => {
  const { server, limits } = await listServer(300)
  const { items } = await clientOf(server, { limits: { maxAnswerBytes: 100_000 } }).list(pods)
  expect(items).toHaveLength(300)
  expect(limits.slice(0, 4)).toEqual([500, 125, 32, 32])
})

it('gives up on one object that is too large', async () => {
  const { server } = await listServer(3)
  const error = await failureOf(clientOf(server, { limits: { maxAnswerBytes: 500 } }).list(pods))
  expect(error).toMatchObject({ code: 'too_large' })
})

it('keeps one deadline for all pages', async () => {
  const server = await serve((_request, response) => {
    const body = { kind: 'PodList', metadata: { resourceVersion: '1', continue: 'on' }, items: [] }
    setTimeout(() => sendJson(response, body), 30)
  })
  const error = await failureOf(clientOf(server).list(pods, { deadlineMs: 200 }))
  expect(error).toMatchObject({ code: 'timeout' })
})
