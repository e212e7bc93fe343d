import { contract } from '@orbweaver/contracts/contract'
import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, cookieOf, signIn } from '../testing/call.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop(atOnce))

/** What the contract says, read from the contract itself. */
const operations = Object.entries(contract).flatMap(([word, procedures]) =>
  Object.entries(procedures).flatMap(([verb, procedure]) => {
    if (!isContractProcedure(procedure)) return []
    const { route, ...said } = procedure['~orpc']
    const { method = 'POST', path = '' } = route
    const errorMap: unknown = said.errorMap
    return [{ name: `${word}.${verb}`, method, path, errors: isRecord(errorMap) ? Object.keys(errorMap) : [] }]
  }),
)

const json = { 'content-type': 'application/json' }

describe('who may reach it', () => {
  test('a name that was rebound to this machine is not answered', async () => {
    for (const host of ['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', '10.0.0.1', 'localhost.evil']) {
      const answer = await call(server.address, '/api/v1/session', { headers: { host } })
      expect([host, answer.status]).toEqual([host, 400])
    }
  })

  test('this machine is, by all its names', async () => {
    for (const host of ['localhost:1234', '127.0.0.1', '127.1.2.3:80', '[::1]:8080', 'LOCALHOST']) {
      const answer = await call(server.address, '/api/v1/session', { headers: { host } })
      expect([host, answer.status]).toEqual([host, 200])
    }
  })

  test('without a session everything but the session itself is 401', async () => {
    for (const path of ['/api/v1/events', '/api/v1/changes', '/api/v1/meshes/a/sidecars/namespaces']) {
      const answer = await call(server.address, path)
      expect([path, answer.status, answer.code]).toEqual([path, 401, 'access.signed_out'])
    }
  })

  test('unknown routes of the API are JSON, and not the console', async () => {
    for (const path of ['/api/v1/nope', '/api/nope', '/api', '/api/v1/meshes/a/b/c/d']) {
      const answer = await call(server.address, path)
      expect([path, answer.status, answer.code]).toEqual([path, 404, 'request.no_such_route'])
    }
  })
})

