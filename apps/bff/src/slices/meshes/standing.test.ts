import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { meshPlanners } from './intents.ts'

const hub = stillDoor('hub', { known: () => true, truth: { state: 'fresh' } })
const fleet = stillFleet(hub, [])
const mesh = (metadata: object): KubernetesObject => ({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'payments', ...metadata },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } },
})
const suspend = (object: KubernetesObject) =>
  meshPlanners['meshes.suspend']({
    viewer: { ...stillViewer('ada', () => true), get: () => Promise.resolve(object) },
    fleet,
    intent: { type: 'meshes.suspend', name: 'payments' },
  })

test('nothing is asked of a mesh that is being deleted: nothing would come of it', async () => {
  expect(await suspend(mesh({}))).toMatchObject({ ok: true })
  expect(await suspend(mesh({ deletionTimestamp: '2026-11-28T12:00:00Z' }))).toEqual({
    ok: false,
    reasons: [{ code: 'meshes.being_deleted', params: { name: 'payments' } }],
  })
})
