import type { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { endpointSlices, fleetClusters, meshes, nodes, pods, services } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { gateway, injected, namespaceOn, node, shared } from '../../testing/network-objects.ts'
import { networksOf } from './networks.ts'
import { mergingNotes, sharedServicesOf } from './same-services.ts'

let hub: TestCluster
let primary: TestCluster
let east: TestCluster
let fleet: RunningFleet

const system = 'istio-system'
const meshObject: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'primary', namespace: system },
    members: [{ cluster: 'east', network: 'n2' }],
    networks: { eastWestGateways: [{ cluster: 'east', replicas: 2, addresses: ['203.0.113.7'] }] },
  },
}
const read = readMesh(meshObject)
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeAll(async () => {
  hub = await startHub()
  primary = await startMember('primary')
  east = await startMember('east')
  primary.store.put(namespaceOn('n1'))
  primary.store.put(gateway('n1', { status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }))
  primary.store.put(shared('web', 80))
  east.store.put(namespaceOn('n2'))
  east.store.put(gateway('n2'))
  east.store.put(shared('web', 8080))
  east.store.put(injected('old-1', 'n1'))
  east.store.put(injected('new-1', 'n2'))
  east.store.put(node)
  rights()
  register(hub, primary, { network: 'n1' })
  register(hub, east)
  hub.store.put(meshObject)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.get(meshes, { name: 'shop' })).toBeDefined()
      expect(fleet.hub.mirror.get(fleetClusters, { name: 'east' })).toBeDefined()
      for (const cluster of ['primary', 'east']) {
        for (const kind of [services, pods, nodes, endpointSlices]) {
          expect(fleet.get(cluster)?.mirror.known(kind)).toBe(true)
        }
      }
    },
    { timeout: 20_000 },
  )
})
afterAll(async () => {
  fleet.close()
  for (const each of [east, primary, hub]) await each.close()
})

