import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { discover } from '@orbweaver/istio/meshes/discover'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { configMaps, deployments, meshes, pods } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { seenIstio } from '../../fleet/told-istio.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { choicesOf } from './choices.ts'
import { governedNotes } from './governed.ts'
import { meshPlanners } from './intents.ts'
import { foundRevisions, runningOf } from './running.ts'
import { meshRow, summaryOf } from './summary.ts'

const canary = 'canary-77c1'
let hub: TestCluster
let edge: TestCluster
let fleet: RunningFleet

/** An Istio as Helm installs it: revision 1-29, in a namespace of its own. */
function helmIstio(): KubernetesObject[] {
  const labels = { 'istio.io/rev': '1-29', 'app.kubernetes.io/managed-by': 'Helm' }
  const map = (name: string, data: Record<string, string>) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'mesh', labels },
    data,
  })
  const container = {
    name: 'discovery',
    image: 'registry.istio.io/release/pilot:1.29.4',
    env: [
      { name: 'CLUSTER_ID', value: 'edge-1' },
      { name: 'LICENSE', value: canary },
    ],
  }
  return [
    namespace('mesh'),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'istiod-1-29', namespace: 'mesh', labels: { ...labels, app: 'istiod' } },
      spec: {
        selector: { matchLabels: { app: 'istiod' } },
        template: { metadata: { labels: { app: 'istiod' } }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'istiod-1-30',
        namespace: 'mesh',
        labels: { ...labels, app: 'istiod', 'istio.io/rev': '1-30' },
      },
      spec: {
        selector: { matchLabels: { app: 'istiod' } },
        template: { metadata: {}, spec: { containers: [{ name: 'discovery', image: 'pilot:1.30.3' }] } },
      },
      status: { readyReplicas: 1 },
    },
    map('istio-1-29', { mesh: `trustDomain: edge.example.com\nextensionProviders:\n- name: ${canary}\n` }),
    map('values-1-29', {
      'merged-values': JSON.stringify({ global: { network: 'net-a', meshID: 'edge', license: canary } }),
    }),
    ...['a', 'b'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'mesh',
        annotations: { 'sidecar.istio.io/status': '{}', 'istio.io/rev': '1-29' },
      },
      spec: { containers: [{ name: 'istio-proxy', image: 'proxyv2:1.29.4' }] },
      status: { phase: 'Running' },
    })),
    { ...map('app-settings', { password: canary }), metadata: { name: 'app-settings', namespace: 'mesh' } },
  ]
}

const read = readMesh({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'outside' },
  spec: { kind: 'External', controlPlane: { cluster: 'edge', namespace: 'mesh', revision: '1-29' } },
})
const mesh: Mesh = isMesh(read) ? read : expect.fail('no mesh')

beforeAll(async () => {
  hub = await startHub()
  edge = await startMember('edge')
  for (const object of helmIstio()) edge.store.put(object)
  const rule = (group: string, resource: string, verbs: string[]) => ({
    apiGroups: [group],
    resources: [resource],
    verbs,
  })
  role(edge, 'deployments', [rule('apps', 'deployments', ['get', 'list'])])
  role(edge, 'maps', [rule('', 'configmaps', ['get', 'list'])])
  role(edge, 'pods', [rule('', 'pods', ['get', 'list'])])
  for (const user of ['reader', 'operator']) bind(edge, { user, role: 'deployments' })
  bind(edge, { user: 'operator', role: 'pods' })
  role(hub, 'fleet', [rule('orbweaver.dev', 'fleetclusters', ['get', 'list'])])
  for (const user of ['stranger', 'reader', 'operator']) bind(hub, { user, role: 'fleet' })
  bind(edge, { user: 'operator', role: 'maps', inNamespace: 'mesh' })
  register(hub, edge)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.get('edge')?.mirror.list(configMaps).length).toBe(2)
      expect(fleet.get('edge')?.mirror.list(deployments).length).toBe(2)
      expect(fleet.get('edge')?.mirror.list(pods).length).toBe(2)
    },
    { timeout: 10_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await edge.close()
  await hub.close()
})

const toldTo = async (user: string) => {
  const { running } = await runningOf({ fleet, viewer: openViewer(fleet, { user, groups: [] }) }, mesh)
  return running
}
const facts = (running: Awaited<ReturnType<typeof toldTo>>) =>
  Object.fromEntries((running?.facts ?? []).map(({ key, value }) => [key, value]))

test('the mirror holds Istio’s own ConfigMaps alone, and no value but those it needs', () => {
  const door = fleet.get('edge')
  const kept = [...(door?.mirror.list(configMaps) ?? []), ...(door?.mirror.list(deployments) ?? [])]
  expect(kept.map((each) => each.metadata.name)).toEqual(['istio-1-29', 'values-1-29', 'istiod-1-29', 'istiod-1-30'])
  expect(JSON.stringify(kept)).not.toContain(canary)
})

test('who may read everything is told everything', async () => {
  const running = await toldTo('operator')
  expect(running).toMatchObject({ installer: 'helm', revision: '1-29', complete: true })
  expect(facts(running)).toEqual({
    clusterId: 'edge-1',
    meshId: 'edge',
    network: 'net-a',
    trustDomain: 'edge.example.com',
  })
})

test('who may read no ConfigMap is told what the Deployment says, and that there is more', async () => {
  const running = await toldTo('reader')
  expect(facts(running)).toEqual({ clusterId: 'edge-1' })
  expect(running?.complete).toBe(false)
})

test('who may not see istiod is told nothing', async () => {
  expect(await toldTo('stranger')).toBeUndefined()
})

const asking = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })

