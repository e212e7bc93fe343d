import { createHmac, randomBytes } from 'node:crypto'
import { canonicalJson, type JsonRecord, plainRecord } from '@orbweaver/contracts/json'
import type { Store } from '../server/seed-store.ts'

const HOUR_MS = 3_600_000
const MESH = 'drifted'

type State = 'Waiting' | 'Running' | 'Done' | 'Failed' | 'Conflict'
type Ending = { namespace: string; state: State; code?: string; message?: string }
type Story = { name: string; phase: 'Running' | 'Paused' | 'Failed' | 'Stopped'; reason: string; items: Ending[] }

/** Changes as a console left them that was there yesterday: one for each way not to end well. */
const stories: readonly Story[] = [
  {
    name: 'refused',
    phase: 'Failed',
    reason: 'The API server refuses the second write',
    items: [
      { namespace: 'mistakes', state: 'Done' },
      {
        namespace: 'waiting',
        state: 'Failed',
        code: 'change.refused',
        message: 'Namespace "waiting" is invalid: metadata.labels: Invalid value',
      },
      { namespace: 'blocked', state: 'Waiting' },
    ],
  },
  {
    name: 'overtaken',
    phase: 'Failed',
    reason: 'Somebody else was faster',
    items: [{ namespace: 'conflicting', state: 'Conflict', code: 'change.changed_since' }],
  },
  {
    name: 'interrupted',
    phase: 'Running',
    reason: 'The console was ended in the middle',
    items: [
      { namespace: 'unserved', state: 'Done' },
      { namespace: 'blocked', state: 'Running' },
    ],
  },
  {
    name: 'paused',
    phase: 'Paused',
    reason: 'Nobody went on with it',
    items: [{ namespace: 'never-starts', state: 'Waiting' }],
  },
  {
    name: 'stopped',
    phase: 'Stopped',
    reason: 'A person stopped it',
    items: [
      { namespace: 'mistakes', state: 'Done' },
      { namespace: 'never-starts', state: 'Waiting' },
    ],
  },
]

/**
 * The console's keys and what it sealed with them: a console that comes to this hub finds the history of the one before.
 * Source of the form: apps/bff/src/identity/keyring.ts and changes/record.ts.
 */
export function leaveHistory(store: Store, now: Date): void {
  const changes = randomBytes(32)
  const data = { sessions: randomBytes(32).toString('base64'), changes: changes.toString('base64') }
  store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: 'orbweaver-system',
      name: 'orbweaver-keys',
      labels: { 'app.kubernetes.io/part-of': 'orbweaver' },
    },
    type: 'Opaque',
    data,
  })
  const key = createHmac('sha256', changes).update('orbweaver change 1').digest()
  for (const [index, story] of stories.entries()) {
    const at = new Date(now.getTime() - (24 + index) * HOUR_MS)
    const name = `sidecars-namespaces-${at.toISOString().slice(0, 10)}-${story.name}`
    const spec = specOf(story, at)
    const hmac = createHmac('sha256', key)
      .update(canonicalJson({ name, ...spec }))
      .digest('hex')
    store.put({
      apiVersion: 'orbweaver.dev/v1alpha1',
      kind: 'Change',
      metadata: { name, creationTimestamp: at.toISOString().replace(/\.\d+Z$/, 'Z') },
      spec: { ...spec, hmac },
      status: statusOf(story, at),
    })
  }
}

function idOf(index: number): string {
  return `item-${index + 1}`
}

function specOf({ reason, items }: Story, at: Date): JsonRecord {
  const [first] = items
  return {
    schemaVersion: 1,
    actor: { user: 'ada', groups: ['platform-operators'] },
    intent: {
      type: 'sidecars.namespaces',
      mesh: MESH,
      namespaces: items.map(({ namespace }) => ({ cluster: MESH, namespace })),
      action: 'enable',
      restart: false,
    },
    title: {
      code: 'sidecars.namespaces.enable',
      params: { count: items.length, name: first?.namespace ?? '', mesh: MESH },
    },
    undoable: true,
    reason,
    fingerprint: 'sha256:of-a-plan-that-was-confirmed-yesterday',
    createdAt: at.toISOString(),
    items: items.map(({ namespace }, index) => ({
      id: idOf(index),
      cluster: MESH,
      ref: { group: '', version: 'v1', kind: 'Namespace', name: namespace },
      op: 'update',
      how: 'merge',
      by: 'person',
      touched: [{ pointer: '/metadata/labels/istio-injection', after: 'enabled' }],
    })),
  }
}

function statusOf({ phase, items }: Story, at: Date): JsonRecord {
  const startedAt = at.toISOString()
  const isOver = phase === 'Failed' || phase === 'Stopped'
  return {
    phase,
    startedAt,
    holder: 'a console that is gone',
    ...(isOver ? { finishedAt: startedAt } : {}),
    items: items.flatMap(({ state, code, message }, index) =>
      state === 'Waiting' ? [] : [plainRecord({ id: idOf(index), state, startedAt, code, message })],
    ),
  }
}
