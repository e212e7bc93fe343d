import type { FindingsQuery, KnownFinding } from '@orbweaver/contracts/findings'
import { expect, test } from 'vitest'
import { findingsPage } from './findings-page.ts'

function found(code: string, place: string, more: Partial<KnownFinding> = {}): KnownFinding {
  const [cluster = '', kind = '', namespace = '', name = ''] = place.split('/')
  const ref = { cluster, group: '', version: 'v1', kind, name, ...(namespace !== '' && { namespace }) }
  return {
    code,
    severity: 'warning',
    ref,
    pointer: '',
    params: {},
    evidence: [],
    aliases: [],
    fixes: [],
    istio: 'accepts',
    ...more,
  }
}

const findings = [
  found('service.port-name', 'east/Service/shop/web', { severity: 'info', aliases: ['IST0118'] }),
  found('virtualservice.host-not-found', 'east/VirtualService/shop/web', {
    severity: 'error',
    params: { host: 'gone' },
  }),
  found('virtualservice.host-not-found', 'east/VirtualService/bank/old', {
    severity: 'error',
    mute: { by: 'orbweaver.dev/mute', reason: 'known' },
  }),
  found('namespace.not-injected', 'west/Namespace//shop'),
  found('virtualservice.weights', 'east/VirtualService/shop/api', { severity: 'rejected' }),
]

const page = (asked: Partial<FindingsQuery> = {}) =>
  findingsPage(findings, { order: 'asc', page: 1, size: 50, muted: 'without', ...asked })
const names = (asked: Partial<FindingsQuery> = {}) =>
  page(asked).items.map(({ ref }) => `${ref.cluster}/${ref.kind}/${ref.name}`)

test('worst first where nothing else is asked for, and by column', () => {
  expect(names()).toEqual([
    'east/VirtualService/api',
    'east/VirtualService/web',
    'west/Namespace/shop',
    'east/Service/web',
  ])
  expect(names({ sort: 'cluster', order: 'desc' })[0]).toBe('west/Namespace/shop')
  expect(names({ sort: 'kind' })[0]).toBe('west/Namespace/shop')
  expect(names({ sort: 'name', size: 1 })).toEqual(['east/VirtualService/api'])
  expect(names({ sort: 'code', size: 1 })).toEqual(['west/Namespace/shop'])
  expect(names({ sort: 'namespace', order: 'desc', muted: 'with' }).at(-1)).toBe('east/VirtualService/old')
  expect(page({ size: 2, page: 2 })).toMatchObject({ total: 4, items: [{ severity: 'warning' }, { severity: 'info' }] })
})

test('filters, by codes of others too; a namespace is at home in itself', () => {
  expect(names({ severities: ['info', 'rejected'] })).toEqual(['east/VirtualService/api', 'east/Service/web'])
  expect(names({ codes: ['IST0118'] })).toEqual(['east/Service/web'])
  expect(names({ kinds: ['Namespace'], cluster: 'west', namespace: 'shop', name: 'shop' })).toEqual([
    'west/Namespace/shop',
  ])
  expect(names({ cluster: 'north' })).toEqual([])
  expect(names({ name: 'api' })).toEqual(['east/VirtualService/api'])
  expect(names({ search: 'GONE' })).toEqual(['east/VirtualService/web'])
  expect(names({ search: 'ist0118' })).toEqual(['east/Service/web'])
})

test('muted ones are shown on demand', () => {
  expect(names({ muted: 'only' })).toEqual(['east/VirtualService/old'])
  expect(names({ muted: 'with' })).toHaveLength(5)
  expect(page({ muted: 'only' }).counts.muted).toBe(1)
  expect(page({ namespace: 'shop' }).counts.muted).toBe(0)
})

test('what can be chosen is counted under the other filters', () => {
  expect(page({ severities: ['error'], namespace: 'shop' }).counts).toEqual({
    severities: { rejected: 1, error: 1, warning: 1, info: 1 },
    codes: [{ code: 'virtualservice.host-not-found', severity: 'error', count: 1 }],
    kinds: [{ kind: 'VirtualService', count: 1 }],
    namespaces: [{ namespace: 'shop', count: 1 }],
    muted: 0,
  })
  expect(page({ codes: ['none'] }).counts.codes.map(({ code, count }) => [code, count])).toEqual([
    ['virtualservice.weights', 1],
    ['virtualservice.host-not-found', 1],
    ['namespace.not-injected', 1],
    ['service.port-name', 1],
  ])
})
