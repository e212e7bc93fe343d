import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { service, workload } from '../worlds/objects.ts'
import { clientOf, eventually, eventuallyAll, object, startTestFleet } from './fleet-under-test.ts'

const NAMESPACE = 'default'
const isReady = (pod: KubernetesObject): boolean => conditionOf(pod, 'Ready')?.status === 'True'
const named = (prefix: string) => (pod: KubernetesObject) => pod.metadata.name.startsWith(prefix)

describe('workloads', () => {
  let fleet: Fleet
  let client: KubeClient
  beforeAll(async () => {
    fleet = await startTestFleet(1, (world) => ({
      ...world,
      members: world.members.map((each) => ({
        ...each,
        loadBalancer: { ...each.loadBalancer, mode: 'hostname', delayMs: 20 },
      })),
    }))
    client = clientOf(fleet, 'member-1')
  }, 60_000)
  afterAll(() => fleet.stop())

  const podsOf = async (prefix: string): Promise<KubernetesObject[]> =>
    (await client.list(kinds.pods, { namespace: NAMESPACE })).items.filter(named(prefix))

  test('a Deployment scales up and down', async () => {
    const target = { namespace: NAMESPACE, name: 'web' }
    await client.create(kinds.deployments, workload({ ...target, image: 'web:1', replicas: 2, port: 80 }))
    for (const replicas of [4, 1]) {
      await client.patch(kinds.deployments, target, { type: 'merge', body: { spec: { replicas } } })
      await eventually(
        client,
        { resource: kinds.deployments, ...target },
        (seen) => numberAt(seen, 'status', 'availableReplicas') === replicas,
      )
      await eventuallyAll(
        client,
        { resource: kinds.pods, namespace: NAMESPACE },
        (all) => all.filter(named('web-')).length === replicas,
      )
    }
  })

  test('a rollback takes the old ReplicaSet again and makes it the newest revision', async () => {
    const target = { namespace: NAMESPACE, name: 'web' }
    const image = (name: string) => ({ spec: { template: { spec: { containers: [{ name: 'web', image: name }] } } } })
    const revision = (wanted: string) => (seen: KubernetesObject | undefined) =>
      textAt(seen, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') === wanted
    await client.patch(kinds.deployments, target, { type: 'strategic', body: image('web:2') })
    await eventually(client, { resource: kinds.deployments, ...target }, revision('2'))
    await client.patch(kinds.deployments, target, { type: 'strategic', body: image('web:1') })
    await eventually(client, { resource: kinds.deployments, ...target }, revision('3'))
    const sets = (await client.list(kinds.replicaSets, { namespace: NAMESPACE })).items.filter(named('web-'))
    expect(sets).toHaveLength(2)
  })

  test('an image that cannot be pulled keeps its Pod pending, and an update with it never removes the old', async () => {
    const target = { namespace: NAMESPACE, name: 'api' }
    await client.create(kinds.deployments, workload({ ...target, image: 'api:1', replicas: 2 }))
    await eventually(
      client,
      { resource: kinds.deployments, ...target },
      (seen) => numberAt(seen, 'status', 'availableReplicas') === 2,
    )
    const body = { spec: { template: { spec: { containers: [{ name: 'api', image: 'registry.invalid/api:2' }] } } } }
    await client.patch(kinds.deployments, target, { type: 'strategic', body })
    const pods = await eventuallyAll(client, { resource: kinds.pods, namespace: NAMESPACE }, (all) =>
      all
        .filter(named('api-'))
        .some(
          (pod) => textAt(pod, 'status', 'containerStatuses', 0, 'state', 'waiting', 'reason') === 'ImagePullBackOff',
        ),
    )
    expect(pods.filter(named('api-')).filter(isReady)).toHaveLength(2)
    const seen = await client.get(kinds.deployments, target)
    expect(conditionOf(seen, 'Progressing')?.reason).toBe('ReplicaSetUpdated')
  })

  test('a StatefulSet has ordinals, and an update replaces the highest first', async () => {
    const target = { namespace: NAMESPACE, name: 'db' }
    await client.create(kinds.statefulSets, workload({ ...target, image: 'db:1', replicas: 3, kind: 'StatefulSet' }))
    await eventually(
      client,
      { resource: kinds.statefulSets, ...target },
      (seen) => numberAt(seen, 'status', 'readyReplicas') === 3,
    )
    const before = new Map((await podsOf('db-')).map((pod) => [pod.metadata.name, pod.metadata.uid]))
    expect([...before.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual(['db-0', 'db-1', 'db-2'])
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' }
    await client.patch(kinds.statefulSets, target, {
      type: 'strategic',
      body: { spec: { template: { metadata: { annotations } } } },
    })
    await eventually(client, { resource: kinds.statefulSets, ...target }, (seen) => {
      const status = at(seen, 'status')
      return (
        numberAt(status, 'observedGeneration') === 2 &&
        numberAt(status, 'updatedReplicas') === 3 &&
        textAt(status, 'currentRevision') === textAt(status, 'updateRevision')
      )
    })
    expect((await podsOf('db-')).every((pod) => before.get(pod.metadata.name) !== pod.metadata.uid)).toBe(true)
  })

  test('a DaemonSet has a Pod on every node and is updated one by one', async () => {
    const target = { namespace: NAMESPACE, name: 'agent' }
    await client.create(kinds.daemonSets, workload({ ...target, image: 'agent:1', kind: 'DaemonSet' }))
    await eventually(
      client,
      { resource: kinds.daemonSets, ...target },
      (seen) => numberAt(seen, 'status', 'numberReady') === 1,
    )
    const [before] = await podsOf('agent-')
    expect(textAt(before, 'spec', 'nodeName')).toBe('member-1-node-1')
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' }
    await client.patch(kinds.daemonSets, target, {
      type: 'strategic',
      body: { spec: { template: { metadata: { annotations } } } },
    })
    await eventually(client, { resource: kinds.daemonSets, ...target }, (seen) => {
      return (
        numberAt(seen, 'status', 'observedGeneration') === 2 &&
        numberAt(seen, 'status', 'updatedNumberScheduled') === 1 &&
        numberAt(seen, 'status', 'numberReady') === 1
      )
    })
    const [after] = await podsOf('agent-')
    expect(after?.metadata.uid).not.toBe(before?.metadata.uid)
  })

  test('a bare Pod runs, is an endpoint, and is gone when deleted', async () => {
    const target = { namespace: NAMESPACE, name: 'bare' }
    const spec = { containers: [{ name: 'bare', image: 'bare:1', ports: [{ name: 'http', containerPort: 8080 }] }] }
    await client.create(
      kinds.pods,
      object({ apiVersion: 'v1', kind: 'Pod', metadata: { ...target, labels: { app: 'bare' } }, spec }),
    )
    await client.create(kinds.services, service({ ...target, port: 80, targetPort: 8080 }))
    const ofService = (slice: KubernetesObject): boolean => labelsOf(slice)['kubernetes.io/service-name'] === 'bare'
    await eventuallyAll(client, { resource: kinds.endpointSlices, namespace: NAMESPACE }, (slices) =>
      slices
        .filter(ofService)
        .some(
          (slice) =>
            at(slice, 'endpoints', 0, 'conditions', 'ready') === true && numberAt(slice, 'ports', 0, 'port') === 8080,
        ),
    )
    await client.remove(kinds.pods, target)
    await eventually(client, { resource: kinds.pods, ...target }, (seen) => seen === undefined)
    await eventuallyAll(client, { resource: kinds.endpointSlices, namespace: NAMESPACE }, (slices) =>
      slices.filter(ofService).every((slice) => listAt(slice, 'endpoints').length === 0),
    )
  })

  test('a LoadBalancer may give host names, and takes them back with the type', async () => {
    const target = { namespace: NAMESPACE, name: 'public' }
    await client.create(kinds.services, service({ ...target, port: 443, type: 'LoadBalancer' }))
    await eventually(
      client,
      { resource: kinds.services, ...target },
      (seen) =>
        textAt(seen, 'status', 'loadBalancer', 'ingress', 0, 'hostname') === 'public-default.member-1.lb.example',
    )
    await client.patch(kinds.services, target, { type: 'merge', body: { spec: { type: 'ClusterIP' } } })
    await eventually(
      client,
      { resource: kinds.services, ...target },
      (seen) => listAt(seen, 'status', 'loadBalancer', 'ingress').length === 0,
    )
  })
})
