import { numberAt } from '@orbweaver/contracts/json'
import { conditionOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Fleet } from '../fleet.ts'
import type { Faults } from '../server/faults.ts'
import { workload } from '../worlds/objects.ts'
import { clientOf, eventually, startTestFleet } from './fleet-under-test.ts'

let fleet: Fleet
let client: KubeClient
let faults: Faults
beforeAll(async () => {
  fleet = await startTestFleet(1)
  client = clientOf(fleet, 'member-1')
  const member = fleet.clusters.get('member-1')
  if (member === undefined) throw new Error('no member-1')
  faults = member.server.faults
}, 60_000)
afterAll(() => fleet.stop())

const available = (name: string, wanted: number): Promise<unknown> =>
  eventually(client, { resource: kinds.deployments, namespace: 'default', name }, (seen) => {
    return numberAt(seen, 'status', 'availableReplicas') === wanted && numberAt(seen, 'status', 'replicas') === wanted
  })

test('actors go on where they were after a black hole and cut watches', async () => {
  faults.set({ blackHole: true })
  await expect(client.list(kinds.pods, { deadlineMs: 200 })).rejects.toMatchObject({ code: 'timeout' })
  faults.reset()
  faults.cutWatches()
  await client.create(kinds.deployments, workload({ namespace: 'default', name: 'after', image: 'a:1', replicas: 2 }))
  await available('after', 2)
})

test('a server that fails every fourth call ends in the same state, with no Pod too many', async () => {
  await client.create(kinds.deployments, workload({ namespace: 'default', name: 'shaky', image: 'a:1' }))
  await available('shaky', 1)
  await client.patch(
    kinds.deployments,
    { namespace: 'default', name: 'shaky' },
    { type: 'merge', body: { spec: { replicas: 6 } } },
  )
  faults.set({ errorRate: 0.25 })
  // What the test itself asks may be refused as well: it looks at the objects without HTTP.
  const pods = { apiVersion: 'v1', kind: 'Pod', namespace: 'default' }
  const store = fleet.clusters.get('member-1')?.server.store
  await vi.waitFor(() => {
    const own = store?.list(pods).filter((pod) => pod.metadata.name.startsWith('shaky-')) ?? []
    expect(own.filter((pod) => conditionOf(pod, 'Ready')?.status === 'True')).toHaveLength(6)
  }, 10_000)
  faults.reset()
  await available('shaky', 6)
})
