import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startMember, type TestCluster } from '../../testing/clusters.ts'
import { memberPermissions } from './manifest.ts'
import { ownRights } from './own-rights.ts'

const enough = 20_000

let east: TestCluster
let client: KubeClient
/** Reviews that were sent, and how many of them waited for an answer at once at most. */
let sent: { reviews: number; inFlight: number; most: number }

beforeEach(async () => {
  east = await startMember('east')
  client = createKubeClient({ cluster: 'east', connection: east.connection, limits: { attempts: 1 } })
  sent = { reviews: 0, inFlight: 0, most: 0 }
  const raw = client.raw.bind(client)
  vi.spyOn(client, 'raw').mockImplementation(async (...call) => {
    if (!call[0].endsWith('/selfsubjectaccessreviews')) return raw(...call)
    sent.reviews += 1
    sent.inFlight += 1
    sent.most = Math.max(sent.most, sent.inFlight)
    try {
      return await raw(...call)
    } finally {
      sent.inFlight -= 1
    }
  })
})
afterEach(async () => {
  await client.close()
  await east.close()
})

describe('what the console may do in a cluster', () => {
  test('is asked once, ten questions at a time, however many look', async () => {
    const needed = memberPermissions().slice(0, 40)
    const looks = await Promise.all([1, 2, 3].map(() => ownRights(client, needed, enough)))
    for (const rights of [...looks, await ownRights(client, needed, enough)]) {
      expect(rights).toHaveLength(needed.length)
      expect(rights?.every(({ allowed }) => allowed)).toBe(true)
    }
    expect(sent.reviews).toBe(needed.length)
    expect(sent.most).toBe(10)
  })

  test('says which right is missing', async () => {
    const needed = [...memberPermissions().slice(0, 40), { verb: 'delete', group: '', resource: 'nodes' }]
    const rights = await ownRights(client, needed, enough)
    expect(rights?.filter(({ allowed }) => !allowed).map(({ permission }) => permission.resource)).toEqual(['nodes'])
  })

  test('is unknown to who does not wait for it, and known to the next', async () => {
    const needed = memberPermissions().slice(0, 40)
    east.faults.set({ latencyMs: 100 })
    expect(await ownRights(client, needed, 10)).toBeUndefined()
    expect(await ownRights(client, needed, enough)).toHaveLength(needed.length)
    expect(sent.reviews).toBe(needed.length)
  })

  test('is asked again where there was no answer, and only that', async () => {
    const needed = memberPermissions().slice(0, 40)
    await ownRights(client, needed.slice(10), enough)
    east.faults.set({ refuse: true })
    expect(await ownRights(client, needed, enough)).toBeUndefined()
    await vi.waitFor(() => expect(sent.inFlight).toBe(0))
    east.faults.reset()
    await vi.waitFor(() => client.raw('/version'))
    sent.reviews = 0
    expect(await ownRights(client, needed, enough)).toHaveLength(needed.length)
    expect(sent.reviews).toBe(10)
  })

  test('is asked anew with new credentials', async () => {
    await ownRights(client, memberPermissions().slice(0, 5), enough)
    east.addUser({ token: 'less', name: 'somebody', groups: [] })
    const other = createKubeClient({ cluster: 'east', connection: { ...east.connection, token: 'less' } })
    const rights = await ownRights(other, [{ verb: 'create', group: '', resource: 'secrets' }], enough)
    expect(rights?.map(({ allowed }) => allowed)).toEqual([false])
    await other.close()
  })
})
