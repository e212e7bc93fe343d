import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'

const Gateways = z.object({ ready: z.number(), total: z.number() })

/** How much of a mesh there is, and how much of it answers. Absent is what the viewer may not see and may well be there. */
export const MeshNumbers = z.object({
  /**
   * Services of applications, one of a namespace and name being one in all clusters; healthy is one with an endpoint
   * that is ready. `failing` names the first few that are not.
   */
  services: z.object({ healthy: z.number(), total: z.number(), failing: z.array(ObjectRef) }).optional(),
  /** Workloads that are gateways of the mesh's edge, by the way they face; `ready` are those with a Pod that is. */
  gateways: z.object({ ingress: Gateways, egress: Gateways }).optional(),
})
export type MeshNumbers = z.infer<typeof MeshNumbers>
