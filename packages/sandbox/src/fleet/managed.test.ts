import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace, workload } from '../worlds/objects.ts'
import { clientOf, eventually, object, startTestFleet } from './fleet-under-test.ts'

const PLACE = 'istio-system'
const REVISION = 'fleet-v1-30-2'

function istio(spec: object): KubernetesObject {
  const updateStrategy = { type: 'RevisionBased' }
  const base = { version: 'v1.30.2', namespace: PLACE, updateStrategy }
  return object({
    apiVersion: 'sailoperator.io/v1',
    kind: 'Istio',
    metadata: { name: 'fleet' },
    spec: { ...base, ...spec },
  })
}

const state = (wanted: string) => (seen: KubernetesObject | undefined) => textAt(seen, 'status', 'state') === wanted

describe('a managed mesh: one istiod serves another cluster', () => {
  let fleet: Fleet
  let primary: KubeClient
  let member: KubeClient
  let entrance = ''
  beforeAll(async () => {
    fleet = await startTestFleet(2)
    primary = clientOf(fleet, 'member-1')
    member = clientOf(fleet, 'member-2')
  }, 60_000)
  afterAll(() => fleet.stop())

  test('the primary comes up with an entrance', async () => {
    await primary.create(kinds.namespaces, namespace(PLACE, { 'topology.istio.io/network': 'network-1' }))
    const global = { meshID: 'fleet', network: 'network-1', multiCluster: { clusterName: 'member-1' } }
    await primary.create(kinds.istios, istio({ values: { global, pilot: { env: { EXTERNAL_ISTIOD: 'true' } } } }))
    const ports = [
      { name: 'tls-istiod', port: 15012, targetPort: 15012 },
      { name: 'tls-webhook', port: 15017, targetPort: 15017 },
      { name: 'https', port: 443, targetPort: 15017 },
    ]
    const selector = { app: 'istiod', 'istio.io/rev': REVISION }
    const spec = { type: 'LoadBalancer', selector, ports }
    await primary.create(
      kinds.services,
      object({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'entrance', namespace: PLACE }, spec }),
    )
    const given = await eventually(
      primary,
      { resource: kinds.services, namespace: PLACE, name: 'entrance' },
      (seen) => listAt(seen, 'status', 'loadBalancer', 'ingress').length === 1,
    )
    entrance = textAt(given, 'status', 'loadBalancer', 'ingress', 0, 'ip') ?? ''
    expect(entrance).toMatch(/^192\.0\.2\./)
    await eventually(primary, { resource: kinds.istios, name: 'fleet' }, state('Healthy'))
  })

  test('the member is not ready before the primary knows it', async () => {
    const annotations = { 'topology.istio.io/controlPlaneClusters': 'member-1' }
    await member.create(kinds.namespaces, namespace(PLACE, { 'topology.istio.io/network': 'network-2' }, annotations))
    const values = {
      istiodRemote: { injectionPath: '/inject/cluster/member-2/net/network-2' },
      global: { remotePilotAddress: entrance, network: 'network-2', meshID: 'fleet' },
    }
    await member.create(kinds.istios, istio({ profile: 'remote', values }))
    const waiting = await eventually(
      member,
      { resource: kinds.istios, name: 'fleet' },
      (seen) => seen !== undefined && conditionOf(seen, 'Ready')?.message === 'readiness probe on remote istiod failed',
    )
    expect(waiting && conditionOf(waiting, 'Ready')).toMatchObject({ status: 'False', reason: 'RemoteIstiodNotReady' })
    expect(state('RemoteIstiodNotReady')(waiting)).toBe(true)
    const slice = await member.get(kinds.endpointSlices, { namespace: PLACE, name: `istiod-${REVISION}` })
    expect(at(slice, 'endpoints', 0, 'addresses')).toEqual([entrance])
  })

  test('a remote Secret makes it ready: root certificate, caBundle, probe', async () => {
    const name = 'istio-reader-service-account'
    await member.create(
      kinds.serviceAccounts,
      object({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: PLACE } }),
    )
    const metadata = {
      name: `${name}-token`,
      namespace: PLACE,
      annotations: { 'kubernetes.io/service-account.name': name },
    }
    const type = 'kubernetes.io/service-account-token'
    await member.create(kinds.secrets, object({ apiVersion: 'v1', kind: 'Secret', metadata, type }))
    const issued = await eventually(
      member,
      { resource: kinds.secrets, namespace: PLACE, name: `${name}-token` },
      (seen) => textAt(seen, 'data', 'token') !== undefined,
    )
    const token = Buffer.from(textAt(issued, 'data', 'token') ?? '', 'base64').toString()
    const kubeconfig = writeKubeconfig([{ name: 'member-2', connection: { server: member.server, token } }])
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'istio-remote-secret-member-2', namespace: PLACE, labels: { 'istio/multiCluster': 'true' } },
      data: { 'member-2': Buffer.from(kubeconfig).toString('base64') },
    }
    await primary.create(kinds.secrets, object(secret))
    await eventually(member, { resource: kinds.istios, name: 'fleet' }, state('Healthy'))
    const roots = await Promise.all(
      [primary, member].map((client) =>
        client.get(kinds.configMaps, { namespace: 'default', name: 'istio-ca-root-cert' }),
      ),
    )
    expect(textAt(roots[0], 'data', 'root-cert.pem')).toBe(textAt(roots[1], 'data', 'root-cert.pem'))
    const hook = await member.get(kinds.mutatingWebhookConfigurations, { name: `istio-sidecar-injector-${REVISION}` })
    expect(annotationsOf(hook)['sailoperator.io/readinessProbe.status']).toBe('true')
  })

  test('a tag is refused there, and the webhook istioctl would write works instead', async () => {
    const targetRef = { kind: 'Istio', name: 'fleet' }
    const tag = {
      apiVersion: 'sailoperator.io/v1',
      kind: 'IstioRevisionTag',
      metadata: { name: 'default' },
      spec: { targetRef },
    }
    await member.create(kinds.istioRevisionTags, object(tag))
    await eventually(member, { resource: kinds.istioRevisionTags, name: 'default' }, state('ReconcileError'))
    await member.remove(kinds.istioRevisionTags, { name: 'default' })
    const service = {
      name: `istiod-${REVISION}`,
      namespace: PLACE,
      path: '/inject/cluster/member-2/net/network-2',
      port: 443,
    }
    const webhook = {
      name: 'namespace.sidecar-injector.istio.io',
      clientConfig: { service },
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      failurePolicy: 'Fail',
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      namespaceSelector: { matchExpressions: [{ key: 'istio-injection', operator: 'In', values: ['enabled'] }] },
    }
    const labels = { 'istio.io/tag': 'default', 'istio.io/rev': REVISION }
    const metadata = { name: 'istio-revision-tag-default', labels }
    const apiVersion = 'admissionregistration.k8s.io/v1'
    await member.create(
      kinds.mutatingWebhookConfigurations,
      object({ apiVersion, kind: 'MutatingWebhookConfiguration', metadata, webhooks: [webhook] }),
    )
    await eventually(
      member,
      { resource: kinds.mutatingWebhookConfigurations, name: metadata.name },
      (seen) => (textAt(seen, 'webhooks', 0, 'clientConfig', 'caBundle') ?? '') !== '',
    )
    await member.create(kinds.namespaces, namespace('shop', { 'istio-injection': 'enabled' }))
    await member.create(kinds.deployments, workload({ namespace: 'shop', name: 'cart', image: 'cart:1' }))
    await eventually(member, { resource: kinds.deployments, namespace: 'shop', name: 'cart' }, (seen) => {
      return seen !== undefined && conditionOf(seen, 'Available')?.status === 'True'
    })
    const pod = (await member.list(kinds.pods, { namespace: 'shop' })).items[0]
    if (pod === undefined) throw new Error('no Pod')
    const proxy = listAt(pod, 'spec', 'initContainers').find((each) => textAt(each, 'name') === 'istio-proxy')
    const env = new Map(listAt(proxy, 'env').map((each) => [textAt(each, 'name'), textAt(each, 'value')]))
    expect(env.get('ISTIO_META_CLUSTER_ID')).toBe('member-2')
    expect(labelsOf(pod)['topology.istio.io/network']).toBe('network-2')
    expect(annotationsOf(pod)['istio.io/rev']).toBe(REVISION)
  })

  test('the primary prunes nothing, though its own cluster does not use the old revision', async () => {
    const body = { spec: { version: 'v1.30.3', updateStrategy: { inactiveRevisionDeletionGracePeriodSeconds: 0 } } }
    await primary.patch(kinds.istios, { name: 'fleet' }, { type: 'merge', body })
    await eventually(primary, { resource: kinds.istioRevisions, name: 'fleet-v1-30-3' }, state('Healthy'))
    const both = await eventually(
      primary,
      { resource: kinds.istios, name: 'fleet' },
      (seen) => at(seen, 'status', 'revisions', 'ready') === 2,
    )
    expect(both?.status).toMatchObject({ activeRevisionName: 'fleet-v1-30-3', revisions: { total: 2, ready: 2 } })
  })

  test('without the entrance the member loses its control plane', async () => {
    await primary.remove(kinds.services, { namespace: PLACE, name: 'entrance' })
    await eventually(member, { resource: kinds.istios, name: 'fleet' }, state('RemoteIstiodNotReady'))
    await expect(
      member.create(
        kinds.pods,
        object({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'p', namespace: 'shop' },
          spec: { containers: [{ name: 'a', image: 'b' }] },
        }),
      ),
    ).rejects.toThrow('failed calling webhook "namespace.sidecar-injector.istio.io"')
  })
})
