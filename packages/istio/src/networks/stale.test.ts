import { expect, it } from 'vitest'
import { object, pod } from '../samples.ts'
import { names } from '../world/names.ts'
import { clusterView } from '../world/view.ts'
import { keepingNetwork, stalePods } from './stale.ts'

const on = (network: string, more: object = {}) => ({ by: 'shop', labels: { [names.network]: network }, ...more })
const deployment = (name: string, labels: Record<string, string> = {}) =>
  object('Deployment', name, { namespace: 'shop', spec: { template: { metadata: { labels } } } })
const replicaSet = (name: string) => ({
  ...object('ReplicaSet', `${name}-1`, { namespace: 'shop' }),
  metadata: {
    name: `${name}-1`,
    namespace: 'shop',
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, controller: true }],
  },
})
const owned = (name: string, index: number, network: string) =>
  pod(`${name}-1-${index}`, 'shop', on(network, { owner: ['ReplicaSet', `${name}-1`] }))

const pods = [
  owned('cart', 1, 'old'),
  owned('cart', 2, 'old'),
  owned('web', 1, 'new'),
  owned('edge', 1, 'other'),
  pod('bare', 'shop', on('old')),
  pod('gone', 'shop', on('old', { phase: 'Succeeded' })),
  pod('outside', 'shop', { labels: { [names.network]: 'old' } }),
]
const view = clusterView('east', [
  ...pods,
  ...['cart', 'web', 'edge'].map(replicaSet),
  deployment('cart'),
  deployment('web'),
  deployment('edge', { [names.network]: 'other' }),
])

it('Pods that were injected on another network are told by what renews them', () => {
  const { pods: count, workloads } = stalePods(view, pods, 'new')
  expect(count).toBe(3)
  expect(workloads.map(({ ref, pods: of, restartable }) => [ref.kind, ref.name, of, restartable])).toEqual([
    ['Deployment', 'cart', 2, true],
    ['Pod', 'bare', 1, false],
  ])
})

it('where no network is named none is another', () => {
  expect(stalePods(view, pods, undefined)).toEqual({ pods: 0, workloads: [] })
})

it('a move leaves behind Pods with a sidecar, and not the gateway that is renewed with it', () => {
  const gateway = pod('gw', 'istio-system', on('old', { labels: { istio: 'eastwestgateway' } }))
  expect(keepingNetwork(view, [...pods, gateway])).toEqual({ pods: 5, workloads: 4 })
})
