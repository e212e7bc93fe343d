import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'

const sidecar = (name: string, labels?: JsonRecord, more: { namespace?: string; created?: string } = {}) =>
  object('Sidecar', name, {
    namespace: 'shop',
    ...more,
    spec: { egress: [{ hosts: ['*/*'] }], ...(labels === undefined ? {} : { workloadSelector: { labels } }) },
  })
const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  findingsOf({ objects, ...more })
    .filter(({ code }) => code.startsWith('sidecar'))
    .map(({ severity, code, ref, aliases }) =>
      [severity, code.slice('sidecar.'.length), ref.name, ...aliases].join(' '),
    )
const old = { created: '2026-01-01T00:00:00Z' }
const young = { created: '2026-02-01T00:00:00Z' }
const web = pod('web-1', 'shop', { labels: { app: 'web', tier: 'x' } })
const around = pod('web-2', 'shop', {
  labels: { app: 'web' },
  annotations: { 'ambient.istio.io/redirection': 'enabled' },
})

it('selects Pods of its own namespace', () => {
  expect(told([web, sidecar('a', { app: 'web' })])).toEqual([])
  expect(told([web, sidecar('a', { app: 'api' })])).toEqual(['warning selector-empty a IST0101 KIA0004'])
  expect(told([web, sidecar('a', { app: 'web' }, { namespace: 'far' })])).toEqual([
    'warning selector-empty a IST0101 KIA0004',
  ])
  expect(told([sidecar('a', { app: 'web' })], { members: [web] })).toEqual([])
  expect(told([sidecar('a', { app: 'web' })], { unread: ['east'] })).toEqual([])
})

it('is the only one for a Pod', () => {
  const first = sidecar('a', { app: 'web' }, old)
  expect(told([web, first, sidecar('b', { tier: 'x' }, young)])).toEqual([
    'error selectors-overlap b IST0110 KIA0003',
    'warning selectors-overlap a IST0110 KIA0003',
  ])
  expect(told([web, first, sidecar('b', { tier: 'y' })])).toEqual(['warning selector-empty b IST0101 KIA0004'])
  expect(told([web, first, sidecar('b')])).toEqual([])
})

it('is the only one without a selector in its namespace', () => {
  expect(told([sidecar('a', undefined, old), sidecar('b', {}, young)])).toEqual([
    'error several-defaults b IST0111 KIA0002',
    'warning several-defaults a IST0111 KIA0002',
  ])
  expect(told([sidecar('a'), sidecar('b', undefined, { namespace: 'far' })])).toEqual([])
})

it('is none in ambient mode', () => {
  expect(told([around, sidecar('a', { app: 'web' })])).toEqual(['warning ambient a IST0167'])
  expect(told([around, sidecar('a', { app: 'web' }), sidecar('b', { app: 'web' })])).toEqual([
    'warning ambient a IST0167',
    'warning ambient b IST0167',
  ])
  const ambient = { 'istio.io/dataplane-mode': 'ambient' }
  expect(told([namespace('shop', ambient), sidecar('a'), sidecar('b')])).toHaveLength(2)
  expect(told([namespace('shop', ambient), sidecar('a')])).toEqual(['warning ambient a IST0167'])
  expect(told([namespace('shop', { ...ambient, 'istio-injection': 'enabled' }), sidecar('a')])).toEqual([])
  expect(told([namespace('shop', { ...ambient, 'istio.io/rev': 'v1' }), sidecar('a')])).toEqual([])
  expect(told([namespace('shop'), sidecar('a')])).toEqual([])
})
