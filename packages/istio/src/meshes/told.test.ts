import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { toldBy } from './told.ts'

function object(kind: string, more: Partial<KubernetesObject>): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'istiod' }, ...more }
}

test('what is not well comes first, each as it was written', () => {
  const conditions = [
    { type: 'Reconciled', status: 'True' },
    {
      type: 'Ready',
      status: 'False',
      reason: 'IstiodNotReady',
      message: 'not all',
      lastTransitionTime: '2026-11-01T00:00:00Z',
    },
  ]
  expect(toldBy(object('Istio', { status: { conditions } }))).toEqual([
    { type: 'Ready', status: 'False', reason: 'IstiodNotReady', message: 'not all', since: '2026-11-01T00:00:00Z' },
    { type: 'Reconciled', status: 'True' },
  ])
})

test('a condition that is bad when true is not taken for good', () => {
  const conditions = [
    { type: 'Available', status: 'True' },
    { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
  ]
  const [first] = toldBy(object('Deployment', { status: { conditions } }))
  expect(first).toEqual({ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' })
})

test.each([
  ['waits', { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } }, 'ImagePullBackOff'],
  ['ended badly', { terminated: { exitCode: 137, reason: 'OOMKilled' } }, 'OOMKilled (137)'],
])('a container that %s is told before the conditions of its Pod', (_, state, reason) => {
  const status = {
    conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
    containerStatuses: [{ name: 'discovery', state }],
  }
  expect(toldBy(object('Pod', { status }))[0]).toMatchObject({ type: 'discovery', status: 'False', reason })
})

test('a container that runs or is done says nothing', () => {
  const status = {
    initContainerStatuses: [{ name: 'setup', state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
    containerStatuses: [{ name: 'discovery', state: { running: {} } }],
  }
  expect(toldBy(object('Pod', { status }))).toEqual([])
})

test('a load balancer tells whether it has an address, another service nothing', () => {
  const spec = { type: 'LoadBalancer' }
  expect(toldBy(object('Service', { spec }))).toEqual([{ type: 'LoadBalancer', status: 'False' }])
  const status = { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } }
  expect(toldBy(object('Service', { spec, status }))).toEqual([
    { type: 'LoadBalancer', status: 'True', message: '192.0.2.7' },
  ])
  expect(toldBy(object('Service', { spec: { type: 'ClusterIP' } }))).toEqual([])
})
