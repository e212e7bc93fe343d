import { createKubeClient } from '@orbweaver/kube/connect'
import type { KubeClient } from '@orbweaver/kube/client'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startHub, type TestCluster } from '../testing/clusters.ts'
import { newSessionId } from './cookie.ts'
import { createKeyring, macsOf } from './keyring.ts'
import { idleMs, longestMs, sessionName } from './session.ts'
import { createSessionStore, type SessionStore } from './session-store.ts'
import { createTokenAuthority } from './token.ts'

const log = pino({ level: 'silent' })
const until = { timeout: 15_000, interval: 10 }
let hub: TestCluster
let client: KubeClient
let now = 1_000_000
const stores: SessionStore[] = []

beforeEach(async () => {
  hub = await startHub()
  client = createKubeClient({ cluster: 'hub', connection: hub.connection })
})
afterEach(async () => {
  for (const each of stores.splice(0)) each.close()
  await client.close()
  await hub.close()
})

function open(rereadMs = 20): SessionStore {
  const store = createSessionStore({ hub: client, keyring: createKeyring(client), log, rereadMs, now: () => now })
  stores.push(store)
  return store
}

const ada = () => ({
  identity: { user: 'ada', groups: [] },
  createdAt: now,
  seenAt: now,
  reviewedAt: now,
  expiresAt: now + longestMs,
})
const secret = (id: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  namespace: 'orbweaver-system',
  name: sessionName(id),
})

test('deleting its Secret ends a session', async () => {
  const [store, id] = [open(), newSessionId()]
  await store.create(id, ada())
  expect((await store.find(id))?.identity.user).toBe('ada')
  hub.store.remove(secret(id))
  await expect.poll(() => store.count(), until).toBe(0)
  expect(await store.find(id)).toBeUndefined()
})

test('a session made while the hub was away is stored when it is back', async () => {
  const [store, id] = [open(), newSessionId()]
  hub.faults.set({ refuse: true })
  await store.create(id, ada())
  expect((await store.find(id))?.identity.user).toBe('ada')
  hub.faults.reset()
  await expect.poll(() => hub.store.get(secret(id)) !== undefined, until).toBe(true)
})

test('one that ended while the hub was away stays ended, and is removed when it is back', async () => {
  const [store, id] = [open(), newSessionId()]
  await store.create(id, ada())
  hub.faults.set({ refuse: true })
  await store.revoke(id)
  expect(await store.find(id)).toBeUndefined()
  hub.faults.reset()
  expect(await store.find(id)).toBeUndefined()
  await expect.poll(() => hub.store.get(secret(id)), until).toBeUndefined()
})

test('the idle and the old are swept, by whoever comes by', async () => {
  const [store, id] = [open(), newSessionId()]
  await store.create(id, ada())
  store.close()
  now += idleMs
  open()
  await expect.poll(() => hub.store.get(secret(id)), until).toBeUndefined()
})

test('the keys are made once, whoever is first', async () => {
  const rings = Array.from({ length: 5 }, () => macsOf(createKeyring(client)))
  const macs = await Promise.all(rings.map((each) => each.mac('change', 'text')))
  expect(new Set(macs).size).toBe(1)
  expect(await macsOf(createKeyring(client)).mac('secret', 'text')).not.toBe(macs[0])
})

test('a token is reviewed every ten minutes, and its session ends with it', async () => {
  const payload = Buffer.from(JSON.stringify({ exp: now / 1_000 + 3_600 })).toString('base64url')
  const tokens = { short: `x.${payload}.y`, opaque: 'opaque-token' }
  for (const token of Object.values(tokens)) hub.addUser({ token, name: 'carol', groups: ['dev'] })
  const authority = createTokenAuthority({ hub: client, sessions: open(60_000), log, now: () => now })
  const [short, opaque] = [newSessionId(), newSessionId()]
  await authority.signIn(short, { mode: 'token', token: tokens.short })
  await authority.signIn(opaque, { mode: 'token', token: tokens.opaque })

  hub.addUser({ token: tokens.opaque, name: 'carol', groups: ['ops'] })
  expect((await authority.whoIs(opaque))?.identity.groups).toEqual(['dev'])
  now += 600_000
  expect((await authority.whoIs(opaque))?.identity.groups).toEqual(['ops'])

  now += 600_000
  hub.faults.set({ refuse: true })
  expect((await authority.whoIs(opaque))?.identity.user).toBe('carol')
  hub.faults.reset()

  now += 3_600_000
  expect(await authority.whoIs(short)).toBeUndefined()
  expect((await authority.whoIs(opaque))?.identity.user).toBe('carol')
  now += 600_000
  hub.faults.set({ unauthorized: true })
  expect((await authority.whoIs(opaque))?.identity.user).toBe('carol')
})
