import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../app/plan/plan-drawer.tsx'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { TlsSecretsPage } from './list-page.tsx'

const place = (name: string) => ({ cluster: 'east', group: '', version: 'v1', kind: 'Secret', namespace: 'edge', name })
const by = { ...place('front'), group: 'networking.istio.io', kind: 'Gateway' }
const use = { by, pointer: '/spec/servers/0/tls/credentialName', side: 'server', cluster: 'east' }
const row = (name: string, more: object = {}) => ({
  ref: place(name),
  uid: `uid-${name}`,
  labels: {},
  holds: { pair: true, ca: false },
  state: 'valid',
  endsAt: '2099-01-01T00:00:00Z',
  usedBy: [],
  usedHidden: false,
  ...more,
})
const counts = { missing: 1, expired: 0, expiring: 0, unreadable: 0, unused: 1 }
const list = (items: object[], more: object = {}) => ({
  items,
  total: items.length,
  counts,
  namespaces: ['edge'],
  withheld: [],
  clusters: [{ cluster: 'east', state: 'fresh' }],
  ...more,
})
const why = { code: 'security.not_permitted', params: { cluster: 'west', verb: 'list', resource: 'secrets' } }

function answers(page: object): Answers {
  return {
    'GET /session': () => session,
    'GET /meshes/prod/tls-secrets': () => page,
    'POST /plans': () => problem(422, 'plan.invalid', { reasons: [] }),
  }
}
const show = () => open(<TlsSecretsPage />, '/meshes/prod/tls-secrets', '/meshes/$mesh/tls-secrets')
const menuOf = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name: `Actions for ${name}` }))

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

describe('TLS secrets', () => {
  it('are listed with what uses them; one that is used is not offered to be deleted', async () => {
    serve(answers(list([row('web', { usedBy: [use] })])))
    await show()
    expect((await screen.findByRole('link', { name: 'web' })).getAttribute('href')).toContain(
      'secret=east%2Fedge%2Fweb',
    )
    expect(screen.getByRole('link', { name: /front/ })).toBeTruthy()
    await menuOf('web')
    expect(screen.getByRole('menuitem', { name: /Delete/ }).getAttribute('aria-disabled')).toBe('true')
  })

  it('that nobody uses are deleted by their uid, after the name was typed', async () => {
    const calls = serve(answers(list([row('spare')])))
    await show()
    await menuOf('spare')
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete' }))
    const secrets = [{ cluster: 'east', namespace: 'edge', name: 'spare', uid: 'uid-spare' }]
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'security.delete-secrets', mesh: 'prod', secrets },
      }),
    )
    expect(await screen.findByLabelText(/Type spare to confirm/)).toBeDefined()
  })

  it('that a rule names in vain can be made, and lead nowhere', async () => {
    serve(answers(list([row('gone', { state: 'missing', uid: undefined, endsAt: undefined, usedBy: [use] })])))
    await show()
    await menuOf('gone')
    expect(screen.getAllByRole('menuitem').map((each) => each.textContent)).toEqual(['Create it'])
    expect(screen.queryByRole('link', { name: 'gone' })).toBeNull()
  })

  it('that one may not see are said to be withheld, with the right that is missing', async () => {
    serve(answers(list([], { withheld: [{ cluster: 'west', why }] })))
    await show()
    expect(await screen.findByText('No TLS secret that you may see')).toBeTruthy()
    expect(screen.getByText(/you may not list secrets in all of its namespaces/)).toBeTruthy()
  })

  it('are asked for again where they could not be read', async () => {
    const calls = serve({ ...answers({}), 'GET /meshes/prod/tls-secrets': () => problem(500, 'server.failed', {}) })
    await show()
    await userEvent.click(await screen.findByRole('button', { name: /Try again|Retry/ }))
    await waitFor(() => expect(calls.filter((call) => call.path.endsWith('/tls-secrets')).length).toBeGreaterThan(1))
  })
})
