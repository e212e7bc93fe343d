import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../app/plan/plan-drawer.tsx'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { MeshNetworksPage } from './networks-page.tsx'

vi.mock('mermaid', () => ({
  default: { initialize: () => undefined, render: () => Promise.reject(new Error('no canvas')) },
}))
beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

const workload = { cluster: 'west', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'cart' }
const gateway = (cluster: string, more: object = {}) => ({
  ref: { cluster, group: '', version: 'v1', kind: 'Service', namespace: 'istio-system', name: 'istio-eastwestgateway' },
  network: cluster,
  type: 'LoadBalancer',
  addresses: [`${cluster}.example.com:15443`],
  given: false,
  ready: 1,
  annotations: {},
  ...more,
})
const member = (cluster: string, more: object = {}) => ({
  cluster,
  role: 'member',
  network: cluster,
  source: 'mesh',
  label: cluster,
  gateways: [gateway(cluster)],
  stale: { pods: 0, workloads: [] },
  nodes: { total: 1, items: [{ name: `${cluster}-node`, region: 'eu' }] },
  podCidrs: [],
  sync: { state: 'synced', replicas: [] },
  ...more,
})
const rule = {
  cluster: 'hub',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'Gateway',
  namespace: 'istio-system',
  name: 'cross-network-gateway',
}
const exposure = { wanted: true, found: 'yes', ref: rule }
const west = member('west', {
  stale: { pods: 2, workloads: [{ ref: workload, pods: 2, restartable: true }] },
  settings: { replicas: 3 },
})
const networks = (more: object = {}) => ({
  kind: 'Managed',
  deleting: false,
  members: [member('hub', { role: 'control-plane', sync: undefined }), member('east'), west],
  exposure,
  clusters: [],
  ...more,
})
const services = {
  items: [
    {
      namespace: 'shop',
      name: 'web',
      host: 'web.shop.svc.cluster.local',
      refs: [
        { ...workload, cluster: 'east', kind: 'Service', group: '' },
        { ...workload, kind: 'Service', group: '' },
      ],
      differences: [
        {
          aspect: 'ports',
          says: [
            { cluster: 'east', value: '80/TCP' },
            { cluster: 'west', value: '' },
          ],
        },
      ],
      inconsistent: true,
    },
  ],
  total: 1,
  inconsistent: 1,
  clusters: [],
}

async function show(search = '', answers: Answers = {}) {
  const calls = serve({
    'GET /session': () => session,
    'GET /meshes/shop/networks': () => networks(),
    'GET /meshes/shop/same-services': () => services,
    'GET /meshes/shop/metrics/crossings': () => ({ sources: [], hidden: false, clusters: [], crossings: [] }),
    'POST /plans': () => problem(422, 'plan.invalid', { reasons: [{ code: 'plan.nothing_to_do', params: {} }] }),
    ...answers,
  })
  await open(<MeshNetworksPage />, `/meshes/shop/networks${search}`, '/meshes/$mesh/networks')
  return { user: userEvent.setup(), intent: () => calls.find((call) => call.path === '/plans')?.body }
}
/** At once: typing letter by letter is slow here, and says no more. */
const fill = async (label: RegExp, value: string, selector = 'input') =>
  fireEvent.change(await screen.findByLabelText(label, { selector }), { target: { value } })
const press = async (name: string) => fireEvent.click(await screen.findByText(name))
const planned = async (intent: () => unknown, wanted: object) =>
  waitFor(() => expect(intent()).toEqual({ intent: wanted }))

describe('network groups', () => {
  it('say how each cluster is entered, and what is set', async () => {
    await show()
    const group = within(await screen.findByRole('region', { name: 'west' }))
    expect(group.getByText('west.example.com:15443')).toBeDefined()
    expect(group.getByText('3 replicas')).toBeDefined()
    expect(group.getByText('2 Pods still on another network')).toBeDefined()
  })

  it('of a mesh that is being deleted stay as they are', async () => {
    await show('', { 'GET /meshes/shop/networks': () => networks({ deleting: true }) })
    expect(await screen.findAllByText('The mesh is being deleted.')).not.toEqual([])
    const off = (name: string) =>
      screen.getAllByRole<HTMLButtonElement>('button', { name }).map((each) => each.disabled)
    expect(new Set([...off('Rename'), ...off('Stop exposing'), ...off('Gateway settings: west')])).toEqual(
      new Set([true]),
    )
    expect(screen.getByRole('button', { name: 'Move clusters' }).getAttribute('aria-disabled')).toBe('true')
  })

  it('plan the restart of Pods that a move left behind', async () => {
    const { user, intent } = await show()
    await user.click(await screen.findByRole('button', { name: 'Restart 1 workload' }))
    await planned(intent, { type: 'sidecars.restart', mesh: 'shop', workloads: [workload] })
  })

  it('stop exposing services', async () => {
    const { user, intent } = await show()
    await user.click(await screen.findByRole('button', { name: 'Stop exposing' }))
    await planned(intent, { type: 'meshes.expose-services', name: 'shop', expose: false })
  })

  it('are renamed by moving all their clusters', async () => {
    const { intent } = await show()
    const group = within(await screen.findByRole('region', { name: 'east' }))
    fireEvent.click(group.getByText('Rename'))
    expect(await screen.findByText('Rename network east')).toBeDefined()
    await fill(/^Network/, 'north')
    await press('Show the plan')
    await planned(intent, { type: 'meshes.move-network', name: 'shop', clusters: ['east'], network: 'north' })
  })

  it('set a gateway whole, and refuse what is no address', async () => {
    const { intent } = await show()
    fireEvent.click(await screen.findByLabelText('Gateway settings: west'))
    await fill(/^Given addresses/, 'https://no', 'textarea')
    await press('Show the plan')
    expect(await screen.findByText(/without scheme or port/)).toBeDefined()
    await fill(/^Given addresses/, '203.0.113.7', 'textarea')
    await press('Show the plan')
    await planned(intent, {
      type: 'meshes.east-west-gateway',
      name: 'shop',
      gateway: { cluster: 'west', replicas: 3, addresses: ['203.0.113.7'] },
    })
  })

  it('are for managed meshes; who may not read a cluster is told so', async () => {
    const unread = { code: 'network.not-permitted', params: { cluster: 'west', namespace: 'istio-system' } }
    const hidden = { ...west, unread, gateways: undefined, stale: undefined, nodes: undefined, label: undefined }
    await show('', {
      'GET /meshes/shop/networks': () => networks({ members: [hidden], exposure: undefined, kind: 'External' }),
    })
    expect(await screen.findByText('You may not read what runs in istio-system of west.')).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Rename' })).toBeNull()
  })
})

