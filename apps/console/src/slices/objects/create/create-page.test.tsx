import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import '../../../app/plan/plan-drawer.tsx'
import { type Answers, open, problem, serve, session } from '../../../testing.tsx'
import '../editor/text-pane.tsx'
import { CreatePage } from './create-page.tsx'

const answers: Answers = {
  'GET /session': () => session,
  'GET /meshes/prod/places': () => ({ places: [{ cluster: 'east', namespaces: ['shop', 'web'] }], clusters: [] }),
  'GET /clusters/east/schema': () => problem(404, 'objects.no_schema', { name: 'x' }),
  'POST /plans': () =>
    problem(422, 'plan.invalid', { reasons: [{ code: 'objects.not_a_rule', params: { kind: 'X' } }] }),
}
const show = (search = '') => open(<CreatePage />, `/meshes/prod/new/object${search}`, '/meshes/$mesh/new/object')

afterEach(() => vi.unstubAllGlobals())

describe('CreatePage', () => {
  it('offers every kind with what it is for', async () => {
    serve(answers)
    await show()
    const links = await screen.findAllByRole('link')
    expect(
      links.map((link) => link.getAttribute('href')).filter((href) => href?.includes('kind=') === true),
    ).toHaveLength(7)
  })

  it('asks for a place, then plans what the form wrote', async () => {
    const calls = serve(answers)
    await show('?kind=PeerAuthentication')
    const user = userEvent.setup()
    await user.click(await screen.findByRole('button', { name: 'Review and create' }))
    expect(await screen.findByText('This is needed')).toBeDefined()
    expect(calls.filter((call) => call.path === '/plans')).toEqual([])
    await user.type(screen.getByLabelText(/metadata\.namespace/), 'shop')
    await user.click(screen.getByRole('button', { name: 'Review and create' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: {
          type: 'objects.create',
          mesh: 'prod',
          cluster: 'east',
          object: {
            apiVersion: 'security.istio.io/v1',
            kind: 'PeerAuthentication',
            metadata: { name: 'mtls-namespace', namespace: 'shop' },
            spec: { mtls: { mode: 'STRICT' } },
          },
        },
      }),
    )
  })

  it('says when a namespace is made along with the rule', async () => {
    serve(answers)
    await show('?kind=PeerAuthentication')
    await userEvent.type(await screen.findByLabelText(/metadata\.namespace/), 'new')
    expect(await screen.findByText(/does not exist in east yet/)).toBeDefined()
  })
})
