import { forbidden } from '@orbweaver/contracts/missing-right'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { open, problem, serve } from '../../testing.tsx'
import { ClusterPage } from './cluster-page.tsx'
import { ClustersPage } from './list-page.tsx'
import { east, foundEast } from './samples.ts'

afterEach(() => vi.unstubAllGlobals())

const asOf = new Date().toISOString()
describe('the list of clusters', () => {
  it('does not say that there is no Istio where it may not be told, and registers for nobody who may not', async () => {
    const params = { verb: 'create', resource: 'fleetclusters', cluster: 'hub' }
    serve({
      'GET /clusters': () => ({
        items: [{ ...east, istio: [], istioHidden: true }],
        total: 1,
        clusters: [{ cluster: 'east', state: 'fresh', asOf }],
      }),
      'GET /kubeconfig/contexts': () => problem(403, 'access.forbidden', params),
    })
    await open(<ClustersPage />, '/clusters')
    expect((await screen.findByRole('row', { name: /^east/ })).textContent).toContain('not shown to you')
    const register = screen.getByRole('button', { name: 'Register cluster' })
    await waitFor(() => expect(register.getAttribute('aria-disabled')).toBe('true'))
    expect(screen.getByText('You may not create fleetclusters in cluster hub.')).toBeTruthy()
  })

  it('says how each is, and what was not read says nothing', async () => {
    serve({
      'GET /clusters': () => ({
        items: [east, { ...east, name: 'west', istio: [], mesh: 'shop', role: 'member' }],
        total: 2,
        clusters: [
          { cluster: 'east', state: 'fresh', asOf },
          { cluster: 'west', state: 'unreachable', reason: 'kube.timeout', since: asOf },
        ],
      }),
      'GET /kubeconfig/contexts': () => ({ contexts: [{ context: 'lab', server: 'https://10.0.0.9' }] }),
    })
    await open(<ClustersPage />, '/clusters')
    const row = await screen.findByRole('row', { name: /^east/ })
    expect(row.textContent).toContain('Connected')
    const silent = screen.getByRole('row', { name: /^west/ })
    expect(silent.textContent).toContain('Unreachable')
    expect(silent.textContent).not.toContain('none')
    expect(within(silent).getByRole('link', { name: 'shop' }).getAttribute('href')).toBe('/meshes/shop')
    expect((await screen.findByRole('link', { name: 'Register lab' })).getAttribute('href')).toBe(
      '/new/cluster?context=lab',
    )
  })

  it('offers nothing to who may not register, and says what would be here', async () => {
    serve({
      'GET /clusters': () => ({ items: [], total: 0, clusters: [] }),
      'GET /kubeconfig/contexts': () =>
        problem(403, 'access.forbidden', { verb: 'create', resource: 'fleetclusters', cluster: 'hub' }),
    })
    await open(<ClustersPage />, '/clusters')
    expect(await screen.findByText('No cluster registered yet')).toBeTruthy()
    expect(screen.queryByText(/context of the console/)).toBeNull()
  })
})

