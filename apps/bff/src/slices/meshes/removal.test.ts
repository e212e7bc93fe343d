import type { IntentOf } from '@orbweaver/contracts/intent'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { KubeError } from '@orbweaver/kube/error'
import { deployments, istioRevisions, meshes, pods, services, statefulSets } from '@orbweaver/kube/resources'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { observe, unreadClusters } from '../../reconciler/observe.ts'
import { meshPlanners } from './intents.ts'
import { removalOf } from './removal.ts'

let hub: TestCluster
let east: TestCluster
let fleet: RunningFleet

const own = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'prod' }
const revision = 'prod-v1-30-3'

const record: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod', finalizers: ['orbweaver.dev/mesh'] },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    protected: true,
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'lost' }],
  },
}
const sail = (kind: string, name: string, spec: JsonRecord): KubernetesObject => ({
  apiVersion: 'sailoperator.io/v1',
  kind,
  metadata: { name, labels: own },
  spec,
})
const workload = (name: string, labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name, ...labels } }, spec: { containers: [{ name: 'app', image: 'a:1' }] } },
  },
})
const injected = (
  name: string,
  [owner, uid]: [string, string],
  annotations: Record<string, string>,
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    labels: { app: owner },
    annotations: { 'istio.io/rev': revision, 'sidecar.istio.io/status': '{}', ...annotations },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: owner, uid, controller: true }],
  },
  spec: { containers: [{ name: 'app', image: 'a:1' }] },
  status: { phase: 'Running' },
})
function uidOf(...[apiVersion, kind, name, at]: [string, string, string, string?]): string {
  const found = east.store.get({ apiVersion, kind, name, ...(at !== undefined && { namespace: at }) })
  return found?.metadata.uid ?? expect.fail(`no ${name}`)
}

beforeAll(async () => {
  hub = await startHub()
  east = await startMember('east')
  const kinds = { istioKinds: true, operator: { image: 'sail-operator:1.30', newestMinor: 30 } }
  seedGround(hub, kinds, 'hub')
  seedGround(east, kinds, 'member')
  const asking = { ...namespace('shop'), metadata: { name: 'shop', labels: { 'istio.io/rev': revision } } }
  for (const object of [
    namespace('istio-system'),
    asking,
    sail('Istio', 'prod', { version: 'v1.30.3', namespace: 'istio-system' }),
  ])
    east.store.put(object)
  const uid = uidOf('sailoperator.io/v1', 'Istio', 'prod')
  const made = sail('IstioRevision', revision, { version: 'v1.30.3', namespace: 'istio-system' })
  const ownerReferences = [{ apiVersion: 'sailoperator.io/v1', kind: 'Istio', name: 'prod', uid, controller: true }]
  east.store.put({ ...made, metadata: { ...made.metadata, ownerReferences } })
  east.store.put({ ...workload('gw', {}), kind: 'StatefulSet' })
  const istiod = workload('istiod', { app: 'istiod' })
  east.store.put({
    ...istiod,
    metadata: { name: 'istiod', namespace: 'istio-system', labels: { app: 'istiod', 'istio.io/rev': revision } },
    spec: {
      selector: { matchLabels: { app: 'istiod' } },
      template: {
        metadata: { labels: { app: 'istiod' } },
        spec: { containers: [{ name: 'discovery', image: 'pilot:1.30.3' }] },
      },
    },
  })
  for (const object of [
    injected('gw-0', ['gw', uidOf('apps/v1', 'StatefulSet', 'gw', 'shop')], { 'inject.istio.io/templates': 'gateway' }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'gw', namespace: 'shop' },
      spec: { selector: { app: 'gw' }, ports: [{ port: 80 }] },
    },
  ])
    east.store.put(object)
  hub.store.put(record)
  for (const each of [hub, east]) {
    bind(each, { user: 'ada', role: 'orbweaver-admin' })
    bind(each, { user: 'vic', role: 'orbweaver-viewer' })
  }
  bind(hub, { user: 'sam', role: 'orbweaver-fleet-viewer' })
  bind(east, { user: 'sam', role: 'orbweaver-namespace-viewer', inNamespace: 'shop' })
  register(hub, east)
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      expect(fleet.hub.mirror.list(meshes).length).toBe(1)
      const mirror = fleet.get('east')?.mirror
      expect(mirror?.get(pods, { namespace: 'shop', name: 'gw-0' })).toBeDefined()
      expect(mirror?.get(services, { namespace: 'shop', name: 'gw' })).toBeDefined()
      expect(mirror?.get(statefulSets, { namespace: 'shop', name: 'gw' })).toBeDefined()
      expect(mirror?.get(deployments, { namespace: 'istio-system', name: 'istiod' })).toBeDefined()
      expect(mirror?.get(istioRevisions, { name: revision })).toBeDefined()
      expect(unreadClusters(fleet, observe(fleet, prod()))).not.toContain('east')
    },
    { timeout: 4_000 },
  )
})
afterAll(async () => {
  fleet.close()
  await Promise.all([hub.close(), east.close()])
})

