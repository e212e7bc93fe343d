import { listAt, textAt } from '@orbweaver/contracts/json'
import { startApiServer } from '@orbweaver/sandbox/server/api-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEngine } from '../../engine.ts'
import { call, cookieOf } from '../../testing/call.ts'
import { atOnce, startTestServer, type TestServer } from '../../testing/server.ts'

type ApiServer = Awaited<ReturnType<typeof startApiServer>>
const parts = ['orbweaver-system', 'fleetclusters.orbweaver.dev', 'meshes.orbweaver.dev', 'changes.orbweaver.dev']
const until = { timeout: 15_000, interval: 50 }

let hub: ApiServer
let server: TestServer
beforeEach(async () => {
  hub = await startApiServer({ name: 'hub', bookmarkMs: 1_000 })
  hub.addUser({ token: 'root', name: 'root', groups: ['system:masters', 'system:authenticated'] })
  await hub.settled()
  server = await startTestServer({
    mode: 'self',
    hub: { server: hub.url, token: 'root' },
    engine: (with_) => openEngine({ ...with_, holder: 'test', leaseSeconds: 3, readOnly: false }),
  })
})
afterEach(async () => {
  await server.stop(atOnce)
  await hub.close()
})

async function write(path: string, body: unknown) {
  const session = await call(server.address, '/api/v1/session')
  const csrf = textAt(session.body, 'csrfToken') ?? ''
  return call(server.address, `/api/v1${path}`, { body, headers: { cookie: cookieOf(session), 'x-csrf-token': csrf } })
}

async function missing(): Promise<unknown[]> {
  return listAt((await call(server.address, '/api/v1/start')).body, 'hub', 'missing')
}

const intent = { type: 'clusters.prepare-hub' }

async function prepare(): Promise<string> {
  const plan = await write('/plans', { intent })
  const change = await write('/changes', { intent, fingerprint: textAt(plan.body, 'fingerprint') })
  expect([change.status, change.code]).toEqual([200, undefined])
  return textAt(change.body, 'name') ?? ''
}

const phaseOf = async (name: string) => textAt((await call(server.address, `/api/v1/changes/${name}`)).body, 'phase')

test('a hub that nobody touched is made ready by one plan, which its history begins with', async () => {
  await expect.poll(missing, until).toEqual(parts)
  const name = await prepare()
  await expect.poll(() => phaseOf(name), until).toBe('succeeded')
  await expect.poll(missing, until).toEqual([])
  const again = await write('/plans', { intent })
  expect(listAt(again.body, 'blocked')).toEqual([{ code: 'plan.nothing_to_do', params: {} }])
})

test('what is there already is left as it is', async () => {
  hub.store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orbweaver-system', labels: { team: 'a' } } })
  await expect.poll(missing, until).toEqual(parts.slice(1))
  const name = await prepare()
  await expect.poll(() => phaseOf(name), until).toBe('succeeded')
  const kept = hub.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'orbweaver-system' })
  expect(kept?.metadata.labels).toMatchObject({ team: 'a' })
})
