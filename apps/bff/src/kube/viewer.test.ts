import type { ViewerDoor } from './doors.ts'
import { fleetClusters, namespaces, pods } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bind, namespace, pod, register, role, startHub, startMember, type TestCluster } from '../testing/clusters.ts'
import { openFleet, type RunningFleet } from './fleet.ts'
import { mayKnow, wordsOf } from './fleet-notices.ts'
import { openViewer } from './viewer.ts'

/** Generous: other suites share the machine, and nothing here is about speed. */
vi.setConfig({ testTimeout: 60_000 })

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  for (const name of ['shop', 'bank']) {
    east.store.put(namespace(name))
    east.store.put(pod('web', name))
  }
  role(east, 'pod-reader', [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }])
  role(hub, 'fleet-reader', [{ apiGroups: ['orbweaver.dev'], resources: ['*'], verbs: ['list', 'get'] }])
  bind(east, { user: 'corp:everywhere', role: 'pod-reader' })
  bind(east, { user: 'corp:shopkeeper', role: 'pod-reader', inNamespace: 'shop' })
  bind(hub, { user: 'everywhere', role: 'fleet-reader' })
  register(hub, east, { identity: { userPrefix: 'corp:' } })
  const log = pino({ level: 'silent' })
  fleet = openFleet({ hub: hub.connection, self: false, log, offered: [], verdictTtlMs: 100 })
  await vi.waitFor(() => expect(fleet.get('east')?.mirror.list(pods).length).toBe(2), { timeout: 10_000 })
})
afterAll(async () => {
  fleet.close()
  await east.close()
  await hub.close()
})

const as = (user: string): ViewerDoor => openViewer(fleet, { user, groups: [] })
const places = async (user: string) => (await as(user).list('east', pods)).map((each) => each.metadata.namespace)

describe('with real reviews, and names as the cluster spells them', () => {
  test('cluster-wide, in one namespace, nowhere', async () => {
    expect(new Set(await places('everywhere'))).toEqual(new Set(['bank', 'shop']))
    expect(await places('shopkeeper')).toEqual(['shop'])
    expect(await places('stranger')).toEqual([])
  })

  test('two people asking by turns never see through each other’s eyes', async () => {
    for (let round = 0; round < 50; round++) {
      const [all, one, none] = await Promise.all([places('everywhere'), places('shopkeeper'), places('stranger')])
      expect([all.length, one, none]).toEqual([2, ['shop'], []])
    }
  })

  test('names of namespaces follow what may be listed in them', async () => {
    const seen = async (user: string) => (await as(user).list('east', namespaces)).map((each) => each.metadata.name)
    expect(await seen('shopkeeper')).toEqual(['shop'])
    expect(await seen('stranger')).toEqual([])
    expect(await as('shopkeeper').seesNamespace('east', 'bank')).toBe(false)
  })

  test('single objects', async () => {
    const target = { namespace: 'bank', name: 'web' }
    expect(await as('everywhere').get('east', pods, target)).toBeDefined()
    expect(await as('shopkeeper').get('east', pods, target)).toBeUndefined()
    const ref = { cluster: 'east', group: '', version: 'v1', kind: 'Pod', ...target }
    expect(await as('everywhere').sees(ref)).toBe(true)
    expect(await as('shopkeeper').sees(ref)).toBe(false)
    expect(await as('everywhere').sees({ ...ref, cluster: 'nowhere' })).toBe(false)
    expect(await as('everywhere').sees({ ...ref, kind: 'Unheard' })).toBe(false)
  })

  test('the hub’s own objects are the hub’s to show', async () => {
    expect((await as('everywhere').list('hub', fleetClusters)).map((each) => each.metadata.name)).toEqual(['east'])
    expect(await as('shopkeeper').list('hub', fleetClusters)).toEqual([])
  })

  test('the state of every cluster is told to everybody', () => {
    expect(
      as('stranger')
        .truths()
        .map(({ cluster, state }) => [cluster, state]),
    ).toEqual([['east', 'fresh']])
    expect(
      as('stranger')
        .truths(['hub', 'gone'])
        .map(({ state }) => state),
    ).toEqual(['fresh', 'unreachable'])
  })
})

