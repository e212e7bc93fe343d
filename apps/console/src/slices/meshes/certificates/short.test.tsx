import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve } from '../../../testing.tsx'
import { CertificatesShort } from './short.tsx'

afterEach(() => vi.unstubAllGlobals())

const clusters = [{ cluster: 'east', state: 'fresh' }]
const certificates = { trustDomain: 'cluster.local', trust: [], findings: [], clusters, changeable: false }
const none = { missing: 0, expired: 0, expiring: 0, unreadable: 0, unused: 0 }
const secret = {
  ref: { cluster: 'east', group: '', version: 'v1', kind: 'Secret', namespace: 'gateways', name: 'shop-tls' },
  labels: {},
  holds: { pair: true, ca: false },
  state: 'valid',
  endsAt: '2099-01-01T00:00:00Z',
  usedBy: [],
  usedHidden: false,
}
const secrets = (more: object = {}) => ({
  items: [secret],
  total: 1,
  counts: none,
  namespaces: [],
  withheld: [],
  clusters,
  ...more,
})

async function shown(answer: () => unknown) {
  const calls = serve({
    'GET /meshes/shop/certificates': () => certificates,
    'GET /meshes/shop/tls-secrets': answer,
  })
  await open(<CertificatesShort mesh="shop" />)
  await screen.findByRole('link', { name: 'All certificates' })
  return calls
}

it('leads from each thing that is wrong with TLS secrets to those secrets', async () => {
  await shown(() => secrets({ counts: { ...none, expired: 2, expiring: 1 } }))
  const expired = await screen.findByRole('link', { name: /2 TLS secrets have expired/ })
  expect(expired.getAttribute('href')).toBe('/meshes/shop/tls-secrets?show=expired')
  expect(screen.getByRole('link', { name: /1 TLS secret expires soon/ })).toBeTruthy()
  expect(screen.queryByText(/missing/)).toBeNull()
})

it('says which ends first, by asking for that one alone', async () => {
  const calls = await shown(() => secrets())
  expect(await screen.findByText('First TLS secret expires')).toBeTruthy()
  const asked = calls.find(({ path }) => path.endsWith('/tls-secrets'))
  expect([asked?.search.get('sort'), asked?.search.get('size')]).toEqual(['endsAt', '1'])
})

it('says why nothing of them is known to who may not see Secrets', async () => {
  const why = { code: 'security.unread', params: { cluster: 'east' } }
  await shown(() => secrets({ items: [], total: 0, withheld: [{ cluster: 'east', why }] }))
  expect(await screen.findByText(/may not list Secrets there/)).toBeTruthy()
  expect(screen.queryByText('First TLS secret expires')).toBeNull()
})

it('keeps to the authority where they could not be asked for', async () => {
  await shown(() => problem(500, 'server.failed', { request: 'r' }))
  expect(screen.queryByRole('link', { name: /TLS secrets/ })).toBeNull()
})