/** `operator` sees and sets everything here; `guest` knows of the mesh, and may list Services of `default` in one cluster. */
function rights(): void {
  const reads = ['get', 'list']
  role(hub, 'records', [
    { apiGroups: ['orbweaver.dev'], resources: ['meshes', 'fleetclusters'], verbs: [...reads, 'update'] },
  ])
  role(hub, 'readers', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes', 'fleetclusters'], verbs: reads }])
  bind(hub, { user: 'operator', role: 'records' })
  bind(hub, { user: 'guest', role: 'readers' })
  for (const cluster of [primary, east]) {
    role(cluster, 'all', [
      { apiGroups: [''], resources: ['namespaces', 'services', 'pods', 'nodes'], verbs: [...reads, 'patch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: reads },
    ])
    role(cluster, 'look', [{ apiGroups: [''], resources: ['services', 'nodes'], verbs: reads }])
    bind(cluster, { user: 'operator', role: 'all' })
  }
  bind(east, { user: 'guest', role: 'look', inNamespace: 'default' })
}

const viewer = (user: string) => openViewer(fleet, { user, groups: [] })
const memberOf = async (user: string, cluster: string) =>
  (await networksOf({ fleet, viewer: viewer(user) }, mesh)).members.find((each) => each.cluster === cluster)

describe('the networks of a mesh', () => {
  test('are who is on them, how each is entered, and whose proxies are still on another', async () => {
    expect(await memberOf('operator', 'primary')).toMatchObject({
      role: 'control-plane',
      network: 'n1',
      source: 'cluster',
      label: 'n1',
      gateways: [{ addresses: ['192.0.2.1:15443'], given: false, ready: 0, network: 'n1' }],
      stale: { pods: 0 },
    })
    expect(await memberOf('operator', 'east')).toMatchObject({
      network: 'n2',
      source: 'mesh',
      gateways: [{ addresses: ['203.0.113.7:15443'], given: true }],
      settings: { replicas: 2, addresses: ['203.0.113.7'], port: 15443 },
      stale: { pods: 1, workloads: [{ ref: { kind: 'Pod', name: 'old-1' }, restartable: false }] },
      nodes: { total: 1, items: [{ name: 'node-1', region: 'eu', zone: 'eu-1' }] },
      podCidrs: ['10.8.0.0/24'],
    })
  })

  test('are not told to who may not list what they are read from', async () => {
    const seen = await memberOf('guest', 'east')
    expect(seen).toMatchObject({
      network: 'n2',
      unread: { code: 'network.not-permitted', params: { cluster: 'east', namespace: system } },
      podCidrs: [],
    })
    for (const field of ['label', 'gateways', 'stale', 'nodes']) expect(seen).not.toHaveProperty(field)
    const { exposure } = await networksOf({ fleet, viewer: viewer('guest') }, mesh)
    expect(exposure).toMatchObject({ wanted: true, found: 'unknown' })
  })
})

describe('services of one name', () => {
  test('are compared between the clusters where one sees them, and nowhere else', async () => {
    const found = await sharedServicesOf({ fleet, viewer: viewer('operator') }, mesh)
    expect(found).toMatchObject([
      {
        namespace: 'default',
        name: 'web',
        host: 'web.default.svc.cluster.local',
        inconsistent: true,
        differences: [{ aspect: 'ports', says: [{ value: '80/TCP http' }, { value: '8080/TCP http' }] }],
      },
    ])
    expect(await sharedServicesOf({ fleet, viewer: viewer('guest') }, mesh)).toEqual([])
  })
})

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(String(text.length).padStart(64, '0')) }
async function plan(intent: Intent, user = 'operator') {
  const outcome = await workOut({ fleet, keys, planners }, viewer(user), intent)
  if (!outcome.ok) return { reasons: outcome.reasons }
  const { plan: made } = outcome.worked
  return {
    touched: made.items.flatMap((each) => each.touched),
    notes: made.impact.notes.map((each) => each.code),
    blocked: made.blocked.map((each) => each.code),
    undoable: made.undoable,
  }
}

describe('a plan', () => {
  test('moves clusters, the one of the control plane too, and says who must restart', async () => {
    const made = await plan({ type: 'meshes.move-network', name: 'shop', clusters: ['primary', 'east'], network: 'n3' })
    expect(made.touched).toEqual([
      { pointer: '/spec/members/0/network', before: 'n2', after: 'n3' },
      { pointer: '/spec/networks/controlPlane', after: 'n3' },
    ])
    expect(made.notes).toEqual(
      expect.arrayContaining(['network.move-first', 'network.move-then', 'network.move-removes-gateways']),
    )
    expect(made.undoable).toBe(true)
  })

  test('of who may not list Pods counts none of them, and is not theirs to carry out', async () => {
    const made = await plan({ type: 'meshes.move-network', name: 'shop', clusters: ['east'], network: 'n3' }, 'guest')
    expect(made.notes).toContain('network.move-then-unseen')
    expect(made.blocked).toContain('plan.forbidden')
  })

  test('sets one gateway whole, and drops what says nothing any more', async () => {
    const gateway = (more: object): Intent => ({
      type: 'meshes.east-west-gateway',
      name: 'shop',
      gateway: { cluster: 'east', ...more },
    })
    const named = await plan(gateway({ replicas: 2, addresses: ['gw.example.com'] }))
    expect(named.touched).toEqual([
      { pointer: '/spec/networks/eastWestGateways/0/addresses/0', before: '203.0.113.7', after: 'gw.example.com' },
    ])
    expect(named.notes).toEqual(expect.arrayContaining(['network.gateway-address', 'network.host-name-address']))
    expect((await plan(gateway({}))).touched).toMatchObject([{ pointer: '/spec/networks' }])
    const elsewhere: Intent = {
      type: 'meshes.east-west-gateway',
      name: 'shop',
      gateway: { cluster: 'west', replicas: 1 },
    }
    expect((await plan(elsewhere)).reasons?.map((each) => each.code)).toEqual(['meshes.not_a_member'])
  })

  test('is refused by the hub where the schema says so', async () => {
    const ported = await plan({
      type: 'meshes.east-west-gateway',
      name: 'shop',
      gateway: { cluster: 'east', port: 31443 },
    })
    expect(ported.blocked).toContain('plan.refused')
  })

  test('of joining names the services that become one, and what differs', async () => {
    const alone = { ...mesh, members: [] }
    expect(await mergingNotes({ fleet, viewer: viewer('operator') }, mesh, new Set(['east']))).toEqual([
      { code: 'meshes.services_merge', params: { count: 1, services: 'default/web' } },
      {
        code: 'meshes.service_differs.ports',
        params: { service: 'default/web', says: 'primary 80/TCP http; east 8080/TCP http' },
      },
    ])
    expect(await mergingNotes({ fleet, viewer: viewer('guest') }, mesh, new Set(['east']))).toEqual([])
    expect(await mergingNotes({ fleet, viewer: viewer('operator') }, alone, new Set(['east']))).toEqual([])
  })

  test('closes what is exposed, and keeps hosts local', async () => {
    const closed = await plan({ type: 'meshes.expose-services', name: 'shop', expose: false })
    expect(closed.touched).toEqual([{ pointer: '/spec/networks/exposeServices', after: false }])
    expect(closed.notes).toContain('network.expose-off')
    const hosts = ['web.default.svc.cluster.local']
    const local = await plan({ type: 'meshes.keep-local', name: 'shop', hosts, local: true })
    expect(local.touched).toEqual([{ pointer: '/spec/networks/clusterLocal', after: hosts }])
    expect((await plan({ type: 'meshes.keep-local', name: 'shop', hosts, local: false })).touched).toEqual([])
  })

  test('of leaving takes what was said of that gateway with it', async () => {
    const made = await plan({ type: 'meshes.leave', name: 'shop', clusters: ['east'] })
    expect(made.touched?.map((each) => each.pointer)).toContain('/spec/networks')
  })

  test('is of a mesh one may know of', async () => {
    const moved = await plan({ type: 'meshes.move-network', name: 'shop', clusters: ['east'], network: 'n3' }, 'nobody')
    expect(moved.reasons?.map((each) => each.code)).toEqual(['meshes.not_found'])
  })
})

describe('the locality of nodes', () => {
  const wanted = (more: object): Intent => ({ type: 'clusters.locality', cluster: 'east', nodes: ['node-1'], ...more })

  test('is three labels, each left, set or taken away', async () => {
    const made = await plan(wanted({ zone: 'eu-2', subzone: 'rack-1' }))
    expect(made.touched).toEqual([
      { pointer: '/metadata/labels/topology.kubernetes.io~1zone', before: 'eu-1', after: 'eu-2' },
      { pointer: '/metadata/labels/topology.istio.io~1subzone', after: 'rack-1' },
    ])
    expect(made.notes).toEqual(['clusters.locality_later', 'clusters.locality_scheduling'])
    expect((await plan(wanted({ region: null }))).touched).toEqual([
      { pointer: '/metadata/labels/topology.kubernetes.io~1region', before: 'eu' },
    ])
    expect((await plan(wanted({ subzone: 'rack-1' }))).notes).toEqual(['clusters.locality_later'])
  })

  test('is set by who may patch nodes', async () => {
    const made = await plan(wanted({ subzone: 'rack-1' }), 'guest')
    expect(made.blocked).toEqual(['plan.forbidden'])
    expect(made.touched).toEqual([])
  })
})
