import { expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { object } from '../samples.ts'
import { facts, node, run } from './samples.ts'

const east = (network: string, ...objects: KubernetesObject[]) =>
  run({ kind: 'Managed', members: [{ cluster: 'east', network }] }, [
    facts('hub', {}, node('node-1', { podCIDRs: ['10.1.0.0/24', 'fd00:1::/64'] })),
    facts('east', { network }, ...objects),
  ]).filter((each) => each.id.startsWith('pod-network.'))
const nodes = (...podCIDRs: string[]) => node('node-1', { podCIDRs })

it('is well where ranges are apart, and where networks are', () => {
  expect(east('n1', nodes('10.2.0.0/24', 'fd00:2::/64'))).toMatchObject([
    { id: 'pod-network.ok', params: { network: 'n1', count: 2 } },
  ])
  expect(east('n2', nodes('10.1.0.0/24'))).toEqual([])
})

it.each([['10.0.0.0/8'], ['10.1.0.128/25'], ['fd00:1::8000:0/97']])('blocks where they overlap: %s', (range) => {
  const [told] = east('n1', nodes(range))
  expect(told).toMatchObject({
    id: 'pod-network.overlap',
    severity: 'blocking',
    cluster: 'east',
    params: { other: 'hub', network: 'n1', range },
    fix: { code: 'separate-networks' },
  })
  expect(told?.evidence.map(({ ref }) => [ref.cluster, ref.kind])).toEqual([
    ['hub', 'Node'],
    ['east', 'Node'],
  ])
})

it('warns where a Service has an address that elsewhere is a Pod’s', () => {
  const service = (clusterIP: string) => object('Service', 'web', { namespace: 'shop', spec: { clusterIP } })
  expect(east('n1', nodes('10.2.0.0/24'), service('10.1.0.9'))).toMatchObject([
    {
      id: 'pod-network.meets-services',
      severity: 'warning',
      evidence: [{ ref: { cluster: 'east', kind: 'Service' }, value: '10.1.0.9' }, { ref: { cluster: 'hub' } }],
    },
  ])
  expect(east('n1', nodes('10.2.0.0/24'), service('None')).map((each) => each.id)).toEqual(['pod-network.ok'])
})

it('does not know what nodes leave out', () => {
  expect(east('n1')).toMatchObject([{ id: 'pod-network.unknown', severity: 'unknown', cluster: 'east' }])
})