describe('ways', () => {
  it('open what they are judged by, and the next step', async () => {
    const { user, intent } = await show('?tab=ways', {
      'GET /meshes/shop/networks': () => networks({ exposure: { ...exposure, found: 'no', wanted: false } }),
    })
    await user.click(await screen.findByRole('button', { name: 'hub to east: Broken' }))
    const drawer = within(await screen.findByRole('dialog'))
    expect(drawer.getAllByText(/Services are not exposed/)).toHaveLength(2)
    await user.click(drawer.getByRole('button', { name: 'Expose services' }))
    await planned(intent, { type: 'meshes.expose-services', name: 'shop', expose: true })
  })

  it('that are whole say so, and that nothing was sent', async () => {
    const { user } = await show('?tab=ways')
    await user.click(await screen.findByRole('button', { name: 'hub to east: Way complete' }))
    expect(await screen.findByText(/No request was sent to try it/)).toBeDefined()
  })

  it('say what was counted on them, which proves them', async () => {
    const crossings = [{ from: 'hub', to: 'east', requests: 12.5, errors: 0.02 }]
    const { user } = await show('?tab=ways', {
      'GET /meshes/shop/networks': () => networks({ members: [member('hub'), member('east', { stale: undefined })] }),
      'GET /meshes/shop/metrics/crossings': () => ({ sources: [], hidden: false, clusters: [], crossings }),
    })
    await user.click(await screen.findByRole('button', { name: 'hub to east: Way complete, 12.5/s, 2 % failed' }))
    const drawer = within(await screen.findByRole('dialog'))
    expect(drawer.getAllByText(/12.5 requests per second got from hub to east; 2 % of them failed/)).toHaveLength(2)
    expect(drawer.getByText('Nothing: requests get there.')).toBeDefined()
    expect(screen.getByRole('button', { name: 'east to hub: Not known' })).toBeDefined()
  })

  it('are judged without a count where nobody counts', async () => {
    const unsaid = problem(500, 'server.failed', { request: 'r' })
    await show('?tab=ways', { 'GET /meshes/shop/metrics/crossings': () => unsaid })
    expect(await screen.findByRole('button', { name: 'hub to east: Way complete' })).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('are none in a mesh of one cluster', async () => {
    await show('?tab=ways', { 'GET /meshes/shop/networks': () => networks({ members: [west] }) })
    expect(await screen.findByText(/this mesh has one/)).toBeDefined()
  })
})

it('nodes of one cluster get a locality, or lose a part of it', async () => {
  const { intent } = await show('?tab=locality')
  fireEvent.click(await screen.findByLabelText('Select east-node'))
  await press('Set locality')
  await fill(/^Subzone/, 'rack-1')
  fireEvent.click(screen.getByLabelText('Take the label away: Region'))
  await press('Show the plan')
  await planned(intent, {
    type: 'clusters.locality',
    cluster: 'east',
    nodes: ['east-node'],
    region: null,
    subzone: 'rack-1',
  })
})

it('services of one name show what differs, and are kept local by plan', async () => {
  const { user, intent } = await show('?tab=services')
  expect(await screen.findByText('80/TCP')).toBeDefined()
  await user.click(screen.getByLabelText('Select web.shop.svc.cluster.local'))
  expect(screen.getByRole('button', { name: 'Share again' }).hasAttribute('disabled')).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Keep local' }))
  await planned(intent, {
    type: 'meshes.keep-local',
    name: 'shop',
    hosts: ['web.shop.svc.cluster.local'],
    local: true,
  })
})

it('a mesh that is gone leads back to the list', async () => {
  await show('', { 'GET /meshes/shop/networks': () => problem(404, 'meshes.not_found', { name: 'shop' }) })
  expect(await screen.findByText('There is no mesh shop')).toBeDefined()
})
