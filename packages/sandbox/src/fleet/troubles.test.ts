import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { meshObject } from '../worlds/mesh-objects.ts'
import { istioObject, namespace, NETWORKING, service, workload } from '../worlds/objects.ts'
import { clientOf, eventually, eventuallyAll, object, startTestFleet } from './fleet-under-test.ts'
import type { Troubles } from './troubles.ts'

let fleet: Fleet
let client: KubeClient
let troubles: Troubles
beforeAll(async () => {
  fleet = await startTestFleet(1, (world) => ({
    ...world,
    members: world.members.map((each) => ({
      ...each,
      registered: true,
      stages: [...each.stages, [namespace('shop', { 'istio-injection': 'enabled' })]],
    })),
    meshes: [meshObject('mesh', { kind: 'Dedicated', version: 'v1.30.3', cluster: 'member-1' })],
  }))
  client = clientOf(fleet, 'member-1')
  const member = fleet.clusters.get('member-1')
  if (member === undefined) throw new Error('no member-1')
  troubles = member.troubles
}, 60_000)
afterEach(() => troubles.reset())
afterAll(() => fleet.stop())

const run = (place: string, name: string, image = `${name}:1`): Promise<unknown> =>
  client.create(kinds.deployments, workload({ namespace: place, name, image }))
const isAvailable = (replicas: number) => (seen: KubernetesObject | undefined) =>
  numberAt(seen, 'status', 'availableReplicas') === replicas && numberAt(seen, 'status', 'replicas') === replicas
const available = (place: string, name: string, replicas = 1): Promise<unknown> =>
  eventually(client, { resource: kinds.deployments, namespace: place, name }, isAvailable(replicas))

/** An event with this reason, of whatever it is about. */
async function told(place: string, reason: string, words: string): Promise<KubernetesObject | undefined> {
  const all = await eventuallyAll(client, { resource: kinds.events, namespace: place }, (seen) =>
    seen.some((each) => each.reason === reason && (textAt(each, 'message') ?? '').includes(words)),
  )
  return all.find((each) => each.reason === reason && (textAt(each, 'message') ?? '').includes(words))
}

const balanced = (name: string): KubernetesObject =>
  service({ namespace: 'default', name, port: 443, type: 'LoadBalancer' })
const addressOf = (seen: KubernetesObject | undefined): string | undefined =>
  textAt(seen, 'status', 'loadBalancer', 'ingress', 0, 'ip')

test('without a LoadBalancer a Service waits, and nobody says anything', { timeout: 60_000 }, async () => {
  troubles.set({ loadBalancer: 'absent' })
  await client.create(kinds.services, balanced('public'))
  await run('default', 'later')
  await available('default', 'later')
  expect((await client.get(kinds.services, { namespace: 'default', name: 'public' })).status).toEqual({
    loadBalancer: {},
  })
  troubles.reset()
  fleet.clock.advance(10_000)
  const at = { resource: kinds.services, namespace: 'default', name: 'public' }
  await eventually(client, at, (seen) => addressOf(seen) !== undefined)
  await told('default', 'EnsuredLoadBalancer', 'Ensured load balancer')
})

test('a slow one says that it is at it', { timeout: 60_000 }, async () => {
  troubles.set({ loadBalancer: 'slow' })
  await client.create(kinds.services, balanced('slow'))
  const event = await told('default', 'EnsuringLoadBalancer', 'Ensuring load balancer')
  expect(at(event, 'source')).toEqual({ component: 'service-controller' })
  const target = { namespace: 'default', name: 'slow' }
  expect(addressOf(await client.get(kinds.services, target))).toBeUndefined()
  fleet.clock.advance(120_000)
  await eventually(client, { resource: kinds.services, ...target }, (seen) => addressOf(seen) !== undefined)
})

const OPERATOR = { namespace: 'sail-operator', name: 'sail-operator' }
const istio = (name: string): KubernetesObject =>
  object({
    apiVersion: 'sailoperator.io/v1',
    kind: 'Istio',
    metadata: { name },
    spec: { version: 'v1.30.3', namespace: 'nowhere' },
  })
const isAnswered = (seen: KubernetesObject | undefined): boolean => textAt(seen, 'status', 'state') === 'ReconcileError'

