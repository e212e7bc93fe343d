import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import { MeshMembersPage } from '../members-page.tsx'

afterEach(() => vi.unstubAllGlobals())

const member = (cluster: string, role: string) => ({
  cluster,
  role,
  state: 'ready',
  namespaces: 4,
  injectedNamespaces: 1,
  pods: { injected: 1, total: 3 },
})
const detail = {
  mesh: {
    name: 'shop',
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlaneCluster: 'hub',
    phase: 'ready',
    clusters: { healthy: 2, total: 2 },
    pods: { injected: 3, total: 9, pendingRestart: 0 },
  },
  spec: { kind: 'Managed', version: 'v1.30.3', controlPlane: { cluster: 'hub' }, members: [{ cluster: 'east' }] },
  generation: 1,
  observedGeneration: 1,
  stages: [],
  revisions: [],
  members: [member('hub', 'control-plane'), member('east', 'member')],
  components: [],
  drift: [],
  leftovers: [],
  attention: [],
  clusters: [{ cluster: 'hub', state: 'fresh' }],
}

it('takes members out by plan, the control plane never', async () => {
  const calls = serve({
    'GET /session': () => session,
    'GET /meshes/shop': () => detail,
    'GET /meshes/shop/removal': () => ({
      protected: false,
      conditions: [],
      members: [],
      stays: [],
      refused: [],
      clusters: [],
    }),
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })
  await open(<MeshMembersPage />, '/meshes/shop/clusters', '/meshes/$mesh/clusters')
  expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Select hub' })).disabled).toBe(true)
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select east' }))
  await userEvent.click(screen.getByRole('button', { name: 'Take out of the mesh' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Show the plan' }))
  await waitFor(() =>
    expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
      intent: { type: 'meshes.leave', name: 'shop', clusters: ['east'] },
    }),
  )
})
