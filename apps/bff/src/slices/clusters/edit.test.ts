import { Intent } from '@orbweaver/contracts/intent'
import { type JsonRecord, plainRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { fleetClusters, meshes, namespaces, pods } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { workOut } from '../../changes/planning.ts'
import { redactIntent } from '../../changes/secrets.ts'
import { planners } from '../../engine.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { readPrometheusSecret, writePrometheusSecret } from '../../kube/prometheus-secret.ts'
import { openViewer } from '../../kube/viewer.ts'
import { heldBy } from '../../prometheus/source.ts'
import { bind, pod, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'

let hub: TestCluster
let east: TestCluster
let west: TestCluster
let fleet: RunningFleet

const url = 'https://prometheus.example.com'
const spec = { displayName: 'East', network: 'n1', prometheus: { url } }
const uidOf = (cluster: TestCluster) =>
  cluster.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' })?.metadata.uid ?? ''

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  west = await startMember('west')
  const rules = (verbs: string[]) => [{ apiGroups: ['orbweaver.dev'], resources: ['fleetclusters'], verbs }]
  role(hub, 'fleet-admin', rules(['get', 'list', 'update']))
  role(hub, 'fleet-reader', rules(['get', 'list']))
  bind(hub, { user: 'ada', role: 'fleet-admin' })
  bind(hub, { user: 'vic', role: 'fleet-reader' })
  east.store.put(pod('web', 'default'))
  register(hub, east, spec)
  register(hub, west)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await told('east', east)
  await told('west', west)
})
afterAll(async () => {
  fleet.close()
  for (const each of [east, west, hub]) await each.close()
})

/** What the leader would say of a cluster once it has reached it. */
async function told(name: string, cluster: TestCluster): Promise<void> {
  const record = hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', name })
  if (record === undefined) throw new Error(`no ${name}`)
  hub.store.put({ ...record, status: { uid: uidOf(cluster) } })
  await vi.waitFor(
    () => {
      const mirrored = fleet.hub.mirror.get(fleetClusters, { name })
      expect(textAt(mirrored, 'status', 'uid')).toBe(uidOf(cluster))
      expect(fleet.get(name)?.mirror.known(namespaces)).toBe(true)
    },
    { timeout: 10_000 },
  )
}

const keys = { mac: (_purpose: string, text: string) => Promise.resolve(String(text.length).padStart(64, '0')) }
async function plan(intent: Intent, user = 'ada') {
  const outcome = await workOut({ fleet, keys, planners }, openViewer(fleet, { user, groups: [] }), intent)
  return outcome.ok ? outcome.worked : outcome.reasons
}
const edit = (more: object = {}): Intent => ({ type: 'clusters.edit', name: 'east', spec, ...more })
const pasted = (cluster: TestCluster, token?: string) => ({
  kind: 'pasted' as const,
  kubeconfig: writeKubeconfig([
    { name: 'x', connection: token === undefined ? cluster.connection : { server: cluster.url, token } },
  ]),
})
async function worked(intent: Intent, user?: string) {
  const outcome = await plan(intent, user)
  if (Array.isArray(outcome)) throw new Error(JSON.stringify(outcome))
  return outcome
}

const mayNotUpdate = {
  code: 'plan.forbidden',
  params: { cluster: 'hub', verb: 'update', group: 'orbweaver.dev', resource: 'fleetclusters', user: 'vic' },
}

describe('what a registration says', () => {
  test('is changed by the whole of what may be edited, and by nothing else', async () => {
    const prometheus = { service: { namespace: 'istio-system', name: 'prometheus', port: 9_090 } }
    const { plan: told, items } = await worked(
      edit({ spec: { region: 'eu', peerAddress: 'https://10.0.0.1:6443', prometheus } }),
    )
    expect(new Set(told.items[0]?.touched)).toEqual(
      new Set([
        { pointer: '/spec/displayName', before: 'East' },
        { pointer: '/spec/network', before: 'n1' },
        { pointer: '/spec/peerAddress', after: 'https://10.0.0.1:6443' },
        { pointer: '/spec/prometheus/service', after: { namespace: 'istio-system', name: 'prometheus', port: 9_090 } },
        { pointer: '/spec/prometheus/url', before: url },
        { pointer: '/spec/region', after: 'eu' },
      ]),
    )
    expect(recordAt(items[0]?.after, 'spec')).toMatchObject({ credentialsSecretName: 'cluster-east' })
    expect([told.items.length, told.blocked, told.undoable]).toEqual([1, [], true])
  })

  test('names one Prometheus, at an address or behind a Service', async () => {
    const service = { namespace: 'istio-system', name: 'prometheus' }
    const refused = [{}, { url, service }, { url: `${url}/a/../b` }, { service, path: '/..' }, { url: 'ftp://a' }]
    const record = hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', name: 'west' })
    const object = record ?? expect.fail('no west')
    const stored = (prometheus: object) =>
      fleet.hub
        .as({ user: 'ada', groups: [] })
        .replace(
          fleetClusters,
          { ...object, spec: plainRecord({ ...recordAt(object, 'spec'), prometheus }) },
          { dryRun: true },
        )
    for (const prometheus of refused) {
      expect(Intent.safeParse(edit({ spec: { prometheus } })).success, JSON.stringify(prometheus)).toBe(false)
      await expect(stored(prometheus), JSON.stringify(prometheus)).rejects.toMatchObject({ code: 'invalid' })
    }
    expect(Intent.safeParse(edit({ spec: { prometheus: { service } } })).success).toBe(true)
    expect(recordAt((await stored({ service })).object, 'spec', 'prometheus', 'service')).toMatchObject({ port: 9_090 })
  })

  test('is not planned where nothing changes, or where the cluster is not there', async () => {
    expect((await worked(edit())).plan.blocked.map(({ code }) => code)).toEqual(['plan.nothing_to_do'])
    expect(await plan({ type: 'clusters.edit', name: 'north', spec })).toMatchObject([{ code: 'clusters.not_found' }])
  })

  test('is refused by the API server to a viewer, and the cluster is not there for a stranger', async () => {
    const { plan: told } = await worked(edit({ spec: {} }), 'vic')
    expect(told.blocked).toEqual([mayNotUpdate])
    expect(await plan(edit({ spec: {} }), 'stranger')).toMatchObject([{ code: 'clusters.not_found' }])
  })

  test('tells what follows for people', async () => {
    const { plan: told } = await worked(edit({ spec: { ...spec, identity: { userPrefix: 'corp:' } } }))
    expect(told.impact.notes).toEqual([{ code: 'clusters.identity_changes', params: { name: 'east' } }])
  })
})