test('without the operator its kinds stay and nobody answers', { timeout: 60_000 }, async () => {
  troubles.set({ operator: 'absent' })
  await eventually(client, { resource: kinds.deployments, ...OPERATOR }, (seen) => seen === undefined)
  await eventuallyAll(client, { resource: kinds.pods, namespace: 'sail-operator' }, (pods) => pods.length === 0)
  const { object: made } = await client.create(kinds.istios, istio('unheard'))
  await run('default', 'meanwhile')
  await available('default', 'meanwhile')
  expect((await client.get(kinds.istios, { name: 'unheard' })).status).toEqual(made.status)
  troubles.reset()
  await available(OPERATOR.namespace, OPERATOR.name)
  await eventually(client, { resource: kinds.istios, name: 'unheard' }, isAnswered)
})

test('an operator that crashes is restarted ever more seldom', { timeout: 60_000 }, async () => {
  troubles.set({ operator: 'crash-looping' })
  const restarts = (count: number) => (pods: KubernetesObject[]) =>
    pods.some((pod) => numberAt(pod, 'status', 'containerStatuses', 0, 'restartCount') === count)
  const ofOperator = { resource: kinds.pods, namespace: 'sail-operator' }
  const [pod] = await eventuallyAll(client, ofOperator, restarts(1))
  const { name = '', uid = '' } = pod?.metadata ?? {}
  const waiting = `back-off 10s restarting failed container=sail-operator pod=${name}_sail-operator(${uid})`
  expect(at(pod, 'status', 'containerStatuses', 0, 'state', 'waiting')).toEqual({
    reason: 'CrashLoopBackOff',
    message: waiting,
  })
  expect(numberAt(pod, 'status', 'containerStatuses', 0, 'lastState', 'terminated', 'exitCode')).toBe(1)
  await told('sail-operator', 'BackOff', 'Back-off restarting failed container sail-operator in pod')
  await eventually(client, { resource: kinds.deployments, ...OPERATOR }, (seen) => {
    return seen !== undefined && conditionOf(seen, 'Available')?.reason === 'MinimumReplicasUnavailable'
  })
  fleet.clock.advance(10_000)
  await eventuallyAll(client, ofOperator, restarts(2))
  fleet.clock.advance(10_000)
  const made = (await client.create(kinds.istios, istio('ignored'))).object
  expect(made.status).toBeUndefined()
  expect(restarts(2)((await client.list(kinds.pods, { namespace: 'sail-operator' })).items)).toBe(true)
  troubles.reset()
  await eventually(client, { resource: kinds.istios, name: 'ignored' }, isAnswered)
})

test('a slow operator answers late', { timeout: 60_000 }, async () => {
  fleet.clock.freeze()
  troubles.set({ operator: 'slow' })
  await client.create(kinds.istios, istio('late'))
  await client.create(kinds.services, balanced('witness'))
  await told('default', 'EnsuringLoadBalancer', 'Ensuring')
  fleet.clock.advance(19_000)
  expect((await client.get(kinds.istios, { name: 'late' })).status).toBeUndefined()
  const late = { resource: kinds.istios, name: 'late' }
  await eventually(client, late, (seen) => {
    fleet.clock.advance(1_000)
    return isAnswered(seen)
  })
  fleet.clock.thaw()
})

const REVISION = { name: 'mesh-v1-30-3' }
const readyOf = (seen: KubernetesObject | undefined) => seen && conditionOf(seen, 'Ready')

