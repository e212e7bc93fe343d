import type { Intent } from '@orbweaver/contracts/intent'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { DryRun, Keeper, Op, Plan, TouchedPath } from '@orbweaver/contracts/plan'

/** One write, worked out against the live object: what the plan shows and, once agreed to, the Change stores. */
export type PreparedItem = {
  id: string
  ref: ObjectRef
  op: Op
  how: 'merge' | 'replace'
  by: 'person' | 'console'
  /** Id of the earlier item without which this one is not carried out. */
  needs?: string
  uid?: string | undefined
  touched: TouchedPath[]
  /** create: what is made, secret values masked. delete: what is lost, to be made again by undo. */
  object?: KubernetesObject | undefined
  /** create or update of a Secret: its values, base64; goes to the change's own Secret, never into the Change. */
  secret?: Record<string, string> | undefined
  live?: KubernetesObject
  after?: KubernetesObject
  dryRun: DryRun
  managedBy?: Keeper
  blocked: Message[]
}

/** A plan together with what only the engine may know: the items as they will be stored and sent. */
export type Worked = { plan: Plan; items: PreparedItem[]; intent: Intent }

/** A restart is written with the time of its Change, so that after a crash it is recognised and not done twice. */
export const restartedAt = 'kubectl.kubernetes.io/restartedAt'
export const restartPointer = '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt'
export const restartLater = '⟨time of the change⟩'
