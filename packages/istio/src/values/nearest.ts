import { fieldsOf, isBranch, fieldOfType, namesOfType, type ValuesSchema } from './schema.ts'

/**
 * What was probably meant by a name that is not known: a field beside it that is spelt almost the same, or the value of
 * that very name elsewhere. Undefined where nothing is near.
 */
export function nearestPath(
  schema: ValuesSchema,
  record: string,
  given: { path: string; name: string },
): string | undefined {
  const { path, name } = given
  const beside = namesOfType(schema, record)
    .map((each) => ({ each, far: distance(each.toLowerCase(), name.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(name.length / 4)))
    .toSorted((a, b) => a.far - b.far)[0]
  if (beside !== undefined) return path === '' ? beside.each : `${path}.${beside.each}`
  const same = allPaths(schema).filter((each) => each.toLowerCase().split('.').at(-1) === name.toLowerCase())
  // The nearest relative: the one that shares most of the way.
  return same.toSorted((a, b) => shared(b, path) - shared(a, path) || a.length - b.length)[0]
}

function allPaths(schema: ValuesSchema): string[] {
  const leaves = fieldsOf(schema).map(({ path }) => path)
  const branches = namesOfType(schema, 'Values').filter((name) => {
    const field = fieldOfType(schema, 'Values', name)
    return field !== undefined && isBranch(schema, field.type)
  })
  return [...branches, ...leaves]
}

function shared(a: string, b: string): number {
  const other = b.split('.')
  const differs = a.split('.').findIndex((each, index) => each !== other[index])
  return differs < 0 ? other.length : differs
}

/** The word that was meant, when one alone is near enough; upper and lower case mean the same. */
export function nearestWord(words: readonly string[], given: string): string | undefined {
  const near = words
    .map((each) => ({ each, far: distance(each.toLowerCase(), given.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(given.length / 4)) && far < given.length)
    .toSorted((a, b) => a.far - b.far)
  const [first, second] = near
  return first?.far === second?.far ? undefined : first?.each
}

type Row = readonly number[]

/** How many letters must be put in, left out, changed, or swapped with the next (Damerau's, by optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: Row = []
  let row: Row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = isSwapped(a.slice(i - 2, i), b.slice(j - 2, j)) ? numberAt(before, j - 2) + 1 : Infinity
      const kept = numberAt(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(kept, swapped, numberAt(row, j) + 1, numberAt(next, j - 1) + 1))
    }
    before = row
    row = next
  }
  return numberAt(row, b.length)
}

const numberAt = (row: Row, index: number): number => row[index] ?? 0

function isSwapped(one: string, other: string): boolean {
  return one.length === 2 && one[0] === other[1] && one[1] === other[0]
}
