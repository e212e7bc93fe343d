import { expect, test, vi } from 'vitest'
import { signIn } from '../testing/call.ts'
import { bind, register, role, startHub, startMember } from '../testing/clusters.ts'
import { atOnce, startTestServer } from '../testing/server.ts'

const until = { timeout: 20_000, interval: 50 }

test('what is not read yet is not said to be gone, and what is not there is, once all was read', async () => {
  const hub = await startHub()
  const east = await startMember('east')
  role(hub, 'fleet-reader', [{ apiGroups: ['orbweaver.dev'], resources: ['*'], verbs: ['get', 'list'] }])
  bind(hub, { user: 'ada', role: 'fleet-reader' })
  register(hub, east)
  // The hub answers, and late: nobody can know yet which clusters there are.
  hub.faults.set({ latencyMs: 3_000 })
  const server = await startTestServer({ hub: hub.connection })
  try {
    const ada = await signIn(server.address, { mode: 'local', persona: 'admin' })
    for (const path of ['/clusters/east', '/meshes/shop', '/meshes/shop/objects', '/meshes/shop/sidecars/namespaces']) {
      const { status, code } = await ada.read(`/api/v1${path}`)
      expect([path, status, code]).toEqual([path, 503, 'hub.unread'])
    }
    hub.faults.reset()
    await vi.waitFor(async () => expect((await ada.read('/api/v1/clusters/east')).status).toBe(200), until)
    await vi.waitFor(async () => expect((await ada.read('/api/v1/meshes/shop')).code).toBe('meshes.not_found'), until)
    expect((await ada.read('/api/v1/clusters/nowhere')).code).toBe('clusters.not_found')
    const stranger = await signIn(server.address, { mode: 'local', persona: 'viewer' })
    expect((await stranger.read('/api/v1/clusters/east')).code).toBe('clusters.not_found')
  } finally {
    await server.stop(atOnce)
    await east.close()
    await hub.close()
  }
})