const asking = (user: string) => ({ fleet, viewer: openViewer(fleet, { user, groups: [] }) })

function prod(): Mesh {
  const object = fleet.hub.mirror.get(meshes, { name: 'prod' })
  const mesh = object === undefined ? undefined : readMesh(object)
  return mesh !== undefined && isMesh(mesh) ? mesh : expect.fail('no mesh')
}

test('who may take it apart is told what stands in the way, with the intent that takes it away', async () => {
  const removal = await removalOf(asking('ada'), prod())
  expect(removal).toMatchObject({ protected: true, members: ['lost'], refused: [] })
  expect(removal.conditions.map(({ reason, cluster, fix, intent }) => [reason.code, cluster, fix, intent])).toEqual([
    [
      'blocker.namespaces-ask',
      'east',
      'clear-injection',
      {
        type: 'sidecars.namespaces',
        mesh: 'prod',
        namespaces: [{ cluster: 'east', namespace: 'shop' }],
        action: 'clear',
        restart: true,
      },
    ],
    [
      'blocker.gateways-remain',
      'east',
      'delete-gateways',
      {
        type: 'meshes.delete-gateways',
        name: 'prod',
        gateways: [
          { cluster: 'east', group: 'apps', version: 'v1', kind: 'StatefulSet', namespace: 'shop', name: 'gw' },
        ],
      },
    ],
    ['blocker.cluster-unreachable', 'lost', 'leave-behind', undefined],
  ])
})

test.each(['vic', 'sam'])('%s, who may not, is told what is lacking and nothing of what others run', async (user) => {
  const removal = await removalOf(asking(user), prod())
  expect(removal.refused.map((each) => each.code)).toContain('plan.forbidden')
  expect(removal.conditions).toEqual([])
})

test('one who sees one namespace learns of nothing that stays elsewhere', async () => {
  expect((await removalOf(asking('sam'), prod())).stays.flatMap(({ objects }) => objects)).toEqual([])
})

test('a protected mesh is deleted neither by a plan nor by anybody else', async () => {
  const intent: IntentOf<'meshes.delete'> = { type: 'meshes.delete', name: 'prod', uninstall: false }
  const planned = await meshPlanners['meshes.delete']({ ...asking('ada'), intent })
  expect(planned).toMatchObject({ ok: true, draft: { blocked: [{ code: 'meshes.protected' }] } })
  const refusal = await fleet.hub.own.remove(meshes, { name: 'prod' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(KubeError)
  expect(String(refusal)).toMatch(/protected|forbidden/i)
})

test('what is left behind is written to the record, and its deletion does not wait for it', async () => {
  const intent: IntentOf<'meshes.delete'> = {
    type: 'meshes.delete',
    name: 'prod',
    uninstall: true,
    leaveBehind: ['lost', 'unknown'],
  }
  const planned = await meshPlanners['meshes.delete']({ ...asking('ada'), intent })
  if (!planned.ok) return expect.fail('refused')
  const [stated, removed] = planned.draft.items
  const edited = stated !== undefined && 'edit' in stated ? stated.edit(record) : undefined
  expect(edited).toMatchObject({ spec: { deletionPolicy: 'Uninstall', leaveBehind: ['lost'] } })
  expect(removed?.op).toBe('delete')
  expect(planned.draft.impact.notes).toEqual([{ code: 'meshes.left_behind', params: { cluster: 'lost' } }])
})

test('gateways go with the Services that lead to them; other workloads are no gateways', async () => {
  const ref = { cluster: 'east', group: 'apps', version: 'v1', kind: 'StatefulSet', namespace: 'shop', name: 'gw' }
  const plan = (name: string, user = 'ada') =>
    meshPlanners['meshes.delete-gateways']({
      ...asking(user),
      intent: { type: 'meshes.delete-gateways', name: 'prod', gateways: [{ ...ref, name }] },
    })
  const planned = await plan('gw')
  expect(planned.ok && planned.draft.items.map((each) => `${each.op} ${each.ref.kind} ${each.ref.name}`)).toEqual([
    'delete StatefulSet gw',
    'delete Service gw',
  ])
  expect(await plan('istiod')).toMatchObject({ ok: false, reasons: [{ code: 'meshes.not_a_gateway' }] })
  expect(await plan('gw', 'nobody')).toMatchObject({ ok: false, reasons: [{ code: 'meshes.not_found' }] })
})
