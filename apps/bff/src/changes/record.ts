import { canonicalJson, isRecord, type JsonRecord, plainRecord } from '@orbweaver/contracts/json'
import { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { Message } from '@orbweaver/contracts/message'
import { Op, TouchedPath } from '@orbweaver/contracts/plan'
import { z } from 'zod'

/** One write of a Change as it is stored: deploy/crds/changes.yaml, spec.items. */
export const RecordItem = z.object({
  id: z.string(),
  cluster: z.string(),
  ref: z.object({
    group: z.string().default(''),
    version: z.string(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
  }),
  op: Op,
  how: z.enum(['merge', 'replace']),
  by: z.enum(['person', 'console']),
  uid: z.string().optional(),
  touched: z.array(TouchedPath).default([]),
  object: KubernetesObject.optional(),
})
export type RecordItem = z.infer<typeof RecordItem>

export const RecordSpec = z.object({
  schemaVersion: z.number(),
  actor: z.object({ user: z.string(), groups: z.array(z.string()).default([]) }),
  intent: z.custom<JsonRecord>(isRecord),
  title: Message,
  undoable: z.boolean().default(false),
  reason: z.string().optional(),
  fingerprint: z.string(),
  createdAt: z.string(),
  undoOf: z.string().optional(),
  items: z.array(RecordItem),
  hmac: z.string(),
})
export type RecordSpec = z.infer<typeof RecordSpec>

/** Kubernetes writes enums in capitals, the contract in small letters. */
const lower = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(values))

const RecordState = lower(['waiting', 'running', 'done', 'failed', 'skipped', 'conflict'])
const RecordPhase = lower(['pending', 'running', 'paused', 'succeeded', 'failed', 'stopped'])

export const RecordStatusItem = z.object({
  id: z.string(),
  state: RecordState,
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  warnings: z.array(z.string()).default([]),
  resultUid: z.string().optional(),
})
export type RecordStatusItem = z.infer<typeof RecordStatusItem>

export const RecordStatus = z.object({
  phase: RecordPhase.default('pending'),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  holder: z.string().optional(),
  /** A person's order to stop; obeyed before the next write. */
  reason: z.string().optional(),
  items: z.array(RecordStatusItem).default([]),
})
export type RecordStatus = z.infer<typeof RecordStatus>

/** A Change read from the hub. `object` is what it was read from: its resourceVersion is the lock of status writes. */
export type ChangeRecord = {
  name: string
  uid: string
  spec: RecordSpec
  status: RecordStatus
  object: KubernetesObject
}

/** undefined for a Change that nobody of ours wrote: a hand-made one is shown to nobody and executed by nobody. */
export function readRecord(object: KubernetesObject): ChangeRecord | undefined {
  const spec = RecordSpec.safeParse(object.spec)
  const status = RecordStatus.safeParse(object.status ?? {})
  if (!spec.success || !status.success) return undefined
  return { name: object.metadata.name, uid: object.metadata.uid ?? '', spec: spec.data, status: status.data, object }
}

export function itemRef(item: RecordItem): ObjectRef {
  return { cluster: item.cluster, ...item.ref }
}

/** What the seal of a Change is made over: everything that decides what will be written, and as whom. */
export function sealedText(name: string, spec: Omit<RecordSpec, 'hmac'>): string {
  return canonicalJson({ name, ...plainRecord({ ...spec, hmac: undefined }) })
}

/** The state of one item; an item that the status does not mention yet is waiting. */
export function stateOf(record: ChangeRecord, id: string): RecordStatusItem {
  return record.status.items.find((item) => item.id === id) ?? { id, state: 'waiting', warnings: [] }
}

const over = new Set(['succeeded', 'failed', 'stopped'])
export function isOver(record: ChangeRecord): boolean {
  return over.has(record.status.phase)
}
