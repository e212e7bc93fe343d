import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { kinds } from './kinds.ts'
import { clusterView, viewAfter } from './view.ts'

function namespace(name: string, labels: Record<string, string> = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

test('what will be written takes the place of what is there, and brings nothing that is not', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } }
  const now = clusterView('east', [namespace('shop', { 'istio-injection': 'enabled' }), namespace('web'), pod])
  const then = viewAfter(now, [namespace('shop'), namespace('other')])
  expect(then.list(kinds.namespace)).toEqual([namespace('shop'), namespace('web')])
  expect(then.get(kinds.namespace, 'shop')).toEqual(namespace('shop'))
  expect(then.get(kinds.namespace, 'other')).toBeUndefined()
  expect(then.list(kinds.pod, 'shop')).toBe(now.list(kinds.pod, 'shop'))
  expect([then.cluster, then.has(kinds.pod), then.has(kinds.service)]).toEqual(['east', true, false])
})
