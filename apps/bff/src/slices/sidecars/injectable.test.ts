import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { injectableView } from './rows.ts'

const namespace = (name: string, labels: Record<string, string> = {}, metadata: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, ...metadata },
})
const seen = (object: KubernetesObject) => injectableView('east', object)

test('a namespace that could be injected is told with what its labels ask for', () => {
  expect(seen(namespace('shop'))).toEqual({ namespace: 'shop', policy: 'none' })
  expect(seen(namespace('shop', { 'istio-injection': 'disabled' }))).toEqual({ namespace: 'shop', policy: 'disabled' })
  const canary = { namespace: 'shop', policy: 'revision', revision: 'canary' }
  expect(seen(namespace('shop', { 'istio.io/rev': 'canary' }))).toEqual(canary)
})

test('none that a join would refuse or that no application belongs in', () => {
  expect(seen(namespace('kube-system'))).toBeUndefined()
  expect(seen(namespace('istio-system'))).toBeUndefined()
  expect(seen(namespace('shop', {}, { deletionTimestamp: '2026-11-28T12:00:00Z' }))).toBeUndefined()
})
