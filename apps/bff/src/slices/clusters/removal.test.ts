import type { JsonRecord } from '@orbweaver/contracts/json'
import { meshes } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { startHub, type TestCluster } from '../../testing/clusters.ts'
import { planRemoval } from './intents.ts'

let hub: TestCluster
let fleet: RunningFleet

beforeAll(async () => {
  hub = await startHub()
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(() => expect(fleet.hub.mirror.known(meshes)).toBe(true), { timeout: 10_000 })
})
afterAll(async () => {
  fleet.close()
  await hub.close()
})

/** Why a cluster may not be unregistered while this is all that the hub holds. */
async function blocked(mesh: { members: JsonRecord[]; leaveBehind?: string[]; leaving?: string[] }): Promise<string[]> {
  const { members, leaveBehind = [], leaving = [] } = mesh
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop' },
    spec: { kind: 'Managed', version: 'v1.30.3', controlPlane: { cluster: 'hub' }, members, leaveBehind },
    status: { members: leaving.map((cluster) => ({ cluster, state: 'leaving' })) },
  })
  const wanted = hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', name: 'shop' })?.metadata
  await vi.waitFor(() =>
    expect(fleet.hub.mirror.get(meshes, { name: 'shop' })?.metadata.resourceVersion).toBe(wanted?.resourceVersion),
  )
  const outcome = planRemoval(fleet, ['east'])
  return outcome.ok ? outcome.draft.blocked.map(({ code }) => code) : ['refused']
}

it('a cluster stays registered while a mesh is in it, or is still to be cleaned from it', async () => {
  expect(await blocked({ members: [{ cluster: 'east' }] })).toEqual(['clusters.in_mesh'])
  expect(await blocked({ members: [], leaving: ['east'] })).toEqual(['clusters.leaving_mesh'])
  expect(await blocked({ members: [], leaving: ['west'] })).toEqual([])
  expect(await blocked({ members: [] })).toEqual([])
})

it('credentials go only with the record that names them', () => {
  const register = (name: string, credentialsSecretName: string) =>
    hub.store.put({
      apiVersion: 'orbweaver.dev/v1alpha1',
      kind: 'FleetCluster',
      metadata: { name },
      spec: { credentialsSecretName },
    })
  register('east', 'somebody-elses')
  register('west', 'cluster-west')
  return vi.waitFor(() => {
    const outcome = planRemoval(fleet, ['east', 'west'])
    if (!outcome.ok) return expect.fail('refused')
    expect(outcome.draft.items.map(({ ref, onlyWith }) => [ref.kind, ref.name, onlyWith])).toEqual([
      ['FleetCluster', 'east', undefined],
      ['FleetCluster', 'west', undefined],
      ['Secret', 'cluster-west', 1],
    ])
  })
})

it('a cluster that nobody waits for any more may go', async () => {
  expect(await blocked({ members: [], leaving: ['east'], leaveBehind: ['east'] })).toEqual([])
})