describe('credentials', () => {
  test('go into a new Secret before the record names it, and the old one goes last', async () => {
    east.addUser({
      token: 'token-2b7e',
      name: 'system:serviceaccount:orbweaver-system:orbweaver',
      groups: ['system:authenticated'],
    })
    const { plan: told, items } = await worked(edit({ source: pasted(east, 'token-2b7e') }))
    expect(told.blocked).toEqual([])
    expect(items.map(({ op, by, ref, needs }) => [op, by, ref.kind, ref.name, needs])).toEqual([
      ['create', 'console', 'Secret', 'cluster-east.2', undefined],
      ['update', 'person', 'FleetCluster', 'east', 'item-1'],
      ['delete', 'console', 'Secret', 'cluster-east', 'item-2'],
    ])
    expect(told.items[1]?.touched).toEqual([
      { pointer: '/spec/credentialsSecretName', before: 'cluster-east', after: 'cluster-east.2' },
    ])
    expect(told.undoable).toBe(false)
    expect(JSON.stringify(told)).not.toContain('token-2b7e')
  })

  test('of another cluster are not taken', async () => {
    const other = await worked(edit({ source: pasted(west) }))
    expect(other.plan.blocked).toEqual([
      { code: 'check.cluster.registered-already', params: { cluster: 'x', name: 'west' } },
    ])
    const stranger = await startMember('stranger')
    try {
      const blocked = (await worked(edit({ source: pasted(stranger) }))).plan.blocked
      expect(blocked).toEqual([{ code: 'check.cluster.another', params: { name: 'east' } }])
    } finally {
      await stranger.close()
    }
  })

  test('that do not work, or cannot say where they lead, are not taken', async () => {
    const wrong = (await worked(edit({ source: pasted(east, 'nobody') }))).plan.blocked
    expect(wrong.map(({ code }) => code)).toContain('check.reachable.no')
    east.addUser({ token: 'blind', name: 'blind', groups: ['system:authenticated'] })
    const blind = (await worked(edit({ source: pasted(east, 'blind') }))).plan.blocked
    expect(blind).toEqual([{ code: 'check.cluster.unidentified', params: { name: 'east' } }])
  })

  test('are dialled for nobody who may not save them', async () => {
    const reasons = await plan(edit({ source: pasted(east, 'token-2b7e') }), 'vic')
    expect(reasons).toEqual([mayNotUpdate])
  })
})

describe('in a mesh', () => {
  const mesh = (kind: string, members: JsonRecord[]): KubernetesObject => ({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop' },
    spec: { kind, version: 'v1.30.3', controlPlane: { cluster: 'west', namespace: 'istio-system' }, members },
  })
  const joined = async (object: KubernetesObject) => {
    hub.store.put(object)
    await vi.waitFor(() =>
      expect(recordAt(fleet.hub.mirror.get(meshes, { name: 'shop' }), 'spec')).toMatchObject(recordAt(object, 'spec')),
    )
  }

  test('the network stays, unless the mesh says another for this cluster', async () => {
    await joined(mesh('Managed', [{ cluster: 'east' }]))
    const held = [{ code: 'clusters.network_of_member', params: { name: 'east', mesh: 'shop' } }]
    expect((await worked(edit({ spec: { ...spec, network: 'n2' } }))).plan.blocked).toEqual(held)
    expect((await worked(edit({ spec: {} }))).plan.blocked).toEqual(held)
    const primary: Intent = { type: 'clusters.edit', name: 'west', spec: { network: 'n2' } }
    expect((await worked(primary)).plan.blocked).toEqual([
      { code: 'clusters.network_in_mesh', params: { name: 'west', mesh: 'shop' } },
    ])
    await joined(mesh('Managed', [{ cluster: 'east', network: 'n7' }]))
    expect((await worked(edit({ spec: { ...spec, network: 'n2' } }))).plan.blocked).toEqual([])
  })

  test('another address of the API server waits for a repair', async () => {
    const { plan: told } = await worked(edit({ spec: { ...spec, peerAddress: 'https://10.0.0.1:6443' } }))
    expect([told.blocked, told.impact.notes]).toEqual([
      [],
      [{ code: 'clusters.peer_address_in_mesh', params: { name: 'east', mesh: 'shop' } }],
    ])
  })
})

