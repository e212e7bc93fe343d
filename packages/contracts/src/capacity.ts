import { z } from 'zod'

/** What a cluster holds and has now; a part is absent where the viewer may not list all of it, or it was not read. */
export const Capacity = z.object({
  services: z.number().int().nonnegative().optional(),
  /** Those that are not over. */
  pods: z.number().int().nonnegative().optional(),
  /** Of nodes that take Pods, what all of them together let Pods take: cores and bytes. */
  nodes: z
    .object({
      count: z.number().int().nonnegative(),
      cpu: z.number().nonnegative(),
      memory: z.number().nonnegative(),
      /** Sizes of a control plane whose istiod one of them could hold, were it empty. */
      holds: z.array(z.string()),
    })
    .optional(),
})
export type Capacity = z.infer<typeof Capacity>
