import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { recordAt } from '@orbweaver/contracts/json'
import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import '../../../app/plan/plan-drawer.tsx'
import { JoinDrawer } from './join-drawer.tsx'

afterEach(() => vi.unstubAllGlobals())

const mesh: MeshSummary = {
  name: 'shop',
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlaneCluster: 'hub',
  phase: 'ready',
  clusters: { healthy: 2, total: 2 },
  pods: { injected: 3, total: 9, pendingRestart: 0 },
}
const spec = MeshSpec.parse({
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'hub', namespace: 'istio-system' },
  members: [{ cluster: 'far' }],
})
const east = { name: 'east', versions: ['v1.30.3'], istio: [] }
const node = { cluster: 'east', group: '', version: 'v1', kind: 'Node', name: 'node-1' }
const overlap = {
  id: 'pod-network.overlap',
  cluster: 'east',
  severity: 'blocking',
  params: { other: 'hub', network: 'n1', range: '10.1.0.0/16' },
  evidence: [{ ref: node, value: '10.1.0.0/16' }],
  fix: { code: 'separate-networks', commands: [] },
}
const clock = { id: 'clock.skewed', severity: 'warning', params: { seconds: 90 } }

it.each([
  ['beside the clusters that can be chosen', [east]],
  ['where there is none', []],
])('leads to registering a cluster %s', async (_, clusters) => {
  serve({ 'GET /session': () => session, 'GET /mesh-choices': () => ({ clusters, truths: [] }) })
  await open(<JoinDrawer mesh={mesh} spec={spec} members={[]} open onClose={() => undefined} />, '/')
  const link = await screen.findByRole('link', { name: 'Register cluster' })
  expect(link.getAttribute('href')).toBe('/new/cluster')
})

it('shows what speaks against it on either side, and asks one thing again', async () => {
  const calls = serve({
    'GET /session': () => session,
    'GET /mesh-choices': () => ({ clusters: [east], truths: [] }),
    'POST /mesh-preflight': ({ body }) =>
      recordAt(body).only !== undefined
        ? { checks: [{ ...overlap, id: 'pod-network.ok', severity: 'ok' }], objects: [], clusters: [] }
        : {
            checks: [overlap, { ...clock, cluster: 'hub' }, { ...clock, cluster: 'far' }],
            objects: [],
            clusters: [],
          },
  })
  const close = () => undefined
  await open(<JoinDrawer mesh={mesh} spec={spec} members={[]} open onClose={close} />, '/')
  await userEvent.click(await screen.findByRole('checkbox', { name: /east/ }))
  const list = await screen.findByRole('list', { name: 'Preflight' })
  const [first, second, ...more] = within(list)
    .getAllByRole('listitem')
    .filter((each) => each.parentElement === list)
  expect(first?.textContent).toContain('Pods of east and of hub have addresses of one range (10.1.0.0/16)')
  expect(first?.textContent).toContain('Nodenode-1')
  expect(second?.textContent).toContain('The clock of hub is 90 s off')
  expect(more).toEqual([])
  await userEvent.click(within(list).getByRole('button', { name: 'Check again: Pod ranges, east' }))
  await waitFor(() => expect(screen.queryByText(/have addresses of one range/)).toBeNull())
  const asked = calls.filter((call) => call.path === '/mesh-preflight').map((call) => call.body)
  expect(asked.at(0)).toMatchObject({ spec: { members: [{ cluster: 'far' }, { cluster: 'east' }] } })
  expect(asked.at(-1)).toMatchObject({ only: { topic: 'pod-network', cluster: 'east' } })
})

const injectable = {
  items: [
    { namespace: 'bank', policy: 'none' },
    { namespace: 'shop', policy: 'revision', revision: 'canary' },
  ],
  clusters: [{ cluster: 'east', state: 'fresh' }],
}

it('offers the namespaces of a cluster with what they ask for, and takes a name that is not offered', async () => {
  const calls = serve({
    'GET /session': () => session,
    'GET /mesh-choices': () => ({ clusters: [east], truths: [] }),
    'POST /mesh-preflight': () => ({ checks: [], objects: [], clusters: [] }),
    'GET /clusters/east/injectable-namespaces': () => injectable,
    'POST /plans': () => problem(422, 'plan.invalid', { reasons: [{ code: 'plan.nothing_to_do', params: {} }] }),
  })
  await open(<JoinDrawer mesh={mesh} spec={spec} members={[]} open onClose={() => undefined} />, '/')
  await userEvent.click(await screen.findByRole('checkbox', { name: /east/ }))
  const field = await screen.findByRole('combobox', { name: 'Namespaces of east to inject' })
  await userEvent.click(field)
  expect(await screen.findByText('by revision canary now')).toBeDefined()
  await userEvent.click(screen.getByText('not set'))
  await userEvent.type(field, 'unlisted{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
  await waitFor(() => expect(calls.some((call) => call.path === '/plans')).toBe(true))
  expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
    intent: {
      type: 'meshes.join',
      name: 'shop',
      members: [{ cluster: 'east' }],
      inject: ['bank', 'unlisted'].map((namespace) => ({ cluster: 'east', namespace })),
    },
  })
})
