import { z } from 'zod'
import { Truths } from './envelope.ts'
import { isJson, type Json } from './json.ts'
import { ObjectRef, refKey } from './kubernetes.ts'
import { Message } from './message.ts'

export const Op = z.enum(['create', 'update', 'delete', 'restart'])
export type Op = z.infer<typeof Op>

const value = z.custom<Json>(isJson).optional()

/** One place a write touches: a JSON pointer, what is there now and what will be. Absent = no such field. */
export const TouchedPath = z.object({ pointer: z.string(), before: value, after: value })
export type TouchedPath = z.infer<typeof TouchedPath>

export const Severity = z.enum(['rejected', 'error', 'warning', 'info'])
export type Severity = z.infer<typeof Severity>

/** One operation of a JSON patch (RFC 6902). */
const PatchOperation = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: z.string(), value: z.custom<Json>(isJson) }),
  z.object({ op: z.literal('replace'), path: z.string(), value: z.custom<Json>(isJson) }),
  z.object({ op: z.literal('remove'), path: z.string() }),
])

/** One way out of a finding: what to change in which objects. An object that is not there yet is added whole, at ''. */
export const Fix = z.object({
  code: z.string(),
  params: Message.shape.params,
  patches: z.array(z.object({ ref: ObjectRef, operations: z.array(PatchOperation) })),
})
export type Fix = z.infer<typeof Fix>

/** What is wrong with an object: packages/istio finds it, the reader's side words it. */
export const Finding = z.object({
  code: z.string(),
  severity: Severity,
  ref: ObjectRef,
  pointer: z.string(),
  params: Message.shape.params,
  evidence: z.array(ObjectRef),
  aliases: z.array(z.string()),
  fixes: z.array(Fix),
})
export type Finding = z.infer<typeof Finding>

/** The same fault in the same place has the same key, whatever its words. */
export function findingKey(finding: Finding): string {
  return [finding.code, refKey(finding.ref), finding.pointer].join(' ')
}

/** Those that a plan may introduce only when the person who confirms it has seen them. */
export function grave(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'rejected' || severity === 'error')
}

/** The API server's own answer to the write with `dryRun=All`. */
export const DryRun = z.discriminatedUnion('state', [
  z.object({ state: z.literal('accepted'), warnings: z.array(z.string()) }),
  z.object({ state: z.literal('refused'), message: z.string(), field: z.string().optional() }),
  /** Cannot be asked yet: what it needs is made by an earlier item. */
  z.object({ state: z.literal('depends'), on: z.string() }),
  z.object({ state: z.literal('forbidden'), verb: z.string(), resource: z.string() }),
  z.object({ state: z.literal('unreachable'), reason: z.string() }),
])
export type DryRun = z.infer<typeof DryRun>

/** A tool that keeps an object (Argo CD, Flux, Helm, Sail Operator), and by what it is known: release, tracking id, field manager. */
export const Keeper = z.object({ tool: z.string(), manager: z.string() })
export type Keeper = z.infer<typeof Keeper>

export const PlanItem = z.object({
  id: z.string(),
  ref: ObjectRef,
  op: Op,
  touched: z.array(TouchedPath),
  /** The object as YAML before and after, secret values masked; absent on the side where it does not exist. */
  before: z.string().optional(),
  after: z.string().optional(),
  dryRun: DryRun,
  /** Who else keeps this object, and would write it back. */
  managedBy: Keeper.optional(),
})
export type PlanItem = z.infer<typeof PlanItem>

/** An object that the reconciler will make later from the Mesh this plan writes; values not known yet read ⟨…⟩. */
export const DerivedObject = z.object({
  stage: z.string(),
  ref: ObjectRef,
  /** `apply`: create or update, where the person may not know, or the cluster cannot tell, whether it is there. */
  op: z.enum(['create', 'update', 'apply', 'delete', 'unchanged']),
  yaml: z.string(),
  /** Whether the person may do this in that cluster: a Mesh is written only by who could write what follows from it. */
  permitted: z.enum(['yes', 'no', 'unknown']),
})
export type DerivedObject = z.infer<typeof DerivedObject>

/**
 * When a setting of a mesh reaches whom it is for.
 * `live`: istiod watches it and pushes it to running proxies, within seconds; or an object takes it as it is written.
 * `new-pods`: Pods get it when they are created, so each workload keeps what it has until it restarts.
 * `istiod-rolls`: it is in istiod's Pod template, so istiod is renewed; traffic goes on meanwhile.
 * `istiod-restart`: istiod reads it when it starts, and nothing starts it anew.
 */
export const effects = ['live', 'new-pods', 'istiod-rolls', 'istiod-restart'] as const
export type Effect = (typeof effects)[number]

export const SettingEffects = z.object({
  effect: z.enum(effects),
  /** Paths of the Istio chart's values, or of the Mesh where an object carries the setting; `source` is Istio's file. */
  settings: z.array(z.object({ path: z.string(), cluster: z.string(), source: z.string() })),
})
export type SettingEffects = z.infer<typeof SettingEffects>

export const Impact = z.object({
  workloads: z.array(z.object({ ref: ObjectRef, pods: z.number(), restarts: z.boolean() })),
  podsRestarting: z.number(),
  /** Whether open connections of the restarting Pods break: they do, unless the workload drains. */
  connectionsBreak: z.boolean(),
  /** Of plans that change a mesh's settings. `workloads` are then those whose Pods have to restart for `new-pods`. */
  effects: z.array(SettingEffects).optional(),
  notes: z.array(Message),
})
export type Impact = z.infer<typeof Impact>

export const Plan = z.object({
  /** sha256 of what the person agreed to; see apps/bff/src/changes/fingerprint.ts. */
  fingerprint: z.string(),
  title: Message,
  items: z.array(PlanItem),
  derived: z.array(DerivedObject),
  findings: z.object({ introduced: z.array(Finding), solved: z.array(Finding), remaining: z.array(Finding) }),
  impact: Impact,
  /** Why this cannot be executed; empty when it can. */
  blocked: z.array(Message),
  undoable: z.boolean(),
  clusters: Truths,
})
export type Plan = z.infer<typeof Plan>
