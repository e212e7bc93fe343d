import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import { Strays } from './strays.tsx'

afterEach(() => vi.unstubAllGlobals())

const fleet = {
  name: 'fleet',
  kind: 'Managed',
  controlPlaneCluster: 'east',
  phase: 'ready',
  clusters: { healthy: 2, total: 2 },
  pods: { injected: 0, total: 0, pendingRestart: 0 },
} as const

const object = (name: string) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name, namespace: 'shop' },
  spec: {},
})
const stray = (name: string, there: string) => ({
  ref: {
    cluster: 'west',
    group: 'networking.istio.io',
    version: 'v1',
    kind: 'VirtualService',
    namespace: 'shop',
    name,
  },
  object: object(name),
  there,
})

it('shows rules that lie in members with their source, and copies or moves them by plan', async () => {
  const calls = serve({
    'GET /session': () => session,
    'GET /meshes/fleet/strays': () => ({
      items: [stray('a', 'missing'), stray('b', 'same')],
      total: 2,
      clusters: [],
    }),
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })
  await open(<Strays of={{ mesh: fleet }} />)
  expect(await screen.findByText('Not there')).toBeTruthy()
  expect(screen.getByText('The same')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Copy rules of west' }))
  const planOf = () => calls.filter((call) => call.path === '/plans').at(-1)?.body
  const base = { type: 'meshes.import', name: 'fleet', conflicts: 'keep' }
  await waitFor(() =>
    expect(planOf()).toEqual({ intent: { ...base, objects: [{ cluster: 'east', object: object('a') }] } }),
  )
})

it('says that they could not be read, and asks again', async () => {
  const calls = serve({
    'GET /session': () => session,
    'GET /meshes/fleet/strays': () => problem(500, 'server.failed', { request: 'r' }),
  })
  await open(<Strays of={{ mesh: fleet }} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(calls.filter(({ path }) => path === '/meshes/fleet/strays').length).toBeGreaterThan(1))
})