test('with istiod down no Pod of the mesh is made, and the Istio says so', { timeout: 60_000 }, async () => {
  troubles.set({ istiod: 'down' })
  const failed = await eventually(
    client,
    { resource: kinds.istioRevisions, ...REVISION },
    (seen) => readyOf(seen)?.status === 'False',
  )
  expect(readyOf(failed)).toMatchObject({ reason: 'IstiodNotReady', message: 'not all istiod pods are ready' })
  await told('istio-system', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')
  await run('shop', 'cart')
  await told('shop', 'FailedCreate', 'no endpoints available for service "istiod-mesh-v1-30-3"')
  troubles.reset()
  await available('shop', 'cart')
})

test('webhooks that refuse connections stop Pods and rules, and istiod stays ready', { timeout: 60_000 }, async () => {
  troubles.set({ webhook: 'down' })
  await run('shop', 'orders')
  await told('shop', 'FailedCreate', ':443: connect: connection refused')
  const rule = istioObject(
    { apiVersion: NETWORKING, kind: 'DestinationRule' },
    { namespace: 'shop', name: 'x' },
    { host: 'x' },
  )
  await expect(client.create(kinds.destinationRules, rule)).rejects.toThrow(
    /failed calling webhook .*connection refused/,
  )
  expect(readyOf(await client.get(kinds.istioRevisions, REVISION))?.status).toBe('True')
  troubles.reset()
  await available('shop', 'orders')
})

test('an image that cannot be pulled keeps new Pods waiting and leaves old ones alone', {
  timeout: 60_000,
}, async () => {
  await run('default', 'old', 'docker.io/team/app:1')
  await available('default', 'old')
  troubles.set({ imagePull: 'docker.io/' })
  await run('default', 'new', 'docker.io/team/app:2')
  const event = await told('default', 'Failed', 'Failed to pull image "docker.io/team/app:2"')
  expect(at(event, 'source')).toEqual({ component: 'kubelet' })
  await told('default', 'BackOff', 'Back-off pulling image "docker.io/team/app:2"')
  const pods = await client.list(kinds.pods, { namespace: 'default', labelSelector: 'app=new' })
  const [pod] = pods.items
  expect([
    textAt(pod, 'status', 'phase'),
    textAt(pod, 'status', 'containerStatuses', 0, 'state', 'waiting', 'reason'),
  ]).toEqual(['Pending', 'ImagePullBackOff'])
  expect(pod && conditionOf(pod, 'Ready')).toMatchObject({ message: 'containers with unready status: [new]' })
  await available('default', 'old')
  troubles.reset()
  await available('default', 'new')
})

test('a quota refuses the next Pod, and its Deployment repeats the words', { timeout: 60_000 }, async () => {
  await client.create(kinds.namespaces, namespace('tight'))
  await run('tight', 'one')
  await available('tight', 'one')
  troubles.set({ quota: 'tight' })
  const target = { namespace: 'tight', name: 'one' }
  await client.patch(kinds.deployments, target, { type: 'merge', body: { spec: { replicas: 2 } } })
  const words = 'is forbidden: exceeded quota: sandbox-fault, requested: pods=1, used: pods=1, limited: pods=1'
  await told('tight', 'FailedCreate', words)
  await eventually(client, { resource: kinds.deployments, ...target }, (seen) => {
    return seen !== undefined && (conditionOf(seen, 'ReplicaFailure')?.message ?? '').includes(words)
  })
  troubles.reset()
  await available('tight', 'one', 2)
})

test('a disruption budget lets nobody be evicted', { timeout: 60_000 }, async () => {
  await client.create(kinds.namespaces, namespace('guarded'))
  await run('guarded', 'one')
  await available('guarded', 'one')
  troubles.set({ pdb: 'guarded' })
  const [pod] = (await client.list(kinds.pods, { namespace: 'guarded' })).items
  const metadata = { namespace: 'guarded', name: pod?.metadata.name ?? '' }
  const evict = (): Promise<unknown> =>
    client.raw(`/api/v1/namespaces/guarded/pods/${metadata.name}/eviction`, {
      method: 'POST',
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata },
    })
  await expect(evict()).rejects.toThrow("Cannot evict pod as it would violate the pod's disruption budget.")
  await eventually(
    client,
    { resource: kinds.podDisruptionBudgets, namespace: 'guarded', name: 'sandbox-fault' },
    (seen) => {
      return numberAt(seen, 'status', 'expectedPods') === 1 && numberAt(seen, 'status', 'disruptionsAllowed') === 0
    },
  )
  troubles.reset()
  await evict()
  await eventuallyAll(client, { resource: kinds.pods, namespace: 'guarded' }, (pods) =>
    pods.every((each) => each.metadata.uid !== pod?.metadata.uid),
  )
  expect(listAt(pod, 'status', 'conditions').length).toBeGreaterThan(0)
})
