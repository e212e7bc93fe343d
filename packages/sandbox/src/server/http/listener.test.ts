import { get as secureGet } from 'node:https'
import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { ask, testServer, watchLines } from '../testing/server.ts'

describe('faults', () => {
  it('answer as an overloaded, a broken and a strange server', async () => {
    const server = await testServer()
    server.faults.set({ tooManyRequests: 3 })
    const busy = await ask(server, '/api/v1/pods')
    expect([busy.status, busy.headers['retry-after'], busy.text]).toEqual([
      429,
      '3',
      'Too many requests, please try again later.\n',
    ])
    server.faults.set({ tooManyRequests: 0, errorRate: 1 })
    expect((await ask(server, '/api/v1/pods')).body).toMatchObject({ code: 503, reason: 'ServiceUnavailable' })
    server.faults.set({ errorRate: 0, unauthorized: true })
    expect((await ask(server, '/api/v1/pods')).status).toBe(401)
    server.faults.reset()
    expect((await ask(server, '/api/v1/pods')).status).toBe(200)
  })

  it('swallow requests in a black hole and reset refused connections', async () => {
    const server = await testServer()
    const events: Json[] = []
    const watching = (async () => {
      for await (const event of watchLines(server, '/api/v1/namespaces?watch=1')) {
        events.push(event)
        if (events.length === 4) server.faults.set({ blackHole: true })
      }
    })()
    await expect(watching).rejects.toThrow()
    await expect(ask(server, '/healthz', { patienceMs: 100 })).rejects.toThrow('no answer')
    server.faults.reset()
    expect((await ask(server, '/healthz')).text).toBe('ok')
    server.faults.set({ refuse: true })
    await expect(ask(server, '/healthz')).rejects.toThrow()
  })
})

describe('the port', () => {
  it('speaks TLS too, with a certificate that its own CA verifies', async () => {
    const server = await testServer()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      secureGet(`${server.secureUrl}/healthz`, { ca: server.ca, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
    expect(status).toBe(200)
  })
})

describe('discovery', () => {
  it('is aggregated on request and plain otherwise', async () => {
    const server = await testServer()
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
    const aggregated = await ask(server, '/apis', { headers: { Accept: accept } })
    expect(aggregated.headers['content-type']).toBe(accept)
    const apps = listAt(aggregated.body, 'items').find((each) => textAt(each, 'metadata', 'name') === 'apps')
    expect(listAt(apps, 'versions', 0, 'resources').map((each) => textAt(each, 'resource'))).toContain('deployments')
    const plain = await ask(server, '/apis')
    expect(textAt(plain.body, 'kind')).toBe('APIGroupList')
    const core = await ask(server, '/api/v1')
    const pods = listAt(core.body, 'resources').find((each) => textAt(each, 'name') === 'pods')
    expect(at(pods, 'shortNames')).toEqual(['po'])
  })
})
