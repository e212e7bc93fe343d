import type { MemberSync } from '@orbweaver/contracts/member-sync'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import type { Member } from '../health.ts'
import { MemberStatus, SyncStatus, Unserved } from './sync.tsx'

afterEach(() => vi.unstubAllGlobals())

function memberWith(sync: MemberSync): Member {
  return {
    cluster: 'east',
    role: 'member',
    state: 'ready',
    namespaces: 4,
    injectedNamespaces: 1,
    pods: { injected: 1, total: 3 },
    sync,
  }
}

function Shown(props: { member: Member }) {
  return (
    <>
      <p data-testid="state">
        <MemberStatus of={props.member} why />
      </p>
      <p data-testid="sync">
        <SyncStatus of={props.member.sync} />
      </p>
      <Unserved mesh="shop" members={[props.member]} />
    </>
  )
}

it('a member that timed out is not served, with what to look at and the plan that may mend it', async () => {
  const calls = serve({ 'GET /session': () => session, 'POST /plans': () => problem(500, 'server.failed', {}) })
  const member = memberWith({
    state: 'timeout',
    asOf: '2026-01-01T00:00:00Z',
    secretName: 'istio-system/remote-east',
    replicas: [
      { pod: 'istiod-a', state: 'synced' },
      { pod: 'istiod-b', state: 'timeout' },
    ],
  })
  await open(<Shown member={member} />, '/')
  expect((await screen.findByTestId('state')).textContent).toBe('Not served')
  expect(screen.getByTestId('sync').textContent).toMatch(/^Timed out .*ago$/)
  const region = screen.getByRole('region', { name: 'Members that istiod does not serve' })
  expect(region.textContent).toContain('Check in Secret istio-system/remote-east that the token is valid')
  expect(within(region).getByRole('list', { name: 'What each istiod says' }).textContent).toBe(
    'istiod-a Syncedistiod-b Timed out',
  )
  await userEvent.click(within(region).getByRole('button', { name: 'Repair' }))
  await waitFor(() =>
    expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
      intent: { type: 'meshes.repair', name: 'shop' },
    }),
  )
})

it('a member that istiod has no Secret for is told apart from one that timed out', async () => {
  serve({ 'GET /session': () => session })
  await open(<Shown member={memberWith({ state: 'unknown-to-istiod', replicas: [] })} />, '/')
  const region = await screen.findByRole('region', { name: 'Members that istiod does not serve' })
  expect(region.textContent).toContain('lacks the label istio/multiCluster=true')
  expect(within(region).queryByRole('list', { name: 'What each istiod says' })).toBeNull()
})

it('a member of which nobody could ask is as its stages say, with why nobody knows', async () => {
  serve({ 'GET /session': () => session })
  const why = { code: 'meshes.istiod_not_permitted', params: { cluster: 'hub', namespace: 'istio-system' } }
  await open(<Shown member={memberWith({ state: 'not-asked', why, replicas: [] })} />, '/')
  expect((await screen.findByTestId('state')).textContent).toBe('Ready')
  expect(screen.getByTestId('sync').textContent).toContain('You may not list Pods in namespace istio-system of hub')
  expect(screen.queryByRole('region')).toBeNull()
})
