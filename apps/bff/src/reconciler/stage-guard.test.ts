import { listAt, textAt } from '@orbweaver/contracts/json'
import { istios, meshes, namespaces } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../kube/fleet.ts'
import { namespace, register, startHub, startMember, type TestCluster } from '../testing/clusters.ts'
import { isBeingRead } from './observe.ts'
import { reconcileMesh } from './reconcile-mesh.ts'
import { createStageFacts } from './stage-guard.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet
const log = pino({ level: 'silent' })
const quota = { apiVersion: 'v1', kind: 'ResourceQuota', namespace: 'istio-system', name: 'none' }

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  seedGround(hub, { istioKinds: true }, 'hub')
  seedGround(east, { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }, 'member')
  const { name, namespace: place, ...rest } = quota
  east.store.put(namespace(place))
  east.store.put({ ...rest, metadata: { name, namespace: place }, spec: { hard: { pods: '0' } } })
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop', finalizers: ['orbweaver.dev/mesh'] },
    spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east', namespace: place } },
  })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log, offered: [] })
  await vi.waitFor(
    () => {
      const door = fleet.get('east')
      expect(door !== undefined && !isBeingRead(door)).toBe(true)
      expect(door?.mirror.get(namespaces, { name: place })).toBeDefined()
    },
    { timeout: 15_000 },
  )
}, 30_000)
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, east].map((each) => each.close()))
})

/** Looks as the leader does, with what it asked before, until the stage is so. */
async function until(holds: (stage: ReturnType<typeof listAt>[number]) => boolean) {
  const with_ = { fleet, log, now: () => new Date(), mayWrite: () => true, stageFacts: createStageFacts() }
  return vi.waitFor(
    async () => {
      await reconcileMesh(with_, 'shop')
      const status = (await fleet.hub.own.get(meshes, { name: 'shop' })).status
      const stage = listAt(status, 'stages').find((each) => textAt(each, 'name') === 'control-plane') ?? {}
      expect(holds(stage), JSON.stringify(status)).toBe(true)
      return { stage, phase: textAt(status, 'phase') }
    },
    { timeout: 10_000, interval: 100 },
  )
}

it('writes no control plane where its namespace has no room, says which quota it is, and goes on when there is', async () => {
  const { stage, phase } = await until((each) => textAt(each, 'state') === 'blocked')
  expect(phase).toBe('Failed')
  expect(stage).toMatchObject({
    reason: 'check.limits.quota-full',
    params: { namespace: 'istio-system', name: 'none', amount: 'pods: 0/0' },
  })
  expect((await fleet.get('east')?.own.list(istios))?.items).toEqual([])
  east.store.remove(quota)
  await until((each) => textAt(each, 'state') === 'running')
  expect((await fleet.get('east')?.own.list(istios))?.items.map((each) => each.metadata.name)).toEqual(['shop'])
})
