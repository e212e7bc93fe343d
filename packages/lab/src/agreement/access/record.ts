import { writeFigures } from '../figures.ts'
import { type ComparedCall, differs } from './compare.ts'

/** Writes what a run came to into docs/agreement.md. */
export function recordAccess(all: readonly ComparedCall[], seed: number): void {
  const counts = new Map<string, number>()
  for (const { theirs } of all) counts.set(theirs.verdict, (counts.get(theirs.verdict) ?? 0) + 1)
  const told = [...counts].toSorted(([, a], [, b]) => b - a).map(([verdict, count]) => `${count} ${verdict}`)
  const worlds = new Set(all.map(({ world }) => world.id)).size
  writeFigures('access: pnpm agree:access --write', [
    `${all.length} calls in ${worlds} worlds from seed ${seed} (${told.join(', ')}): ${all.filter(differs).length} decided differently.`,
  ])
}
