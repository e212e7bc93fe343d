import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signIn } from '../../testing/call.ts'
import { bind, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../../testing/server.ts'

const until = { timeout: 15_000, interval: 50 }
const day = 86_400

let hub: TestCluster
let east: TestCluster
let server: TestServer

/** A token that the member takes and that says when it ends, as one of TokenRequest does. */
function tokenFor(seconds: number | undefined): string {
  const claims = { sub: 'system:serviceaccount:orbweaver-system:orbweaver', canary: 'claim-canary', exp: seconds }
  const token = ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'c2lnbmF0dXJl'].join('.')
  east.addUser({ token, name: claims.sub, groups: ['system:authenticated'] })
  return token
}
const now = () => Math.floor(Date.now() / 1000)

beforeEach(async () => {
  hub = await startHub()
  east = await startMember('east')
  const rules = [{ apiGroups: ['orbweaver.dev'], resources: ['fleetclusters'], verbs: ['get', 'list', 'update'] }]
  role(hub, 'fleet', rules)
  bind(hub, { user: 'ada', role: 'fleet' })
  server = await startTestServer({ hub: hub.connection })
})
afterEach(async () => {
  await server.stop(atOnce)
  await Promise.all([hub.close(), east.close()])
})

const signedIn = (persona: string) => signIn(server.address, { mode: 'local', persona })
async function endsSeen(persona: string): Promise<unknown> {
  const { read } = await signedIn(persona)
  return recordAt((await read('/api/v1/clusters/east')).body, 'cluster').ends
}

test('when credentials end is told, goes along with new ones, and nothing else of them is', async () => {
  const exp = now() + 5 * day
  const first = tokenFor(exp)
  register(hub, { name: 'east', connection: { ...east.connection, token: first } })
  const soon = [{ of: 'token', at: new Date(exp * 1000).toISOString(), state: 'soon' }]
  await expect.poll(() => endsSeen('admin'), until).toEqual(soon)
  const { read } = await signedIn('admin')
  const list = await read('/api/v1/clusters')
  expect(recordAt(listAt(list.body, 'items')[0]).ends).toEqual(soon)
  const detail = await read('/api/v1/clusters/east')
  for (const part of first.split('.').slice(1)) expect(list.text + detail.text + server.logged()).not.toContain(part)
  expect(list.text + detail.text).not.toContain('claim-canary')
  register(hub, { name: 'east', connection: { ...east.connection, token: tokenFor(undefined) } })
  await expect.poll(() => endsSeen('admin'), until).toEqual([{ of: 'token', state: 'unsaid' }])
})

test('who may not see the cluster learns nothing of its credentials', async () => {
  register(hub, { name: 'east', connection: { ...east.connection, token: tokenFor(now() + 5 * day) } })
  await expect.poll(() => endsSeen('admin'), until).toHaveLength(1)
  const { read, write } = await signedIn('viewer')
  const detail = await read('/api/v1/clusters/east')
  expect([detail.status, detail.code]).toEqual([404, 'clusters.not_found'])
  expect((await read('/api/v1/clusters')).body).toMatchObject({ items: [], total: 0 })
  const source = { kind: 'pasted', kubeconfig: 'x' }
  expect((await write('/api/v1/kubeconfig/test', { body: { source, name: 'east' } })).code).toBe('access.forbidden')
})

test('a kubeconfig that is tested says it before anything is saved', async () => {
  register(hub, { name: 'east', connection: { ...east.connection, token: tokenFor(undefined) } })
  await expect.poll(() => endsSeen('admin'), until).toHaveLength(1)
  const { write } = await signedIn('admin')
  const over = now() - day
  const token = tokenFor(over)
  const kubeconfig = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: east.connection.server } }],
    users: [{ name: 'u', user: { token } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  })
  const source = { kind: 'pasted', kubeconfig }
  const tested = await write('/api/v1/kubeconfig/test', { body: { source, name: 'east' } })
  expect(textAt(tested.body, 'context')).toBe('x')
  expect(recordAt(tested.body).ends).toEqual([{ of: 'token', at: new Date(over * 1000).toISOString(), state: 'over' }])
  expect(tested.text).not.toContain(token.split('.')[1])
})
