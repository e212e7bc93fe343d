import { forbidden } from '@orbweaver/contracts/missing-right'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { type Call, open, problem, serve, session } from '../../../testing.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

afterEach(() => vi.unstubAllGlobals())

const shop = { name: 'shop', kind: 'Managed', phase: 'ready' } as const
const namespace = { cluster: 'hub', group: '', version: 'v1', kind: 'Namespace', name: 'cart' }
const clear = {
  type: 'sidecars.namespaces',
  mesh: 'shop',
  namespaces: [{ cluster: 'hub', namespace: 'cart' }],
  action: 'clear',
  restart: true,
}
const asks = {
  reason: { code: 'blocker.namespaces-ask', params: { cluster: 'hub', count: 1 } },
  cluster: 'hub',
  fix: 'clear-injection',
  intent: clear,
  evidence: [namespace],
  partial: false,
}
const away = {
  reason: { code: 'blocker.cluster-unreachable', params: { cluster: 'east' } },
  cluster: 'east',
  fix: 'leave-behind',
  evidence: [],
  partial: false,
}
const stay = { cluster: 'hub', code: 'marked-namespace', objects: [namespace] }
function removal(more: object = {}) {
  return { protected: false, conditions: [], members: ['east'], stays: [stay], refused: [], clusters: [], ...more }
}
const planOf = (calls: Call[]) => calls.filter((call) => call.path === '/plans').at(-1)?.body
const served = (answer: () => object) =>
  serve({
    'GET /session': () => session,
    'GET /meshes/shop/removal': answer,
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })

it('shows what stands in the way with its one-click fix, and asks again when that is done', async () => {
  let conditions: object[] = [asks]
  const calls = served(() => removal({ conditions }))
  await open(<RemoveDialog mesh={shop} onClose={() => undefined} />)
  await userEvent.click(await screen.findByRole('radio', { name: /Uninstall/ }))
  expect(await screen.findByText('In hub, 1 namespace still asks for injection')).toBeTruthy()
  expect(screen.getByText(/One member is taken out first: east/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Show the plan' }).getAttribute('aria-disabled')).toBe('true')
  await userEvent.click(screen.getByRole('button', { name: 'Clear the policy and restart' }))
  await waitFor(() => expect(planOf(calls)).toEqual({ intent: clear }))
  expect(screen.queryByText(/still asks for injection/)).toBeNull()
  conditions = []
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
  await userEvent.click(await screen.findByRole('radio', { name: /Uninstall/ }))
  expect(await screen.findByText('Nothing stands in the way.')).toBeTruthy()
})

it('leaves a cluster behind that does not answer, if it is told so', async () => {
  const calls = served(() => removal({ conditions: [away] }))
  await open(<RemoveDialog mesh={shop} onClose={() => undefined} />)
  await userEvent.click(await screen.findByRole('radio', { name: /Uninstall/ }))
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Do not wait for east' }))
  await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
  await waitFor(() =>
    expect(planOf(calls)).toEqual({
      intent: { type: 'meshes.delete', name: 'shop', uninstall: true, leaveBehind: ['east'] },
    }),
  )
})

it('refuses to delete a protected mesh, in any way, and offers to take the protection off', async () => {
  const calls = served(() => removal({ protected: true }))
  await open(<RemoveDialog mesh={shop} onClose={() => undefined} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Take protection off' }))
  await waitFor(() =>
    expect(planOf(calls)).toEqual({ intent: { type: 'meshes.protect', name: 'shop', protected: false } }),
  )
})

it('says what one may not do, and nothing of what others run', async () => {
  const refused = [forbidden({ cluster: 'hub', verb: 'delete', group: 'sailoperator.io', resource: 'istios' })]
  served(() => removal({ refused, stays: [] }))
  await open(<RemoveDialog mesh={shop} onClose={() => undefined} />)
  await userEvent.click(await screen.findByRole('radio', { name: /Uninstall/ }))
  expect(await screen.findByText('delete istios.sailoperator.io')).toBeTruthy()
})

it('takes members out, leaving one behind that is gone', async () => {
  const calls = served(() => removal({ conditions: [away], members: [] }))
  await open(<LeaveDialog mesh="shop" clusters={['east']} onClose={() => undefined} onStarted={() => undefined} />)
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Do not wait for east' }))
  expect(calls.find((call) => call.path === '/meshes/shop/removal')?.search.get('leaving')).toBe('east')
  await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
  await waitFor(() =>
    expect(planOf(calls)).toEqual({
      intent: { type: 'meshes.leave', name: 'shop', clusters: ['east'], leaveBehind: ['east'] },
    }),
  )
})