describe('writes', () => {
  const intent = { intent: { type: 'clusters.prepare-hub' } }

  test('need the token of their session', async () => {
    const { cookie, csrf, write } = await signIn(server.address, { mode: 'local', persona: 'admin' })
    const other = await signIn(server.address, { mode: 'local', persona: 'admin' })
    for (const token of [undefined, '', 'x', csrf.slice(1), other.csrf]) {
      const headers = token === undefined ? { cookie } : { cookie, 'x-csrf-token': token }
      const answer = await call(server.address, '/api/v1/plans', { body: intent, headers })
      expect([token, answer.status, answer.code]).toEqual([token, 403, 'access.csrf'])
    }
    expect((await write('/api/v1/plans', { body: intent })).code).toBe('plan.invalid')
  })

  test('come from our own pages', async () => {
    const { write } = await signIn(server.address, { mode: 'local', persona: 'admin' })
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://127.0.0.1.evil.example', '']) {
      const answer = await write('/api/v1/plans', { body: intent, headers: { origin } })
      expect([origin, answer.status, answer.code]).toEqual([origin, 403, 'access.csrf'])
    }
    const crossSite = await call(server.address, '/api/v1/session', {
      body: { mode: 'local', persona: 'admin' },
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect([crossSite.status, crossSite.code]).toEqual([403, 'access.csrf'])
  })

  test('without a session they are 401, whatever the method', async () => {
    const answer = await call(server.address, '/api/v1/plans', { body: intent })
    expect([answer.status, answer.code]).toEqual([401, 'access.signed_out'])
  })
})

describe('bodies', () => {
  const post = (raw: string | Buffer, headers: Record<string, string> = json) =>
    call(server.address, '/api/v1/session', { raw, headers })

  test('that are too large are refused with the limit', async () => {
    const answer = await post(`{"mode":"token","token":"${'x'.repeat(2 * 1024 * 1024)}"}`)
    expect([answer.status, answer.code]).toEqual([413, 'request.too_large'])
    expect(recordAt(answer.body, 'data')).toEqual({ limitBytes: 2 * 1024 * 1024 })
  })

  test('that are no JSON, of another type or too deep are 400', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const cases: [string, string | Buffer, Record<string, string>][] = [
      ['malformed', '{"mode":', json],
      ['malformed', 'null', json],
      ['too_deep', `{"a":${deep}}`, json],
      ['not_json', 'mode=local', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['not_json', '{}', { 'content-type': 'text/plain' }],
      ['not_json', '--x', { 'content-type': 'multipart/form-data; boundary=x' }],
      ['encoding', '{}', { ...json, 'content-encoding': 'x-rot13' }],
      ['charset', '{}', { 'content-type': 'application/json; charset=ebcdic' }],
    ]
    for (const [code, raw, headers] of cases) {
      const answer = await post(raw, headers)
      const issue = textAt(listAt(answer.body, 'data', 'issues')[0], 'code')
      expect([code, answer.status, answer.code, issue]).toEqual([code, 400, 'request.invalid', code])
    }
  })

  test('that do not fit the contract are told where, never what', async () => {
    const secret = 'canary-7f3a'
    const answer = await call(server.address, '/api/v1/session', { body: { mode: 'local', persona: { secret } } })
    expect([answer.status, answer.code]).toEqual([400, 'request.invalid'])
    expect(listAt(answer.body, 'data', 'issues')).toEqual([{ path: 'persona', code: 'invalid_type' }])
    expect(answer.text + server.logged()).not.toContain(secret)
  })
})

test('queries are text, and become numbers and booleans where the contract says so', async () => {
  const { read } = await signIn(server.address, { mode: 'local', persona: 'admin' })
  expect((await read('/api/v1/changes?page=2&size=10')).status).toBe(200)
  const wrong = await read('/api/v1/changes?page=two')
  expect([wrong.status, textAt(listAt(wrong.body, 'data', 'issues')[0], 'path')]).toEqual([400, 'page'])
  for (const query of ['size=100000', 'page=-1', 'order=sideways', 'phase=%27;drop', 'search=%00%0a', 'page[]=1']) {
    expect([query, (await read(`/api/v1/changes?${query}`)).status < 500]).toEqual([query, true])
  }
})

describe('headers', () => {
  test('keep the page to itself', async () => {
    const { headers } = await call(server.address, '/api/v1/session')
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('upgrade-insecure-requests')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
  })

  test('carry the id of the request, the caller’s own when it is sane', async () => {
    const id = 'trace-0123456789'
    expect((await call(server.address, '/healthz', { headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(
      id,
    )
    const insane = await call(server.address, '/healthz', { headers: { 'x-request-id': 'a b"c' } })
    expect(insane.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('name the frames that were configured, and only these', async () => {
    const framed = await startTestServer({ frameAncestors: ['https://portal.example'] })
    try {
      const { headers } = await call(framed.address, '/healthz')
      expect(headers['content-security-policy']).toContain("frame-ancestors 'self' https://portal.example")
      expect(headers['x-frame-options']).toBeUndefined()
    } finally {
      await framed.stop(atOnce)
    }
  })
})

test('the log names requests, and holds no cookie, token, query or body', async () => {
  const { read, cookie, csrf } = await signIn(server.address, { mode: 'local', persona: 'admin' })
  await read('/api/v1/changes?search=canary-in-query')
  await call(server.address, '/api/v1/session', {
    body: { mode: 'token', token: 'canary-in-body' },
    headers: { authorization: 'Bearer canary-in-header' },
  })
  const logged = server.logged()
  expect(logged).toContain('"path":"/api/v1/changes"')
  for (const secret of ['canary', cookie.split('=')[1] ?? '?', csrf]) expect(logged).not.toContain(secret)
})

test('an unknown persona is refused, and so is a token where nobody takes one', async () => {
  for (const body of [
    { mode: 'local', persona: 'nobody' },
    { mode: 'token', token: 'abc' },
  ]) {
    const answer = await call(server.address, '/api/v1/session', { body })
    expect([answer.status, answer.code, cookieOf(answer)]).toEqual([403, 'access.refused', ''])
  }
})

test('the document of the API names every operation and every error, and the page shows it without scripts', async () => {
  const { body, status } = await call(server.address, '/api/v1/openapi.json')
  expect(status).toBe(200)
  expect(textAt(body, 'openapi')).toMatch(/^3\.1/)
  const { name: first } = operations[0] ?? {}
  expect([operations.length > 25, first]).toEqual([true, 'access.session'])
  for (const { name, method, path, errors } of operations) {
    const told = recordAt(body, 'paths', path, method.toLowerCase())
    expect(told.operationId, `${method} ${path}`).toBe(name)
    const said = JSON.stringify(told.responses)
    expect([name, errors.filter((code) => !said.includes(`{"const":"${code}"}`))]).toEqual([name, []])
  }
  const known = operations.map(({ method, path }) => `${method.toLowerCase()} ${path}`)
  const listed = Object.entries(recordAt(body, 'paths')).flatMap(([path, methods]) =>
    Object.keys(recordAt(methods)).map((method) => `${method} ${path}`),
  )
  expect(listed.toSorted()).toEqual(known.toSorted())
  const page = await call(server.address, '/api/docs')
  expect(page.headers['content-type']).toContain('text/html')
  expect(operations.filter(({ path }) => !page.text.includes(path))).toEqual([])
  expect(page.text).not.toContain('<script')
})