test('a record that names credentials not read yet keeps its connection until they are', async () => {
  const record = hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', name: 'east' })
  if (record === undefined) throw new Error('no east')
  const door = fleet.get('east')
  await vi.waitFor(() => expect(door?.mirror.list(pods).length).toBe(1), { timeout: 10_000 })
  const named = { ...recordAt(record, 'spec'), credentialsSecretName: 'cluster-east.2', displayName: 'moved' }
  hub.store.put({ ...record, spec: named })
  await vi.waitFor(() =>
    expect(textAt(fleet.hub.mirror.get(fleetClusters, { name: 'east' }), 'spec', 'displayName')).toBe('moved'),
  )
  expect(fleet.get('east')).toBe(door)
  const secret = hub.store.get({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: 'orbweaver-system',
    name: 'cluster-east',
  })
  if (secret === undefined) throw new Error('no credentials')
  hub.store.put({ ...secret, metadata: { name: 'cluster-east.2', namespace: 'orbweaver-system' } })
  hub.store.remove({ apiVersion: 'v1', kind: 'Secret', namespace: 'orbweaver-system', name: 'cluster-east' })
  await vi.waitFor(() => expect(fleet.get('east')?.mirror.truth().state).toBe('fresh'), { timeout: 10_000 })
  expect(fleet.get('east')).toBe(door)
})

describe('credentials of a Prometheus', () => {
  const token = 'prometheus-canary-9f'
  const given = { token, certificateAuthority: 'PEM' }
  test('lie in a Secret of the hub that the console writes, for the address alone, and are not told', async () => {
    const { plan: told, items } = await worked(edit({ prometheusCredentials: given }))
    expect(told.blocked).toEqual([])
    const [item, ...others] = items.filter(({ ref }) => ref.kind === 'Secret')
    expect([item?.op, item?.by, item?.ref.name, others]).toEqual(['create', 'console', 'prometheus-east', []])
    const after = item?.after ?? expect.fail('nothing')
    expect(readPrometheusSecret({ ...after, data: item?.secret })).toEqual({ origin: url, ...given })
    expect(JSON.stringify(told)).not.toContain(token)
    for (const prometheusCredentials of [given, { user: { name: 'console', password: token } }]) {
      expect(JSON.stringify(await redactIntent(keys, edit({ prometheusCredentials })))).not.toContain(token)
    }
    expect(told.undoable).toBe(false)
  })

  test('are given once, as one of two, for an address, by who may change the record', async () => {
    for (const prometheusCredentials of [{}, { token, user: { name: 'a', password: 'b' } }, { token: 'a\nb' }]) {
      expect(Intent.safeParse(edit({ prometheusCredentials })).success).toBe(false)
    }
    const behind = { ...spec, prometheus: { service: { namespace: 'a', name: 'b', port: 9_090 } } }
    expect(await plan(edit({ spec: behind, prometheusCredentials: given }))).toMatchObject([
      { code: 'clusters.prometheus_without_address' },
    ])
    expect(await plan(edit({ prometheusCredentials: given }), 'vic')).toMatchObject([{ code: 'plan.forbidden' }])
  })

  test('are replaced, taken away, and go with the cluster', async () => {
    hub.store.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'prometheus-east', namespace: 'orbweaver-system' },
      type: 'orbweaver.dev/prometheus',
      data: writePrometheusSecret(url, { token: 'first' }),
    })
    await vi.waitFor(() => expect(fleet.prometheusCredentials('east')?.token).toBe('first'), { timeout: 10_000 })
    const ops = async (intent: Intent) =>
      (await worked(intent)).items.flatMap(({ op, ref }) => (ref.name === 'prometheus-east' ? [op] : []))
    expect(await ops(edit({ prometheusCredentials: given }))).toEqual(['update'])
    expect(await ops(edit({ prometheusCredentials: null }))).toEqual(['delete'])
    expect(await ops({ type: 'clusters.remove', name: 'east' })).toEqual(['delete'])
    const record = fleet.hub.mirror.get(fleetClusters, { name: 'east' }) ?? expect.fail('no east')
    expect(heldBy(fleet, record)).toEqual({ origin: url, token: 'first' })
  })
})
