import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../app/plan/plan-drawer.tsx'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { ObjectsPage, SecurityPage } from './list-page.tsx'

const ref = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  namespace: 'shop',
  name: 'reviews',
}
const rows = [
  {
    ref,
    uid: 'u1',
    summary: 'reviews',
    worst: 'error',
    findings: 2,
    managedBy: { tool: 'Argo CD', manager: 'argocd' },
    subject: { host: 'reviews', port: 9080 },
  },
]
const answers: Answers = {
  'GET /session': () => session,
  'GET /meshes/prod/places': () => ({ places: [], clusters: [] }),
  'GET /meshes/prod/objects': () => ({ items: rows, total: 1, clusters: [] }),
  'POST /plans': () => problem(422, 'plan.invalid', { reasons: [] }),
}

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

describe('rules', () => {
  it('are listed with the worst that is wrong and who else keeps them', async () => {
    serve(answers)
    await open(<ObjectsPage />, '/meshes/prod/objects', '/meshes/$mesh/objects')
    expect((await screen.findByRole('link', { name: 'reviews' })).getAttribute('href')).toBe(
      '/meshes/prod/objects/east/VirtualService.v1.networking.istio.io/shop/reviews',
    )
    expect(screen.getByText('2 findings')).toBeDefined()
    expect(screen.getByText('Argo CD')).toBeDefined()
  })

  it('are deleted by their uid, after the name was typed', async () => {
    const calls = serve(answers)
    await open(<ObjectsPage />, '/meshes/prod/objects', '/meshes/$mesh/objects')
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for reviews' }))
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'objects.delete', mesh: 'prod', ref, uid: 'u1' },
      }),
    )
    expect(await screen.findByLabelText(/Type reviews to confirm/)).toBeDefined()
  })

  it('of security are asked for by kind, and an empty page says what brings one', async () => {
    const calls = serve({ ...answers, 'GET /meshes/prod/objects': () => ({ items: [], total: 0, clusters: [] }) })
    await open(<SecurityPage />, '/meshes/prod/security', '/meshes/$mesh/security')
    expect(await screen.findByText('No security rule yet')).toBeDefined()
    const asked = calls.find((call) => call.path.endsWith('/objects'))?.search.toString() ?? ''
    expect(decodeURIComponent(asked)).toContain('PeerAuthentication')
    expect(asked).not.toContain('VirtualService')
  })
})
