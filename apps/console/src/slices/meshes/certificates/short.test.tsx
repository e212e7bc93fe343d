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

const at = '2099-05-01T00:00:00.000Z'
const replica = { pod: 'istiod-1', under: 'O=cluster.local', certificate: certificate('2099-06-01T00:00:00Z') }
const istiods = (more: object = {}) => ({ replicas: [replica], findings: [], clusters, ...more })

function certificate(notAfter: string) {
  const names = ['istiod.istio-system.svc']
  const who = { subject: '', issuer: 'O=cluster.local', fingerprint: 'ab', key: 'EC P-256', ca: false, pem: '' }
  return { ...who, names, notBefore: '2026-01-01T00:00:00Z', notAfter }
}

async function shown(answer: () => unknown, istiod: () => unknown = istiods) {
  const calls = serve({
    'GET /meshes/shop/certificates': () => certificates,
    'GET /meshes/shop/istiod-certificates': istiod,
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

it('tells which certificate of an istiod ends first, and what is wrong with one', async () => {
  const second = { ...replica, pod: 'istiod-2', certificate: certificate(at) }
  const message = { code: 'certificates.served_name', params: { pod: 'istiod-2', host: 'istiod.mesh.svc' } }
  const findings = [{ severity: 'error', message }]
  await shown(
    () => secrets(),
    () => istiods({ replicas: [replica, second], findings }),
  )
  expect(await screen.findByText(/istiod-2 shows lacks the name that proxies call: istiod.mesh.svc/)).toBeTruthy()
  const label = await screen.findByText('istiod expires')
  expect(label.parentElement?.querySelector('time')?.dateTime).toBe(at)
})

it('says that istiod was not asked, and why, to who may not connect to it', async () => {
  const why = { code: 'certificates.forward_not_permitted', params: { cluster: 'east', namespace: 'istio-system' } }
  await shown(
    () => secrets(),
    () => istiods({ replicas: [], why }),
  )
  expect(await screen.findByText('istiod expires')).toBeTruthy()
  expect(screen.getByText(/may not connect to Pods in namespace istio-system of east/)).toBeTruthy()
})
