import { type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { textAt } from '@orbweaver/contracts/json'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPrometheus } from './api.ts'
import { numberText } from './api-json.ts'
import { scraped, stored } from './testing/stored.ts'

let server: Server
let starting = false
beforeAll(async () => {
  const storage = stored(scraped({ __name__: 'x', a: '1' }, [1, 2, 3, 4, 5]))
  server = createPrometheus({ storage: () => storage, now: () => new Date(60_000), isStarting: () => starting })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => void server.close())

type Asked = { method?: string; body?: string }

async function asked(path: string, { method = 'GET', body }: Asked = {}): Promise<{ status: number; body: unknown }> {
  const { port } = addressOf(server)
  const headers = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, resolve).on('error', reject).end(body)
  })
  const said = await text(answer)
  const isJson = answer.headers['content-type'] === 'application/json'
  const read: unknown = isJson ? JSON.parse(said) : said
  return { status: answer.statusCode ?? 0, body: read }
}

function addressOf(listening: Server): AddressInfo {
  const address = listening.address()
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen')
  return address
}

const success = (data: unknown) => ({ status: 200, body: { status: 'success', data } })
const metric = { __name__: 'x', a: '1' }

test('a query is answered now, or at the time that is named', async () => {
  const at = (value: [number, string]) => success({ resultType: 'vector', result: [{ metric, value }] })
  expect(await asked('/api/v1/query?query=x')).toEqual(at([60, '5']))
  expect(await asked('/api/v1/query?query=x&time=20.5')).toEqual(at([20.5, '2']))
  expect(await asked('/api/v1/query?query=x&time=1970-01-01T00:00:30Z')).toEqual(at([30, '3']))
  expect(await asked('/api/v1/query', { method: 'POST', body: 'query=x&time=0' })).toEqual(at([0, '1']))
  expect(await asked('/api/v1/query?query=1')).toEqual(success({ resultType: 'scalar', result: [60, '1'] }))
  const words = success({ resultType: 'string', result: [60, 'y'] })
  expect(await asked('/api/v1/query?query=%22y%22')).toEqual(words)
})

test('a range is answered step by step', async () => {
  const values = [
    [0, '1'],
    [30, '3'],
    [60, '5'],
  ]
  const answer = success({ resultType: 'matrix', result: [{ metric, values }] })
  expect(await asked('/api/v1/query_range?query=x&start=0&end=60&step=30')).toEqual(answer)
  expect(await asked('/api/v1/query_range?query=x&start=0&end=60&step=30s')).toEqual(answer)
})

test.each<[path: string, refusal: { status: number; errorType: string; error: RegExp }]>([
  ['query?query=sum(', { status: 400, errorType: 'bad_data', error: /parse error/ }],
  ['query?query=x&time=soon', { status: 400, errorType: 'bad_data', error: /invalid parameter "time"/ }],
  ['query?query=deriv(x[1m])', { status: 422, errorType: 'execution', error: /not evaluated here/ }],
  [
    'query_range?query=x&start=10&end=0&step=1',
    { status: 400, errorType: 'bad_data', error: /end timestamp must not be before start time/ },
  ],
  [
    'query_range?query=x&start=0&end=60&step=0',
    { status: 400, errorType: 'bad_data', error: /zero or negative query resolution/ },
  ],
  [
    'query_range?query=x&start=0&end=11001&step=1',
    { status: 400, errorType: 'bad_data', error: /exceeded maximum resolution of 11,000 points/ },
  ],
  ['query_range?query=x&start=0&step=1', { status: 400, errorType: 'bad_data', error: /invalid parameter "end"/ }],
  ['query_range?query=x&start=0&end=1&step=often', { status: 400, errorType: 'bad_data', error: /valid duration/ }],
])('%s is refused', async (path, { status, errorType, error }) => {
  const answer = await asked(`/api/v1/${path}`)
  expect(answer).toMatchObject({ status, body: { status: 'error', errorType } })
  expect(textAt(answer, 'body', 'error')).toMatch(error)
})

test('it says what it is, and that it is ready, or nothing but 503', async () => {
  expect(await asked('/-/ready')).toMatchObject({ status: 200 })
  expect(await asked('/api/v1/status/buildinfo')).toMatchObject({ body: { data: { version: '2.42.0' } } })
  expect(await asked('/api/v1/rules')).toMatchObject({ status: 404 })
  expect(await asked('/api/v1/query', { method: 'DELETE' })).toMatchObject({ status: 405 })
  starting = true
  expect(await asked('/api/v1/query?query=x')).toEqual({ status: 503, body: 'Service Unavailable' })
  starting = false
})

test.each([
  [1.5, '1.5'],
  [1e-7, '0.0000001'],
  [-1.25e-9, '-0.00000000125'],
  [1.5e21, '1500000000000000000000'],
  [Infinity, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [Number.NaN, 'NaN'],
  [-0, '-0'],
])('%d is written %s', (value, written) => {
  expect(numberText(value)).toBe(written)
})
