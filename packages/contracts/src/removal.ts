import { z } from 'zod'
import { Intent } from './intent.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/** What stays of an Istio in a cluster, by why (`leftover.…`): the objects that the viewer may see. */
export const Stay = z.object({ cluster: z.string(), code: z.string(), objects: z.array(ObjectRef) })
export type Stay = z.infer<typeof Stay>

/** One thing that stands in the way, and its remedy. */
export const Condition = z.object({
  reason: Message,
  cluster: z.string(),
  /** Code of what to do (`blocker-fix.…`). */
  fix: z.string(),
  /** What does it: the plan to open. Absent where it is a choice of the deletion, or a person's own hand. */
  intent: Intent.optional(),
  /** What is concerned, as far as the viewer may see it. */
  evidence: z.array(ObjectRef),
  /** Whether there is more of it than one intent takes, or than the viewer may see. */
  partial: z.boolean(),
})
export type Condition = z.infer<typeof Condition>

export const Removal = z.object({
  protected: z.boolean(),
  conditions: z.array(Condition),
  /** Members that go first, each for itself. */
  members: z.array(z.string()),
  stays: z.array(Stay),
  /** What the viewer lacks for taking it apart; nothing of the conditions is told then. */
  refused: z.array(Message),
})
export type Removal = z.infer<typeof Removal>
