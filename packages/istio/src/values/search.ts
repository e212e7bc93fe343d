import type { ValueField } from './schema.ts'

/**
 * Values whose path or words have every word that was typed, whatever its case; first those whose own name is it, then by
 * path, then those that only speak of it.
 */
export function searchValues(fields: readonly ValueField[], query: string): ValueField[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return [...fields]
  return fields
    .flatMap((field) => {
      const ranks = words.map((word) => rankOf(field, word))
      return ranks.includes(0) ? [] : [{ field, rank: Math.min(...ranks) }]
    })
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ field }) => field)
}

/** 0: not there at all. */
function rankOf({ path, doc }: ValueField, word: string): number {
  const lower = path.toLowerCase()
  const name = lower.split('.').at(-1) ?? ''
  if (name === word || lower === word) return 5
  if (name.startsWith(word)) return 4
  if (name.includes(word)) return 3
  if (lower.includes(word)) return 2
  return doc.toLowerCase().includes(word) ? 1 : 0
}
