import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './errors.ts'

/** Something under this word may read differently now. Never an object's name. */
export const Notice = z.object({
  word: z.enum(['meshes', 'clusters', 'sidecars', 'security', 'objects', 'history', 'access']),
  mesh: z.string().optional(),
  cluster: z.string().optional(),
})
export type Notice = z.infer<typeof Notice>

export const events = {
  watch: operation
    .route({ method: 'GET', path: '/events', summary: 'Notices as server-sent events', tags: ['events'] })
    .output(eventIterator(Notice)),
}
