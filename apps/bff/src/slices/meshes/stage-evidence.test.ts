import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { bind, namespace, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { stageEvidence } from './stage-evidence.ts'
import { type MeshRow, meshRow } from './summary.ts'

const place = 'istio-system'
const labels = { app: 'istiod', 'istio.io/rev': 'shop-v1-30-3' }
const ada = { user: 'ada', groups: [] }
const vic = { user: 'vic', groups: [] }

let hub: TestCluster
let primary: TestCluster
let fleet: RunningFleet

function row(stage: object): MeshRow {
  const object: KubernetesObject = {
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'Mesh',
    metadata: { name: 'shop', generation: 1 },
    spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'primary', namespace: place } },
    status: {
      phase: 'Progressing',
      stages: [
        {
          name: 'control-plane',
          cluster: 'primary',
          state: 'running',
          since: '2026-11-01T10:00:00.000Z',
          objects: [
            { cluster: 'primary', group: '', version: 'v1', kind: 'Namespace', name: place },
            { cluster: 'primary', group: 'sailoperator.io', version: 'v1', kind: 'Istio', name: 'shop' },
          ],
          ...stage,
        },
      ],
    },
  }
  const mesh = readMesh(object)
  return isMesh(mesh) ? meshRow(object, mesh) : expect.fail('no mesh')
}

function istiod(state: JsonRecord): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'istiod-shop-v1-30-3-a', namespace: place, labels },
    spec: { nodeName: 'node-1', containers: [{ name: 'discovery', image: 'pilot:1.30.3' }] },
    status: { containerStatuses: [{ name: 'discovery', state }] },
  }
}

const at = { stage: 'control-plane', cluster: 'primary' }
const evidence = (who: typeof ada, stage: object = {}) =>
  stageEvidence({ fleet, viewer: openViewer(fleet, who) }, row(stage), at)

function event(about: { kind: string; name: string; namespace?: string }, reason: string, lastTimestamp: string) {
  const { namespace: where = 'default' } = about
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${about.name}.${reason.toLowerCase()}`, namespace: where },
    involvedObject: about,
    type: 'Warning',
    reason,
    message: `${reason} it is`,
    count: 3,
    lastTimestamp,
  }
}

beforeEach(async () => {
  hub = await startHub()
  primary = await startMember('primary')
  register(hub, primary)
  for (const each of [namespace(place), namespace('default')]) primary.store.put(each)
  primary.store.put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod-shop-v1-30-3', namespace: place, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [] } } },
    status: { conditions: [{ type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable' }] },
  })
  primary.store.put(istiod({ waiting: { reason: 'ImagePullBackOff', message: 'no such image' } }))
  const pod = { kind: 'Pod', name: 'istiod-shop-v1-30-3-a', namespace: place }
  primary.store.put(event(pod, 'Failed', '2026-11-01T10:02:00Z'))
  const replicaSet = { kind: 'ReplicaSet', name: 'istiod-shop-v1-30-3-7c9', namespace: place }
  primary.store.put(event(replicaSet, 'FailedCreate', '2026-11-01T10:03:00Z'))
  primary.store.put(event({ kind: 'Istio', name: 'shop' }, 'Reconciling', '2026-11-01T10:01:00Z'))
  primary.store.put(event({ kind: 'Pod', name: 'somebody-else', namespace: place }, 'Killing', '2026-11-01T10:04:00Z'))
  role(primary, 'see-all', [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }])
  bind(primary, { user: 'ada', role: 'see-all' })
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await expect.poll(() => fleet.get('primary')?.mirror.truth().state).toBe('fresh')
})
afterEach(async () => {
  fleet.close()
  await Promise.all([hub.close(), primary.close()])
})

test('a stage shows its objects, the Pods behind them and what happened to both', async () => {
  const { objects, events, deadline } = await evidence(ada)
  expect(deadline).toBe('2026-11-01T10:10:00.000Z')
  expect(objects.map(({ ref, state }) => `${ref.kind}/${ref.name} ${state}`)).toEqual([
    'Namespace/istio-system there',
    'Istio/shop missing',
    'IstioRevision/shop-v1-30-3 missing',
    'Deployment/istiod-shop-v1-30-3 there',
    'Pod/istiod-shop-v1-30-3-a there',
  ])
  expect(objects.at(-1)?.conditions).toEqual([
    { type: 'discovery', status: 'False', reason: 'ImagePullBackOff', message: 'no such image' },
  ])
  expect(events.map(({ ref, reason, count }) => `${ref.kind} ${reason} ${count}`)).toEqual([
    'Deployment FailedCreate 3',
    'Pod Failed 3',
    'Istio Reconciling 3',
  ])
})

test('an istiod that waits has no log, and one that runs has its last lines', async () => {
  const { logs, unread } = await evidence(ada)
  expect(logs).toEqual([])
  expect(unread).toEqual([])
  primary.routeLogs(() => ['one', 'two'])
  primary.store.put(istiod({ running: {} }))
  const { logs: lines, unread: none } = await evidence(ada)
  expect(lines.map(({ ref, container, lines }) => [ref.name, container, lines])).toEqual([
    ['istiod-shop-v1-30-3-a', 'discovery', ['one', 'two']],
  ])
  expect(none).toEqual([])
  role(primary, 'no-logs', [{ apiGroups: ['*'], resources: ['pods', 'deployments', 'events'], verbs: ['get', 'list'] }])
  bind(primary, { user: 'bo', role: 'no-logs' })
  expect((await evidence({ user: 'bo', groups: [] })).unread).toEqual([
    { code: 'meshes.logs_unread', params: { cluster: 'primary', namespace: place, what: 'kube.forbidden' } },
  ])
})

test('a stage that is done waits for nothing, and one that is not there has nothing to show', async () => {
  expect((await evidence(ada, { state: 'done' })).deadline).toBeUndefined()
  const viewer = openViewer(fleet, ada)
  expect(await stageEvidence({ fleet, viewer }, row({}), { stage: 'entrance', cluster: 'primary' })).toEqual({
    objects: [],
    events: [],
    logs: [],
    unread: [],
  })
})

test('who may read nothing there is told so, and sees no Pod, event or line', async () => {
  const told = await evidence(vic)
  expect(told.objects.map(({ ref, state }) => `${ref.kind} ${state}`)).toEqual([
    'Namespace unknown',
    'Istio unknown',
    'IstioRevision unknown',
  ])
  expect(told.events).toEqual([])
  expect(told.logs).toEqual([])
  expect(told.unread).toEqual([
    { code: 'meshes.events_unread', params: { cluster: 'primary', namespace: 'default', what: 'kube.forbidden' } },
  ])
})
