import { writeFigures } from '../figures.ts'
import { type ComparedRequest, differs } from './compare.ts'

/** Writes what a run came to into docs/agreement.md. */
export function recordRoutes(all: readonly ComparedRequest[], seed: number): void {
  const kinds = new Map<string, number>()
  for (const { theirs } of all) {
    const [kind = ''] = (theirs.outcome ?? 'untold').split(' ')
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  const told = [...kinds].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`)
  const worlds = new Set(all.map(({ world }) => world.id)).size
  writeFigures('routes: pnpm agree:routes --write', [
    `${all.length} requests in ${worlds} worlds from seed ${seed} (${told.join(', ')}): ${all.filter(differs).length} answered differently.`,
  ])
}
