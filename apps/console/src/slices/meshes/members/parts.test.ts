import { expect, it } from 'vitest'
import type { Member } from '../health.ts'
import { partsOf } from './parts.ts'

const member: Member = {
  cluster: 'east',
  role: 'member',
  state: 'ready',
  namespaces: 1,
  injectedNamespaces: 1,
  pods: { injected: 1, total: 1 },
}
const component = (cluster: string, name: string, ready: number) => ({
  ref: { cluster, group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'istio-system', name },
  ready,
  desired: 2,
})

it('tells what runs in that cluster, and what injects there', () => {
  const components = [component('hub', 'istiod', 2), component('east', 'eastwest', 1)]
  expect(partsOf({ components }, { ...member, webhook: 'unpatched' })).toEqual([
    { part: 'workload', name: 'eastwest', ready: 1, desired: 2, well: false },
    { part: 'webhook', state: 'unpatched', well: false },
  ])
  expect(partsOf({ components }, { ...member, cluster: 'hub', webhook: 'ready' }).map(({ well }) => well)).toEqual([
    true,
    true,
  ])
})

it('makes nothing up where nothing may be seen', () => {
  expect(partsOf({ components: [] }, member)).toEqual([])
})
