import { z } from 'zod'
import { Candidate } from './candidate.ts'
import { Capacity } from './capacity.ts'
import { Check } from './clusters.ts'
import { Message } from './message.ts'

/** A cluster as it is offered to a mesh; one that cannot be chosen says why. */
export const ClusterChoice = z.object({
  name: z.string(),
  displayName: z.string().optional(),
  network: z.string().optional(),
  /** Of its API server, as last told. */
  kubernetesVersion: z.string().optional(),
  versions: z.array(z.string()),
  /** Where an istiod may be installed. */
  capacity: Capacity.optional(),
  /** Those that the viewer may know of. */
  istio: z.array(Candidate),
  /** Whether there are others. */
  istioHidden: z.boolean().optional(),
  unavailable: Message.optional(),
  /** What must be brought into the cluster first, with how; it may be chosen before. */
  lacks: Check.optional(),
})
