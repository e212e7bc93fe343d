import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { inRelease } from './releases.ts'
import { renderRevision, sandboxCharts } from './render.ts'
import { tagWebhook } from './render-webhooks.ts'

const names = (objects: KubernetesObject[], kind: string): string[] =>
  objects.filter((each) => each.kind === kind).map((each) => each.metadata.name)
const one = (objects: KubernetesObject[], kind: string): KubernetesObject | undefined =>
  objects.find((each) => each.kind === kind)

const base = { namespace: 'istio-system', version: 'v1.30.2', profile: 'default', values: {} }

test('a revision has the objects a real operator made in the lab', async () => {
  const objects = await renderRevision({ ...base, name: 'default-v1-30-2' })
  expect(names(objects, 'Deployment')).toEqual(['istiod-default-v1-30-2'])
  expect(names(objects, 'ConfigMap').toSorted()).toEqual([
    'istio-default-v1-30-2',
    'istio-sidecar-injector-default-v1-30-2',
    'values-default-v1-30-2',
  ])
  expect(names(objects, 'MutatingWebhookConfiguration')).toEqual(['istio-sidecar-injector-default-v1-30-2'])
  expect(listAt(one(objects, 'MutatingWebhookConfiguration'), 'webhooks')).toHaveLength(2)
  expect(names(objects, 'ValidatingWebhookConfiguration')).toEqual(['istio-validator-default-v1-30-2-istio-system'])
  expect(names(objects, 'ServiceAccount')).toEqual(['istiod-default-v1-30-2'])
  const ports = listAt(one(objects, 'Service'), 'spec', 'ports').map((each) => at(each, 'port'))
  expect(ports).toEqual([15010, 15012, 443, 15014])
  expect(at(one(objects, 'Deployment'), 'spec', 'selector', 'matchLabels')).toEqual({
    app: 'istiod',
    'istio.io/rev': 'default-v1-30-2',
  })
})

test('a revision named default has four webhook entries and the reader account', async () => {
  const objects = await renderRevision({ ...base, name: 'default' })
  const entries = listAt(one(objects, 'MutatingWebhookConfiguration'), 'webhooks').map((each) => textAt(each, 'name'))
  expect(entries).toEqual([
    'rev.namespace.sidecar-injector.istio.io',
    'rev.object.sidecar-injector.istio.io',
    'namespace.sidecar-injector.istio.io',
    'object.sidecar-injector.istio.io',
  ])
  expect(names(objects, 'ServiceAccount')).toContain('istio-reader-service-account')
  expect(at(one(objects, 'Deployment'), 'spec', 'selector', 'matchLabels')).toEqual({ istio: 'pilot' })
})

test('chart base of a revision named default has the validator of every object', async () => {
  const objects = await renderRevision({ ...base, name: 'default' })
  expect(names(objects, 'ValidatingWebhookConfiguration')).toEqual([
    'istiod-default-validator',
    'istio-validator-istio-system',
  ])
})

test('labels name the release that the operator installs an object with', async () => {
  const revision = { ...base, name: 'default' }
  const installed = inRelease(await sandboxCharts.revision(revision), 'default-istiod', 'default-base')
  const release = (name: string) => installed.find((each) => each.metadata.name === name)?.metadata.labels?.['release']
  expect(release('istiod')).toBe('default-istiod')
  expect(release('istiod-default-validator')).toBe('default-base')
  const template = at(one(installed, 'Deployment'), 'spec', 'template', 'metadata', 'labels')
  expect(template).toMatchObject({ 'app.kubernetes.io/instance': 'default-istiod' })
  const tagged = inRelease(await sandboxCharts.tag('canary', { ...base, name: 'a-v1' }), 'canary-revisiontags')
  expect(tagged.map((each) => each.metadata.labels?.['release'])).toEqual([
    'canary-revisiontags',
    'canary-revisiontags',
  ])
})

