import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'
import { MeshName } from './names.ts'
import { Fix } from './plan.ts'

/** A slug, another tool's code, or `*` for whatever is found about an object. */
const MutedCode = z
  .string()
  .max(128)
  .regex(/^(\*|[\w.-]+)$/)

export const findingIntents = [
  /** A way out of a finding, as it was told with it: what is told otherwise now is not carried out. */
  z.object({
    type: z.literal('objects.fix'),
    mesh: MeshName,
    finding: z.object({ code: z.string().max(128), ref: ObjectRef, pointer: z.string().max(2048) }),
    fix: Fix,
  }),
  z.object({
    type: z.literal('objects.mute'),
    mesh: MeshName,
    ref: ObjectRef,
    code: MutedCode,
    /** One line, for those who ask why. */
    reason: z
      .string()
      .max(300)
      .regex(/^[^\n\r]*\S[^\n\r]*$/),
    /** Its last day (ISO 8601, UTC); without it the mute has no end. */
    until: z.iso.date().optional(),
  }),
  /** Whatever keeps this code from being shown goes from the object, other tools' annotations too. */
  z.object({ type: z.literal('objects.unmute'), mesh: MeshName, ref: ObjectRef, code: MutedCode }),
] as const
