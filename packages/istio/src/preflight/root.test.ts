import { expect, it } from 'vitest'
import type { ClusterFacts, RootFact } from './check.ts'
import { facts, run } from './samples.ts'

const root = (cluster: string, more: Partial<RootFact> = {}): RootFact => ({
  from: { cluster, group: '', version: 'v1', kind: 'ConfigMap', namespace: 'istio-system', name: 'istio-ca-root-cert' },
  fingerprints: ['AA:BB'],
  notAfter: '2036-01-01T00:00:00Z',
  ...more,
})
const managed = (hub: ClusterFacts['roots'], east: ClusterFacts['roots']) =>
  run({ kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] }, [
    facts('hub', { roots: hub }),
    facts('east', { roots: east }),
  ]).filter((each) => each.id.startsWith('root.'))
const ids = (found: ReturnType<typeof managed>) => found.map((each) => [each.cluster, each.id, each.severity])

it('is well where both sides trust the same, and where one has none yet', () => {
  expect(ids(managed([root('hub')], [root('east')]))).toEqual([
    ['hub', 'root.ok', 'ok'],
    ['east', 'root.ok', 'ok'],
  ])
  expect(ids(managed([root('hub')], []))).toEqual([
    ['hub', 'root.ok', 'ok'],
    ['east', 'root.none', 'ok'],
  ])
})

it('tells another root by its fingerprint, both shown', () => {
  const other = managed([root('hub')], [root('east', { fingerprints: ['CC:DD'] })]).find(
    ({ cluster }) => cluster === 'east',
  )
  expect(other).toMatchObject({ id: 'root.differs', severity: 'warning', fix: { code: 'restart-after-join' } })
  expect(other?.evidence.map(({ ref, value }) => [ref.cluster, value])).toEqual([
    ['east', 'CC:DD · 2036-01-01T00:00:00Z'],
    ['hub', 'AA:BB · 2036-01-01T00:00:00Z'],
  ])
})

it('takes a root that is being changed for the same as either of its two', () => {
  const both = [root('hub', { fingerprints: ['AA:BB', 'CC:DD'] })]
  expect(ids(managed(both, [root('east', { fingerprints: ['CC:DD'] })])).map(([, id]) => id)).toEqual([
    'root.ok',
    'root.ok',
  ])
})

it.each([
  ['2026-11-27T11:00:00Z', { id: 'root.expired', severity: 'blocking', params: { days: 2 } }],
  ['2026-12-28T12:00:00Z', { id: 'root.ends', severity: 'warning', params: { days: 30 } }],
])('tells one that ends at %s', (notAfter, wanted) => {
  const [told] = managed([root('hub', { notAfter })], [])
  expect(told).toMatchObject({ ...wanted, fix: { code: 'change-root' } })
})

it('does not know what nobody could read', () => {
  expect(ids(managed(undefined, [root('east', { fingerprints: [], notAfter: undefined })]))).toEqual([
    ['hub', 'root.unknown', 'unknown'],
    ['east', 'root.unreadable', 'unknown'],
  ])
})

it('tells what an earlier installation left from what the mesh is to begin with', () => {
  const began = (...begins: string[]) =>
    run({ kind: 'Dedicated' }, [facts('hub', { roots: [root('hub')] })], { begins }).filter((each) =>
      each.id.startsWith('root.'),
    )
  expect(began('CC:DD')).toMatchObject([{ id: 'root.replaced', severity: 'warning', cluster: 'hub' }])
  expect(ids(began('CC:DD', 'AA:BB')).map(([, id]) => id)).toEqual(['root.ok'])
})
