import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { stepIds } from '@orbweaver/istio/start/learning-path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../testing.tsx'
import { CreateMeshPage } from './create-page.tsx'
import { MeshesPage } from './list-page.tsx'
import { MeshMembersPage } from './members-page.tsx'
import { MeshOverviewPage } from './overview-page.tsx'
import { MeshSettingsPage } from './settings-page.tsx'
import { StartPage } from './start-page.tsx'

vi.mock('mermaid', () => ({
  default: { initialize: () => undefined, render: () => Promise.reject(new Error('no canvas')) },
}))
afterEach(() => vi.unstubAllGlobals())

const fresh = [{ cluster: 'hub', state: 'fresh' }]
const none = { items: [], total: 0, clusters: [] }
function mesh(name: string, more: object = {}) {
  return {
    name,
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlaneCluster: 'hub',
    phase: 'ready',
    clusters: { healthy: 2, total: 2 },
    pods: { injected: 3, total: 9, pendingRestart: 0 },
    ...more,
  }
}
const spec = {
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'hub', namespace: 'istio-system', entrance: { type: 'LoadBalancer' } },
  members: [{ cluster: 'east' }],
  settings: {},
  values: { pilot: { env: { A: 'b' } } },
  deletionPolicy: 'Retain',
  repair: 0,
}
const member = (cluster: string, role: string) => ({
  cluster,
  role,
  state: 'ready',
  namespaces: 4,
  injectedNamespaces: 1,
  pods: { injected: 1, total: 3 },
})
function detail(more: object = {}) {
  return {
    mesh: mesh('shop'),
    spec,
    generation: 1,
    observedGeneration: 1,
    stages: [{ name: 'namespace', cluster: 'hub', state: 'done', objects: [] }],
    revisions: [],
    members: [member('hub', 'control-plane'), member('east', 'member')],
    components: [],
    numbers: {},
    drift: [],
    leftovers: [],
    attention: [],
    clusters: fresh,
    ...more,
  }
}
const choices = {
  clusters: [
    { name: 'hub', versions: ['v1.31.0-beta.1', 'v1.30.3'], istio: [] },
    { name: 'west', versions: ['v1.30.3'], istio: [], network: 'n2' },
    {
      name: 'old',
      versions: [],
      istio: [],
      lacks: {
        id: 'operator.missing',
        severity: 'blocking',
        params: { cluster: 'old' },
        fix: { code: 'install-operator', commands: ['helm upgrade --install sail-operator'] },
      },
    },
  ],
  truths: [],
}
const preflight = { checks: [{ id: 'name.ok', severity: 'ok', params: { name: 'shop' } }], objects: [], clusters: [] }
const refused = () => problem(500, 'server.failed', { request: 'r' })

describe('the start page', () => {
  const steps = stepIds.map((id) => ({
    id,
    state: id === 'services' ? 'not-built' : id === 'traffic' ? 'next' : 'open',
  }))

  it('lists every step with its state beside the picture; what is not built leads nowhere', async () => {
    serve({
      'GET /start': () => ({ steps, hub: { name: 'hub', prepared: true, missing: [] }, clusters: fresh }),
      'GET /meshes': () => ({ items: [mesh('shop')], total: 1, clusters: [] }),
      'GET /clusters': () => ({ items: [], total: 1, clusters: [{ cluster: 'east', state: 'unreachable' }] }),
      'GET /changes': () => none,
    })
    await open(<StartPage />, '/')
    const list = await screen.findByRole('list', { name: 'Steps in this picture' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(stepIds.length)
    expect(within(list).queryByRole('button', { name: 'Services' })).toBeNull()
    expect(within(list).getByRole('button', { name: 'Traffic' })).toBeTruthy()
    expect(await screen.findByRole('link', { name: 'east' })).toBeTruthy()
    expect(screen.getByRole('link', { name: '1 mesh' }).getAttribute('href')).toBe('/meshes')
  })

  it('prepares a hub that lacks the types, by plan', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /start': () => ({
        steps,
        hub: { name: 'hub', prepared: false, missing: ['meshes.orbweaver.dev'] },
        clusters: [],
      }),
      'POST /plans': refused,
    })
    await open(<StartPage />, '/')
    expect(await screen.findByText(/meshes\.orbweaver\.dev/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Prepare this hub' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({ intent: { type: 'clusters.prepare-hub' } }),
    )
    expect(calls.some((call) => call.path === '/meshes')).toBe(false)
  })
})

