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

const phases = ['Pending', 'Progressing', 'Ready', 'Degraded', 'Failed', 'Terminating', 'Suspended'] as const
export type Phase = (typeof phases)[number]

/** As `kubectl wait --for=condition=Ready mesh/…` reads it; `message` is for kubectl, the console words the stages. */
export const StatusCondition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.string(),
  observedGeneration: z.number().optional(),
})
type StatusCondition = z.infer<typeof StatusCondition>

export const MeshStatus = z.object({
  observedGeneration: z.number().default(0),
  observedRepair: z.number().default(0),
  phase: z.enum(phases).default('Pending'),
  conditions: z.array(StatusCondition).default([]),
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

type Telling = { phase: Phase; stages: readonly StatusStage[]; generation: number; now: Date }

/** One condition: whether the mesh is as its spec says. Other types, whoever wrote them, stay. */
export function conditionsOf(before: readonly StatusCondition[], telling: Telling): StatusCondition[] {
  const { phase, stages, generation, now } = telling
  const status = phase === 'Ready' ? 'True' : 'False'
  const was = before.find((each) => each.type === ready)
  const lastTransitionTime = was?.status === status ? was.lastTransitionTime : now.toISOString()
  const message = stages
    .filter((each) => ['failed', 'blocked', 'running'].includes(each.state))
    .map((each) => `${each.name}@${each.cluster}: ${each.reason ?? each.state}`)
    .join('; ')
    .slice(0, 4_096)
  const told = {
    type: ready,
    status,
    reason: phase,
    message,
    lastTransitionTime,
    observedGeneration: generation,
  } as const
  return [...before.filter((each) => each.type !== ready), told]
}

/**
 * How stages stood before, as far as it counts: a person's new word (a changed spec, a repair) begins every deadline
 * anew, so that what was late is tried again before it is called failed.
 */
export function stagesBefore(status: MeshStatus, generation: number): StatusStage[] {
  const seen = status.conditions.find((each) => each.type === ready)?.observedGeneration
  return seen === generation ? status.stages : status.stages.filter((each) => each.state === 'done')
}

const ready = 'Ready'

/** The status of a Mesh; an unreadable one reads as none, and is written anew. */
export function readStatus(mesh: KubernetesObject): MeshStatus {
  const parsed = MeshStatus.safeParse(mesh.status ?? {})
  return parsed.success ? parsed.data : MeshStatus.parse({})
}
