import { z } from 'zod'

/** How true what is shown of a cluster is, and since when. Every read carries one a cluster it speaks of. */
export const ClusterTruth = z.object({
  cluster: z.string(),
  state: z.enum(['fresh', 'stale', 'unreachable', 'forbidden', 'unauthorized', 'syncing']),
  /** When it was last known to be true (ISO 8601); absent when it never was. */
  asOf: z.string().optional(),
  /** Since when it is in this state (ISO 8601). */
  since: z.string().optional(),
  /** The door's code for why, as `kube.timeout`; worded by the console. */
  reason: z.string().optional(),
})
export type ClusterTruth = z.infer<typeof ClusterTruth>

export const Truths = z.array(ClusterTruth)
