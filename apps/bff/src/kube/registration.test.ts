import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Intent } from '@orbweaver/contracts/intent'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { fleetClusters } from '@orbweaver/kube/resources'
import { describe, expect, it } from 'vitest'
import { workOut } from '../changes/planning.ts'
import { planners } from '../engine.ts'
import { observe, unreadClusters } from '../reconciler/observe.ts'
import { fleetCluster } from '../testing/clusters.ts'
import { stillDoor, stillFleet } from '../testing/doors.ts'
import type { Fleet } from './doors.ts'
import { registered, unreadFleet, whyNoDoor } from './registration.ts'
import { openViewer, type ShowingFleet } from './viewer.ts'

const { name: _name, ...kind } = fleetCluster('east')
const east = { ...kind, metadata: { name: 'east' } }
const hubWith = (known: boolean, state: ClusterTruth['state'] = known ? 'fresh' : 'syncing') =>
  stillDoor('hub', { known: () => known, truth: { state }, objects: known ? [east] : [] })
const syncing: ClusterTruth = { cluster: 'east', state: 'syncing' }
const refused: ClusterTruth = { cluster: 'east', state: 'unauthorized', reason: 'clusters.credentials_missing' }

describe('a cluster without a door', () => {
  it.each<[string, Fleet, [known: 'yes' | 'unknown', reason: string]]>([
    [
      'is not taken for gone while the records are unread',
      stillFleet(hubWith(false), []),
      ['unknown', 'clusters.unread'],
    ],
    ['is still to be met', stillFleet(hubWith(true), []), ['yes', 'clusters.unread']],
    ['waits for its credentials to be read', stillFleet(hubWith(true), [], [syncing]), ['yes', 'clusters.unread']],
    ['says what is wrong with them', stillFleet(hubWith(true), [], [refused]), ['yes', 'clusters.credentials_missing']],
  ])('%s', (_what, fleet, told) => {
    expect([registered(fleet, 'east'), whyNoDoor(fleet, 'east')]).toEqual(told)
  })

  it('is not registered where the records say so', () => {
    const fleet = stillFleet(hubWith(true), [])
    expect([registered(fleet, 'west'), whyNoDoor(fleet, 'west')]).toEqual(['no', 'clusters.not_registered'])
  })

  it('blocks taking a mesh apart while it was not met, and no longer', () => {
    const mesh = readMesh({
      apiVersion: 'orbweaver.dev/v1alpha1',
      kind: 'Mesh',
      metadata: { name: 'shop' },
      spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } },
    })
    if (!isMesh(mesh)) throw new Error('no mesh')
    const unread = (fleet: Fleet) => unreadClusters(fleet, observe(fleet, mesh))
    expect(unread(stillFleet(hubWith(true), [], [syncing]))).toEqual(['east'])
    expect(unread(stillFleet(hubWith(true), [], [refused]))).toEqual([])
  })
})

describe('the fleet', () => {
  it('is read when all its records are', () => {
    expect(unreadFleet(stillFleet(hubWith(true), []))).toBeUndefined()
    const half = stillDoor('hub', { known: ({ plural }) => plural === fleetClusters.plural, truth: { state: 'fresh' } })
    expect(unreadFleet({ hub: half })?.code).toBe('plan.fleet_unread')
    expect(unreadFleet({ hub: hubWith(false, 'unreachable') })).toEqual({
      code: 'plan.cluster_unreachable',
      params: { cluster: 'hub', reason: 'kube.unreachable' },
    })
  })

  it('is spoken of by no plan before', async () => {
    const fleet = stillFleet(hubWith(false), [])
    const keys = { mac: () => Promise.resolve('') }
    const viewer = openViewer(shown(fleet), { user: 'ada', groups: [] })
    const intents: Intent[] = [
      { type: 'clusters.remove', name: 'east' },
      { type: 'meshes.delete', name: 'shop', uninstall: true },
      { type: 'meshes.join', name: 'shop', members: [{ cluster: 'east' }] },
    ]
    for (const intent of intents) {
      const outcome = await workOut({ fleet, keys, planners }, viewer, intent)
      expect(outcome).toEqual({ ok: false, reasons: [{ code: 'plan.fleet_unread', params: {} }] })
    }
    expect(viewer.truths(['east'])).toEqual([{ cluster: 'east', state: 'syncing', reason: 'clusters.unread' }])
  })
})

/** Nobody looks into these clusters. */
function shown(fleet: Fleet): ShowingFleet {
  const visibility = () => expect.fail('asked for a cluster’s objects')
  return { ...fleet, hub: { ...fleet.hub, visibility }, get: () => undefined, all: () => [] }
}
