import { screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve } from '../../../testing.tsx'
import { ProxiesTab } from './proxies-tab.tsx'
import { readCertificateSearch } from './search.ts'

afterEach(() => vi.unstubAllGlobals())

const clusters = [{ cluster: 'east', state: 'fresh' }]
const ref = (kind: string, name: string) => ({
  cluster: 'east',
  group: kind === 'Pod' ? '' : 'apps',
  version: 'v1',
  kind,
  namespace: 'shop',
  name,
})
const certificate = {
  subject: '',
  issuer: 'O=Old',
  fingerprint: 'ab',
  notBefore: '2098-12-31T00:00:00.000Z',
  notAfter: '2099-01-01T00:00:00.000Z',
  ca: false,
  key: 'EC P-256',
  names: ['spiffe://cluster.local/ns/shop/sa/web'],
}
const proxy = (name: string, more: object = {}) => ({
  pod: ref('Pod', name),
  owner: ref('Deployment', 'web'),
  kind: 'sidecar',
  identity: 'spiffe://cluster.local/ns/shop/sa/web',
  certificate,
  state: 'valid',
  root: 'current',
  under: 'O=Old',
  missing: 0,
  ...more,
})
const silent = (name: string, why: object) => ({
  pod: ref('Pod', name),
  owner: ref('Deployment', 'web'),
  kind: 'sidecar',
  why,
})

async function shown(items: object[], at: Record<string, string> = {}, total = items.length) {
  const calls = serve({
    'GET /meshes/shop/proxy-certificates': ({ search }) =>
      search.get('of') === 'gateways' ? { items: [], total: 0, clusters } : { items, total, clusters },
    'GET /meshes/shop/sidecars/namespaces': () => ({
      items: [
        { cluster: 'east', namespace: 'shop', policy: 'enabled', pods: { injected: 1, total: 1 }, system: false },
      ],
      total: 1,
      clusters,
    }),
    'GET /meshes/shop/sidecars/workloads': () => ({ items: [], total: 0, clusters }),
  })
  const onSearch = vi.fn()
  await open(<ProxiesTab mesh="shop" clusters={['east']} search={readCertificateSearch(at)} onSearch={onSearch} />)
  return { calls, onSearch }
}

const asked = (calls: Awaited<ReturnType<typeof shown>>['calls']) =>
  calls.filter(({ path }) => path.endsWith('proxy-certificates')).map(({ search }) => search.toString())

it('asks gateways at once, and workloads only when a namespace is chosen', async () => {
  const { calls, onSearch } = await shown([])
  expect(await screen.findByText('No gateway in this mesh that you may see')).toBeTruthy()
  expect(screen.getByText('Choose a namespace')).toBeTruthy()
  expect(asked(calls)).toEqual(['of=gateways'])
  await userEvent.click(screen.getByRole('combobox', { name: 'Namespace' }))
  await userEvent.click(await screen.findByTitle('shop'))
  expect(onSearch).toHaveBeenCalledWith({ cluster: 'east', namespace: 'shop', workload: undefined })
})

it('tells of each proxy what it holds, which root that has and how many it does not trust, worst first', async () => {
  const items = [
    proxy('web-1'),
    proxy('web-2', { root: 'other', missing: 1 }),
    proxy('web-3', { state: 'overdue', root: 'foreign', under: 'O=Elsewhere' }),
  ]
  await shown(items, { namespace: 'shop' })
  const table = await screen.findByRole('table', { name: 'Workloads' })
  await within(table).findByText('web-3')
  const rows = within(table).getAllByRole('row').slice(1)
  expect(rows.map((row) => /web-\d/.exec(row.textContent)?.[0])).toEqual(['web-3', 'web-2', 'web-1'])
  expect(rows[0]?.textContent).toContain('Renewal overdue')
  expect(rows[0]?.textContent).toContain('No root of the meshO=Elsewhere')
  expect(rows[1]?.textContent).toContain('does not trust 1 root of the mesh')
  expect(rows[2]?.textContent).toContain('Root that signs')
  expect(rows[2]?.querySelector('time')?.dateTime).toBe(certificate.notAfter)
})

it('says which were left out, and why one does not tell', async () => {
  const params = { cluster: 'east', namespace: 'shop' }
  const why = { code: 'certificates.forward_not_permitted', params }
  const quiet = { code: 'certificates.proxy_silent', params: { pod: 'web-2', what: 'kube.timeout' } }
  const { calls } = await shown([silent('web-1', why), silent('web-2', quiet)], { ...params, workload: 'web' }, 45)
  expect(await screen.findByText(/2 were asked; 43 more were not/)).toBeTruthy()
  expect(await screen.findByText(/may not connect to Pods in namespace shop of east/)).toBeTruthy()
  expect(screen.getByText(/proxy of web-2 could not be asked/)).toBeTruthy()
  expect(asked(calls)).toContain('of=workloads&cluster=east&namespace=shop&workload=web')
})

it('finds one by its identity', async () => {
  await shown([proxy('web-1'), proxy('cart-1', { identity: 'spiffe://cluster.local/ns/shop/sa/cart' })], {
    namespace: 'shop',
  })
  const table = await screen.findByRole('table', { name: 'Workloads' })
  await within(table).findByText('web-1')
  const [, search] = screen.getAllByRole('searchbox')
  await userEvent.type(search ?? expect.fail('no search'), 'sa/cart')
  await vi.waitFor(() => expect(within(table).queryByText('web-1')).toBeNull())
  expect(within(table).getByText('cart-1')).toBeTruthy()
  expect(within(table).getByTitle('spiffe://cluster.local/ns/shop/sa/cart').textContent).toBe('cart')
})
