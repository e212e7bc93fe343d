import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { isMarkedNamespace, isWritten, portable, portableNamespace } from './portable.ts'

const lived: KubernetesObject = {
  status: { conditions: [] },
  kind: 'VirtualService',
  spec: { hosts: ['search'] },
  apiVersion: 'networking.istio.io/v1',
  metadata: {
    name: 'search',
    namespace: 'shop',
    uid: 'u-1',
    resourceVersion: '7',
    generation: 2,
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [],
    finalizers: ['example.com/wait'],
    labels: {
      team: 'search',
      'app.kubernetes.io/managed-by': 'Helm',
      'argocd.argoproj.io/instance': 'shop',
      'kustomize.toolkit.fluxcd.io/name': 'apps',
      'helm.sh/chart': 'shop-1',
    },
    annotations: {
      'meta.helm.sh/release-name': 'shop',
      'argocd.argoproj.io/tracking-id': 'shop:v1',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
    },
  },
}

describe('portable', () => {
  it('keeps what was written, in the order people read', () => {
    const copy = portable(lived)
    expect(copy).toEqual({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: 'search', namespace: 'shop', labels: { team: 'search' } },
      spec: { hosts: ['search'] },
    })
    expect(Object.keys(copy)).toEqual(['apiVersion', 'kind', 'metadata', 'spec'])
  })

  it('keeps the label of another keeper', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'orbweaver' }
    expect(portable({ ...lived, metadata: { name: 'a', labels } }).metadata).toEqual({ name: 'a', labels })
  })
})

describe('a namespace', () => {
  const shop: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'shop',
      uid: 'u-2',
      labels: {
        'istio-injection': 'enabled',
        'topology.istio.io/network': 'n1',
        'kubernetes.io/metadata.name': 'shop',
        'pod-security.kubernetes.io/enforce': 'restricted',
      },
      annotations: { 'topology.istio.io/controlPlaneClusters': 'east', note: 'ours' },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }

  it('has of its labels those that Istio reads', () => {
    expect(portableNamespace(shop)).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'shop',
        labels: { 'istio-injection': 'enabled', 'topology.istio.io/network': 'n1' },
        annotations: { 'topology.istio.io/controlPlaneClusters': 'east' },
      },
    })
    expect(isMarkedNamespace(shop)).toBe(true)
  })

  it('without any is nothing but its name', () => {
    const plain = { ...shop, metadata: { name: 'plain', labels: { 'kubernetes.io/metadata.name': 'plain' } } }
    expect(portableNamespace(plain).metadata).toEqual({ name: 'plain' })
    expect(isMarkedNamespace(plain)).toBe(false)
  })
})

it.each([
  ['a person', {}, true],
  ['a controller', { ownerReferences: [{ kind: 'Gateway', name: 'edge' }] }, false],
  ['istiod, for a proxy that connected', { annotations: { 'istio.io/autoRegistrationGroup': 'vms' } }, false],
])('knows what was written by %s', (_who, metadata, written) => {
  expect(isWritten({ ...lived, metadata: { name: 'x', ...metadata } })).toBe(written)
})
