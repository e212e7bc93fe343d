import { writeFigures } from '../figures.ts'
import { type ComparedPod, differs } from './compare.ts'

/** Writes what a run came to into docs/agreement.md. */
export function recordInjection(all: readonly ComparedPod[], seed: number): void {
  const kinds = new Map<string, number>()
  for (const { theirs } of all) kinds.set(theirs.outcome, (kinds.get(theirs.outcome) ?? 0) + 1)
  const told = [...kinds].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`)
  const worlds = new Set(all.map(({ world }) => world.id)).size
  writeFigures('injection: pnpm agree:injection --write', [
    `${all.length} Pods in ${worlds} worlds, the full table and from seed ${seed} (${told.join(', ')}): ${all.filter(differs).length} judged differently.`,
  ])
}
