import { listAt, textAt } from '@orbweaver/contracts/json'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { call, cookieOf, signIn } from '../testing/call.ts'
import { bind, role, startHub, type TestCluster } from '../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'

let hub: TestCluster
const servers: TestServer[] = []
beforeEach(async () => {
  hub = await startHub()
})
afterEach(async () => {
  await Promise.all(servers.splice(0).map((each) => each.stop(atOnce)))
  await hub.close()
})

async function serve(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const server = await startTestServer({ hub: hub.connection, ...options })
  servers.push(server)
  return server
}

const session = async (server: TestServer, cookie: string) => {
  const { body } = await call(server.address, '/api/v1/session', { headers: { cookie } })
  return textAt(body, 'user', 'name')
}
const stored = () =>
  hub.store
    .list({ apiVersion: 'v1', kind: 'Secret', namespace: 'orbweaver-system' })
    .filter((each) => each.metadata.name.startsWith('orbweaver-session-'))
const until = { timeout: 10_000, interval: 20 }

describe('mode local', () => {
  test('a session is known to every replica, and ends for all when it ends', async () => {
    const [one, two] = [await serve(), await serve()]
    const client = await signIn(one.address, { mode: 'local', persona: 'admin' })
    expect(stored()).toHaveLength(1)
    expect(await session(two, client.cookie)).toBe('ada')
    const out = await client.write('/api/v1/session', { method: 'DELETE' })
    expect(out.status).toBe(200)
    expect(out.headers['set-cookie']?.[0]).toContain('Max-Age=0')
    expect(stored()).toHaveLength(0)
    expect(await session(one, client.cookie)).toBeUndefined()
  })

  test('signing in again ends the session that was there', async () => {
    const server = await serve()
    const first = await signIn(server.address, { mode: 'local', persona: 'admin' })
    const again = await call(server.address, '/api/v1/session', {
      body: { mode: 'local', persona: 'viewer' },
      headers: { cookie: first.cookie },
    })
    expect(textAt(again.body, 'user', 'name')).toBe('vi')
    expect(cookieOf(again)).not.toBe(first.cookie)
    expect(await session(server, first.cookie)).toBeUndefined()
  })

  test('a cookie that was planted before does not become a session', async () => {
    const server = await serve()
    const planted = `orbweaver=${'A'.repeat(43)}`
    const answer = await call(server.address, '/api/v1/session', {
      body: { mode: 'local', persona: 'admin' },
      headers: { cookie: planted },
    })
    expect(cookieOf(answer)).not.toBe(planted)
    expect(await session(server, planted)).toBeUndefined()
  })

  test('who is signed in stays so while the hub is out of reach, and a new session waits to be stored', async () => {
    const server = await serve()
    const before = await signIn(server.address, { mode: 'local', persona: 'admin' })
    hub.faults.set({ refuse: true })
    expect(await session(server, before.cookie)).toBe('ada')
    const during = await signIn(server.address, { mode: 'local', persona: 'viewer' })
    expect(await session(server, during.cookie)).toBe('vi')
    expect(stored()).toHaveLength(1)
  })

  test('without our namespace one can sign in, so that the hub can be prepared', async () => {
    hub.store.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'orbweaver-system' })
    const server = await serve()
    const client = await signIn(server.address, { mode: 'local', persona: 'admin' })
    expect(await session(server, client.cookie)).toBe('ada')
  })

  test('cookies of nobody do not become a call to the hub each', async () => {
    const server = await serve()
    const cookie = `orbweaver=${'B'.repeat(43)}`
    for (let round = 0; round < 20; round++) expect(await session(server, cookie)).toBeUndefined()
  })
})

