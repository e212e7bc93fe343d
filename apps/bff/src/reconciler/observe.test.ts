import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import type { Resource } from '@orbweaver/kube/client'
import { expect, it } from 'vitest'
import type { ClusterDoor } from '../kube/doors.ts'
import { stillDoor, stillFleet } from '../testing/doors.ts'
import { observe, unreadClusters } from './observe.ts'

const door = (known: (resource: Resource) => boolean, state: ClusterTruth['state']): ClusterDoor =>
  stillDoor('east', { known, truth: { state } })
const fleetOf = (east: ClusterDoor) => stillFleet(east, [east])

const mesh: Mesh = {
  name: 'fleet',
  kind: 'Managed',
  displayName: undefined,
  version: 'v1.30.3',
  controlPlane: {
    cluster: 'east',
    namespace: 'istio-system',
    revision: undefined,
    entrance: { type: 'LoadBalancer', address: undefined, loadBalancerIP: undefined, annotations: {} },
    replicas: undefined,
    autoscaling: undefined,
    size: undefined,
    resources: {},
    imageHub: undefined,
  },
  members: [],
  networks: { controlPlane: undefined, exposeServices: true, gateways: [], clusterLocal: [] },
  settings: {},
  values: {},
  deletionPolicy: 'Retain',
  repair: 0,
  suspend: false,
  generation: 1,
  deleting: false,
}

it('sees nothing of a cluster before all that stages look at was read: absence would be taken for removal', () => {
  const fleet = fleetOf(door(({ kind }) => kind !== 'Istio', 'fresh'))
  const observed = observe(fleet, mesh)
  expect(observed.get('east')?.view).toBeUndefined()
  expect(unreadClusters(fleet, observed)).toEqual(['east'])
})

it('sees a cluster that was read through', () => {
  const fleet = fleetOf(door(() => true, 'fresh'))
  const observed = observe(fleet, mesh)
  expect(observed.get('east')?.view?.cluster).toBe('east')
  expect(unreadClusters(fleet, observed)).toEqual([])
})

it('needs no Secrets where nothing is installed', () => {
  const fleet = fleetOf(door(({ kind }) => kind !== 'Secret', 'fresh'))
  expect(observe(fleet, { ...mesh, kind: 'External' }).get('east')?.view).toBeDefined()
  expect(observe(fleet, mesh).get('east')?.view).toBeUndefined()
})

it('does not wait for a cluster that is away', () => {
  const fleet = fleetOf(door(() => false, 'unreachable'))
  const observed = observe(fleet, mesh)
  expect(observed.get('east')?.view).toBeUndefined()
  expect(unreadClusters(fleet, observed)).toEqual([])
})
