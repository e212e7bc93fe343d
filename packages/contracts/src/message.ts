import { z } from 'zod'

/** A sentence as data: its code, and what fills its blanks. The reader's side has the words, in each language. */
export const Params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type Params = z.infer<typeof Params>

export const Message = z.object({ code: z.string(), params: Params })
export type Message = z.infer<typeof Message>
