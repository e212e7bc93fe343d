import { numberAt, recordAt } from '@orbweaver/contracts/json'
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

test('actors go on in a black hole: it lies before the cluster, not in it', async () => {
  await client.create(kinds.deployments, workload({ namespace: 'default', name: 'dark', image: 'a:1', replicas: 0 }))
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'dark' }
  const store = fleet.clusters.get('member-1')?.server.store
  const seen = store?.get(deployment)
  if (store === undefined || seen === undefined) throw new Error('no Deployment')
  faults.set({ blackHole: true, unauthorized: true })
  await expect(client.list(kinds.pods, { deadlineMs: 200 })).rejects.toMatchObject({ code: 'timeout' })
  store.put({ ...seen, spec: { ...recordAt(seen, 'spec'), replicas: 2 } })
  await vi.waitFor(() => expect(numberAt(store.get(deployment), 'status', 'availableReplicas')).toBe(2), 10_000)
  faults.reset()
  await available('dark', 2)
})
