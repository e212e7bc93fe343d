import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, meshOf, namespace, object, pod, service, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blockers, uninstallBlockers } from './blockers.ts'
import { leftovers } from './leftovers.ts'
import { readerSecretOf } from './reads.ts'
import type { Observed } from './stage.ts'
import { leaveStages, uninstall } from './uninstall.ts'

const mesh = meshOf({ kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] })
const own = { 'orbweaver.dev/mesh': 'shop' }
const seen = (views: Record<string, KubernetesObject[]>): Observed =>
  new Map(
    Object.entries(views).map(([cluster, objects]) => [
      cluster,
      { view: clusterView(cluster, objects), network: undefined, server: '' },
    ]),
  )
const system = (kind: string, name: string, labels: Record<string, string> = own) =>
  object(kind, name, { namespace: 'istio-system', labels })
const state = (
  stage: { gate: (observed: Observed) => { state: string; code: string } } | undefined,
  observed: Observed,
) => {
  const verdict = stage?.gate(observed)
  return `${verdict?.state} ${verdict?.code}`
}

describe('leaving', () => {
  const member = [
    object('MutatingWebhookConfiguration', 'istio-revision-tag-default', { labels: own }),
    object('Istio', 'shop', { labels: own }),
    system('ServiceAccount', 'istio-reader-service-account'),
    system('Secret', 'istio-reader-service-account-istio-remote-secret-token'),
  ]
  const fleet = seen({ hub: [system('Secret', 'istio-remote-secret-east')], east: member })

  it('forgets the member first, and takes webhooks away before what they call', () => {
    expect(
      leaveStages(mesh, 'east', fleet).map((each) => [
        each.id,
        each.cluster,
        each.removes.map((ref) => ref.kind),
        each.after,
      ]),
    ).toEqual([
      ['forget-member@east', 'hub', ['Secret'], []],
      ['remove-default@east', 'east', ['MutatingWebhookConfiguration'], ['forget-member@east']],
      ['remove-east-west@east', 'east', [], ['remove-default@east']],
      ['remove-control-plane@east', 'east', ['Istio'], ['remove-east-west@east']],
      ['remove-reader@east', 'east', ['ServiceAccount', 'Secret'], ['remove-control-plane@east']],
    ])
  })

  it('deletes nothing that is not ours, or another mesh’s', () => {
    const foreign = seen({
      hub: [system('Secret', 'istio-remote-secret-east', {})],
      east: [object('Istio', 'shop', { labels: { 'orbweaver.dev/mesh': 'other' } })],
    })
    expect(leaveStages(mesh, 'east', foreign).flatMap((each) => each.removes)).toEqual([])
    expect(state(leaveStages(mesh, 'east', foreign)[0], foreign)).toBe('passed gone')
  })

  it('waits until everything is gone, revisions and their finalizers too', () => {
    const [forget, , , control] = leaveStages(mesh, 'east', fleet)
    expect(state(forget, fleet)).toBe('waiting still-there')
    expect(state(control, fleet)).toBe('waiting still-there')
    const revision = object('IstioRevision', 'shop-v1-30-3')
    revision.metadata.ownerReferences = [{ kind: 'Istio', name: 'shop' }]
    expect(state(control, seen({ hub: [], east: [revision] }))).toBe('waiting revision-finalizing')
    expect(state(control, seen({ hub: [], east: [object('IstioRevision', 'other')] }))).toBe('passed gone')
    expect(state(forget, seen({ hub: [] }))).toBe('passed gone')
    expect(state(forget, new Map())).toBe('waiting cluster-unreachable')
  })
})

it('names accounts unseen where they are not watched, before what is seen', () => {
  const token = system('Secret', 'istio-reader-service-account-istio-remote-secret-token')
  const views = seen({ hub: [], east: [system('Service', 'istio-eastwestgateway'), token] })
  const removes = leaveStages(mesh, 'east', views).flatMap((each) => each.removes)
  expect(removes.map((ref) => [ref.group, ref.kind, ref.namespace])).toEqual([
    ['', 'ServiceAccount', 'istio-system'],
    ['', 'Service', 'istio-system'],
    ['', 'ServiceAccount', 'istio-system'],
    ['', 'Secret', 'istio-system'],
  ])
})

