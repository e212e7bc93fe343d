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

describe('rights that are gone', () => {
  it('leave administrators alone, in refusals and in reviews', async () => {
    const server = await testServer()
    const alice = { token: 'alice' }
    const review = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    server.store.put({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'devs' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'Group', name: 'devs', apiGroup: 'rbac.authorization.k8s.io' }],
    })
    await server.settled()
    expect((await ask(server, '/api/v1/pods', alice)).status).toBe(200)
    server.faults.set({ forbidden: true })
    expect((await ask(server, '/api/v1/pods', alice)).body).toMatchObject({
      code: 403,
      message: 'pods is forbidden: User "alice" cannot list resource "pods" in API group "" at the cluster scope',
    })
    const spec = { resourceAttributes: { verb: 'list', resource: 'pods' } }
    const asked = { user: 'alice', groups: ['devs'], ...spec }
    const subject = await ask(server, review.replace('self', ''), { body: { spec: asked } })
    expect(subject.body).toMatchObject({ status: { allowed: false } })
    expect((await ask(server, '/api/v1/pods')).status).toBe(200)
  })
})

describe('watches that do not live long', () => {
  it('end, and a new one may begin', async () => {
    const server = await testServer()
    server.faults.set({ watchLifeMs: 50 })
    for (const _time of ['first', 'second']) {
      const events: Json[] = []
      for await (const event of watchLines(server, '/api/v1/namespaces?watch=1')) events.push(event)
      expect(events).toHaveLength(4)
    }
  })
})

describe('the door inside', () => {
  it('is reached by no fault', async () => {
    const server = await testServer()
    server.faults.set({ blackHole: true, unauthorized: true, errorRate: 1, tooManyRequests: 1 })
    const inside = { ...server, url: server.insideUrl }
    expect((await ask(inside, '/api/v1/pods')).status).toBe(200)
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
