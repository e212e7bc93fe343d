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

/**
 * Orders by the first part of a row's key in the order asked for, and by the others always upwards: rows that are equal
 * in the column still have one place, so that pages do not overlap.
 */
export function sorted<Row>(
  rows: readonly Row[],
  key: (row: Row) => (string | number)[],
  order: 'asc' | 'desc' = 'asc',
): Row[] {
  const sign = order === 'asc' ? 1 : -1
  const keyed = rows.map((row) => ({ row, parts: key(row) }))
  keyed.sort((a, b) => {
    const differing = a.parts.findIndex((each, index) => each !== b.parts[index])
    if (differing < 0) return 0
    return compare(a.parts[differing] ?? '', b.parts[differing] ?? '') * (differing === 0 ? sign : 1)
  })
  return keyed.map(({ row }) => row)
}

/** Made once: a locale looked up for every two texts is most of the time that sorting takes. */
const english = new Intl.Collator('en')

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return english.compare(String(a), String(b))
}

/** Whether what somebody searches for stands in one of the texts, capitals or not; nothing searched for is everywhere. */
export function mentions(search: string | undefined, texts: readonly (string | undefined)[]): boolean {
  if (search === undefined || search === '') return true
  const wanted = search.toLowerCase()
  return texts.some((text) => text?.toLowerCase().includes(wanted) === true)
}
