import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { KubeClient } from '@orbweaver/kube/client'
import { meshes } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startHub, type TestCluster } from '../testing/clusters.ts'
import { stillDoor, stillFleet } from '../testing/doors.ts'
import { reconcileMesh } from './reconcile-mesh.ts'
import { createStageFacts } from './stage-guard.ts'

let hub: TestCluster
let own: KubeClient

beforeEach(async () => {
  hub = await startHub()
  own = createKubeClient({ cluster: 'hub', connection: hub.connection })
})
afterEach(async () => {
  await own.close()
  await hub.close()
})

const since = '2026-11-28T09:00:00Z'
const name = 'shop'

/** As an earlier console left it: the namespace is there, and istiod is waited for since an hour. */
function halfMade(spec: object = {}): void {
  const stage = { cluster: 'east', since, objects: [] }
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name, generation: 1, finalizers: ['orbweaver.dev/mesh'] },
    spec: {
      kind: 'Dedicated',
      version: 'v1.30.3',
      controlPlane: { cluster: 'east', namespace: 'istio-system' },
      deletionPolicy: 'Uninstall',
      ...spec,
    },
    status: {
      observedGeneration: 0,
      phase: 'Failed',
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'Failed',
          message: '',
          lastTransitionTime: since,
          observedGeneration: 1,
        },
      ],
      stages: [
        { ...stage, name: 'namespace', state: 'done', reason: 'namespace-ready' },
        { ...stage, name: 'control-plane', state: 'failed', reason: 'control-plane-timeout' },
      ],
    },
  })
}

async function deletedByItsOwner(): Promise<void> {
  hub.addUser({ token: 'owner', name: 'owner', groups: ['system:masters'] })
  const owner = createKubeClient({ cluster: 'hub', connection: { server: hub.url, token: 'owner' } })
  await owner.remove(meshes, { name })
  await owner.close()
}

/** What the status says after one look while the cluster is in this state. */
async function looked(truth: Omit<ClusterTruth, 'cluster'>): Promise<ReturnType<typeof recordAt>> {
  const hubDoor = { ...stillDoor('hub', { known: () => true, truth: { state: 'fresh' } }), own }
  const fleet = stillFleet(hubDoor, [stillDoor('east', { known: () => false, truth })])
  const now = () => new Date('2026-11-28T10:00:00Z')
  await reconcileMesh(
    { fleet, log: pino({ level: 'silent' }), now, mayWrite: () => true, stageFacts: createStageFacts() },
    name,
  )
  return recordAt(await own.get(meshes, { name }), 'status')
}

it('reads a mesh that rests from the mirror, and writes nothing over what is newer in the hub', async () => {
  halfMade()
  const resting = { ...(await own.get(meshes, { name })) }
  const mirrored = { ...resting, status: { ...recordAt(resting, 'status'), observedGeneration: 1, phase: 'Ready' } }
  const asked: string[] = []
  const counting: KubeClient = {
    ...own,
    get: (...args) => {
      asked.push('get')
      return own.get(...args)
    },
  }
  const still = stillDoor('hub', { known: () => true, truth: { state: 'fresh' } })
  const hubDoor = { ...still, own: counting, mirror: { ...still.mirror, get: () => mirrored } }
  const fleet = stillFleet(hubDoor, [stillDoor('east', { known: () => false, truth: { state: 'unreachable', since } })])
  const newer = hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name }) ?? expect.fail('gone')
  hub.store.put({ ...newer, metadata: { ...newer.metadata, labels: { team: 'a' } } })
  const now = () => new Date('2026-11-28T10:00:00Z')
  await reconcileMesh(
    { fleet, log: pino({ level: 'silent' }), now, mayWrite: () => true, stageFacts: createStageFacts() },
    name,
  )
  expect(asked).toEqual([])
  expect(await own.get(meshes, { name })).toMatchObject({
    metadata: { labels: { team: 'a' } },
    status: { phase: 'Failed' },
  })
})

const justNow = '2026-11-28T09:59:30Z'
const longAgo = '2026-11-28T09:30:00Z'

it.each([false, true])(
  'says nothing of a cluster that is being read: a console that was just started knows no better (deleting: %s)',
  async (deleting) => {
    halfMade()
    if (deleting) await deletedByItsOwner()
    const before = recordAt(await own.get(meshes, { name }), 'status')
    for (const state of ['syncing', 'fresh'] as const) {
      expect(await looked({ state, since: justNow }), state).toEqual(before)
    }
  },
)

it.each([
  { state: 'unreachable', since: justNow },
  // Something keeps it from being read, as a right that is missing: that is no moment any more.
  { state: 'fresh', since: longAgo },
] as const)('says that a cluster is waited for once no more will be known of it soon (%j)', async (truth) => {
  halfMade()
  const [first] = listAt(await looked(truth), 'stages')
  expect([textAt(first, 'state'), textAt(first, 'reason')]).toEqual(['running', 'cluster-unreachable'])
})

it('writes nothing of a mesh that is suspended, says so, and keeps what was asked for', async () => {
  halfMade({ suspend: true })
  const status = await looked({ state: 'unreachable', since: justNow })
  expect(status).toMatchObject({ phase: 'Suspended', observedGeneration: 0 })
  expect(listAt(status, 'conditions')[0]).toMatchObject({ type: 'Ready', status: 'False', reason: 'Suspended' })
})

it('takes a suspended mesh apart all the same', async () => {
  halfMade({ suspend: true })
  await deletedByItsOwner()
  expect(await looked({ state: 'unreachable', since: longAgo })).toMatchObject({ phase: 'Terminating' })
})
