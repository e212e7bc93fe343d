import { z } from 'zod'

/** Asking for one page of a list: filtered, sorted and cut by the server. */
export const PageQuery = z.object({
  search: z.string().max(253).optional(),
  sort: z.string().max(63).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(500).default(50),
})
export type PageQuery = z.infer<typeof PageQuery>

/** Cuts one page out of rows that are already filtered and sorted. */
export function pageOf<Row>(rows: Row[], query: { page: number; size: number }): { items: Row[]; total: number } {
  const start = (query.page - 1) * query.size
  return { items: rows.slice(start, start + query.size), total: rows.length }
}
