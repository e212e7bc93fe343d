import { z } from 'zod'
import { KubernetesObject, ObjectRef } from './kubernetes.ts'

/** What of a mesh lies in one cluster, as documents that `kubectl apply` takes in this order. */
export const ExportedFile = z.object({
  cluster: z.string(),
  documents: z.array(z.object({ ref: ObjectRef, yaml: z.string() })),
  /** Kinds that the viewer may not list in all of the cluster: of these only what they may see is here. */
  unread: z.array(z.string()),
})
export type ExportedFile = z.infer<typeof ExportedFile>

/** A rule where no istiod reads it, as it would be brought to the control plane, and what is there under its name. */
export const Stray = z.object({
  ref: ObjectRef,
  object: KubernetesObject,
  there: z.enum(['missing', 'same', 'differs']),
})
export type Stray = z.infer<typeof Stray>
