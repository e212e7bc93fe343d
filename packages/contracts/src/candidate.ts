import { z } from 'zod'
import { FoundIstio } from './clusters.ts'
import { RunningControlPlane } from './running-control-plane.ts'

/** A control plane that was found, with what is to be known of it before it is adopted. */
export const Candidate = FoundIstio.extend({
  /** What it says of itself; absent where the viewer may not know of it. */
  running: RunningControlPlane.optional(),
  /** Pods with a proxy of this revision, of those that the viewer may list. */
  proxies: z.number().optional(),
})
export type Candidate = z.infer<typeof Candidate>
