import type { JsonRecord } from '@orbweaver/contracts/json'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { meshOf, namespace, object, pod, webhooks } from '@orbweaver/istio/samples'
import { expect, test } from 'vitest'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { settingsImpact } from './setting-effects.ts'

const workload = (name: string) => object('StatefulSet', name, { namespace: 'shop' })
const fresh = { known: () => true, truth: { state: 'fresh' } } as const
const door = stillDoor('hub', {
  ...fresh,
  objects: [
    namespace('shop'),
    workload('cart'),
    pod('cart-0', 'shop', { owner: ['StatefulSet', 'cart'], by: 'fleet-v1-30-3' }),
    pod('cart-1', 'shop', { owner: ['StatefulSet', 'cart'], by: 'fleet-v1-30-3' }),
    workload('ledger'),
    pod('ledger-0', 'shop', { owner: ['StatefulSet', 'ledger'], by: 'fleet-v1-30-3' }),
    workload('bare'),
    pod('bare-0', 'shop', { owner: ['StatefulSet', 'bare'] }),
  ],
})
const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [] } }
const batch = stillDoor('hub', {
  ...fresh,
  objects: [
    namespace('shop', { 'istio.io/rev': 'fleet-v1-30-3' }),
    webhooks('istio-sidecar-injector-fleet-v1-30-3', { revision: 'fleet-v1-30-3' }),
    object('CronJob', 'nightly', { namespace: 'shop', spec: { jobTemplate: { spec: { template } } } }),
    object('Job', 'import', { namespace: 'shop', spec: { template } }),
    pod('import-a', 'shop', { owner: ['Job', 'import'], by: 'fleet-v1-30-3' }),
    pod('unread-a', 'shop', { owner: ['Job', 'unread'], by: 'fleet-v1-30-3' }),
  ],
})
const fleet = stillFleet(door, [door])

function impact(settings: JsonRecord, sees: (ref: ObjectRef) => boolean = () => true, of = fleet) {
  const mesh = { kind: 'Dedicated', controlPlane: { cluster: 'hub' } }
  const after = meshOf({ ...mesh, settings })
  return settingsImpact({ viewer: stillViewer('ada', sees), fleet: of }, meshOf(mesh), after)
}

test('names the workloads whose Pods keep their sidecar until they restart', async () => {
  const { workloads, effects, notes } = await impact({ sidecar: { proxyLogLevel: 'info' } })
  expect(effects?.map(({ effect }) => effect)).toEqual(['new-pods'])
  expect(workloads.map(({ ref, pods, restarts }) => [ref.name, pods, restarts])).toEqual([
    ['cart', 2, false],
    ['ledger', 1, false],
  ])
  expect(notes).toEqual([{ code: 'meshes.settings_wait_for_restart', params: { count: 2, pods: 3 } }])
})

test('counts those that a viewer may not know of, and names none', async () => {
  const { workloads, notes } = await impact({ sidecar: { proxyLogLevel: 'info' } }, ({ name }) => name === 'cart')
  expect(workloads.map(({ ref }) => ref.name)).toEqual(['cart'])
  expect(notes).toEqual([
    { code: 'meshes.settings_wait_for_restart', params: { count: 1, pods: 2 } },
    { code: 'sidecars.hidden_workloads', params: { count: 1 } },
  ])
})

test('names nobody where istiod pushes it', async () => {
  const pushed = await impact({ governance: { outboundTrafficPolicy: 'REGISTRY_ONLY' } })
  expect(pushed).toMatchObject({ workloads: [], notes: [], podsRestarting: 0 })
  expect(pushed.effects?.map(({ effect }) => effect)).toEqual(['live'])
})

test('has no sections where no setting changes', async () => {
  expect(await impact({})).toEqual({ workloads: [], notes: [], podsRestarting: 0, connectionsBreak: false })
})

test('says of Jobs and CronJobs that nobody restarts them', async () => {
  const info = { sidecar: { proxyLogLevel: 'info' } }
  const { workloads, notes } = await impact(info, () => true, stillFleet(batch, [batch]))
  expect(workloads.map(({ ref, pods }) => [ref.kind, ref.name, pods])).toEqual([
    ['Job', 'unread', 1],
    ['CronJob', 'nightly', 0],
    ['Job', 'import', 1],
  ])
  expect(notes).toEqual([
    { code: 'meshes.cron_jobs_follow', params: { count: 1, pods: 0 } },
    { code: 'meshes.jobs_follow', params: { count: 2, pods: 2 } },
  ])
})