describe('the list of meshes', () => {
  it('shows cards, and a table on demand, with why a mesh is not well', async () => {
    const reason = { code: 'stage.cluster-unreachable', params: { cluster: 'east' } }
    serve({ 'GET /meshes': () => ({ items: [mesh('shop', { phase: 'failed', reason })], total: 1, clusters: [] }) })
    await open(<MeshesPage />, '/meshes')
    const card = await screen.findByRole('listitem')
    expect(card.textContent).toContain('Failed')
    expect(card.textContent).toContain('Cluster east cannot be reached')
    expect(within(card).getByRole('link', { name: 'shop' }).getAttribute('href')).toBe('/meshes/shop')
    await userEvent.click(screen.getByText('Table'))
    expect(await screen.findByRole('row', { name: /shop/ })).toBeTruthy()
  })

  it('has the actions of a mesh at its card', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /meshes': () => ({ items: [mesh('shop', { upgrade: 'v1.31.0' })], total: 1, clusters: [] }),
      'POST /plans': refused,
    })
    await open(<MeshesPage />, '/meshes')
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for shop' }))
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['Join clusters', 'Upgrade to 1.31.0', 'Export YAML', 'Delete mesh']),
    )
    await userEvent.click(screen.getByRole('menuitem', { name: 'Repair' }))
    const intent = { type: 'meshes.repair', name: 'shop' }
    await waitFor(() => expect(calls.find((call) => call.path === '/plans')?.body).toEqual({ intent }))
  })
})

describe('a mesh', () => {
  it('that failed can be opened, says why and what to do, and repaired', async () => {
    const stages = [
      {
        name: 'entrance',
        cluster: 'hub',
        state: 'failed',
        objects: [],
        reason: { code: 'stage.entrance-timeout', params: { waitedFor: 'address-pending', service: 'istiod' } },
      },
    ]
    const calls = serve({
      'GET /session': () => session,
      'GET /meshes/shop': () => detail({ mesh: mesh('shop', { phase: 'failed' }), stages }),
      'POST /plans': refused,
    })
    await open(<MeshOverviewPage />, '/meshes/shop', '/meshes/$mesh')
    const stage = within(await screen.findByRole('list', { name: 'Stages' })).getByRole('listitem')
    expect(stage.textContent).toContain('gave no address in time')
    expect(stage.textContent).toContain('It waited for: Service istiod has no address')
    expect(stage.textContent).not.toContain('stage-fix')
    expect(within(stage).getByRole('link', { name: 'Give an address instead' }).getAttribute('href')).toBe(
      '/meshes/shop/settings',
    )
    await userEvent.click(within(stage).getByRole('button', { name: 'Repair' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'meshes.repair', name: 'shop' },
      }),
    )
  })

  it('is deleted in one of two ways, the harmless one first', async () => {
    const calls = serve({ 'GET /session': () => session, 'GET /meshes/shop': () => detail(), 'POST /plans': refused })
    await open(<MeshOverviewPage />, '/meshes/shop', '/meshes/$mesh')
    await userEvent.click(await screen.findByRole('button', { name: 'More actions' }))
    await userEvent.click(screen.getByRole('menuitem', { name: 'Delete mesh' }))
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Delete the record only' }).checked).toBe(true)
    await userEvent.click(screen.getByRole('radio', { name: 'Uninstall from every cluster, then delete' }))
    await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'meshes.delete', name: 'shop', uninstall: true },
      }),
    )
  })

  it('that is gone says so, whatever was shown before', async () => {
    serve({ 'GET /meshes/shop': () => problem(404, 'meshes.not_found', { name: 'shop' }) })
    await open(<MeshOverviewPage />, '/meshes/shop', '/meshes/$mesh')
    expect(await screen.findByText('There is no mesh shop')).toBeTruthy()
  })
})

