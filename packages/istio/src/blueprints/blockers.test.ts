import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, meshOf, namespace, object, pod, service, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blockers, uninstallBlockers } from './blockers.ts'
import { servicesOf } from './gateways.ts'
import type { Observed } from './stage.ts'

const mesh = meshOf({ kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] })
const own = { 'orbweaver.dev/mesh': 'shop' }
const seen = (views: Record<string, KubernetesObject[]>): Observed =>
  new Map(
    Object.entries(views).map(([cluster, objects]) => [
      cluster,
      { view: clusterView(cluster, objects), network: undefined, server: '' },
    ]),
  )

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

  const asks = (labels: Record<string, string> = {}, annotations: Record<string, string> = {}) => ({
    spec: {
      replicas: 0,
      template: { metadata: { labels: { 'sidecar.istio.io/inject': 'true', ...labels }, annotations } },
    },
  })

  it('names workloads that ask by themselves and have no Pods: their next one would be injected', () => {
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
    ).toEqual([
      ['workloads-ask', 'clear-workloads', ['Deployment asleep', 'StatefulSet too']],
      ['gateways-remain', 'delete-gateways', ['Deployment gateway']],
    ])
  })

  it('names CronJobs that ask by themselves; a run of theirs ends by itself', () => {
    const { template } = asks({ 'istio.io/rev': by }).spec
    const nightly = (name: string, made: JsonRecord) =>
      object('CronJob', name, { namespace: 'x', spec: { jobTemplate: { spec: { template: made } } } })
    expect(
      told(
        webhooks('own', { revision: by }),
        namespace('x'),
        nightly('nightly', template),
        nightly('quiet', { metadata: {} }),
        object('Job', 'nightly-1', { namespace: 'x', spec: { template } }),
        pod('nightly-1-a', 'x', { owner: ['Job', 'nightly-1'], by }),
      ),
    ).toEqual([
      ['workloads-ask', 'clear-workloads', ['CronJob nightly']],
      ['proxies-by-hand', 'by-hand', ['Job nightly-1']],
    ])
  })

  const bare = (...objects: KubernetesObject[]) =>
    blockers(mesh, ['east'], seen({ hub: [], east: objects })).map((each) => [
      each.fix,
      each.evidence.map((ref) => ref.name),
    ])

  it('names what asks for a mesh that is half made, or half gone: nobody answers it now, and nobody will', () => {
    expect(
      bare(
        namespace('x'),
        deployment('by-default', asks()),
        deployment('by-revision', asks({ 'istio.io/rev': by })),
        deployment('by-tag', asks({ 'istio.io/rev': 'default' })),
        deployment('others', asks({ 'istio.io/rev': 'other' })),
      ),
    ).toEqual([['clear-workloads', ['by-default', 'by-revision', 'by-tag']]])
    const off = bare(namespace('x', { 'istio-injection': 'disabled' }), deployment('until-lifted', asks()))
    expect(off).toEqual([['clear-workloads', ['until-lifted']]])
    expect(bare(namespace('a', { 'istio.io/rev': by }), namespace('b', { 'istio.io/rev': 'default' }))).toEqual([
      ['clear-injection', ['a', 'b']],
    ])
  })

  it('does not name what another installation answers', () => {
    const other = webhooks('default', { revision: 'default', isDefault: true })
    const named = namespace('b', { 'istio.io/rev': 'default' })
    expect(bare(other, named, namespace('x'), deployment('theirs', asks()))).toEqual([])
  })

  it('names gateways that have no Pods and ask, by themselves or through their namespace, and not the mesh’s own', () => {
    const routed = { 'inject.istio.io/templates': 'gateway' }
    const quiet = { spec: { template: { metadata: { annotations: routed } } } }
    expect(
      bare(
        namespace('x', { 'istio.io/rev': by }),
        namespace('istio-system'),
        deployment('edge', quiet),
        deployment('idle', { ...quiet, namespace: 'y' }),
        deployment('own', asks({ istio: 'eastwestgateway' }, routed)),
      ),
    ).toEqual([
      ['clear-injection', ['x']],
      ['delete-gateways', ['edge']],
    ])
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
