import { numberAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace } from '../worlds/objects.ts'
import { clientOf, eventually, object, startTestFleet } from './fleet-under-test.ts'

const sail = (kind: string, name: string, spec: object): KubernetesObject =>
  object({ apiVersion: 'sailoperator.io/v1', kind, metadata: { name }, spec })
const state = (wanted: string) => (seen: KubernetesObject | undefined) => textAt(seen, 'status', 'state') === wanted

describe('what the operator refuses', () => {
  let fleet: Fleet
  let client: KubeClient
  beforeAll(async () => {
    fleet = await startTestFleet(1)
    client = clientOf(fleet, 'member-1')
    await client.create(kinds.namespaces, namespace('istio-system'))
  }, 60_000)
  afterAll(() => fleet.stop())

  test('an end-of-life version is a condition, an unknown one is refused by the API server', async () => {
    await client.create(kinds.istios, sail('Istio', 'old', { version: 'v1.26.3', namespace: 'istio-system' }))
    const seen = await eventually(client, { resource: kinds.istios, name: 'old' }, state('ReconcileError'))
    expect(seen && conditionOf(seen, 'Reconciled')?.message).toBe(
      'validation error: version "v1.26.3" is end-of-life and cannot be installed; use a supported version',
    )
    expect(seen && conditionOf(seen, 'Ready')).toMatchObject({
      status: 'Unknown',
      message: 'cannot determine readiness due to reconciliation error',
    })
    await client.remove(kinds.istios, { name: 'old' })
    await expect(client.create(kinds.istios, sail('Istio', 'x', { version: 'v0.1', namespace: 'a' }))).rejects.toThrow(
      /supported values|Unsupported value/,
    )
  })

  test('a tag and a revision may not share a name: the older one keeps it, UIDs break ties', async () => {
    await client.create(kinds.istios, sail('Istio', 'mesh', { version: 'v1.30.3', namespace: 'istio-system' }))
    await eventually(client, { resource: kinds.istios, name: 'mesh' }, state('Healthy'))
    const targetRef = { kind: 'Istio', name: 'mesh' }
    const { object: tag } = await client.create(
      kinds.istioRevisionTags,
      sail('IstioRevisionTag', 'mesh', { targetRef }),
    )
    const revision = await client.get(kinds.istioRevisions, { name: 'mesh' })
    const rank = ({ metadata }: KubernetesObject): string => `${metadata.creationTimestamp ?? ''}${metadata.uid ?? ''}`
    const loser = rank(tag) < rank(revision) ? kinds.istioRevisions : kinds.istioRevisionTags
    await eventually(client, { resource: loser, name: 'mesh' }, state('NameAlreadyExists'))
    await client.remove(kinds.istioRevisionTags, { name: 'mesh' })
    await eventually(client, { resource: kinds.istioRevisionTags, name: 'mesh' }, (seen) => seen === undefined)
    await eventually(client, { resource: kinds.istioRevisions, name: 'mesh' }, state('Healthy'))
  })

  test('a tag may not point at nothing', async () => {
    const targetRef = { kind: 'Istio', name: 'nobody' }
    await client.create(kinds.istioRevisionTags, sail('IstioRevisionTag', 'lost', { targetRef }))
    await eventually(client, { resource: kinds.istioRevisionTags, name: 'lost' }, state('RefNotFound'))
  })

  test('a bigger control plane is scaled, and ready only when all of it is', async () => {
    const values = { pilot: { autoscaleMin: 3 } }
    await client.patch(kinds.istios, { name: 'mesh' }, { type: 'merge', body: { spec: { values } } })
    const target = { namespace: 'istio-system', name: 'istiod-mesh' }
    await eventually(
      client,
      { resource: kinds.deployments, ...target },
      (seen) => numberAt(seen, 'status', 'readyReplicas') === 3,
    )
    await client.get(kinds.podDisruptionBudgets, target)
    await eventually(
      client,
      { resource: kinds.horizontalPodAutoscalers, ...target },
      (seen) => numberAt(seen, 'status', 'desiredReplicas') === 3,
    )
    await eventually(client, { resource: kinds.istios, name: 'mesh' }, state('Healthy'))
    await client.patch(kinds.istios, { name: 'mesh' }, { type: 'merge', body: { spec: { values: { pilot: null } } } })
    await eventually(client, { resource: kinds.podDisruptionBudgets, ...target }, (seen) => seen === undefined)
  })

  test('node agents are as healthy as their DaemonSets, and dependencies follow them', async () => {
    const cni = { resource: kinds.istioCnis, name: 'default' }
    await client.create(kinds.istioCnis, sail('IstioCNI', 'default', { version: 'v1.30.3', namespace: 'istio-cni' }))
    await eventually(client, cni, state('ReconcileError'))
    const values = { pilot: { cni: { enabled: true } } }
    await client.patch(kinds.istios, { name: 'mesh' }, { type: 'merge', body: { spec: { values } } })
    await eventually(client, { resource: kinds.istios, name: 'mesh' }, state('IstioCNINotHealthy'))
    await client.create(kinds.namespaces, namespace('istio-cni'))
    await eventually(client, cni, state('Healthy'))
    await eventually(client, { resource: kinds.istios, name: 'mesh' }, state('Healthy'))
    await client.remove(kinds.istioCnis, { name: 'default' })
    const set = { resource: kinds.daemonSets, namespace: 'istio-cni', name: 'istio-cni-node' }
    await eventually(client, set, (seen) => seen === undefined)
    await eventually(client, { resource: kinds.istios, name: 'mesh' }, state('IstioCNINotFound'))
    await client.patch(kinds.istios, { name: 'mesh' }, { type: 'merge', body: { spec: { values: null } } })
    await eventually(client, { resource: kinds.istios, name: 'mesh' }, state('Healthy'))
  })

  test('edits of what it installed are reverted', async () => {
    const target = { namespace: 'istio-system', name: 'istiod-mesh' }
    await client.patch(kinds.services, target, { type: 'merge', body: { spec: { selector: { app: 'other' } } } })
    await eventually(
      client,
      { resource: kinds.services, ...target },
      (seen) => textAt(seen, 'spec', 'selector', 'app') === 'istiod',
    )
  })
})

describe('a cluster without operator and LoadBalancer', () => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startTestFleet(1, (world) => ({
      ...world,
      members: world.members.map(({ operator: _operator, ...rest }) => ({
        ...rest,
        stages: [[]],
        loadBalancer: { ...rest.loadBalancer, mode: 'none' as const },
      })),
    }))
  }, 60_000)
  afterAll(() => fleet.stop())

  test('does not even know the kind Istio', async () => {
    await expect(clientOf(fleet, 'member-1').list(kinds.istios)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('leaves a LoadBalancer Service without an address', async () => {
    const client = clientOf(fleet, 'member-1')
    const spec = { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: 'x' } }
    await client.create(
      kinds.services,
      object({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace: 'default' }, spec }),
    )
    await eventually(
      client,
      { resource: kinds.endpointSlices, namespace: 'default', name: await sliceName(client) },
      (seen) => seen !== undefined,
    )
    const seen = await client.get(kinds.services, { namespace: 'default', name: 'x' })
    expect(seen.status).toEqual({ loadBalancer: {} })
  })
})

async function sliceName(client: KubeClient): Promise<string> {
  for (;;) {
    const { items } = await client.list(kinds.endpointSlices, { namespace: 'default' })
    const own = items.find((each) => each.metadata.name.startsWith('x-'))
    if (own !== undefined) return own.metadata.name
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
