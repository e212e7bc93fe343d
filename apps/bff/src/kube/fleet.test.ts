import type { ApiServer } from '@orbweaver/sandbox/server/api-server'
import { customResourceDefinitions, fleetClusters, namespaces, pods, virtualServices } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import {
  bind,
  definition,
  fleetCluster,
  namespace,
  pod,
  prepare,
  register,
  startHub,
  startMember,
  type TestCluster,
} from '../testing/clusters.ts'
import { openFleet, type RunningFleet } from './fleet.ts'

const open: { close(): void | Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
})

async function hub(): Promise<TestCluster> {
  return kept(await startHub())
}

async function member(name: string): Promise<TestCluster> {
  return kept(await startMember(name))
}

function fleetOf({ connection }: TestCluster): RunningFleet {
  return kept(openFleet({ hub: connection, self: false, log: pino({ level: 'silent' }), offered: [] }))
}

function kept<Thing extends { close(): void | Promise<void> }>(thing: Thing): Thing {
  open.push(thing)
  return thing
}

const state = (fleet: RunningFleet, name: string) => () => fleet.get(name)?.mirror.truth().state
/** Generous: other suites share the machine, and nothing here is about speed. */
const until = { timeout: 20_000, interval: 20 }
vi.setConfig({ testTimeout: 60_000 })

test('clusters are connected and disconnected as the hub names them', async () => {
  const [theHub, east, west] = [await hub(), await member('east'), await member('west')]
  register(theHub, east)
  const fleet = fleetOf(theHub)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  expect(fleet.get('west')).toBeUndefined()
  register(theHub, west)
  await expect.poll(state(fleet, 'west'), until).toBe('fresh')
  theHub.store.remove(fleetCluster('east'))
  await expect.poll(() => fleet.all().map(({ name }) => name), until).toEqual(['west'])
})

test('a hub without our definitions is a normal state, and so is losing them', async () => {
  const theHub = await hub()
  const east = await member('east')
  for (const plural of ['fleetclusters', 'meshes', 'changes']) theHub.store.remove(crd(`${plural}.orbweaver.dev`))
  const fleet = fleetOf(theHub)
  await expect.poll(() => fleet.hub.mirror.truth().state, until).toBe('fresh')
  expect(fleet.hub.mirror.known(fleetClusters)).toBe(true)
  expect(fleet.hub.mirror.list(fleetClusters)).toEqual([])
  prepare(theHub)
  await theHub.settled()
  register(theHub, east)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  theHub.store.remove(crd('fleetclusters.orbweaver.dev'))
  await expect.poll(() => fleet.all().length, until).toBe(0)
  expect(fleet.hub.mirror.truth().state).toBe('fresh')
})

test('kinds appear and vanish with their definitions, in whatever version they are served', async () => {
  const [theHub, east] = [await hub(), await member('east')]
  register(theHub, east)
  const fleet = fleetOf(theHub)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  const mirror = () => fleet.get('east')?.mirror
  expect(mirror()?.known(virtualServices)).toBe(true)
  east.store.put(definition('virtualservices', 'VirtualService', ['networking.istio.io', 'v1beta1', 'v1alpha3']))
  await east.settled()
  east.store.put(namespace('shop'))
  const apiVersion = 'networking.istio.io/v1beta1'
  east.store.put({ apiVersion, kind: 'VirtualService', metadata: { name: 'web', namespace: 'shop' }, spec: {} })
  await expect
    .poll(
      () =>
        mirror()
          ?.list(virtualServices, 'shop')
          .map((each) => each.metadata.name),
      until,
    )
    .toEqual(['web'])
  east.store.remove(crd('virtualservices.networking.istio.io'))
  await expect.poll(() => mirror()?.list(virtualServices).length, until).toBe(0)
  expect(mirror()?.known(virtualServices)).toBe(true)
})

