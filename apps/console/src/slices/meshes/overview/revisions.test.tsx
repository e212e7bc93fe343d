import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import { Revisions } from './parts.tsx'

afterEach(() => vi.unstubAllGlobals())

const revision = (name: string, more: { active: boolean; isDefault: boolean }) => ({
  name,
  version: 'v1.31.0',
  state: 'Healthy',
  inUse: true,
  ...more,
})
const beside = [
  revision('shop-v1-30-3', { active: false, isDefault: true }),
  revision('shop-v1-31-0', { active: true, isDefault: false }),
]
const alone = [revision('shop-v1-31-0', { active: true, isDefault: false })]
const mesh = (more: Partial<Pick<MeshSummary, 'kind' | 'phase'>> = {}) => ({
  name: 'shop',
  kind: 'Managed' as const,
  phase: 'ready' as const,
  ...more,
})
const button = () => screen.queryByRole('button', { name: 'Make it the default' })

it('the default is moved to the version of the mesh, by plan', async () => {
  const calls = serve({
    'GET /session': () => session,
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })
  await open(<Revisions mesh={mesh()} revisions={beside} stays={undefined} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Make it the default' }))
  const intent = { type: 'meshes.move-default', name: 'shop' }
  await waitFor(() => expect(calls.find((call) => call.path === '/plans')?.body).toEqual({ intent }))
})

it.each([
  ['it is the default', mesh(), [revision('shop-v1-31-0', { active: true, isDefault: true })]],
  ['it is not there yet', mesh({ phase: 'progressing' }), alone],
  ['others installed it', mesh({ kind: 'External' }), beside],
  ['the mesh goes', mesh({ phase: 'terminating' }), beside],
])('it is not offered where %s', async (_, of, revisions) => {
  serve({ 'GET /session': () => session })
  await open(<Revisions mesh={of} revisions={revisions} stays={undefined} />)
  await screen.findByText('shop-v1-31-0')
  expect(button()).toBeNull()
})

it('is not moved where it is missing or of somebody else: the button says so', async () => {
  const calls = serve({ 'GET /session': () => session })
  const stays = { code: 'meshes.default_missing', params: { name: 'shop', cluster: 'hub', revision: 'shop-v1-31-0' } }
  await open(<Revisions mesh={mesh()} revisions={alone} stays={stays} />)
  const held = await screen.findByRole('button', { name: 'Make it the default' })
  expect(held.getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByRole('button', { description: /Cluster hub has no IstioRevisionTag default/ })).toBe(held)
  await userEvent.click(held)
  expect(calls.filter(({ path }) => path === '/plans')).toEqual([])
})
