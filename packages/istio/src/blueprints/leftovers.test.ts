import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { istiod, meshOf, namespace, object, service, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { clusterLeftovers, leftovers } from './leftovers.ts'

const mesh = meshOf({ kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] })
const own = { 'orbweaver.dev/mesh': 'shop' }
const system = (kind: string, name: string, labels: Record<string, string> = own) =>
  object(kind, name, { namespace: 'istio-system', labels })

const gatewayClass = (name: string, controllerName: string): KubernetesObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name },
  spec: { controllerName },
})

describe('leftovers', () => {
  const hook = (name: string, target: string) =>
    webhooks(name, { revision: 'r', service: { name: target, namespace: 'istio-system' } })
  it('lists what nobody removes, dead webhooks first', () => {
    const foreign = Object.assign(object('ValidatingWebhookConfiguration', 'other'), {
      webhooks: [{ name: 'x.example.com', clientConfig: { service: { name: 'gone', namespace: 'x' } } }],
    })
    const view = clusterView('hub', [
      hook('dead', 'gone'),
      hook('alive', 'istiod'),
      foreign,
      service('istiod', 'istio-system'),
      system('Secret', 'cacerts'),
      system('Secret', 'mine'),
      object('ConfigMap', 'istio-ca-root-cert', { namespace: 'shop' }),
      object('ConfigMap', 'istio-ca-crl', { namespace: 'shop' }),
      system('ConfigMap', 'istio-leader'),
      gatewayClass('istio', 'istio.io/gateway-controller'),
      gatewayClass('other', 'example.com/controller'),
      object('Namespace', 'istio-system', { annotations: { 'topology.istio.io/controlPlaneClusters': 'hub' } }),
      object('Deployment', 'gw-istio', { namespace: 'shop', labels: { 'gateway.istio.io/managed': 'x' } }),
      object('CustomResourceDefinition', 'virtualservices.networking.istio.io'),
      object('CustomResourceDefinition', 'istios.sailoperator.io'),
    ])
    expect(leftovers(mesh, view).map((each) => [each.code, each.ref.name])).toEqual([
      ['dead-webhook', 'dead'],
      ['control-plane-secret', 'cacerts'],
      ['root-certificate', 'istio-ca-root-cert'],
      ['root-certificate', 'istio-ca-crl'],
      ['leader-election', 'istio-leader'],
      ['gateway-class', 'istio'],
      ['marked-namespace', 'istio-system'],
      ['managed-gateway', 'gw-istio'],
      ['custom-resource', 'virtualservices.networking.istio.io'],
    ])
  })

  it('tells what is left in a cluster, whether or not a record of it is there', () => {
    const orphan = { labels: { 'orbweaver.dev/mesh': 'gone' } }
    const view = clusterView('hub', [
      hook('dead', 'nowhere'),
      object('MutatingWebhookConfiguration', 'istio-revision-tag-default', orphan),
      object('Istio', 'gone', orphan),
      object('Istio', 'held', { labels: own }),
      system('Secret', 'cacerts'),
      object('Namespace', 'istio-system', { labels: { 'topology.istio.io/network': 'n' } }),
      object('CustomResourceDefinition', 'virtualservices.networking.istio.io'),
    ])
    const left = (held: string[]) => clusterLeftovers(view, held).map((each) => `${each.code} ${each.ref.name}`)
    const orphans = ['dead-webhook dead', 'orphan istio-revision-tag-default', 'orphan gone']
    expect(left(['shop'])).toEqual(orphans)
    expect(left([])).toEqual([...orphans, 'orphan held'])
    const clean = clusterView('hub', [
      system('Secret', 'cacerts', {}),
      object('Namespace', 'istio-system', { labels: { 'topology.istio.io/network': 'n' } }),
      object('CustomResourceDefinition', 'virtualservices.networking.istio.io'),
    ])
    const codes = (objects: KubernetesObject[], held: string[]) =>
      clusterLeftovers(clusterView('hub', objects), held).map((each) => each.code)
    expect(clusterLeftovers(clean, []).map((each) => each.code)).toEqual([
      'control-plane-secret',
      'marked-namespace',
      'custom-resource',
    ])
    expect(clusterLeftovers(clean, ['shop'])).toEqual([])
    expect(codes([system('Secret', 'cacerts', {}), istiod('1-30')], [])).toEqual([])
  })

  it('tells a namespace that says nothing, and one that is gone', () => {
    const view = (...objects: KubernetesObject[]) =>
      leftovers(mesh, clusterView('hub', objects)).map((each) => each.code)
    expect(view(namespace('istio-system'))).toEqual(['namespace'])
    expect(view(namespace('istio-system', { 'topology.istio.io/network': 'n' }))).toEqual(['marked-namespace'])
    expect(view()).toEqual([])
  })
})