describe('uninstalling', () => {
  const entrance = system('Service', 'istiod-shop-v1-30-3-entrance', { ...own, 'istio.io/rev': 'shop-v1-30-3' })
  const hub = [
    entrance,
    system('Service', 'other'),
    object('Istio', 'shop', { labels: own }),
    object('IstioRevisionTag', 'default', { labels: own }),
  ]
  const fleet = seen({ hub, east: [] })

  it('takes members out first, then the default, the control plane and every entrance', () => {
    const stages = uninstall(mesh, fleet)
    const after = stages.filter((each) => each.cluster === 'hub' && !each.id.endsWith('@east'))
    expect(after.map((each) => [each.name, each.removes.map((ref) => ref.name)])).toEqual([
      ['remove-discovery-scope', []],
      ['remove-default', ['default']],
      ['remove-east-west', []],
      ['remove-control-plane', ['shop']],
      ['remove-entrance', ['istiod-shop-v1-30-3-entrance']],
    ])
    expect(after[0]?.after).toEqual(stages.filter((each) => each.id.endsWith('@east')).map((each) => each.id))
  })

  it('leaves clusters behind that were given up', () => {
    expect(uninstall(mesh, fleet, ['east']).every((each) => each.id.endsWith('@hub'))).toBe(true)
    expect(uninstall(mesh, fleet, ['hub']).every((each) => each.id.endsWith('@east'))).toBe(true)
  })

  it('finds no entrance where the cluster cannot be read, and writes nothing for external meshes', () => {
    expect(uninstall(mesh, new Map()).flatMap((each) => each.removes)).toEqual([])
    expect(uninstall(meshOf({ kind: 'External', version: undefined }), fleet)).toEqual([])
  })
})

describe('blockers', () => {
  const revision = object('IstioRevision', 'shop-v1-30-3')
  revision.metadata.ownerReferences = [{ kind: 'Istio', name: 'shop', controller: true }]
  const base = [
    istiod('shop-v1-30-3'),
    revision,
    object('Istio', 'shop', { labels: own }),
    webhooks('t', { revision: 'shop-v1-30-3', tag: 'prod' }),
  ]
  const at = (...objects: KubernetesObject[]) => blockers(mesh, ['hub'], seen({ hub: [...base, ...objects] }))

  it('names Pods whose proxy is this mesh’s, by workload', () => {
    const owner = { owner: ['Deployment', 'web'] satisfies [string, string], by: 'shop-v1-30-3' }
    const gateway = pod('gw', 'istio-system', { by: 'shop-v1-30-3', labels: { istio: 'eastwestgateway' } })
    const found = at(pod('a', 'x', owner), pod('b', 'x', owner), pod('c', 'x', { by: 'other' }), pod('d', 'x'), gateway)
    expect(found).toMatchObject([
      {
        code: 'proxies-remain',
        fix: 'disable-injection',
        params: { pods: 2, workloads: 1 },
        evidence: [{ kind: 'Deployment', name: 'web' }],
      },
    ])
  })

  it('does not count finished Pods', () => {
    expect(at(pod('a', 'x', { by: 'shop-v1-30-3', phase: 'Succeeded' }))).toEqual([])
  })

  it('names namespaces that still ask, by the default, a revision or a tag', () => {
    const asking = [
      namespace('a', { 'istio-injection': 'enabled' }),
      namespace('b', { 'istio.io/rev': 'prod' }),
      namespace('c', { 'istio.io/rev': 'shop-v1-30-3' }),
    ]
    const found = at(...asking, namespace('d', { 'istio.io/rev': 'other' }), namespace('e'))
    expect(found).toMatchObject([{ code: 'namespaces-ask', params: { namespaces: 3 }, fix: 'clear-injection' }])
  })

  it('offers to leave an unreachable cluster behind', () => {
    expect(uninstallBlockers(mesh, seen({ hub: base }))).toMatchObject([
      { code: 'cluster-unreachable', cluster: 'east', fix: 'leave-behind' },
    ])
  })
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
      ['marked-namespace', 'istio-system'],
      ['managed-gateway', 'gw-istio'],
      ['custom-resource', 'virtualservices.networking.istio.io'],
    ])
  })

  it('tells a namespace that says nothing, and one that is gone', () => {
    const view = (...objects: KubernetesObject[]) =>
      leftovers(mesh, clusterView('hub', objects)).map((each) => each.code)
    expect(view(namespace('istio-system'))).toEqual(['namespace'])
    expect(view(namespace('istio-system', { 'topology.istio.io/network': 'n' }))).toEqual(['marked-namespace'])
    expect(view()).toEqual([])
  })
})

it('names the Secret whose values are read', () => {
  expect(readerSecretOf('mesh')).toEqual({
    name: 'istio-reader-service-account-istio-remote-secret-token',
    namespace: 'mesh',
  })
})
