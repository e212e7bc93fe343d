import { expect, it } from 'vitest'
import { object, pod } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { ownerOf, refusalOf } from './owners.ts'

const at = { namespace: 'shop' }
const owned = (kind: string, name: string, owner: string) => {
  const made = object(kind, name, at)
  made.metadata.ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, controller: true }]
  return made
}

it('follows a Pod through its ReplicaSet to the Deployment', () => {
  const view = clusterView('c', [object('Deployment', 'web', at), owned('ReplicaSet', 'web-1', 'web')])
  const found = ownerOf(view, pod('a', 'shop', { owner: ['ReplicaSet', 'web-1'] }))
  expect(found).toMatchObject({
    ref: { cluster: 'c', group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' },
    refusal: undefined,
  })
})

it('finds the Deployment by the template hash where ReplicaSets were not read', () => {
  const view = clusterView('c', [object('Deployment', 'web', at)])
  const hash = { labels: { 'pod-template-hash': '7d4' } }
  expect(ownerOf(view, pod('a', 'shop', { owner: ['ReplicaSet', 'web-7d4'], ...hash })).ref.kind).toBe('Deployment')
  expect(ownerOf(view, pod('a', 'shop', { owner: ['ReplicaSet', 'other-7d4'], ...hash })).refusal).toBe(
    'orphan-replica-set',
  )
  expect(ownerOf(view, pod('a', 'shop', { owner: ['ReplicaSet', 'web-7d4'] })).refusal).toBe('orphan-replica-set')
})

it('leaves an orphan ReplicaSet as it is', () => {
  const view = clusterView('c', [object('ReplicaSet', 'web-1', at)])
  expect(ownerOf(view, pod('a', 'shop', { owner: ['ReplicaSet', 'web-1'] }))).toMatchObject({
    ref: { kind: 'ReplicaSet', name: 'web-1' },
    refusal: 'orphan-replica-set',
  })
})

it.each([
  ['StatefulSet', undefined],
  ['DaemonSet', undefined],
  ['Job', 'job'],
  ['Rollout', 'unknown-owner'],
])('names an owner that was not read: %s', (kind, refusal) => {
  expect(ownerOf(clusterView('c', []), pod('a', 'shop', { owner: [kind, 'x'] }))).toMatchObject({
    object: undefined,
    refusal,
  })
})

it('takes a Pod without a controller, or with one that cannot be read, for itself', () => {
  expect(ownerOf(clusterView('c', []), pod('a', 'shop')).refusal).toBe('bare-pod')
  const odd = pod('a', 'shop')
  odd.metadata.ownerReferences = [{ controller: true, kind: 'Deployment' }]
  expect(ownerOf(clusterView('c', []), odd).ref.kind).toBe('Pod')
  delete odd.metadata.namespace
  odd.metadata.ownerReferences = [{ controller: true, apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' }]
  expect(ownerOf(clusterView('c', []), odd).ref.namespace).toBe('default')
})

it.each([
  [object('Deployment', 'a', { spec: { paused: true } }), 'paused'],
  [object('Deployment', 'a', { spec: {} }), undefined],
  [object('StatefulSet', 'a', { spec: { updateStrategy: { type: 'OnDelete' } } }), 'on-delete'],
  [object('DaemonSet', 'a', { spec: { updateStrategy: { type: 'RollingUpdate' } } }), undefined],
  [object('Pod', 'a'), 'bare-pod'],
  [object('Job', 'a'), 'job'],
  [object('CronJob', 'a'), 'cron-job'],
  [object('ReplicaSet', 'a'), 'orphan-replica-set'],
  [object('Rollout', 'a'), 'unknown-owner'],
])('says why a restart would do nothing', (workload, refusal) => {
  expect(refusalOf(workload)).toBe(refusal)
})
