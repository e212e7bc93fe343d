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
  /** Skipped with that one. */
  needs: z.string().optional(),
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
  /** All items of a short change; none of a long one, whose parts hold them. */
  items: z.array(RecordItem),
  /** What each part of a long change holds, in order: its seal binds it to this change and this place. */
  parts: z.array(z.object({ items: z.number(), hmac: z.string() })).optional(),
  hmac: z.string(),
})
export type RecordSpec = z.infer<typeof RecordSpec>

/** A part of a long change: some of its items, and which they are. `number` counts from 1. */
export const PartSpec = z.object({
  schemaVersion: z.number(),
  part: z.object({ change: z.string(), number: z.number(), count: z.number() }),
  items: z.array(RecordItem),
  hmac: z.string(),
})
export type PartSpec = z.infer<typeof PartSpec>

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

/** A part as it was read, with the results of those of its items that were moved out of the head's status. */
export type PartRecord = {
  spec: PartSpec
  /** Of its items. */
  ids: ReadonlySet<string>
  results: ReadonlyMap<string, RecordStatusItem>
  object: KubernetesObject
}

/** The object that makes a Change: who, what for, how far it is. The parts of a long one hang on it. */
export type Head = {
  name: string
  uid: string
  spec: RecordSpec
  status: RecordStatus
  /** What it was read from: its resourceVersion is the lock of status writes. */
  object: KubernetesObject
}

/** A Change read from the hub, whole. */
export type ChangeRecord = Head & {
  /** Of the head and of all parts, in order. */
  items: readonly RecordItem[]
  /** The parts of a long change that are there and its own, by number. */
  parts: ReadonlyMap<number, PartRecord>
  /** Numbers of the parts that are missing, or are not what was stored: such a change is not carried out. */
  lost: readonly number[]
}

/** undefined for what is no Change of a form that the console writes, and for the parts of one. */
export function readHead(object: KubernetesObject): Head | undefined {
  const spec = RecordSpec.safeParse(object.spec)
  const status = RecordStatus.safeParse(object.status ?? {})
  if (!spec.success || !status.success) return undefined
  return { name: object.metadata.name, uid: object.metadata.uid ?? '', spec: spec.data, status: status.data, object }
}

export function readPart(object: KubernetesObject): PartRecord | undefined {
  const spec = PartSpec.safeParse(object.spec)
  const status = RecordStatus.safeParse(object.status ?? {})
  if (!spec.success || !status.success) return undefined
  const ids = new Set(spec.data.items.map(({ id }) => id))
  return { spec: spec.data, ids, results: new Map(status.data.items.map((item) => [item.id, item])), object }
}

export function itemRef(item: RecordItem): ObjectRef {
  return { cluster: item.cluster, ...item.ref }
}

/** What the seal of an object is made over: everything that decides what will be written, and as whom. */
export function sealedText(name: string, spec: Omit<RecordSpec, 'hmac'> | Omit<PartSpec, 'hmac'>): string {
  return canonicalJson({ name, ...plainRecord({ ...spec, hmac: undefined }) })
}

/**
 * The state of one item; one that was not begun is waiting. The head speaks first: an order about an item is written
 * there, whatever an earlier result says.
 */
export function stateOf(record: ChangeRecord, id: string): RecordStatusItem {
  const said = record.status.items.find((item) => item.id === id)
  if (said !== undefined) return said
  for (const { results } of record.parts.values()) {
    const result = results.get(id)
    if (result !== undefined) return result
  }
  return { id, state: 'waiting', warnings: [] }
}

/** The status with another state of one item. */
export function withState(status: RecordStatus, state: RecordStatusItem): RecordStatus {
  const known = status.items.some(({ id }) => id === state.id)
  const items = known ? status.items.map((item) => (item.id === state.id ? state : item)) : [...status.items, state]
  return { ...status, items }
}

/** How many items there are, those of lost parts included. */
export function sizeOf({ spec }: Head): number {
  return (spec.parts ?? []).reduce((sum, part) => sum + part.items, spec.items.length)
}

const over = new Set(['succeeded', 'failed', 'stopped'])
export function isOver(head: Head): boolean {
  return over.has(head.status.phase)
}
