import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace, service, workload } from '../worlds/objects.ts'
import { clientOf, eventually, eventuallyAll, object, startTestFleet } from './fleet-under-test.ts'

const REVISION = 'default-v1-30-2'

function istio(name: string, spec: object): KubernetesObject {
  return object({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name }, spec })
}

const containersOf = (pod: KubernetesObject): string[] =>
  [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].map(
    (each) => textAt(each, 'name') ?? '',
  )
const state = (wanted: string) => (seen: KubernetesObject | undefined) => textAt(seen, 'status', 'state') === wanted

describe('a dedicated mesh', () => {
  let fleet: Fleet
  let client: KubeClient
  beforeAll(async () => {
    fleet = await startTestFleet(1)
    client = clientOf(fleet, 'member-1')
  }, 60_000)
  afterAll(() => fleet.stop())

  test('a missing namespace is said, and its coming is noticed', async () => {
    const updateStrategy = { type: 'RevisionBased', inactiveRevisionDeletionGracePeriodSeconds: 0 }
    await client.create(
      kinds.istios,
      istio('default', { version: 'v1.30.2', namespace: 'istio-system', updateStrategy }),
    )
    const failed = await eventually(client, { resource: kinds.istios, name: 'default' }, state('ReconcileError'))
    expect(failed && conditionOf(failed, 'Reconciled')).toMatchObject({
      status: 'False',
      message: 'error reconciling resource: validation error: namespace "istio-system" doesn\'t exist',
    })
    expect(failed && conditionOf(failed, 'Ready')).toMatchObject({
      reason: 'IstiodNotReady',
      message: 'istiod Deployment not found',
    })
    await client.create(kinds.namespaces, namespace('istio-system'))
    const healthy = await eventually(client, { resource: kinds.istios, name: 'default' }, state('Healthy'))
    expect(healthy?.status).toMatchObject({ activeRevisionName: REVISION, revisions: { total: 1, ready: 1, inUse: 0 } })
    const revision = await client.get(kinds.istioRevisions, { name: REVISION })
    expect(conditionOf(revision, 'InUse')).toMatchObject({
      status: 'False',
      reason: 'NotReferencedByAnything',
      message: 'Not referenced by any pod or namespace',
    })
  })

  test('istiod gives every namespace its root and its webhooks their CA', async () => {
    await eventually(client, { resource: kinds.configMaps, namespace: 'default', name: 'istio-ca-root-cert' }, (seen) =>
      (textAt(seen, 'data', 'root-cert.pem') ?? '').startsWith('-----BEGIN CERTIFICATE'),
    )
    const validator = `istio-validator-${REVISION}-istio-system`
    await eventually(
      client,
      { resource: kinds.validatingWebhookConfigurations, name: validator },
      (seen) => textAt(seen, 'webhooks', 0, 'failurePolicy') === 'Fail',
    )
    await eventually(
      client,
      { resource: kinds.mutatingWebhookConfigurations, name: `istio-sidecar-injector-${REVISION}` },
      (seen) => listAt(seen, 'webhooks').every((each) => (textAt(each, 'clientConfig', 'caBundle') ?? '') !== ''),
    )
  })

  test('the default tag brings four entries, a validator and the reader account', async () => {
    const targetRef = { kind: 'Istio', name: 'default' }
    const tag = {
      apiVersion: 'sailoperator.io/v1',
      kind: 'IstioRevisionTag',
      metadata: { name: 'default' },
      spec: { targetRef },
    }
    await client.create(kinds.istioRevisionTags, object(tag))
    const stored = await eventually(
      client,
      { resource: kinds.istioRevisionTags, name: 'default' },
      state('NotReferencedByAnything'),
    )
    expect(stored?.status).toMatchObject({ istioRevision: REVISION, istiodNamespace: 'istio-system' })
    const hook = await client.get(kinds.mutatingWebhookConfigurations, { name: 'istio-revision-tag-default' })
    expect(listAt(hook, 'webhooks')).toHaveLength(4)
    await client.get(kinds.serviceAccounts, { namespace: 'istio-system', name: 'istio-reader-service-account' })
    await eventually(client, { resource: kinds.istioRevisions, name: REVISION }, (seen) => {
      return seen !== undefined && conditionOf(seen, 'InUse')?.status === 'True'
    })
    await eventually(
      client,
      { resource: kinds.validatingWebhookConfigurations, name: 'istiod-default-validator' },
      (seen) => textAt(seen, 'webhooks', 0, 'failurePolicy') === 'Fail',
    )
  })

  test('a labelled namespace gets Pods with a native istio-proxy', async () => {
    await eventually(
      client,
      { resource: kinds.mutatingWebhookConfigurations, name: 'istio-revision-tag-default' },
      (seen) => listAt(seen, 'webhooks').every((each) => (textAt(each, 'clientConfig', 'caBundle') ?? '') !== ''),
    )
    await client.create(kinds.namespaces, namespace('shop', { 'istio-injection': 'enabled' }))
    await client.create(
      kinds.deployments,
      workload({ namespace: 'shop', name: 'cart', image: 'cart:1', replicas: 3, port: 80 }),
    )
    await client.create(kinds.services, service({ namespace: 'shop', name: 'cart', port: 80 }))
    const done = await eventually(client, { resource: kinds.deployments, namespace: 'shop', name: 'cart' }, (seen) => {
      return seen !== undefined && conditionOf(seen, 'Progressing')?.reason === 'NewReplicaSetAvailable'
    })
    expect(done?.status).toMatchObject({ observedGeneration: 1, updatedReplicas: 3, availableReplicas: 3 })
    const { items } = await client.list(kinds.pods, { namespace: 'shop' })
    expect(items.map(containersOf)).toEqual(Array.from({ length: 3 }, () => ['istio-init', 'istio-proxy', 'cart']))
    expect(annotationsOf(items[0] ?? namespace('none'))['istio.io/rev']).toBe(REVISION)
    await eventuallyAll(client, { resource: kinds.endpointSlices, namespace: 'shop' }, (slices) =>
      slices.some((slice) => listAt(slice, 'endpoints').length === 3),
    )
  })

  test('restartedAt replaces every Pod without going below the promise', async () => {
    const before = (await client.list(kinds.pods, { namespace: 'shop' })).items.map((pod) => pod.metadata.uid)
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' }
    const body = { spec: { template: { metadata: { annotations } } } }
    await client.patch(kinds.deployments, { namespace: 'shop', name: 'cart' }, { type: 'strategic', body })
    let lowest = 3
    await eventuallyAll(client, { resource: kinds.pods, namespace: 'shop' }, (pods) => {
      const ready = pods.filter(
        (pod) => conditionOf(pod, 'Ready')?.status === 'True' && pod.metadata.deletionTimestamp === undefined,
      )
      lowest = Math.min(lowest, ready.length)
      return ready.length === 3 && pods.every((pod) => !before.includes(pod.metadata.uid))
    })
    expect(lowest).toBe(3)
    const sets = (await client.list(kinds.replicaSets, { namespace: 'shop' })).items
    expect(
      sets
        .map((set) => annotationsOf(set)['deployment.kubernetes.io/revision'])
        .toSorted((a = '', b = '') => a.localeCompare(b)),
    ).toEqual(['1', '2'])
  })

  test('istiod refuses a negative weight, dry run included, and warns', async () => {
    const rule = (weight: number): KubernetesObject =>
      object({
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: { hosts: ['cart'], http: [{ route: [{ destination: { host: 'cart' }, weight }] }] },
      })
    const words = 'admission webhook "validation.istio.io" denied the request: configuration is invalid: weight -3 < 0'
    await expect(client.create(kinds.virtualServices, rule(-3))).rejects.toThrow(words)
    await expect(client.create(kinds.virtualServices, rule(-3), { dryRun: true })).rejects.toThrow(words)
    const twice = {
      hosts: ['cart'],
      http: [{ route: [{ destination: { host: 'cart' } }] }, { route: [{ destination: { host: 'cart' } }] }],
    }
    const { warnings } = await client.create(kinds.virtualServices, { ...rule(1), spec: twice }, { dryRun: true })
    expect(warnings).toEqual(['virtualService rule #1 not used (only the last rule can have no matches)'])
  })

  test('a new version is a second revision, and the old one goes when nobody needs it', async () => {
    await client.patch(kinds.istios, { name: 'default' }, { type: 'merge', body: { spec: { version: 'v1.30.3' } } })
    await eventually(
      client,
      { resource: kinds.istioRevisionTags, name: 'default' },
      (seen) => textAt(seen, 'status', 'istioRevision') === 'default-v1-30-3',
    )
    const kept = await client.get(kinds.istioRevisions, { name: REVISION })
    expect(kept.metadata.deletionTimestamp).toBeUndefined()
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-02T00:00:00Z' }
    const body = { spec: { template: { metadata: { annotations } } } }
    await eventually(
      client,
      { resource: kinds.mutatingWebhookConfigurations, name: 'istio-revision-tag-default' },
      (seen) =>
        seen !== undefined &&
        labelsOf(seen)['istio.io/rev'] === 'default-v1-30-3' &&
        textAt(seen, 'webhooks', 0, 'clientConfig', 'service', 'name') === 'istiod-default-v1-30-3',
    )
    await eventually(client, { resource: kinds.istios, name: 'default' }, state('Healthy'))
    await client.patch(kinds.deployments, { namespace: 'shop', name: 'cart' }, { type: 'strategic', body })
    await eventually(client, { resource: kinds.istioRevisions, name: REVISION }, (seen) => seen === undefined)
    await eventually(
      client,
      { resource: kinds.deployments, namespace: 'istio-system', name: `istiod-${REVISION}` },
      (seen) => seen === undefined,
    )
  })

  test('a dead istiod stops Pods, and the Deployment says why', async () => {
    const target = { namespace: 'istio-system', name: 'istiod-default-v1-30-3' }
    await client.patch(kinds.deployments, target, { type: 'merge', body: { spec: { replicas: 0 } } })
    await eventually(client, { resource: kinds.istios, name: 'default' }, state('IstiodNotReady'))
    await client.patch(
      kinds.deployments,
      { namespace: 'shop', name: 'cart' },
      { type: 'merge', body: { spec: { replicas: 4 } } },
    )
    const failing = await eventually(
      client,
      { resource: kinds.deployments, namespace: 'shop', name: 'cart' },
      (seen) => {
        return seen !== undefined && conditionOf(seen, 'ReplicaFailure')?.status === 'True'
      },
    )
    expect(failing && conditionOf(failing, 'ReplicaFailure')?.message).toContain(
      'failed calling webhook "namespace.sidecar-injector.istio.io"',
    )
    const events = (await client.list(kinds.events, { namespace: 'shop' })).items
    expect(
      events.some(
        (event) => event.reason === 'FailedCreate' && textAt(event, 'message')?.startsWith('Error creating: '),
      ),
    ).toBe(true)
    await client.patch(kinds.deployments, target, { type: 'merge', body: { spec: { replicas: 1 } } })
    await eventually(client, { resource: kinds.deployments, namespace: 'shop', name: 'cart' }, (seen) => {
      return (
        seen !== undefined &&
        conditionOf(seen, 'ReplicaFailure') === undefined &&
        textAt(seen, 'metadata', 'name') === 'cart'
      )
    })
  })

  test('without the operator a deletion hangs; with it everything goes but the namespace', async () => {
    const operator = { namespace: 'sail-operator', name: 'sail-operator' }
    await client.patch(kinds.deployments, operator, { type: 'merge', body: { spec: { replicas: 0 } } })
    await eventually(
      client,
      { resource: kinds.deployments, ...operator },
      (seen) => (numberAt(seen, 'status', 'readyReplicas') ?? 0) === 0,
    )
    await client.remove(kinds.istioRevisionTags, { name: 'default' })
    await client.remove(kinds.istios, { name: 'default' })
    const stuck = await eventually(
      client,
      { resource: kinds.istioRevisions, name: 'default-v1-30-3' },
      (seen) => seen?.metadata.deletionTimestamp !== undefined,
    )
    expect(stuck?.metadata.finalizers).toEqual(['sailoperator.io/sail-operator'])
    await client.patch(kinds.deployments, operator, { type: 'merge', body: { spec: { replicas: 1 } } })
    await eventually(client, { resource: kinds.istioRevisions, name: 'default-v1-30-3' }, (seen) => seen === undefined)
    await eventually(client, { resource: kinds.istioRevisionTags, name: 'default' }, (seen) => seen === undefined)
    await eventuallyAll(client, { resource: kinds.mutatingWebhookConfigurations }, (all) => all.length === 0)
    await client.get(kinds.namespaces, { name: 'istio-system' })
  })
})
