import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/** One step on the way to an answer: what was looked at, where, and what came of it; worded by the reader's side. */
export const ExplainStep = Message.extend({
  ref: ObjectRef.optional(),
  /** JSON pointer into the object of `ref`. */
  pointer: z.string().optional(),
})
export type ExplainStep = z.infer<typeof ExplainStep>

/** The rule that decides: an object, and the place in it. */
export const Deciding = z.object({ ref: ObjectRef, pointer: z.string() })
export type Deciding = z.infer<typeof Deciding>
