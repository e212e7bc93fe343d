import { z } from 'zod'
import { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { Message } from '@orbweaver/contracts/message'

/** One stage as Mesh.status keeps it (deploy/crds/meshes.yaml). */
export const StatusStage = z.object({
  name: z.string(),
  cluster: z.string().default(''),
  state: z.enum(['pending', 'running', 'done', 'failed', 'blocked']),
  since: z.string().optional(),
  reason: z.string().optional(),
  params: Message.shape.params.optional(),
  objects: z.array(ObjectRef).default([]),
})
export type StatusStage = z.infer<typeof StatusStage>

const phases = ['Pending', 'Progressing', 'Ready', 'Degraded', 'Failed', 'Terminating'] as const
export type Phase = (typeof phases)[number]

export const MeshStatus = z.object({
  observedGeneration: z.number().default(0),
  observedRepair: z.number().default(0),
  phase: z.enum(phases).default('Pending'),
  stages: z.array(StatusStage).default([]),
  members: z
    .array(
      z.object({ cluster: z.string(), state: z.string(), reason: z.string().optional(), since: z.string().optional() }),
    )
    .default([]),
  entrance: z.object({ address: z.string().optional(), hostname: z.string().optional() }).optional(),
  leftovers: z.array(ObjectRef).default([]),
})
export type MeshStatus = z.infer<typeof MeshStatus>

/** The status of a Mesh; an unreadable one reads as none, and is written anew. */
export function readStatus(mesh: KubernetesObject): MeshStatus {
  const parsed = MeshStatus.safeParse(mesh.status ?? {})
  return parsed.success ? parsed.data : MeshStatus.parse({})
}
