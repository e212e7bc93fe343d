import { z } from 'zod'

export const Step = z.object({
  id: z.string(),
  state: z.enum(['done', 'next', 'open', 'not-built']),
  count: z.number().optional(),
})
export type Step = z.infer<typeof Step>
