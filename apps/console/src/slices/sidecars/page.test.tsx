import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../app/plan/plan-drawer.tsx'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { SidecarsPage } from './page.tsx'

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

const truth = { cluster: 'east', state: 'fresh', asOf: '2026-01-01T00:00:00Z' }
const pods = { injected: 2, total: 5, pendingRestart: 3 }
const namespaces = [
  {
    cluster: 'east',
    namespace: 'shop',
    policy: 'enabled',
    servedBy: '1-28',
    pods,
    workloads: 2,
    system: false,
    findings: { count: 0 },
  },
  { cluster: 'east', namespace: 'secret', policy: 'enabled', system: false, findings: { count: 0 } },
  {
    cluster: 'west',
    namespace: 'old',
    policy: 'conflict',
    revision: 'canary',
    pods,
    workloads: 1,
    system: false,
    findings: { count: 0 },
  },
  {
    cluster: 'east',
    namespace: 'istio-system',
    policy: 'none',
    pods,
    workloads: 1,
    system: true,
    findings: { count: 0 },
  },
]
const ref = (name: string, kind = 'Deployment') => ({
  cluster: 'east',
  group: 'apps',
  version: 'v1',
  kind,
  namespace: 'shop',
  name,
})
const workloads = [
  {
    ref: ref('cart'),
    policy: 'none',
    pods: { ...pods, ready: 5 },
    proxyVersions: ['1.27.0', '1.28.0'],
    revisions: ['1-28'],
    why: { code: 'injection.missing', params: {} },
    restartable: true,
    findings: { count: 0 },
  },
  {
    ref: ref('db', 'StatefulSet'),
    policy: 'disabled',
    pods: { ...pods, ready: 1 },
    proxyVersions: [],
    revisions: [],
    why: { code: 'injection.on-delete', params: {} },
    restartable: false,
    findings: { count: 0 },
  },
  {
    ref: { ...ref('once', 'Job'), group: 'batch' },
    policy: 'none',
    pods: { ...pods, ready: 1 },
    proxyVersions: [],
    revisions: [],
    restartable: false,
    findings: { count: 0 },
  },
]
const answers: Answers = {
  'GET /session': () => session,
  'GET /meshes/prod': () => problem(500, 'server.failed', { request: 'r' }),
  'GET /meshes/prod/places': () => ({ places: [{ cluster: 'east', namespaces: ['shop'] }], clusters: [truth] }),
  'GET /meshes/prod/sidecars/namespaces': () => ({ items: namespaces, total: 4, clusters: [truth] }),
  'GET /meshes/prod/sidecars/workloads': () => ({ items: workloads, total: 3, clusters: [truth] }),
  'POST /plans': () =>
    problem(422, 'plan.invalid', { reasons: [{ code: 'sidecars.not_in_mesh', params: { cluster: 'west' } }] }),
}
const show = (search = '') => open(<SidecarsPage />, `/meshes/prod/sidecars${search}`, '/meshes/$mesh/sidecars')
const row = async (name: string) => {
  const found = (await screen.findByText(name)).closest('tr')
  if (found === null) throw new Error(`no row ${name}`)
  return within(found)
}

describe('namespaces', () => {
  it('say policy, who serves and what waits, and nothing about Pods one may not list', async () => {
    serve(answers)
    await show()
    const shop = await row('shop')
    expect(shop.getByText('Enabled')).toBeDefined()
    expect(shop.getByText('2/5')).toBeDefined()
    expect(shop.getByRole('link', { name: '3' }).getAttribute('href')).toContain('tab=workloads')
    const secret = await row('secret')
    expect(secret.getByText('Nobody injects')).toBeDefined()
    expect(secret.getAllByText('not permitted')).toHaveLength(2)
    expect((await row('old')).getByText(/istio-injection decides/)).toBeDefined()
  })

  it('are switched together, with their workloads when asked', async () => {
    const calls = serve(answers)
    await show()
    const user = userEvent.setup()
    await user.click(await screen.findByLabelText('Select shop'))
    await user.click(screen.getByLabelText('Select old'))
    await user.click(screen.getByLabelText('Restart the workloads concerned'))
    await user.click(screen.getByRole('button', { name: 'Disable injection' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: {
          type: 'sidecars.namespaces',
          mesh: 'prod',
          namespaces: [
            { cluster: 'east', namespace: 'shop' },
            { cluster: 'west', namespace: 'old' },
          ],
          action: 'disable',
          restart: true,
        },
      }),
    )
    expect(await screen.findByText('Cluster west is not in this mesh.')).toBeDefined()
  })

  it('of the system are not ticked', async () => {
    serve(answers)
    await show('?system=yes')
    expect((await screen.findByLabelText('Select istio-system')).hasAttribute('disabled')).toBe(true)
  })

  it('show why the list failed', async () => {
    serve({
      ...answers,
      'GET /meshes/prod/sidecars/namespaces': () => problem(404, 'meshes.not_found', { name: 'prod' }),
    })
    await show()
    expect(await screen.findByText('There is no mesh prod that you can see.')).toBeDefined()
  })
})

describe('workloads', () => {
  it('restart what can be restarted of the ticked ones', async () => {
    const calls = serve(answers)
    await show('?tab=workloads')
    const user = userEvent.setup()
    expect((await row('db')).getByText(/OnDelete/)).toBeDefined()
    expect(screen.getByLabelText('Select once').hasAttribute('disabled')).toBe(true)
    await user.click(screen.getByLabelText('Select cart'))
    await user.click(screen.getByLabelText('Select db'))
    await user.click(screen.getByRole('button', { name: 'Restart 1 of them' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'sidecars.restart', mesh: 'prod', workloads: [ref('cart')] },
      }),
    )
  })

  it('asks the server for one namespace of one cluster', async () => {
    const calls = serve(answers)
    await show('?tab=workloads&namespace=shop&cluster=east')
    await screen.findByText('cart')
    const asked = calls.find((call) => call.path.endsWith('/workloads'))?.search
    expect([asked?.get('namespace'), asked?.get('cluster')]).toEqual(['shop', 'east'])
  })
})
