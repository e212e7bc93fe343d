import type { TlsSecret } from '@orbweaver/contracts/security'
import { expect, test } from 'vitest'
import { secretsPage } from './page.ts'

const by = { cluster: 'east', group: 'networking.istio.io', version: 'v1', kind: 'Gateway', name: 'front' }

function row(place: string, more: Partial<TlsSecret> = {}): TlsSecret {
  const [cluster = '', namespace = '', name = ''] = place.split('/')
  return {
    ref: { cluster, group: '', version: 'v1', kind: 'Secret', namespace, name },
    labels: {},
    holds: { pair: true, ca: false },
    state: 'valid',
    endsAt: '2030-01-01T00:00:00Z',
    usedBy: [],
    usedHidden: false,
    ...more,
  }
}

const rows = [
  row('east/shop/api', { usedBy: [{ by, pointer: '/spec/servers/0/tls', side: 'server', cluster: 'east' }] }),
  row('west/shop/api', { state: 'expiring', endsAt: '2026-12-05T00:00:00Z', usedHidden: true }),
  row('east/edge/gone', { state: 'missing', endsAt: undefined }),
  row('east/edge/old', { state: 'expired', endsAt: '2026-01-01T00:00:00Z' }),
]

const page = (asked: Partial<Parameters<typeof secretsPage>[1]> = {}) =>
  secretsPage(rows, { order: 'asc', page: 1, size: 50, ...asked })
const names = (asked: Partial<Parameters<typeof secretsPage>[1]>) =>
  page(asked).items.map(({ ref }) => [ref.cluster, ref.namespace, ref.name].join('/'))

test('problems come first, in the order of what hurts', () => {
  expect(names({})).toEqual(['east/edge/gone', 'east/edge/old', 'west/shop/api', 'east/shop/api'])
})

test('what ends first comes first, what has no end last', () => {
  expect(names({ sort: 'endsAt' })).toEqual(['east/edge/old', 'west/shop/api', 'east/shop/api', 'east/edge/gone'])
  expect(names({ sort: 'endsAt', size: 1 })).toEqual(['east/edge/old'])
})

test('filters are of cluster, namespace, state and what is mentioned, rules included', () => {
  expect(names({ cluster: 'west' })).toEqual(['west/shop/api'])
  expect(names({ namespace: 'edge', show: 'expired' })).toEqual(['east/edge/old'])
  expect(names({ search: 'front' })).toEqual(['east/shop/api'])
  expect(page({ page: 2, size: 3 })).toMatchObject({ total: 4, items: [{ state: 'valid' }] })
})

test('what a hidden rule uses is not unused', () => {
  expect(names({ show: 'unused' })).toEqual(['east/edge/gone', 'east/edge/old'])
})

test('counts and namespaces are of all, whatever is shown', () => {
  expect(page({ cluster: 'west' })).toMatchObject({
    counts: { missing: 1, expired: 1, expiring: 1, unreadable: 0, unused: 2 },
    namespaces: ['edge', 'shop'],
  })
})
