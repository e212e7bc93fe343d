import { z } from 'zod'
import { isJson, type Json } from './json.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

const value = z.custom<Json>(isJson).optional()

/** A place of an object: a JSON pointer, empty for the object itself. */
export const DriftPlace = z.object({ ref: ObjectRef, pointer: z.string().max(1_024) })
export type DriftPlace = z.infer<typeof DriftPlace>

/** One place where a cluster is not as its mesh says, and whether the mesh can say what the cluster has. */
export const DriftField = DriftPlace.extend({
  /** What is there, and what the mesh asks for; absent for nothing. Values of more than 2 KiB are left out. */
  live: value,
  asked: value,
  /** Place of the Mesh that would say it; absent where no Mesh can. */
  says: z.string().optional(),
  /** Why it can only be repaired. */
  why: Message.optional(),
})
export type DriftField = z.infer<typeof DriftField>
