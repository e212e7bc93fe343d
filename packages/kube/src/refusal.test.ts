import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, sendJson, serve } from './testing/server.ts'

const place = { namespace: 'shop', name: 'web' }

async function answering(status: number, body: unknown) {
  const server = await serve((_request, response) => sendJson(response, body, status))
  return failureOf(clientOf(server, { limits: { attempts: 1 } }).create(pods, pod))
}
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: place }
const status = (code: number, fields: object) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  ...fields,
})

describe('codes', () => {
  it.each([
    [400, 'BadRequest', 'invalid'],
    [401, 'Unauthorized', 'unauthorized'],
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'not_found'],
    [405, 'MethodNotAllowed', 'unsupported'],
    [406, 'NotAcceptable', 'unsupported'],
    [409, 'AlreadyExists', 'already_exists'],
    [409, 'Conflict', 'conflict'],
    [410, 'Expired', 'gone'],
    [410, 'Gone', 'gone'],
    [413, 'RequestEntityTooLarge', 'too_large'],
    [415, 'UnsupportedMediaType', 'unsupported'],
    [422, 'Invalid', 'invalid'],
    [429, 'TooManyRequests', 'throttled'],
    [500, 'InternalError', 'server_error'],
    [503, 'ServiceUnavailable', 'server_error'],
    [504, 'Timeout', 'timeout'],
  ])('%s %s is %s', async (code, reason, expected) => {
    const error = await answering(code, status(code, { reason, message: 'as the server says' }))
    expect(error).toMatchObject({
      code: expected,
      status: code,
      reason,
      cluster: 'alpha',
      message: 'as the server says',
    })
  })
})

describe('what the server tells', () => {
  it('names the fields of an invalid object', async () => {
    const causes = [{ reason: 'FieldValueInvalid', message: 'must be positive', field: 'spec.http[0].weight' }]
    const error = await answering(422, status(422, { reason: 'Invalid', message: 'no', details: { causes } }))
    expect(error.causes).toEqual(causes)
  })

  it('names the other manager of a conflict under server-side apply', async () => {
    const causes = [
      { reason: 'FieldManagerConflict', message: 'conflict with "argocd-controller"', field: '.spec.replicas' },
    ]
    const error = await answering(409, status(409, { reason: 'Conflict', message: 'conflict', details: { causes } }))
    expect(error).toMatchObject({ code: 'conflict', causes })
  })

  it('names the webhook that could not be asked', async () => {
    const message =
      'Internal error occurred: failed calling webhook "validation.istio.io": failed to call webhook: Post "https://istiod": dial tcp: refused'
    const error = await answering(500, status(500, { reason: 'InternalError', message }))
    expect(error).toMatchObject({ code: 'webhook_failed', webhook: 'validation.istio.io', message })
  })

  it.each([400, 403, 422])('names the webhook that refused with %s', async (code) => {
    const message =
      'admission webhook "validation.istio.io" denied the request: configuration is invalid: weight -3 < 0'
    const error = await answering(code, status(code, { message }))
    expect(error).toMatchObject({ code: 'invalid', status: code, webhook: 'validation.istio.io', message })
  })

  it('tells a path that nobody serves from an object that is missing', async () => {
    const server = await serve((_request, response) => response.writeHead(404).end('404 page not found\n'))
    const error = await failureOf(clientOf(server).list(pods))
    expect(error).toMatchObject({ code: 'not_found', reason: 'NotServed', message: '404 page not found' })
  })

  it('keeps a wish to wait', async () => {
    const error = await answering(429, status(429, { message: 'later', details: { retryAfterSeconds: 7 } }))
    expect(error.retryAfterMs).toBe(7000)
  })
})

describe('bounds', () => {
  it('cuts long words and many causes', async () => {
    const causes = Array.from({ length: 500 }, () => ({ message: 'y'.repeat(10_000) }))
    const error = await answering(422, status(422, { message: 'x'.repeat(1_000_000), details: { causes } }))
    expect(error.message.length).toBeLessThan(2_100)
    expect(error.causes).toHaveLength(100)
    expect(error.causes[0]?.message.length).toBeLessThan(2_100)
  })

  it.each([[''], [{}], [[]], [null], [{ message: 7, reason: [], details: { causes: 'x' } }]])(
    'makes an error of %j as well',
    async (body) => {
      const error = await answering(500, body)
      expect(error).toMatchObject({ code: 'server_error', status: 500, causes: [] })
      expect(error.message).not.toBe('')
    },
  )

  it.each([
    ['plain', (text: string) => Buffer.from(text), {}],
    ['compressed', (text: string) => gzipSync(text), { 'content-encoding': 'gzip' }],
  ])('stops reading an answer that is too large: %s', async (_, encode, headers) => {
    const body = encode(JSON.stringify({ items: 'x'.repeat(100_000) }))
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)
    })
    const client = clientOf(server, { limits: { maxAnswerBytes: 10_000 } })
    expect(await failureOf(client.get(pods, place))).toMatchObject({ code: 'too_large', reason: 'AnswerSize' })
  })

  it('takes no answer for compressed that is not', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('{}')
    })
    expect(await failureOf(clientOf(server).get(pods, place))).toMatchObject({ code: 'bad_answer' })
  })
})

it('shows no credential that a server echoes', async () => {
  const token = 'canary-token-0123456789'
  const server = await serve((request, response) => {
    const echo = `who is ${request.headers.authorization}?`
    response.setHeader('warning', `299 - "${echo}"`)
    if (request.method === 'GET') sendJson(response, pod)
    else sendJson(response, status(422, { message: echo, details: { causes: [{ message: echo, field: token }] } }), 422)
  })
  const client = clientOf(server, { connection: { token } })
  const error = await failureOf(client.create(pods, pod))
  const { warnings } = await client.raw('/version')
  expect(error.message).toBe('who is Bearer ***?')
  expect(JSON.stringify([error, error.stack, warnings])).not.toContain('canary')
})