describe('notices', () => {
  const knows = (user: string, notice: Parameters<typeof mayKnow>[2]) => mayKnow(fleet, as(user), notice)

  test('about a cluster are for who sees something of it', async () => {
    const notice = { word: 'sidecars', cluster: 'east' } as const
    expect(await knows('everywhere', notice)).toBe(true)
    expect(await knows('shopkeeper', notice)).toBe(true)
    expect(await knows('stranger', notice)).toBe(false)
  })

  test('about clusters and meshes are for who may list them', async () => {
    expect(await knows('everywhere', { word: 'clusters', cluster: 'east' })).toBe(true)
    expect(await knows('shopkeeper', { word: 'clusters', cluster: 'east' })).toBe(false)
    expect(await knows('everywhere', { word: 'meshes', cluster: 'hub' })).toBe(true)
    expect(await knows('shopkeeper', { word: 'meshes', cluster: 'hub' })).toBe(false)
    expect(await knows('everywhere', { word: 'meshes', mesh: 'unknown' })).toBe(false)
  })

  test('are worded by what changed', () => {
    expect([...wordsOf(new Set(['networking.istio.io/Gateway']))]).toEqual(['objects', 'security'])
    expect([...wordsOf(new Set(['security.istio.io/PeerAuthentication']))]).toEqual(['objects'])
    expect([...wordsOf(new Set(['orbweaver.dev/Change']))]).toEqual(['history'])
    expect([...wordsOf(new Set(['discovery.k8s.io/EndpointSlice']))]).toEqual([])
    expect([...wordsOf(new Set(['Secret']))]).toEqual(['security'])
  })
})

test('when the reviews fail, nothing is shown', async () => {
  east.faults.set({ errorRate: 1 })
  try {
    expect(await places('newcomer')).toEqual([])
    expect(await as('newcomer').seesNamespace('east', 'shop')).toBe(false)
  } finally {
    east.faults.reset()
  }
})

describe('while the cluster is silent', () => {
  const listPods = { verb: 'list', group: '', resource: 'pods' }
  const state = () => fleet.get('east')?.mirror.truth().state
  const until = { timeout: 20_000, interval: 50 }

  test('everybody sees what they saw, nobody may do anything, and who comes new sees nothing', async () => {
    const seen = async () => [await places('everywhere'), await places('shopkeeper'), await places('stranger')]
    await expect.poll(state, until).toBe('fresh')
    await expect.poll(() => as('everywhere').may('east', listPods), until).toBe(true)
    const before = await seen()
    expect(before.map((each) => each.length)).toEqual([2, 1, 0])
    east.faults.set({ blackHole: true })
    await expect.poll(state, until).toBe('unreachable')
    await expect.poll(() => as('everywhere').may('east', listPods), until).toBe(false)
    expect(await seen()).toEqual(before)
    expect(await as('shopkeeper').seesNamespace('east', 'shop')).toBe(true)
    expect(await as('shopkeeper').seesNamespace('east', 'bank')).toBe(false)
    expect(await places('latecomer')).toEqual([])
    east.faults.reset()
    bind(east, { user: 'corp:latecomer', role: 'pod-reader', inNamespace: 'bank' })
    await expect.poll(state, until).toBe('fresh')
    await expect.poll(() => places('latecomer'), until).toEqual(['bank'])
  })

  test('a cluster that does not know the console any more shows nothing', async () => {
    expect(await places('everywhere')).toHaveLength(2)
    east.faults.set({ unauthorized: true })
    await expect.poll(state, until).toBe('unauthorized')
    await expect.poll(() => places('everywhere'), until).toEqual([])
    east.faults.reset()
    await expect.poll(state, until).toBe('fresh')
    await expect.poll(async () => (await places('everywhere')).length, until).toBe(2)
  })
})