test('node agents are DaemonSets with the images of their version', async () => {
  const wanted = { ...base, name: 'default', version: 'v1.30.3' }
  const cni = await sandboxCharts.agent('cni', { ...wanted, values: { cni: { hub: 'registry.example' } } })
  expect(cni.map((each) => `${each.kind}/${each.metadata.name}`)).toEqual([
    'ServiceAccount/istio-cni',
    'ClusterRole/istio-cni',
    'ClusterRole/istio-cni-repair-role',
    'ClusterRoleBinding/istio-cni',
    'ClusterRoleBinding/istio-cni-repair-rolebinding',
    'ConfigMap/istio-cni-config',
    'DaemonSet/istio-cni-node',
  ])
  const imageOf = (objects: KubernetesObject[]) =>
    at(one(objects, 'DaemonSet'), 'spec', 'template', 'spec', 'containers', 0, 'image')
  expect(imageOf(cni)).toBe('registry.example/install-cni:1.30.3')
  const ztunnel = await sandboxCharts.agent('ztunnel', { ...wanted, name: 'a-v1' })
  expect(imageOf(ztunnel)).toBe('registry.istio.io/release/ztunnel:1.30.3-distroless')
  expect(one(ztunnel, 'DaemonSet')?.metadata.annotations).toEqual({ 'istio.io/rev': 'a-v1' })
})

test('charts have profiles of their own, and zero replicas are not said', async () => {
  const demo = await renderRevision({ ...base, name: 'a', profile: 'demo' })
  expect(names(demo, 'HorizontalPodAutoscaler')).toEqual([])
  expect(at(one(demo, 'Deployment'), 'spec', 'replicas')).toBe(1)
  const values = { pilot: { autoscaleEnabled: false, replicaCount: 0 } }
  const none = await renderRevision({ ...base, name: 'a', values })
  expect(at(one(none, 'Deployment'), 'spec', 'replicas')).toBeUndefined()
  const ambient = await renderRevision({ ...base, name: 'a', profile: 'ambient' })
  expect(at(one(ambient, 'Deployment'), 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe(
    'registry.istio.io/release/pilot:1.30.2-distroless',
  )
})

test('the remote profile has a Service without selector, its endpoints and no istiod', async () => {
  const values = {
    global: { remotePilotAddress: '192.0.2.50' },
    istiodRemote: { injectionPath: '/inject/cluster/m/net/n' },
  }
  const objects = await renderRevision({
    ...base,
    name: 'shop-v1-30-2',
    namespace: 'istio-remote',
    profile: 'remote',
    values,
  })
  expect(names(objects, 'Deployment')).toEqual([])
  expect(names(objects, 'ConfigMap')).toEqual(['values-shop-v1-30-2'])
  expect(at(one(objects, 'Service'), 'spec', 'selector')).toBeUndefined()
  expect(at(one(objects, 'EndpointSlice'), 'endpoints', 0, 'addresses')).toEqual(['192.0.2.50'])
  const webhook = one(objects, 'MutatingWebhookConfiguration')
  expect(webhook?.metadata.name).toBe('istio-sidecar-injector-shop-v1-30-2-istio-remote')
  expect(at(webhook, 'webhooks', 0, 'clientConfig', 'service')).toEqual({
    name: 'istiod-shop-v1-30-2',
    namespace: 'istio-remote',
    path: '/inject/cluster/m/net/n',
    port: 443,
  })
})

test('the global switch adds a fifth entry to the default tag', () => {
  const values = { sidecarInjectorWebhook: { enableNamespacesByDefault: true } }
  const tag = tagWebhook('default', { revision: 'a-v1', namespace: 'istio-system', values })
  expect(tag.metadata.labels).toMatchObject({ 'istio.io/tag': 'default', 'istio.io/rev': 'a-v1' })
  expect(listAt(tag, 'webhooks').map((each) => textAt(each, 'name'))).toContain('auto.sidecar-injector.istio.io')
})
