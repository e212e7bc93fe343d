import type { IntentOf } from '@orbweaver/contracts/intent'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { type ChangeRecord, RecordSpec, RecordStatus } from '../../changes/record.ts'
import { stillDoor, stillFleet } from '../../testing/doors.ts'
import { stillViewer } from '../../testing/viewers.ts'
import { undoneSwitch } from './undo.ts'

const fleet = stillFleet(stillDoor('hub', { known: () => true, truth: { state: 'fresh' } }), [])
const mesh = (metadata: object = {}): KubernetesObject => ({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'payments', ...metadata },
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' } },
})

function undone(action: 'enable' | 'disable' | 'clear', object: KubernetesObject | undefined) {
  const intent: IntentOf<'sidecars.namespaces'> = {
    type: 'sidecars.namespaces',
    mesh: 'payments',
    namespaces: [{ cluster: 'east', namespace: 'shop' }],
    action,
    restart: false,
  }
  const spec = RecordSpec.parse({
    schemaVersion: 1,
    actor: { user: 'ada' },
    intent,
    title: { code: `sidecars.namespaces.${action}`, params: {} },
    fingerprint: 'f',
    createdAt: '2026-11-23T10:00:00Z',
    items: [],
    hmac: 'h',
  })
  const change = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change', metadata: { name: 'chg' } }
  const status = RecordStatus.parse({ phase: 'Succeeded' })
  const record: ChangeRecord = {
    name: 'chg',
    uid: 'u',
    spec,
    status,
    object: change,
    items: [],
    parts: new Map(),
    lost: [],
  }
  const viewer = { ...stillViewer('ada', () => true), get: () => Promise.resolve(object) }
  return undoneSwitch(record, intent, { viewer, fleet })
}

test('switching off is taken back where the mesh stands', async () => {
  expect(await undone('clear', mesh())).toMatchObject({ ok: true })
})

test('it is not where the mesh goes or is gone, or cannot be seen: the label would stay for nobody', async () => {
  expect(await undone('clear', mesh({ deletionTimestamp: '2026-11-28T12:00:00Z' }))).toEqual({
    ok: false,
    reasons: [{ code: 'sidecars.mesh_being_deleted', params: { name: 'payments' } }],
  })
  expect(await undone('disable', undefined)).toEqual({
    ok: false,
    reasons: [{ code: 'meshes.not_found', params: { name: 'payments' } }],
  })
})

test('switching on is taken back whatever became of the mesh', async () => {
  expect(await undone('enable', undefined)).toMatchObject({ ok: true })
})
