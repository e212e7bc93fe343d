import { afterEach, beforeEach, expect, test } from 'vitest'
import { call } from '../testing/call.ts'
import { startHub, type TestCluster } from '../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'

let hub: TestCluster
const servers: TestServer[] = []
beforeEach(async () => {
  hub = await startHub()
  const scraper = 'system:serviceaccount:monitoring:prometheus'
  hub.addUser({ token: 'scraper-token', name: scraper, groups: ['system:serviceaccounts'] })
  hub.addUser({ token: 'viewer-token', name: 'vi', groups: ['dev'] })
  hub.store.put({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'orbweaver-metrics-reader' },
    rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  })
  hub.store.put({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'prometheus-metrics-reader' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'orbweaver-metrics-reader' },
    subjects: [{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' }],
  })
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop(atOnce)))
  await hub.close()
})

async function serve(mode: 'token' | 'local' | 'self'): Promise<TestServer> {
  const server = await startTestServer({ hub: hub.connection, mode })
  servers.push(server)
  return server
}

const ask = ({ address }: TestServer, path: string, authorization?: string) =>
  call(address, path, { headers: authorization === undefined ? {} : { authorization } })

test('metrics are for who may get them by the RBAC of the hub', async () => {
  const server = await serve('token')
  const allowed = await ask(server, '/metrics', 'Bearer scraper-token')
  expect([allowed.status, allowed.text.includes('orbweaver_cluster_state{cluster="hub"')]).toEqual([200, true])
  const refused = await ask(server, '/metrics', 'Bearer viewer-token')
  expect([refused.status, refused.text]).toEqual([403, expect.not.stringContaining('orbweaver_')])
})

test('nobody else gets any, and learns nothing', async () => {
  const server = await serve('token')
  for (const authorization of [undefined, 'Bearer unknown', 'Basic c2NyYXBlcg==', 'Bearer a b', 'Bearer ']) {
    const answer = await ask(server, '/metrics', authorization)
    expect([authorization, answer.status, answer.text.includes('orbweaver_')]).toEqual([authorization, 401, false])
  }
  expect(server.logged()).not.toContain('scraper-token')
})

test('who signed in in a browser is no scraper', async () => {
  const server = await serve('token')
  const signedIn = await call(server.address, '/api/v1/session', { body: { mode: 'token', token: 'viewer-token' } })
  const cookie = (signedIn.headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0]).join('; ')
  expect((await call(server.address, '/metrics', { headers: { cookie } })).status).toBe(401)
})

test('a hub that cannot be asked gives nobody access', async () => {
  const server = await serve('token')
  hub.faults.set({ refuse: true })
  expect((await ask(server, '/metrics', 'Bearer scraper-token')).status).toBe(503)
})

test('guessing is limited, scraping is not', { timeout: 30_000 }, async () => {
  const server = await serve('token')
  for (let round = 0; round < 70; round++)
    expect((await ask(server, '/metrics', 'Bearer scraper-token')).status).toBe(200)
  for (let round = 0; round < 60; round++) expect((await ask(server, '/metrics')).status).toBe(401)
  expect((await ask(server, '/metrics')).status).toBe(429)
})

test('health is told to everybody and says nothing of the fleet', async () => {
  const server = await serve('token')
  for (const path of ['/healthz', '/readyz']) {
    const { status, text } = await ask(server, path)
    expect([path, status, text]).toEqual([path, 200, 'ok\n'])
  }
})

test.each(['local', 'self'] as const)('mode %s only listens on loopback, and asks for nothing', async (mode) => {
  expect((await ask(await serve(mode), '/metrics')).status).toBe(200)
})
