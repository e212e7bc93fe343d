import type { Stage } from '@orbweaver/contracts/meshes'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import { Stages } from './stages.tsx'

afterEach(() => vi.unstubAllGlobals())

const clear = {
  type: 'sidecars.namespaces',
  mesh: 'shop',
  namespaces: [{ cluster: 'east', namespace: 'cart' }],
  action: 'clear',
  restart: true,
}
const asks = {
  reason: { code: 'blocker.namespaces-ask', params: { cluster: 'east', count: 1 } },
  cluster: 'east',
  fix: 'clear-injection',
  intent: clear,
  evidence: [],
  partial: false,
}
const held: Stage = {
  name: 'remove-control-plane',
  cluster: 'east',
  state: 'blocked',
  reason: { code: 'stage.still-used', params: { cluster: 'east' } },
  objects: [],
}

it.each([
  ['terminating', null],
  ['failed', 'east'],
] as const)('a stage that is held leads to what holds it, of a mesh that is %s', async (phase, leaving) => {
  const calls = serve({
    'GET /session': () => session,
    'GET /meshes/shop/removal': () => ({
      protected: false,
      conditions: [asks],
      members: [],
      stays: [],
      refused: [],
      clusters: [],
    }),
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })
  await open(<Stages mesh={{ name: 'shop', kind: 'Managed', phase }} stages={[held]} />)
  expect(await screen.findByText(/nothing is taken from under them/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'See what stands in the way' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Clear the policy and restart' }))
  expect(calls.find((call) => call.path === '/meshes/shop/removal')?.search.get('leaving')).toBe(leaving)
  await waitFor(() => expect(calls.find((call) => call.path === '/plans')?.body).toEqual({ intent: clear }))
})