describe('mode token', () => {
  const mode = 'token' as const
  const token = 'canary-token-of-carol'
  beforeEach(() => {
    hub.addUser({ token, name: 'carol', groups: ['dev', 'system:masters'] })
  })

  test('who the hub knows is signed in, without groups of the cluster itself', async () => {
    const server = await serve({ mode })
    const client = await signIn(server.address, { mode, token })
    const { body } = await client.read('/api/v1/session')
    expect([textAt(body, 'user', 'name'), listAt(body, 'user', 'groups')]).toEqual(['carol', ['dev']])
    const secrets = JSON.stringify(stored())
    for (const form of [token, Buffer.from(token).toString('base64')]) {
      expect(secrets + server.logged() + JSON.stringify(body)).not.toContain(form)
    }
  })

  test('a session of one replica opens at another, its token unsealed', async () => {
    const [one, two] = [await serve({ mode }), await serve({ mode })]
    const { cookie } = await signIn(one.address, { mode, token })
    expect(await session(two, cookie)).toBe('carol')
  })

  test('who it does not know is refused, as is a token that could end a header', async () => {
    const server = await serve({ mode })
    for (const wrong of ['unknown', 'a b', 'x\r\nImpersonate-User: admin', 'ü', `${token}\u0000`]) {
      const answer = await call(server.address, '/api/v1/session', { body: { mode, token: wrong } })
      expect([wrong, answer.status, answer.code]).toEqual([wrong, 403, 'access.refused'])
    }
  })

  test('a ServiceAccount is itself only by another name, and the cluster’s own users nobody', async () => {
    hub.addUser({ token: 'robot', name: 'system:serviceaccount:ci:robot', groups: ['system:serviceaccounts'] })
    hub.addUser({ token: 'root', name: 'system:admin', groups: ['system:masters'] })
    const server = await serve({ mode })
    const client = await signIn(server.address, { mode, token: 'robot' })
    expect(await session(server, client.cookie)).toBe('orbweaver:sa:ci:robot')
    const root = await call(server.address, '/api/v1/session', { body: { mode, token: 'root' } })
    expect(root.code).toBe('access.refused')
  })

  test('nobody signs in while the hub cannot be asked', async () => {
    const server = await serve({ mode })
    hub.faults.set({ refuse: true })
    const answer = await call(server.address, '/api/v1/session', { body: { mode, token } })
    expect([answer.status, answer.code]).toEqual([503, 'hub.unreachable'])
  })

  test('trying is limited', async () => {
    const server = await serve({ mode })
    const attempt = () => call(server.address, '/api/v1/session', { body: { mode, token: 'guess' } })
    for (let round = 0; round < 20; round++) expect((await attempt()).status).toBe(403)
    expect((await attempt()).code).toBe('request.rate_limited')
  })

  test('behind TLS the cookie is for this host alone', async () => {
    const server = await serve({ mode, behindTls: true, frameAncestors: ['https://portal.example'] })
    const answer = await call(server.address, '/api/v1/session', {
      body: { mode, token },
      headers: { host: 'mesh.example' },
    })
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-orbweaver=.*; Secure; SameSite=None; Partitioned$/)
    expect(answer.headers['strict-transport-security']).toContain('max-age')
  })
})

describe('mode self', () => {
  test('everybody is the kubeconfig’s account, and writes need the token of their browser', async () => {
    const server = await serve({ mode: 'self' })
    const first = await call(server.address, '/api/v1/session')
    const cookie = cookieOf(first)
    expect(textAt(first.body, 'user', 'name')).toBe('system:serviceaccount:orbweaver-system:orbweaver')
    const body = { intent: { type: 'clusters.prepare-hub' } }
    const without = await call(server.address, '/api/v1/plans', { body, headers: { cookie } })
    expect(without.code).toBe('access.csrf')
    const csrf = textAt(first.body, 'csrfToken') ?? ''
    const withToken = await call(server.address, '/api/v1/plans', { body, headers: { cookie, 'x-csrf-token': csrf } })
    expect(withToken.code).toBe('plan.invalid')
    expect(stored()).toHaveLength(0)
  })

  test('a write without any cookie comes from no page of ours', async () => {
    const server = await serve({ mode: 'self' })
    const answer = await call(server.address, '/api/v1/plans', { body: { intent: { type: 'clusters.prepare-hub' } } })
    expect(answer.code).toBe('access.csrf')
  })
})

test('Impersonate headers of a request make nobody somebody else', async () => {
  role(hub, 'fleet-reader', [{ apiGroups: ['orbweaver.dev'], resources: ['*'], verbs: ['list'] }])
  bind(hub, { user: 'boss', role: 'fleet-reader' })
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'FleetCluster',
    metadata: { name: 'east' },
    spec: { credentialsSecretName: 'x' },
  })
  const server = await serve()
  const { cookie } = await signIn(server.address, { mode: 'local', persona: 'viewer' })
  await expect.poll(async () => (await call(server.address, '/metrics')).text, until).toContain('FleetCluster"} 1')
  const headers = { cookie, 'impersonate-user': 'boss', 'impersonate-group': 'system:masters' }
  const { body } = await call(server.address, '/api/v1/clusters', { headers })
  expect(listAt(body, 'items')).toEqual([])
})
