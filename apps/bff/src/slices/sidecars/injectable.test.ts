import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { injectableIn } from './injectable.ts'

const namespace = (name: string, labels: Record<string, string> = {}, metadata: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels, ...metadata },
})
const record = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', metadata: { name: 'east' } }

/** For somebody who may see these namespaces, and whether the cluster's record. */
const told = (seen: KubernetesObject[], knows = true) => {
  const viewer = { list: () => Promise.resolve(seen), get: () => Promise.resolve(knows ? record : undefined) }
  return injectableIn({ viewer, hub: 'hub' }, 'east')
}

test('namespaces that could be injected are told by name, with what their labels ask for', async () => {
  const asked = [
    namespace('web', { 'istio.io/rev': 'canary' }),
    namespace('shop', { 'istio-injection': 'disabled' }),
    namespace('bank'),
  ]
  expect(await told(asked)).toEqual([
    { namespace: 'bank', policy: 'none' },
    { namespace: 'shop', policy: 'disabled' },
    { namespace: 'web', policy: 'revision', revision: 'canary' },
  ])
})

test('none that a join would refuse or that no application belongs in', async () => {
  const going = namespace('shop', {}, { deletionTimestamp: '2026-11-28T12:00:00Z' })
  expect(await told([namespace('kube-system'), namespace('istio-system'), going])).toEqual([])
})

test('a cluster of which somebody may know nothing is to them as one that is not there', async () => {
  expect(await told([], false)).toBeUndefined()
  expect(await told([], true)).toEqual([])
  expect(await told([namespace('shop')], false)).toEqual([{ namespace: 'shop', policy: 'none' }])
})
