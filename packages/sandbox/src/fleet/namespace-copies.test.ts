import { listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import * as kinds from '@orbweaver/kube/resources'
import { afterEach, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { meshObject } from '../worlds/mesh-objects.ts'
import { istioObject, namespace, NETWORKING, service, workload } from '../worlds/objects.ts'
import type { World } from '../worlds/world.ts'
import { clientOf, eventually, eventuallyAll, startTestFleet } from './fleet-under-test.ts'

let fleet: Fleet | undefined
afterEach(() => fleet?.stop())

const MODEL = 'team-one'
const COPIES = ['team-two', 'team-three']
const model = [
  namespace(MODEL, { 'istio-injection': 'enabled' }),
  workload({ namespace: MODEL, name: 'web', image: 'web:1', replicas: 2, port: 80 }),
  workload({ namespace: MODEL, name: 'db', image: 'db:1', kind: 'StatefulSet', port: 5432 }),
  service({ namespace: MODEL, name: 'web', port: 80 }),
  istioObject(
    { apiVersion: NETWORKING, kind: 'DestinationRule' },
    { namespace: MODEL, name: 'web' },
    { host: `web.${MODEL}.svc.cluster.local` },
  ),
]

const withTeams = (world: World): World => ({
  ...world,
  members: world.members.map((each) => ({
    ...each,
    stages: [...each.stages, model],
    copies: [{ of: MODEL, to: COPIES }],
    registered: true,
  })),
  meshes: [meshObject('mesh', { kind: 'Dedicated', version: 'v1.30.3', cluster: 'member-1' })],
})

const everything = (of: Fleet): KubernetesObject[] => {
  const store = of.clusters.get('member-1')?.server.store
  return [MODEL, ...COPIES].flatMap((each) => store?.within(each) ?? [])
}
/** What a world promises to be the same every time. */
const told = ({ kind, metadata, spec }: KubernetesObject): string =>
  `${kind} ${metadata.namespace ?? ''}/${metadata.name} ${JSON.stringify(spec)}`

test('a copied namespace stands by itself, and nobody has anything left to do in it', { timeout: 60_000 }, async () => {
  fleet = await startTestFleet(1, withTeams)
  const client = clientOf(fleet, 'member-1')
  const all = everything(fleet)
  const pods = all.filter((each) => each.kind === 'Pod')
  expect(pods).toHaveLength(9)
  expect(new Set(pods.map((each) => textAt(each, 'status', 'podIP'))).size).toBe(9)
  expect(new Set(all.map((each) => each.metadata.uid)).size).toBe(all.length)
  for (const pod of pods) expect(annotationsOf(pod)['sidecar.istio.io/status']).toBeDefined()
  const uids = new Set(all.map((each) => each.metadata.uid))
  const owners = all.flatMap((each) => listAt(each, 'metadata', 'ownerReferences'))
  expect(owners.every((each) => uids.has(textAt(each, 'uid')))).toBe(true)
  expect(
    COPIES.some((copy) => JSON.stringify(all.filter((each) => each.metadata.namespace === copy)).includes(MODEL)),
  ).toBe(false)
  for (const copy of COPIES) {
    const slices = all.filter((each) => each.kind === 'EndpointSlice' && each.metadata.namespace === copy)
    const addresses = slices.flatMap((each) => listAt(each, 'endpoints')).flatMap((each) => textsAt(each, 'addresses'))
    const own = pods.filter((each) => each.metadata.namespace === copy && labelsOf(each).app === 'web')
    expect(new Set(addresses)).toEqual(new Set(own.map((each) => textAt(each, 'status', 'podIP'))))
  }
  const before = new Map(all.map((each) => [each.metadata.uid, each.metadata.resourceVersion]))
  // Queues are worked off in order: when the newest wish is fulfilled, all that was left of the copying is done, too.
  const target = { namespace: 'team-three', name: 'web' }
  await client.patch(kinds.deployments, target, { type: 'merge', body: { spec: { replicas: 3 } } })
  await eventuallyAll(client, { resource: kinds.endpointSlices, namespace: 'team-three' }, (slices) =>
    slices.some((each) => listAt(each, 'endpoints').length === 3),
  )
  const touched = everything(fleet).filter((each) => before.get(each.metadata.uid) !== each.metadata.resourceVersion)
  expect(new Set(touched.map((each) => each.metadata.namespace))).toEqual(new Set(['team-three']))
})

test('actors look after it as after any other', { timeout: 60_000 }, async () => {
  fleet = await startTestFleet(1, withTeams)
  const client = clientOf(fleet, 'member-1')
  const target = { namespace: 'team-two', name: 'web' }
  const ofWeb = async (): Promise<string[]> => {
    const { items } = await client.list(kinds.pods, { namespace: 'team-two', labelSelector: 'app=web' })
    return items.map((each) => each.metadata.uid ?? '')
  }
  const old = await ofWeb()
  await client.patch(kinds.deployments, target, { type: 'merge', body: { spec: { replicas: 3 } } })
  await eventually(
    client,
    { resource: kinds.deployments, ...target },
    (seen) => numberAt(seen, 'status', 'availableReplicas') === 3,
  )
  expect(await ofWeb()).toEqual(expect.arrayContaining(old))
  await client.remove(kinds.namespaces, { name: 'team-three' })
  await eventually(client, { resource: kinds.namespaces, name: 'team-three' }, (seen) => seen === undefined)
})

test('the same world is the same every time', { timeout: 60_000 }, async () => {
  const first = await startTestFleet(1, withTeams)
  const once = everything(first).map(told)
  await first.stop()
  fleet = await startTestFleet(1, withTeams)
  const strip = (text: string): string => text.replaceAll(/kube-api-access-[a-z0-9]+/g, 'kube-api-access')
  expect(everything(fleet).map(told).map(strip)).toEqual(once.map(strip))
})