test('before one is adopted, each candidate is told with its settings and the Pods that have its proxy', async () => {
  const candidatesFor = async (user: string) =>
    (await choicesOf(asking(user), 'External')).flatMap(({ istio }) => istio)
  const [older, newer] = await candidatesFor('operator')
  expect(older).toMatchObject({ revision: '1-29', version: '1.29.4', installer: 'helm', proxies: 2 })
  expect(facts(older?.running)).toMatchObject({ trustDomain: 'edge.example.com', network: 'net-a' })
  expect(newer).toMatchObject({ revision: '1-30', version: '1.30.3', proxies: 0 })
  const [partly] = await candidatesFor('reader')
  expect([facts(partly?.running), partly?.running?.complete, partly?.proxies]).toEqual([
    { clusterId: 'edge-1' },
    false,
    0,
  ])
})

test('one that nobody may see is not named, neither where a mesh is made nor in the list of clusters', async () => {
  expect(await choicesOf(asking('stranger'), 'External')).toMatchObject([
    { istio: [], istioHidden: true, unavailable: { code: 'meshes.istio_hidden', params: { cluster: 'edge' } } },
  ])
  expect(await choicesOf(asking('stranger'), 'Managed')).toMatchObject([{ istio: [] }])
  const found = discover(viewOfMirror(fleet.get('edge') ?? expect.fail('no door')))
  const revisions = async (user: string) =>
    (await seenIstio(asking(user).viewer, found)).map(({ revision }) => revision)
  expect(await revisions('reader')).toEqual(['1-29', '1-30'])
  expect(await revisions('stranger')).toEqual([])
})

test('an external mesh lists the revisions beside the one it governs, to who may see them', async () => {
  expect(await foundRevisions(asking('operator'), mesh)).toEqual([
    { name: '1-29', version: '1.29.4', state: 'IstiodNotReady', inUse: true, active: true, isDefault: false },
    { name: '1-30', version: '1.30.3', state: 'Healthy', inUse: false, active: false, isDefault: false },
  ])
  expect(await foundRevisions(asking('stranger'), mesh)).toEqual([])
})

test('an external mesh has the version that runs, for who may look there, else the one that was adopted', async () => {
  const object = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name: 'outside' } }
  const adopt = { name: 'adopt', cluster: 'edge', state: 'done', params: { version: '1.28.1' } }
  const adopted = { ...object, status: { phase: 'Ready', stages: [adopt] } }
  const version = async (user: string) => (await summaryOf(asking(user), meshRow(adopted, mesh), new Map())).version
  expect(await version('operator')).toBe('1.29.4')
  expect(await version('stranger')).toBe('1.28.1')
})

test('governing another revision says what the two say differently, and whose proxies they have', async () => {
  const other = { ...mesh, controlPlane: { ...mesh.controlPlane, revision: '1-30' } }
  const params = { from: '1-29', to: '1-30', fromVersion: '1.29.4', toVersion: '1.30.3' }
  const differs = (what: string, before: string) => ({
    code: 'meshes.governed_differs',
    params: { what: `fact.${what}`, before, after: '—' },
  })
  expect(await governedNotes(asking('operator'), mesh, other)).toEqual([
    { code: 'meshes.governs_other', params },
    differs('clusterId', 'edge-1'),
    differs('meshId', 'edge'),
    differs('network', 'net-a'),
    differs('trustDomain', 'edge.example.com'),
    { code: 'meshes.proxies_stay', params: { count: 2, revision: '1-29' } },
  ])
  expect(await governedNotes(asking('operator'), other, mesh)).toContainEqual({
    code: 'meshes.proxies_governed',
    params: { count: 2, revision: '1-29' },
  })
  expect(await governedNotes(asking('operator'), mesh, mesh)).toEqual([])
})

test('who may read less is told less, and that there is more', async () => {
  const other = { ...mesh, controlPlane: { ...mesh.controlPlane, revision: '1-30' } }
  const codes = async (user: string) => (await governedNotes(asking(user), mesh, other)).map(({ code }) => code)
  expect(await codes('reader')).toEqual([
    'meshes.governs_other',
    'meshes.governed_differs',
    'meshes.governed_incomplete',
  ])
  const [told] = await governedNotes(asking('stranger'), mesh, other)
  expect(told?.params).toMatchObject({ fromVersion: '?', toVersion: '?' })
  expect(await codes('stranger')).toEqual(['meshes.governs_other'])
})

test('a change of the governed revision is a plan that says what it changes', async () => {
  role(hub, 'meshes', [{ apiGroups: ['orbweaver.dev'], resources: ['meshes'], verbs: ['get', 'list', 'update'] }])
  bind(hub, { user: 'operator', role: 'meshes' })
  const controlPlane = { cluster: 'edge', namespace: 'mesh', revision: '1-29' }
  const kind = 'External' as const
  const object = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name: 'outside' } }
  hub.store.put({ ...object, spec: { kind, controlPlane } })
  await vi.waitFor(() => expect(fleet.hub.mirror.get(meshes, { name: 'outside' })).toBeDefined())
  const spec = MeshSpec.parse({ kind, controlPlane: { ...controlPlane, revision: '1-30' } })
  const intent = { type: 'meshes.update', name: 'outside', spec } as const
  const outcome = await meshPlanners['meshes.update']({ ...asking('operator'), intent })
  if (!outcome.ok) return expect.fail(JSON.stringify(outcome.reasons))
  expect(outcome.draft.blocked).toEqual([])
  expect(outcome.draft.impact.notes.map(({ code }) => code)).toContain('meshes.governs_other')
  const missing = MeshSpec.parse({ kind, controlPlane: { ...controlPlane, revision: '1-31' } })
  const refused = await meshPlanners['meshes.update']({ ...asking('operator'), intent: { ...intent, spec: missing } })
  expect(refused.ok && refused.draft.blocked.map(({ code }) => code)).toEqual(['check.control-plane.missing'])
})
