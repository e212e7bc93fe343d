import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, meshOf, namespace, object, pod, service, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blockers, uninstallBlockers } from './blockers.ts'
import { servicesOf } from './gateways.ts'
import { readerSecretOf } from './reads.ts'
import type { Observed } from './stage.ts'
import { stillUsed } from './still-used.ts'
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

describe('what is still used', () => {
  const asking = namespace('web', { 'istio-injection': 'enabled' })
  const installed = object('Istio', 'shop', { labels: own })
  const fleet = seen({ hub: [system('Secret', 'istio-remote-secret-east')], east: [installed, asking] })

  it('holds every stage that takes something away from a cluster, wherever it lies', () => {
    const held = leaveStages(mesh, 'east', fleet).filter((each) => stillUsed(mesh, each, fleet) !== undefined)
    expect(held.map((each) => each.id)).toEqual(['forget-member@east', 'remove-control-plane@east'])
    const away = seen({ hub: [system('Secret', 'istio-remote-secret-east')] })
    expect(leaveStages(mesh, 'east', away).flatMap((each) => stillUsed(mesh, each, away) ?? [])).toEqual([])
  })

  it('tells no more than which cluster: everybody who sees the mesh reads it', () => {
    const [forget] = leaveStages(mesh, 'east', fleet)
    expect(forget && stillUsed(mesh, forget, fleet)).toEqual({ code: 'still-used', params: { cluster: 'east' } })
  })
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
  const told = (...objects: KubernetesObject[]) =>
    at(...objects).map((each) => [each.code, each.fix, each.evidence.map((ref) => `${ref.kind} ${ref.name}`)])
  const by = 'shop-v1-30-3'
  const deployment = (name: string, more: Parameters<typeof object>[2] = {}) =>
    object('Deployment', name, { namespace: 'x', ...more })

  it('names Pods whose proxy is this mesh’s, by workload', () => {
    const owner = { owner: ['Deployment', 'web'] satisfies [string, string], by }
    const gateway = pod('gw', 'istio-system', { by, labels: { istio: 'eastwestgateway' } })
    const found = at(pod('a', 'x', owner), pod('b', 'x', owner), pod('c', 'x', { by: 'other' }), pod('d', 'x'), gateway)
    expect(found).toMatchObject([
      {
        code: 'proxies-remain',
        fix: 'restart',
        params: { pods: 2, count: 1 },
        evidence: [{ kind: 'Deployment', name: 'web' }],
      },
    ])
  })

  it('does not count finished Pods', () => {
    expect(at(pod('a', 'x', { by, phase: 'Succeeded' }))).toEqual([])
  })

  it('names namespaces that still ask, by the default, a revision or a tag; their Pods go with their labels', () => {
    const asking = [
      namespace('a', { 'istio-injection': 'enabled' }),
      namespace('b', { 'istio.io/rev': 'prod' }),
      namespace('c', { 'istio.io/rev': by }),
    ]
    const injected = pod('p', 'a', { owner: ['Deployment', 'web'], by })
    const found = at(...asking, injected, namespace('d', { 'istio.io/rev': 'other' }), namespace('e'))
    expect(found).toMatchObject([{ code: 'namespaces-ask', params: { count: 3 }, fix: 'clear-injection' }])
  })

  it('tells workloads that ask by themselves, gateways, and what only a hand can end', () => {
    const template = { metadata: { labels: { 'sidecar.istio.io/inject': 'true', app: 'gw' } } }
    const routed = { by, labels: { app: 'gw' }, annotations: { 'inject.istio.io/templates': 'gateway' } }
    const made = { 'gateway.istio.io/managed': 'istio.io-gateway', 'gateway.networking.k8s.io/gateway-name': 'edge' }
    expect(
      told(
        deployment('own', { spec: { template } }),
        pod('a', 'x', { owner: ['Deployment', 'own'], by }),
        deployment('gw', { spec: { template } }),
        pod('b', 'x', { owner: ['Deployment', 'gw'], ...routed }),
        pod('c', 'x', { owner: ['Deployment', 'edge-istio'], labels: made, annotations: { 'istio.io/rev': by } }),
        pod('d', 'x', { by }),
      ),
    ).toEqual([
      ['workloads-ask', 'clear-workloads', ['Deployment own']],
      ['gateways-remain', 'delete-gateways', ['Deployment gw', 'Gateway edge']],
      ['proxies-by-hand', 'by-hand', ['Pod d']],
    ])
  })

  it('names workloads that ask by themselves and have no Pods: their next one would be injected', () => {
    const asks = (labels: Record<string, string>, annotations: Record<string, string> = {}) => ({
      spec: {
        replicas: 0,
        template: { metadata: { labels: { 'sidecar.istio.io/inject': 'true', ...labels }, annotations } },
      },
    })
    const ours = { 'istio.io/rev': by }
    expect(
      told(
        webhooks('own', { revision: by }),
        namespace('x'),
        deployment('asleep', asks(ours)),
        object('StatefulSet', 'too', { namespace: 'x', ...asks(ours) }),
        deployment('others', asks({ 'istio.io/rev': 'other' })),
        deployment('gateway', asks(ours, { 'inject.istio.io/templates': 'gateway' })),
        deployment('quiet', { spec: { template: { metadata: { labels: ours } } } }),
      ),
    ).toEqual([['workloads-ask', 'clear-workloads', ['Deployment asleep', 'StatefulSet too']]])
  })

  it('disables where a namespace is injected without asking: a restart alone would bring the sidecar back', () => {
    const everywhere = Object.assign(webhooks('all', { revision: by }), {
      webhooks: [
        {
          name: 'namespace.sidecar-injector.istio.io',
          namespaceSelector: {},
          objectSelector: {},
          rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
          clientConfig: { service: { name: 'istiod', namespace: 'istio-system' }, caBundle: 'x' },
        },
      ],
    })
    expect(told(everywhere, namespace('x'), pod('a', 'x', { owner: ['Deployment', 'web'], by }))).toEqual([
      ['namespaces-by-default', 'disable-injection', ['Namespace x']],
    ])
  })

  it('finds the Services of a gateway that lead to nothing else', () => {
    const template = (labels: Record<string, string>) => ({ template: { metadata: { labels } } })
    const view = clusterView('hub', [
      deployment('gw', { spec: template({ app: 'gw', tier: 'edge' }) }),
      deployment('other', { spec: template({ app: 'other', tier: 'edge' }) }),
      service('gw', 'x'),
      service('both', 'x', { tier: 'edge' }),
      service('bare', 'x', {}),
      service('gw', 'y'),
    ])
    const ref = { cluster: 'hub', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'x', name: 'gw' }
    expect(servicesOf(view, ref).map((each) => `${each.namespace}/${each.name}`)).toEqual(['x/gw'])
    expect(servicesOf(view, { ...ref, name: 'gone' })).toEqual([])
  })

  it('offers to leave an unreachable cluster behind', () => {
    expect(uninstallBlockers(mesh, seen({ hub: base }))).toMatchObject([
      { code: 'cluster-unreachable', cluster: 'east', fix: 'leave-behind' },
    ])
  })
})

it('names the Secret whose values are read', () => {
  expect(readerSecretOf('mesh')).toEqual({
    name: 'istio-reader-service-account-istio-remote-secret-token',
    namespace: 'mesh',
  })
})