describe('a cluster', () => {
  const get = (more: object) => ({
    ...foundEast,
    cluster: { ...east, ...more },
    checks: [{ id: 'reachable.no', severity: 'blocking', cluster: 'east', params: { reason: 'kube.timeout' } }],
    clusters: [{ cluster: 'east', state: 'fresh', asOf }],
  })

  it('says at the button that one may not edit it, and leaves planning', async () => {
    const lacks = forbidden({ cluster: 'hub', verb: 'update', group: 'orbweaver.dev', resource: 'fleetclusters' })
    serve({ 'GET /clusters/east': () => ({ ...get({}), editing: [lacks] }) })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    const edit = await screen.findByRole('button', { name: 'Edit', description: /^In cluster hub you may not update/ })
    expect(edit.getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(screen.getByRole('button', { name: 'More actions' }))
    expect(screen.getByRole('menuitem', { name: 'Plan an edit' })).toBeTruthy()
  })

  it('words its checks and leads to adopting what runs there', async () => {
    serve({ 'GET /clusters/east': () => get({}) })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    expect(await screen.findByText(/cannot be reached: its API server does not answer in time/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Adopt as external mesh' }).getAttribute('href')).toBe(
      '/new/mesh?kind=External&cluster=east&namespace=istio-system&revision=default',
    )
  })

  it('says when its credentials end, and leads to replacing them', async () => {
    const ends = [
      { of: 'token', state: 'unsaid' },
      { of: 'client-certificate', at: new Date(Date.now() + 5.5 * 86_400_000).toISOString(), state: 'soon' },
    ]
    serve({ 'GET /clusters/east': () => get({ ends }) })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    const section = await screen.findByRole('region', { name: 'Credentials in use' })
    const lines = within(section).getAllByRole('listitem')
    expect(lines[0]?.textContent).toBe('Bearer tokenDoes not saygood until the cluster refuses it')
    expect(lines[1]?.textContent).toBe('Client certificateEnds soonin 5 days')
    expect(section.textContent).toContain('Replace them before they end')
    const link = within(section).getByRole('link', { name: 'Replace' })
    expect(link.getAttribute('href')).toBe('/clusters/east/edit')
    expect(screen.getByText('Credentials end soon')).toBeTruthy()
  })

  it('says that there is no way to it, or that it needs no credentials', async () => {
    serve({
      'GET /clusters/east': () => get({}),
      'GET /clusters/west': () => ({ ...get({}), cluster: { ...east, name: 'west', server: undefined } }),
    })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    expect(await screen.findByText('It is reached without credentials.')).toBeTruthy()
    await open(<ClusterPage />, '/clusters/west', '/clusters/$cluster')
    expect(await screen.findByText(/there is no way to the cluster/)).toBeTruthy()
  })

  it('tells what it has, and of what it does not know why', async () => {
    const capabilities = {
      hidden: ['services', 'definitions'],
      kubelets: { oldest: 'v1.30.2', newest: 'v1.34.1', skew: 'older' },
      localities: [{ region: 'eu', zone: 'eu-1', nodes: 2 }, { nodes: 1 }],
      podRanges: { first: ['10.0.1.0/24'], total: 3 },
      loadBalancers: { assigned: 1, total: 2 },
    }
    serve({ 'GET /clusters/east': () => ({ ...get({}), capabilities }) })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    const section = await screen.findByRole('region', { name: 'Capabilities' })
    const told = within(section).getAllByRole('definition')
    expect(told.map((each) => each.textContent)).toEqual([
      'v1.30.2 – v1.34.1more than three minor versions older than the API server',
      'eu / eu-1 2 nodeswithout a locality 1 node',
      '10.0.1.0/24 and 2 others',
      'not known: you may not list it',
      '1 of 2 Services have an addressamong those you may see',
      'not known: you may not list it',
      'not known: you may not list it',
    ])
  })

  it('is not removed while a mesh has it, and says so', async () => {
    const calls = serve({ 'GET /clusters/east': () => get({ mesh: 'shop', role: 'member' }) })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    await userEvent.click(await screen.findByRole('button', { name: 'More actions' }))
    const entry = screen.getByRole('menuitem', { name: /Remove cluster/ })
    expect(entry.getAttribute('aria-disabled')).toBe('true')
    expect(entry.textContent).toContain('It belongs to mesh shop')
    await userEvent.click(entry)
    expect(calls.some((call) => call.path === '/plans')).toBe(false)
  })

  it('that went away is said to be gone', async () => {
    serve({ 'GET /clusters/east': () => problem(404, 'clusters.not_found', { name: 'east' }) })
    await open(<ClusterPage />, '/clusters/east', '/clusters/$cluster')
    expect(await screen.findByText('There is no cluster east')).toBeTruthy()
  })
})
