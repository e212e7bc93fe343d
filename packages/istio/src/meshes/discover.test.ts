import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, namespace, object, service, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { discover } from './discover.ts'
import { factOf } from './facts.ts'
import { installerIn, installerOf, isSailOperator } from './installer.ts'

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
        facts: [
          { key: 'clusterId', value: 'Kubernetes', from: { kind: 'Deployment', name: 'istiod' } },
          { key: 'clusterId', value: 'east', from: { kind: 'ConfigMap', name: 'values' } },
          { key: 'meshId', value: 'm' },
          { key: 'network', value: 'n' },
          { key: 'trustDomain', value: 'td' },
        ],
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
    expect(
      found.map((each) => [each.revision, each.installer, each.tags, each.mesh, factOf(each.facts, 'meshId')]),
    ).toEqual([
      ['v1', 'unknown', [], undefined, undefined],
      ['v2', 'sail', ['default'], 'shop', 'shop'],
    ])
  })

  it('tells the remote end of a control plane elsewhere', () => {
    const at = { name: 'istiod-r', namespace: 'istio-system', path: '/inject/cluster/east/net/n1' }
    const headless = object('Service', 'istiod-r', { namespace: 'istio-system', spec: { ports: [] } })
    const merged = JSON.stringify({ global: { remotePilotAddress: '192.0.2.9' } })
    const [found] = find(webhooks('hooks', { revision: 'r', service: at }), headless, values('values-r', merged))
    expect(found).toMatchObject({ remote: true, address: '192.0.2.9', version: undefined })
    const { facts = [] } = found ?? {}
    expect([factOf(facts, 'clusterId'), factOf(facts, 'network')]).toEqual(['east', 'n1'])
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

  it('tells an add-on’s revision beside one that somebody installed, each with its installer', () => {
    const addOn = istiod('asm-1-24')
    addOn.metadata.namespace = 'aks-istio-system'
    const by = (labels: Record<string, string>, revision: string) => {
      const made = istiod(revision)
      made.metadata.labels = { ...made.metadata.labels, ...labels }
      return made
    }
    const old = by(
      { 'operator.istio.io/version': '1.20.0', 'install.operator.istio.io/owning-resource': 'mine' },
      'old',
    )
    const sail = owned(istiod('v1-30-3'), 'IstioRevision', 'v1-30-3')
    expect(find(addOn, old, sail).map((each) => [each.namespace, each.revision, each.installer])).toEqual([
      ['aks-istio-system', 'asm-1-24', 'aks'],
      ['istio-system', 'old', 'operator'],
      ['istio-system', 'v1-30-3', 'sail'],
    ])
  })

  it('does not take what an uninstalled control plane left for one', () => {
    expect(find(webhooks('hooks', { revision: 'gone' }))).toEqual([])
    expect(find(webhooks('hooks', { revision: 'gone' }), service('istiod-gone', 'istio-system'))).toEqual([])
  })

  it('leaves out Deployments that only look like istiod, and values that cannot be read', () => {
    const other = object('Deployment', 'x', { namespace: 'a', labels: { app: 'istiod' }, spec: {} })
    expect(find(other)).toEqual([])
    expect(find(istiod('v1'), values('values-v1', '{'))).toMatchObject([{ facts: [] }])
    expect(find(istiod('v1'), values('values-v1', '"text"'))).toMatchObject([{ facts: [] }])
  })

  it('reads what istiod goes by before what it was installed with', () => {
    const mesh = {
      trustDomain: 'prod.example.com',
      trustDomainAliases: ['old.example.com', 'older.example.com'],
      rootNamespace: 'istio-config',
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      accessLogFile: '',
      enableTracing: false,
      discoverySelectors: [
        { matchLabels: { mesh: 'on' } },
        {
          matchExpressions: [
            { key: 'env', operator: 'NotIn', values: ['dev', 'test'] },
            { key: 'x', operator: 'Exists' },
          ],
        },
      ],
      defaultConfig: { meshId: 'edge' },
    }
    const config = {
      ...object('ConfigMap', 'istio-v1', { namespace: 'istio-system' }),
      data: { mesh: JSON.stringify(mesh) },
    }
    const home = namespace('istio-system', { 'topology.istio.io/network': 'net-a' })
    const installed = values(
      'values-v1',
      JSON.stringify({
        global: { meshID: '', network: 'net-b' },
        meshConfig: { trustDomain: 'cluster.local', defaultConfig: { meshId: 'other' } },
        sidecarInjectorWebhook: { enableNamespacesByDefault: true },
      }),
    )
    const [found] = find(istiod('v1'), home, config, installed)
    const told = (found?.facts ?? []).map(({ key, value, from }) => [key, value, from.kind, from.name])
    expect(told).toEqual([
      ['network', 'net-a', 'Namespace', 'istio-system'],
      ['meshId', 'edge', 'ConfigMap', 'istio-v1'],
      ['trustDomain', 'prod.example.com', 'ConfigMap', 'istio-v1'],
      ['trustDomainAliases', 'old.example.com, older.example.com', 'ConfigMap', 'istio-v1'],
      ['rootNamespace', 'istio-config', 'ConfigMap', 'istio-v1'],
      ['outboundTrafficPolicy', 'REGISTRY_ONLY', 'ConfigMap', 'istio-v1'],
      ['tracing', 'false', 'ConfigMap', 'istio-v1'],
      ['discoverySelectors', 'mesh=on | env notin (dev,test),x', 'ConfigMap', 'istio-v1'],
      ['meshId', 'other', 'ConfigMap', 'values-v1'],
      ['network', 'net-b', 'ConfigMap', 'values-v1'],
      ['trustDomain', 'cluster.local', 'ConfigMap', 'values-v1'],
      ['injectByDefault', 'true', 'ConfigMap', 'values-v1'],
    ])
  })

  it('finds the values of an Istio before 1.24 with its injector, and names that say default', () => {
    const injector = {
      ...object('ConfigMap', 'istio-sidecar-injector-default', { namespace: 'istio-system' }),
      data: { values: JSON.stringify({ global: { multiCluster: { clusterName: 'east' } } }) },
    }
    const [found] = find(istiod('default'), injector)
    expect(factOf(found?.facts ?? [], 'clusterId')).toBe('east')
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
  const run = (image: string) => {
    const spec = { template: { spec: { containers: [{ name: 'discovery', image }] } } }
    return object('Deployment', 'istiod', { labels: { 'managed-by': 'sail-operator' }, spec })
  }
  it.each([
    ['sail', labelled({ 'managed-by': 'sail-operator' })],
    ['sail', run('registry.istio.io/release/pilot:1.30.3')],
    ['openshift', run('registry.redhat.io/openshift-service-mesh/istio-pilot-rhel9@sha256:0850')],
    [
      'maistra',
      labelled({ 'maistra.io/owner': 'istio-system', 'app.kubernetes.io/managed-by': 'maistra-istio-operator' }),
    ],
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

  it('tells by the operator where an object of Sail names no image', () => {
    const webhook = object('MutatingWebhookConfiguration', 'istio', { labels: { 'managed-by': 'sail-operator' } })
    const labels = { 'control-plane': 'servicemesh-operator3' }
    const operator = object('Deployment', 'servicemesh-operator3', { namespace: 'openshift-operators', labels })
    expect(installerIn(clusterView('east', [webhook]), webhook)).toBe('sail')
    expect(installerIn(clusterView('east', [webhook, operator]), webhook)).toBe('openshift')
    expect(isSailOperator(operator)).toBe(true)
  })
})