describe('members', () => {
  it('join with their networks; those that cannot say why', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /meshes/shop': () => detail(),
      'GET /mesh-choices': () => choices,
      'POST /plans': refused,
    })
    await open(<MeshMembersPage />, '/meshes/shop/clusters', '/meshes/$mesh/clusters')
    await userEvent.click(await screen.findByRole('button', { name: 'Join clusters' }))
    expect((await screen.findByRole<HTMLInputElement>('checkbox', { name: /^old/ })).disabled).toBe(true)
    await userEvent.click(screen.getByRole('checkbox', { name: /^west/ }))
    await userEvent.type(await screen.findByLabelText('Network of west'), 'n7')
    await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'meshes.join', name: 'shop', members: [{ cluster: 'west', network: 'n7' }] },
      }),
    )
  })
})

describe('the form of a mesh', () => {
  it('checks while it is open, proposes a release, and plans the whole mesh', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /mesh-choices': () => choices,
      'POST /mesh-preflight': () => preflight,
      'POST /plans': refused,
    })
    await open(<CreateMeshPage />, '/new/mesh?kind=Managed')
    await userEvent.type(await screen.findByLabelText(/^Name/), 'shop')
    await userEvent.click(screen.getByRole('combobox', { name: /^Control-plane cluster/ }))
    await userEvent.click(await screen.findByText('hub', { selector: '.mesh-option span' }))
    expect(await screen.findByText('The name shop is free')).toBeTruthy()
    const asked = calls.find((call) => call.path === '/mesh-preflight')?.body
    expect(asked).toMatchObject({ name: 'shop', spec: { version: 'v1.30.3', controlPlane: { cluster: 'hub' } } })
    await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toMatchObject({
        intent: { type: 'meshes.create', name: 'shop', spec: { kind: 'Managed', version: 'v1.30.3' } },
      }),
    )
  })

  it('says what a chosen cluster lacks, and how to bring it there', async () => {
    serve({ 'GET /mesh-choices': () => choices })
    await open(<CreateMeshPage />, '/new/mesh')
    await userEvent.type(await screen.findByLabelText(/^Name/), 'shop')
    await userEvent.click(screen.getByRole('combobox', { name: /^Cluster/ }))
    await userEvent.click(await screen.findByText('old', { selector: '.mesh-option span' }))
    const checks = await screen.findByRole('list', { name: 'Preflight' })
    expect(within(checks).getByText(/old has no Sail Operator/)).toBeTruthy()
    expect(within(checks).getByText('helm upgrade --install sail-operator')).toBeTruthy()
  })

  it('refuses a name that Kubernetes would', async () => {
    serve({ 'GET /mesh-choices': () => choices })
    await open(<CreateMeshPage />, '/new/mesh')
    await userEvent.type(await screen.findByLabelText(/^Name/), '9shop')
    expect(await screen.findByText(/^A lower-case letter first/)).toBeTruthy()
  })

  it('sends only what was changed of an existing mesh, and nothing while nothing was', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /meshes/shop': () => detail(),
      'GET /mesh-choices': () => choices,
      'POST /mesh-preflight': () => preflight,
      'POST /plans': refused,
    })
    await open(<MeshSettingsPage />, '/meshes/shop/settings', '/meshes/$mesh/settings')
    const save = await screen.findByRole<HTMLButtonElement>('button', { name: 'Show the plan' })
    expect(save.disabled).toBe(true)
    expect(screen.getByLabelText<HTMLInputElement>(/^Name/).disabled).toBe(true)
    await userEvent.type(screen.getByLabelText(/^Display name/), 'Shop')
    await waitFor(() => expect(save.disabled).toBe(false))
    await userEvent.click(save)
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
        intent: { type: 'meshes.update', name: 'shop', spec: { ...spec, displayName: 'Shop' } },
      }),
    )
  })
})