test('what changes in a cluster is seen, by namespace and by name', async () => {
  const [theHub, east] = [await hub(), await member('east')]
  register(theHub, east)
  const fleet = fleetOf(theHub)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  const mirror = fleet.get('east')?.mirror
  const heard = new Set<string>()
  fleet.onChange((cluster, kinds) => {
    for (const kind of kinds) heard.add(`${cluster} ${kind}`)
  })
  east.store.put(namespace('shop'))
  east.store.put(pod('web-1', 'shop'))
  east.store.put(pod('web-2', 'shop'))
  await expect.poll(() => mirror?.list(pods, 'shop').length, until).toBe(2)
  await expect.poll(() => heard.has('east Pod') && heard.has('east Namespace'), until).toBe(true)
  east.store.remove({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' })
  await expect.poll(() => mirror?.list(pods, 'shop').map((each) => each.metadata.name), until).toEqual(['web-2'])
  expect(mirror?.get(pods, { namespace: 'shop', name: 'web-2' })).toBeDefined()
  expect(mirror?.list(pods, 'elsewhere')).toEqual([])
})

test('a cluster that goes silent is unreachable within seconds, keeps what was read, and comes back', async () => {
  const [theHub, east] = [await hub(), await member('east')]
  east.store.put(namespace('shop'))
  register(theHub, east)
  const fleet = fleetOf(theHub)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  const door = fleet.get('east')
  east.faults.set({ blackHole: true })
  // Whoever asks it something in vain makes it be looked at, before the next regular look.
  expect(await door?.mayBe({ user: 'ada', groups: [] }, { verb: 'list', group: '', resource: 'pods' })).toBe('unknown')
  await expect.poll(state(fleet, 'east'), until).toBe('unreachable')
  expect(door?.mirror.truth()).toMatchObject({ reason: 'kube.timeout' })
  expect(door?.mirror.truth().since).toBeDefined()
  expect(door?.mirror.list(namespaces).some((each) => each.metadata.name === 'shop')).toBe(true)
  const startedAt = performance.now()
  expect(await door?.may({ user: 'ada', groups: [] }, { verb: 'list', group: '', resource: 'pods' })).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(200)
  east.faults.reset()
  await expect.poll(state(fleet, 'east'), { timeout: 20_000, interval: 50 }).toBe('fresh')
})

test('new credentials take over when they have read everything, or at once when the old ones are refused', async () => {
  const [theHub, east] = [await hub(), await member('east')]
  register(theHub, east)
  const fleet = fleetOf(theHub)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  const door = fleet.get('east')
  const states = new Set<string | undefined>()
  const watching = setInterval(() => states.add(door?.mirror.truth().state), 1)
  const rotated = { ...east.connection, token: 'rotated' }
  east.addUser({ token: 'rotated', name: 'rotated', groups: ['system:authenticated'] })
  for (const role of ['orbweaver-member', 'orbweaver-secret-reader']) bind(east, { user: 'rotated', role })
  const before = door?.own
  register(theHub, { name: 'east', connection: rotated })
  await expect.poll(() => door?.own !== before, until).toBe(true)
  clearInterval(watching)
  expect([...states].every((each) => each === 'fresh')).toBe(true)
  expect(fleet.get('east')).toBe(door)
  register(theHub, { name: 'east', connection: { ...east.connection, token: 'wrong' } })
  await pollUnchanged(() => door?.mirror.truth().state, 'fresh')
})

test('a registration without usable credentials says why', async () => {
  const [theHub, east] = [await hub(), await member('east')]
  const fleet = fleetOf(theHub)
  theHub.store.put({ ...fleetClusterObject('lost'), spec: { credentialsSecretName: 'nothing' } })
  theHub.store.put({ ...fleetClusterObject('hub'), spec: { credentialsSecretName: 'cluster-east' } })
  register(theHub, east)
  await expect
    .poll(
      () =>
        fleet
          .unusable()
          .map(({ cluster, reason }) => `${cluster} ${reason}`)
          .sort(),
      until,
    )
    .toEqual(['hub clusters.reserved_name', 'lost clusters.credentials_missing'])
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
})

test('no value of any Secret is in the mirror', async () => {
  const [theHub, east] = [await hub(), await member('east')]
  const canary = 'canary-91ac'
  east.store.put(namespace('istio-system'))
  east.store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'cacerts',
      namespace: 'istio-system',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': canary },
    },
    type: 'Opaque',
    data: { 'ca-key.pem': Buffer.from(canary).toString('base64') },
  })
  register(theHub, east)
  const fleet = fleetOf(theHub)
  await expect.poll(state(fleet, 'east'), until).toBe('fresh')
  const everything = () => JSON.stringify(fleet.sizes().map(({ kind }) => kind)) + dump(fleet, 'east')
  await expect.poll(everything, until).toContain('ca-key.pem')
  expect(everything()).not.toContain(canary)
  expect(everything()).not.toContain(Buffer.from(canary).toString('base64'))
})

function dump(fleet: RunningFleet, name: string): string {
  const secrets = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true }
  return JSON.stringify(fleet.get(name)?.mirror.list(secrets) ?? [])
}

function fleetClusterObject(name: string) {
  return { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', metadata: { name } }
}

function crd(name: string): Parameters<ApiServer['store']['remove']>[0] {
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: customResourceDefinitions.kind, name }
}

/** For what must not happen there is nothing to await: it is looked at for as long as it took to go wrong before. */
async function pollUnchanged<Value>(read: () => Value, value: Value): Promise<void> {
  for (let round = 0; round < 20; round++) {
    expect(read()).toBe(value)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
