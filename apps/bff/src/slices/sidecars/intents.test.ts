import type { IntentOf } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { sidecarPlanners } from './intents.ts'

const going: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'payments', deletionTimestamp: '2026-11-28T12:00:00Z' },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } },
}
const hub = stillDoor('hub', { known: () => true, truth: { state: 'fresh' } })
const east = stillDoor('east', { known: () => true, truth: { state: 'fresh' } })
const fleet = stillFleet(hub, [east])
const viewer = { ...stillViewer('ada', () => true), get: () => Promise.resolve(going) }
const refusal = { ok: false, reasons: [{ code: 'sidecars.mesh_being_deleted', params: { name: 'payments' } }] }

const workload = { cluster: 'east', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const workloads = (action: 'enable' | 'clear'): IntentOf<'sidecars.workloads'> => ({
  type: 'sidecars.workloads',
  mesh: 'payments',
  workloads: [workload],
  action,
})

test('a mesh that is being deleted gets no more sidecars', async () => {
  const asked: IntentOf<'sidecars.namespaces'> = {
    type: 'sidecars.namespaces',
    mesh: 'payments',
    namespaces: [{ cluster: 'east', namespace: 'shop' }],
    action: 'enable',
    restart: false,
  }
  expect(await sidecarPlanners['sidecars.namespaces']({ viewer, fleet, intent: asked })).toEqual(refusal)
  const one = workloads('enable')
  expect(await sidecarPlanners['sidecars.workloads']({ viewer, fleet, intent: one })).toEqual(refusal)
})

test('what asks for them there may be taken back', async () => {
  const one = workloads('clear')
  expect(await sidecarPlanners['sidecars.workloads']({ viewer, fleet, intent: one })).toMatchObject({ ok: true })
})

test('a namespace of a cluster that was not read is not said to be missing', async () => {
  const { deletionTimestamp: _going, ...metadata } = going.metadata
  const here = {
    ...viewer,
    get: () => Promise.resolve({ ...going, metadata }),
    seesNamespace: () => Promise.resolve(true),
  }
  const intent: IntentOf<'sidecars.namespaces'> = {
    type: 'sidecars.namespaces',
    mesh: 'payments',
    namespaces: [
      { cluster: 'east', namespace: 'shop' },
      { cluster: 'east', namespace: 'bank' },
    ],
    action: 'enable',
    restart: false,
  }
  const blocked = async (known: boolean, state: 'syncing' | 'unreachable' | 'fresh') => {
    const cluster = stillDoor('east', { known: () => known, truth: { state } })
    const outcome = await sidecarPlanners['sidecars.namespaces']({
      viewer: here,
      fleet: stillFleet(hub, [cluster]),
      intent,
    })
    return outcome.ok ? outcome.draft.blocked.map(({ code }) => code) : outcome.reasons
  }
  expect(await blocked(false, 'syncing')).toEqual(['plan.cluster_syncing'])
  expect(await blocked(false, 'unreachable')).toEqual(['plan.cluster_unreachable'])
  expect(await blocked(true, 'unreachable')).toEqual(['plan.cluster_unreachable'])
  expect(await blocked(true, 'fresh')).toEqual(['injection.namespace-not-found', 'injection.namespace-not-found'])
})

test('in a cluster that leaves they are taken back, and not asked for', async () => {
  const staying: KubernetesObject = { ...going, metadata: { name: 'payments' } }
  const record = { ...staying, status: { members: [{ cluster: 'west', state: 'leaving' }] } }
  const west = stillDoor('west', { known: () => true, truth: { state: 'fresh' } })
  const known = stillDoor('hub', { known: () => true, truth: { state: 'fresh' } })
  const leaving = stillFleet({ ...known, mirror: { ...known.mirror, get: () => record } }, [east, west])
  const ada = { ...viewer, get: () => Promise.resolve(staying) }
  const asked = (action: 'enable' | 'clear'): IntentOf<'sidecars.workloads'> => ({
    ...workloads(action),
    workloads: [{ ...workload, cluster: 'west' }],
  })
  const plan = sidecarPlanners['sidecars.workloads']
  expect(await plan({ viewer: ada, fleet: leaving, intent: asked('clear') })).toMatchObject({ ok: true })
  expect(await plan({ viewer: ada, fleet: leaving, intent: asked('enable') })).toMatchObject({
    ok: false,
    reasons: [{ code: 'sidecars.not_a_workload' }],
  })
})

test('a CronJob is switched and never restarted', async () => {
  const staying: KubernetesObject = { ...going, metadata: { name: 'payments' } }
  const ada = { ...viewer, get: () => Promise.resolve(staying) }
  const nightly = { ...workload, group: 'batch', kind: 'CronJob', name: 'nightly' }
  const switched = { ...workloads('clear'), workloads: [nightly] }
  const outcome = await sidecarPlanners['sidecars.workloads']({ viewer: ada, fleet, intent: switched })
  expect(outcome).toMatchObject({ ok: true, draft: { items: [{ op: 'update', ref: nightly }] } })
  const intent: IntentOf<'sidecars.restart'> = { type: 'sidecars.restart', mesh: 'payments', workloads: [nightly] }
  expect(await sidecarPlanners['sidecars.restart']({ viewer: ada, fleet, intent })).toMatchObject({
    ok: false,
    reasons: [{ code: 'sidecars.not_a_workload' }],
  })
})
