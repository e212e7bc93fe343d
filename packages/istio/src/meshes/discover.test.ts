import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, object, service, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { discover } from './discover.ts'
import { installerOf } from './installer.ts'

const find = (...objects: KubernetesObject[]) => discover(clusterView('c', objects))
const values = (name: string, merged: string) => ({
  ...object('ConfigMap', name, { namespace: 'istio-system' }),
  data: { 'merged-values': merged },
})
const owned = (of: KubernetesObject, kind: string, name: string) => {
  of.metadata.ownerReferences = [{ apiVersion: 'sailoperator.io/v1', kind, name, controller: true }]
  return of
}

describe('discover', () => {
  it('reads a plain Helm installation', () => {
    const env = [
      { name: 'CLUSTER_ID', value: 'Kubernetes' },
      { name: 'EXTERNAL_ISTIOD', value: 'true' },
    ]
    const merged = JSON.stringify({
      global: { meshID: 'm', network: 'n', multiCluster: { clusterName: 'east' } },
      meshConfig: { trustDomain: 'td' },
    })
    const hooks = webhooks('istio-sidecar-injector', { revision: 'default', isDefault: true })
    expect(find(istiod('default', { env }), hooks, values('values', merged))).toMatchObject([
      {
        ref: { kind: 'Deployment', name: 'istiod' },
        namespace: 'istio-system',
        revision: 'default',
        version: '1.30.3',
        remote: false,
        externalIstiod: true,
        clusterId: 'Kubernetes',
        meshId: 'm',
        network: 'n',
        trustDomain: 'td',
        webhooks: ['istio-sidecar-injector'],
        tags: [],
        ready: { ready: 1, desired: 1 },
        mesh: undefined,
      },
    ])
  })

  it('finds several revisions, their tags, and whose mesh they are', () => {
    const revision = owned(
      object('IstioRevision', 'v2', { spec: { values: { global: { meshID: 'shop' } } } }),
      'Istio',
      'shop',
    )
    const istio = object('Istio', 'shop', { labels: { 'orbweaver.dev/mesh': 'shop' } })
    const found = find(
      istiod('v1', { ready: 0 }),
      owned(istiod('v2'), 'IstioRevision', 'v2'),
      webhooks('a', { revision: 'v2' }),
      webhooks('b', { revision: 'v2', tag: 'default', isDefault: true }),
      revision,
      istio,
    )
    expect(found.map((each) => [each.revision, each.installer, each.tags, each.mesh, each.meshId])).toEqual([
      ['v1', 'unknown', [], undefined, undefined],
      ['v2', 'sail', ['default'], 'shop', 'shop'],
    ])
  })

  it('tells the remote end of a control plane elsewhere', () => {
    const at = { name: 'istiod-r', namespace: 'istio-system', path: '/inject/cluster/east/net/n1' }
    const headless = object('Service', 'istiod-r', { namespace: 'istio-system', spec: { ports: [] } })
    const merged = JSON.stringify({ global: { remotePilotAddress: '192.0.2.9' } })
    const [found] = find(webhooks('hooks', { revision: 'r', service: at }), headless, values('values-r', merged))
    expect(found).toMatchObject({ remote: true, clusterId: 'east', address: '192.0.2.9', version: undefined })
    const named = object('Service', 'istiod-r', {
      namespace: 'istio-system',
      spec: { externalName: 'istiod.example.com' },
    })
    expect(find(webhooks('hooks', { revision: 'r', service: at }), named)[0]?.address).toBe('istiod.example.com')
  })

  it('tells a webhook with a URL', () => {
    const hooks = Object.assign(
      object('MutatingWebhookConfiguration', 'hooks', { labels: { 'istio.io/rev': 'asm' } }),
      {
        webhooks: [
          {
            name: 'rev.sidecar-injector.istio.io',
            clientConfig: { url: 'https://meshconfig.googleapis.com/inject' },
            rules: [{ operations: ['CREATE'], resources: ['pods'] }],
          },
        ],
      },
    )
    expect(find(hooks)).toMatchObject([
      {
        remote: true,
        installer: 'gke',
        namespace: 'istio-system',
        address: 'https://meshconfig.googleapis.com/inject',
      },
    ])
  })

  it('does not take what an uninstalled control plane left for one', () => {
    expect(find(webhooks('hooks', { revision: 'gone' }))).toEqual([])
    expect(find(webhooks('hooks', { revision: 'gone' }), service('istiod-gone', 'istio-system'))).toEqual([])
  })

  it('leaves out Deployments that only look like istiod, and values that cannot be read', () => {
    const other = object('Deployment', 'x', { namespace: 'a', labels: { app: 'istiod' }, spec: {} })
    expect(find(other)).toEqual([])
    expect(find(istiod('v1'), values('values-v1', '{'))).toMatchObject([{ meshId: undefined }])
    expect(find(istiod('v1'), values('values-v1', '"text"'))).toMatchObject([{ clusterId: undefined }])
  })

  it('takes revision and replicas from the Pod template where labels say nothing', () => {
    const bare = istiod('x', { env: [{ name: 'REVISION', value: 'env' }] })
    bare.metadata.labels = { app: 'istiod' }
    bare.metadata.namespace = 'b'
    delete bare.status
    const first = istiod('y')
    first.metadata.labels = { app: 'istiod' }
    first.metadata.namespace = 'a'
    expect(find(bare, first).map((each) => [each.namespace, each.revision])).toEqual([
      ['a', 'default'],
      ['b', 'env'],
    ])
  })
})

describe('installerOf', () => {
  const labelled = (
    labels: Record<string, string>,
    annotations: Record<string, string> = {},
    namespace = 'istio-system',
  ) => object('Deployment', 'istiod', { namespace, labels, annotations })
  it.each([
    ['sail', labelled({ 'managed-by': 'sail-operator' })],
    ['aks', labelled({}, {}, 'aks-istio-system')],
    ['helm', labelled({ 'app.kubernetes.io/managed-by': 'Helm' }, { 'meta.helm.sh/release-name': 'istiod' })],
    [
      'helm',
      labelled({ 'app.kubernetes.io/managed-by': 'Helm', 'install.operator.istio.io/owning-resource': 'unknown' }),
    ],
    [
      'istioctl',
      labelled({
        'operator.istio.io/version': '1.30.3',
        'install.operator.istio.io/owning-resource': 'installed-state',
      }),
    ],
    ['istioctl', labelled({ 'install.operator.istio.io/owning-resource': 'unknown' })],
    [
      'operator',
      labelled({ 'operator.istio.io/managed': 'Reconcile', 'install.operator.istio.io/owning-resource': 'prod' }),
    ],
    ['unknown', labelled({})],
  ])('%s', (installer, deployment) => {
    expect(installerOf(deployment)).toBe(installer)
  })
})
