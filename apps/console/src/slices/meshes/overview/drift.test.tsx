import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { Drift } from './drift.tsx'

afterEach(() => vi.unstubAllGlobals())

const ref = { cluster: 'east', group: 'sailoperator.io', version: 'v1', kind: 'Istio', name: 'shop' }
const tag = { ...ref, kind: 'IstioRevisionTag', name: 'default' }
const mode = '/spec/values/meshConfig/outboundTrafficPolicy/mode'
const says = '/spec/settings/governance/outboundTrafficPolicy'
const drift = [
  { ref, pointers: [mode, '/spec/profile'], missing: false },
  { ref: tag, pointers: [], missing: true },
]
const fields = [
  { ref, pointer: mode, live: 'REGISTRY_ONLY', asked: 'ALLOW_ANY', says },
  { ref, pointer: '/spec/profile', asked: 'default', why: { code: 'meshes.drift_made_by_console', params: {} } },
  { ref: tag, pointer: '', why: { code: 'meshes.drift_needs_object', params: {} } },
]

it('shows both sides of each place, and adopts what the mesh can say', async () => {
  const calls = serve({
    'GET /session': () => session,
    'GET /meshes/shop/drift': () => ({ fields, total: 3, clusters: [] }),
  })
  await open(<Drift mesh="shop" drift={drift} />)
  expect(
    (await screen.findByText('spec.values.meshConfig.outboundTrafficPolicy.mode')).closest('li')?.textContent,
  ).toContain('The mesh says ALLOW_ANYThe cluster has REGISTRY_ONLY')
  expect(screen.getByText(/no field of the mesh says it otherwise/)).toBeTruthy()
  expect(screen.getByText(/The object is gone, and the mesh needs it/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Adopt 1' }))
  await vi.waitFor(() => {
    expect(calls.find((each) => each.path === '/plans')?.body).toEqual({
      intent: { type: 'meshes.adopt-drift', name: 'shop', places: [{ ref, pointer: mode }] },
    })
  })
})

it('asks for nothing where nothing differs', async () => {
  const calls = serve({ 'GET /session': () => session })
  await open(<Drift mesh="shop" drift={[]} />)
  expect(calls.filter((each) => each.path.includes('drift'))).toEqual([])
})
