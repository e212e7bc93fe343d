import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/** What is to be seen of an object that a stage is about, read as the person who looks. */
const ObjectEvidence = z.object({
  ref: ObjectRef,
  /** `unknown`: they may not get it, or its cluster did not answer. */
  state: z.enum(['there', 'missing', 'unknown']),
  /** What its status says that is not as it should be first; of a Pod also why a container waits. */
  conditions: z.array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: z.string().optional(),
      message: z.string().optional(),
      since: z.string().optional(),
    }),
  ),
})
export type ObjectEvidence = z.infer<typeof ObjectEvidence>

const EventEvidence = z.object({
  ref: ObjectRef,
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  at: z.string().optional(),
})
export type EventEvidence = z.infer<typeof EventEvidence>

/** Why a stage stands as it does: its objects with the Pods behind them, what happened to them, what they say. */
export const StageEvidence = z.object({
  /** When waiting turns into failure; absent where the stage does not wait. */
  deadline: z.string().optional(),
  objects: z.array(ObjectEvidence),
  /** Newest first, at most 20. */
  events: z.array(EventEvidence),
  /** The last lines of the Pods of the control plane that are part of it, at most 40 each. */
  logs: z.array(z.object({ ref: ObjectRef, container: z.string(), lines: z.array(z.string()) })),
  /** What could not be read, and why. */
  unread: z.array(Message),
})
export type StageEvidence = z.infer<typeof StageEvidence>
